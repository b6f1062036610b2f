// Renders the sample map and the shop of the test cluster as pictures, to be looked at:
// map_picture OUT-DIRECTORY
#include "model/graph/graph_builder.h"
#include "tests/fakes/sample_frame.h"
#include "tests/fakes/shop_cluster.h"
#include "ui/canvas/map_painter.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QImage>
#include <QPainter>
#include <QTextStream>

using namespace portolan;
using namespace portolan::ui;

namespace {

void render(const MapScene &scene, const Theme &theme, QSize size, const QString &file)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(theme.canvas);
    QElapsedTimer timer;
    QPainter painter(&image);
    const Viewport viewport = Viewport::fitting(scene.bounds, size, 24, 1.2);
    const MapPainter map(scene, theme, fakes::sampleNow());
    for (int i = 0; i < 5; ++i) {
        painter.fillRect(image.rect(), theme.canvas);
        timer.start();
        map.paint(painter, viewport, size);
        QTextStream(stdout) << file << ": " << double(timer.nsecsElapsed()) / 1e6 << " ms, zoom "
                            << viewport.zoom() << '\n';
    }
    painter.end();
    image.save(file);
}

TopologyFramePtr shopFrame(const MapFonts &fonts)
{
    auto frame = std::make_shared<TopologyFrame>();
    frame->state = fakes::shopCluster().state();
    frame->graph = std::make_shared<TopologyGraph>(buildGraph(*frame->state, {}));
    LayoutRequest request{frame->graph, fonts, nullptr, 1.6};
    auto layout = makeNamespaceLayout({})->layout(request, {});
    frame->layout = std::make_shared<LayoutResult>(std::move(layout.value()));
    return frame;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QString out = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral(".");
    for (const Theme &theme : {lightTheme(), darkTheme()}) {
        const QString kind = theme.dark ? QStringLiteral("-dark.png") : QStringLiteral("-light.png");
        const MapFonts fonts = mapFontsFrom(theme);
        render(*prepareScene(fakes::sampleFrame(fonts), theme, fonts), theme, {1270, 760},
               out + QStringLiteral("/sample") + kind);
        render(*prepareScene(shopFrame(fonts), theme, fonts), theme, {1680, 1050},
               out + QStringLiteral("/shop") + kind);
        const auto large = prepareScene(fakes::largeFrame(fonts, 100, 25), theme, fonts);
        render(*large, theme, {1680, 1050}, out + QStringLiteral("/large") + kind);
    }
}
