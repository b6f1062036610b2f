// How long the map takes to prepare and to draw at 1920 x 1080, in CPU milliseconds of one thread.
// For each zoom: the picture drawn anew (median and 95th percentile of places on the map), and the whole
// frame of the canvas while the view is panned and zoomed around that zoom (the same).
// QT_QPA_PLATFORM=offscreen bench_map_paint [CASE [FOLDER]]; writes what was measured as PNG to FOLDER;
// cases: sample shop 1000 10000 150000
#include "model/graph/graph_builder.h"
#include "tests/fakes/sample_frame.h"
#include "tests/fakes/shop_cluster.h"
#include "tests/fakes/synthetic_cluster.h"
#include "ui/canvas/map_canvas.h"
#include "ui/canvas/map_painter.h"

#include <QApplication>
#include <QImage>
#include <QPainter>
#include <QTextStream>

#include <algorithm>
#include <ctime>
#include <functional>

using namespace portolan;
using namespace portolan::ui;

namespace {

constexpr QSize size(1920, 1080);

double cpuMs()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

struct Times
{
    std::vector<double> ms;

    void take(const std::function<void()> &work)
    {
        const double start = cpuMs();
        work();
        ms.push_back(cpuMs() - start);
    }
    double at(double share)
    {
        std::sort(ms.begin(), ms.end());
        return ms[std::min(ms.size() - 1, std::size_t(double(ms.size()) * share))];
    }
};

TopologyFramePtr framed(ClusterStatePtr state, const MapFonts &fonts, const LayoutOptions &options)
{
    auto frame = std::make_shared<TopologyFrame>();
    frame->state = std::move(state);
    frame->graph = std::make_shared<TopologyGraph>(buildGraph(*frame->state, {}));
    const LayoutRequest request{frame->graph, fonts, nullptr, 1.4};
    frame->layout = std::make_shared<LayoutResult>(makeNamespaceLayout(options)->layout(request, {}).value());
    return frame;
}

TopologyFramePtr synthetic(const MapFonts &fonts, std::size_t pods, std::size_t perWorkload,
                           std::size_t perNamespace)
{
    fakes::SyntheticOptions options;
    options.pods = pods;
    options.podsPerWorkload = perWorkload;
    options.workloadsPerNamespace = perNamespace;
    LayoutOptions layout;
    layout.workerProgram = PORTOLAN_LAYOUT_PROGRAM;
    return framed(fakes::syntheticCluster(options), fonts, layout);
}

/// Pictures of nine places of the map.
Times pictures(const MapScene &scene, const Theme &theme, const Viewport &middle)
{
    Times times;
    QImage image(size, QImage::Format_RGB32);
    QPainter painter(&image);
    const MapPainter map(scene, theme, fakes::sampleNow());
    for (int round = 0; round < 2; ++round) {
        for (int place = 0; place < 9; ++place) {
            const int row = place / 3;
            const Viewport view = middle.panned({(place % 3 - 1) * 700.0, (row - 1) * 400.0});
            times.take([&] {
                image.fill(theme.canvas);
                map.paint(painter, view, size);
            });
        }
    }
    return times;
}

/// What a hand does: 60 frames of dragging, 40 of the wheel.
Times frames(MapCanvas &canvas, const Viewport &middle)
{
    Times times;
    QImage image(size, QImage::Format_RGB32);
    canvas.setViewport(middle);
    canvas.settle();
    canvas.render(&image);
    const auto frame = [&](const Viewport &view) {
        times.take([&] {
            canvas.setViewport(view);
            canvas.render(&image);
        });
        QCoreApplication::processEvents();
    };
    for (int i = 0; i < 60; ++i)
        frame(canvas.viewport().panned({i < 30 ? -24.0 : 20.0, i % 20 < 10 ? -9.0 : 9.0}));
    for (int i = 0; i < 40; ++i)
        frame(canvas.viewport().zoomedAt({960, 540}, i < 20 ? 1.02 : 1 / 1.02));
    return times;
}

void measure(const QString &name, const TopologyFramePtr &frame, const Theme &theme, const MapFonts &fonts,
             const QString &folder)
{
    const MapScenePtr scene = prepareScene(frame, theme, fonts);
    Times prepared;
    for (int i = 0; i < 7; ++i)
        prepared.take([&] { prepareScene(frame, theme, fonts); });
    QTextStream out(stdout);
    out << "{\"benchmark\":\"map_paint\",\"case\":\"" << name << "\",\"nodes\":" << scene->nodes.size()
        << ",\"edges\":" << scene->edges.size() << ",\"bundles\":" << scene->bundles.size()
        << ",\"prepare_ms\":" << prepared.at(0.5);
    MapCanvas canvas;
    canvas.resize(size);
    canvas.setTheme(theme);
    canvas.setAnimated(false);
    canvas.setFrame(frame);
    const Viewport whole = Viewport::fitting(scene->bounds, size, 24, 1.0);
    const std::pair<const char *, double> zooms[] = {
        {"far", std::min(0.19, whole.zoom())}, {"middle", 0.35}, {"full", 1.0}, {"near", 2.5}};
    for (const auto &[word, zoom] : zooms) {
        const Viewport view = whole.zoomedAt({size.width() / 2.0, size.height() / 2.0}, zoom / whole.zoom());
        if (!folder.isEmpty()) {
            canvas.setViewport(view);
            canvas.settle();
            canvas.grab().save(folder + QLatin1Char('/') + name + QLatin1Char('-') + QLatin1String(word) +
                               QStringLiteral(".png"));
        }
        Times picture = pictures(*scene, theme, view), moving = frames(canvas, view);
        out << ",\"" << word << "_picture_ms\":[" << picture.at(0.5) << ',' << picture.at(0.95) << "],\""
            << word << "_frame_ms\":[" << moving.at(0.5) << ',' << moving.at(0.95) << ']';
    }
    out << "}\n";
}

} // namespace

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    const QString only = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QString();
    const QString folder = argc > 2 ? QString::fromLocal8Bit(argv[2]) : QString();
    const Theme theme = lightTheme();
    const MapFonts fonts = mapFontsFrom(theme);
    const auto run = [&](const char *name, const std::function<TopologyFramePtr()> &make) {
        if (only.isEmpty() || only == QLatin1String(name))
            measure(QLatin1String(name), make(), theme, fonts, folder);
    };
    run("sample", [&] { return fakes::sampleFrame(fonts); });
    run("shop", [&] { return framed(fakes::shopCluster().state(), fonts, {}); });
    run("1000", [&] { return synthetic(fonts, 1'000, 5, 10); });
    run("10000", [&] { return synthetic(fonts, 10'000, 5, 10); });
    run("150000", [&] { return synthetic(fonts, 150'000, 25, 20); });
}
