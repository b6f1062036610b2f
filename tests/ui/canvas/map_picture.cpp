// Renders maps, exports, widgets and the chart as pictures, to be looked at: map_picture OUT-DIRECTORY
#include "model/graph/graph_builder.h"
#include "tests/fakes/sample_frame.h"
#include "tests/fakes/shop_cluster.h"
#include "ui/canvas/map_canvas.h"
#include "ui/canvas/map_painter.h"
#include "ui/charts/probe_latency_chart.h"
#include "ui/export/map_export.h"
#include "ui/theme/theme_controller.h"

#include <QApplication>
#include <QImage>
#include <QPainter>
#include <QTextStream>

#include <algorithm>
#include <cmath>
#include <ctime>

using namespace portolan;
using namespace portolan::ui;

namespace {

class SampleClock : public Clock
{
public:
    Instant now() const override { return Instant{} + std::chrono::milliseconds(300); }
    WallTime wallNow() const override { return fakes::sampleNow(); }
};

/// Of this thread alone: the machine may be busy.
double cpuMs()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

void measure(const MapScene &scene, const Theme &theme, QSize size, const QString &name, double zoom = 0)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(theme.canvas);
    QPainter painter(&image);
    Viewport viewport = Viewport::fitting(scene.bounds, size, 24, 1.0);
    if (zoom > 0)
        viewport = viewport.zoomedAt({size.width() / 2.0, size.height() / 2.0}, zoom / viewport.zoom());
    const MapPainter map(scene, theme, fakes::sampleNow());
    std::vector<double> times;
    for (int i = 0; i < 9; ++i) {
        painter.fillRect(image.rect(), theme.canvas);
        const double start = cpuMs();
        map.paint(painter, viewport, size);
        times.push_back(cpuMs() - start);
    }
    std::sort(times.begin(), times.end());
    QTextStream(stdout) << name << ": " << times[4] << " ms at zoom " << viewport.zoom() << '\n';
    painter.end();
    image.save(name);
}

TopologyFramePtr shopFrame(const MapFonts &fonts)
{
    auto frame = std::make_shared<TopologyFrame>();
    frame->state = fakes::shopCluster().state();
    frame->graph = std::make_shared<TopologyGraph>(buildGraph(*frame->state, {}));
    LayoutRequest request{frame->graph, fonts, nullptr, 1.4};
    auto layout = makeNamespaceLayout({PORTOLAN_LAYOUT_PROGRAM})->layout(request, {});
    frame->layout = std::make_shared<LayoutResult>(std::move(layout.value()));
    return frame;
}

void grabCanvas(const TopologyFramePtr &frame, const Theme &theme, bool lively, const QString &file)
{
    static const SampleClock clock;
    MapCanvas canvas;
    canvas.setAnimated(false);
    canvas.setTheme(theme);
    canvas.setClock(clock);
    canvas.resize(1290, 780);
    canvas.setFrame(frame);
    canvas.show();
    const MapScene &scene = *canvas.scene();
    if (lively && !scene.edges.empty()) {
        const auto probed = std::find_if(scene.edges.begin(), scene.edges.end(),
                                         [](const MapEdge &e) { return e.badge && e.badge->disagrees; });
        canvas.reveal(probed != scene.edges.end() ? probed->id : scene.edges.front().id);
        canvas.setFocus();
        canvas.setFocusedItem({MapItem::Kind::Node, 3});
        canvas.setRunningProbes({scene.edges.back().id});
    }
    canvas.grab().save(file);
}

std::vector<ProbeResult> probes()
{
    std::vector<ProbeResult> results;
    for (int i = 0; i < 46; ++i) {
        ProbeResult result;
        const bool bad = i > 33 && i % 3;
        result.outcome = bad       ? ProbeOutcome::Timeout
                         : i == 20 ? ProbeOutcome::Unknown
                                   : ProbeOutcome::Reached;
        result.elapsed = std::chrono::microseconds(int(2'000 + 1'500 * std::sin(i * 1.7) + i * 30));
        result.at = fakes::sampleProbeTime() + std::chrono::seconds(2 * i);
        results.push_back(result);
    }
    return results;
}

void renderAll(const Theme &theme, const QString &stem)
{
    const MapFonts fonts = mapFontsFrom(theme);
    fakes::SampleOptions korean;
    korean.source = SourceKind::Demo;
    korean.contextName = "데모-클러스터";
    korean.unreadablePolicies = true;
    const TopologyFramePtr sample = fakes::sampleFrame(fonts), shop = shopFrame(fonts);
    measure(*prepareScene(shop, theme, fonts), theme, {1680, 1050}, stem + QStringLiteral("-shop.png"));
    const auto large = prepareScene(fakes::largeFrame(fonts, 100, 25), theme, fonts);
    measure(*large, theme, {1680, 1050}, stem + QStringLiteral("-far.png"));
    measure(*large, theme, {1680, 1050}, stem + QStringLiteral("-middle.png"), 0.35);
    grabCanvas(sample, theme, false, stem + QStringLiteral("-canvas.png"));
    grabCanvas(fakes::sampleFrame(fonts, korean), theme, true, stem + QStringLiteral("-lively.png"));
    ExportOptions options;
    options.now = fakes::sampleNow();
    for (const char *suffix : {".png", ".svg", ".pdf"}) {
        const QString file = stem + QStringLiteral("-export") + QLatin1String(suffix);
        const Result<void> done = exportMap(sample, theme, options, file, formatOf(file));
        if (!done)
            QTextStream(stderr) << done.error().oneLine().c_str() << '\n';
    }
    ProbeLatencyChart chart;
    chart.setTheme(theme);
    chart.resize(545, 160);
    chart.setProbes(probes());
    chart.show();
    chart.grab().save(stem + QStringLiteral("-chart.png"));
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QString out = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral(".");
    ThemeController controller(application);
    renderAll(lightTheme(), out + QStringLiteral("/light"));
    controller.setMode(ThemeMode::Dark);
    renderAll(darkTheme(), out + QStringLiteral("/dark"));
}
