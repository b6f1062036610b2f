// How long the map takes to prepare and to draw at 1920 x 1080, in CPU milliseconds of one thread (medians
// of 15).
// QT_QPA_PLATFORM=offscreen bench_map_paint [CASE]
#include "model/graph/graph_builder.h"
#include "tests/fakes/sample_frame.h"
#include "tests/fakes/shop_cluster.h"
#include "ui/canvas/map_painter.h"

#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <QTextStream>

#include <algorithm>
#include <ctime>
#include <functional>

using namespace portolan;
using namespace portolan::ui;

namespace {

double cpuMs()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

double median(const std::function<void()> &work)
{
    std::vector<double> times;
    for (int i = 0; i < 15; ++i) {
        const double start = cpuMs();
        work();
        times.push_back(cpuMs() - start);
    }
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

TopologyFramePtr shopFrame(const MapFonts &fonts)
{
    auto frame = std::make_shared<TopologyFrame>();
    frame->state = fakes::shopCluster().state();
    frame->graph = std::make_shared<TopologyGraph>(buildGraph(*frame->state, {}));
    const LayoutRequest request{frame->graph, fonts, nullptr, 1.4};
    frame->layout = std::make_shared<LayoutResult>(makeNamespaceLayout({})->layout(request, {}).value());
    return frame;
}

void measure(const QString &name, const TopologyFramePtr &frame, const Theme &theme, const MapFonts &fonts)
{
    constexpr QSize size(1920, 1080);
    QImage image(size, QImage::Format_RGB32);
    QPainter painter(&image);
    const MapScenePtr scene = prepareScene(frame, theme, fonts);
    const double prepared = median([&] { prepareScene(frame, theme, fonts); });
    QTextStream out(stdout);
    out << "{\"benchmark\":\"map_paint\",\"case\":\"" << name << "\",\"nodes\":" << scene->nodes.size()
        << ",\"edges\":" << scene->edges.size() << ",\"prepare_ms\":" << prepared;
    const Viewport whole = Viewport::fitting(scene->bounds, size, 24, 1.0);
    for (const double zoom : {whole.zoom(), 0.35, 1.0}) {
        const Viewport viewport =
            whole.zoomedAt({size.width() / 2.0, size.height() / 2.0}, zoom / whole.zoom());
        const MapPainter map(*scene, theme, fakes::sampleNow());
        const double ms = median([&] {
            image.fill(theme.canvas);
            map.paint(painter, viewport, size);
        });
        out << ",\"paint_at_" << int(viewport.zoom() * 100) << "_percent_ms\":" << ms;
    }
    out << "}\n";
}

} // namespace

int main(int argc, char **argv)
{
    const QGuiApplication application(argc, argv);
    const QString only = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QString();
    const Theme theme = lightTheme();
    const MapFonts fonts = mapFontsFrom(theme);
    const auto run = [&](const char *name, const std::function<TopologyFramePtr()> &make) {
        if (only.isEmpty() || only == QLatin1String(name))
            measure(QLatin1String(name), make(), theme, fonts);
    };
    run("sample", [&] { return fakes::sampleFrame(fonts); });
    run("shop", [&] { return shopFrame(fonts); });
    run("1000", [&] { return fakes::largeFrame(fonts, 50, 20); });
    run("10000", [&] { return fakes::largeFrame(fonts, 200, 50); });
}
