#include "tests/fakes/sample_frame.h"
#include "ui/canvas/glyphs.h"
#include "ui/canvas/legend.h"
#include "ui/canvas/map_painter.h"

#include <QImage>
#include <QPainter>
#include <QTest>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

using namespace portolan;
using namespace portolan::ui;

namespace {

constexpr QSize size(1280, 760);

QImage drawn(const TopologyFramePtr &frame, const Theme &theme, const Viewport &viewport,
             std::optional<MapDetail> detail = {}, WallTime now = fakes::sampleNow())
{
    const MapScenePtr scene = prepareScene(frame, theme, mapFontsFrom(theme));
    QImage image(size, QImage::Format_RGB32);
    image.fill(theme.canvas);
    QPainter painter(&image);
    MapPainter(*scene, theme, now).paint(painter, viewport, size, detail);
    return image;
}

int differing(const QImage &a, const QImage &b, const QRect &within)
{
    int count = 0;
    for (int y = within.top(); y <= within.bottom(); ++y) {
        for (int x = within.left(); x <= within.right(); ++x)
            count += a.pixel(x, y) != b.pixel(x, y);
    }
    return count;
}

int coloured(const QImage &image, const QRect &within, const QColor &background)
{
    QImage blank(image.size(), image.format());
    blank.fill(background);
    return differing(image, blank, within.intersected(image.rect()));
}

} // namespace

class TestMapPainter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sameFrameGivesSamePixels();
    void whatWasRemovedMovesNothingElse();
    void everyCardIsDrawn();
    void everyDetailDraws_data();
    void everyDetailDraws();
    void partsAreDrawnAsTheWhole();
    void agesFollowTheClock();
    void cancelStopsBetweenLayers();
    void dotsDifferInShape();
    void linesDifferInShape();
    void legendSamplesDiffer();
    void hatchingStaysInside();
    void themesDiffer();
};

void TestMapPainter::sameFrameGivesSamePixels()
{
    for (const Theme &theme : {lightTheme(), darkTheme()}) {
        const MapFonts fonts = mapFontsFrom(theme);
        QCOMPARE(drawn(fakes::sampleFrame(fonts), theme, {}), drawn(fakes::sampleFrame(fonts), theme, {}));
    }
}

void TestMapPainter::whatWasRemovedMovesNothingElse()
{
    const Theme theme = lightTheme();
    const MapFonts fonts = mapFontsFrom(theme);
    const TopologyFramePtr before = fakes::sampleFrame(fonts);
    fakes::SampleOptions options;
    options.withoutRedis = true;
    const TopologyFramePtr after = fakes::sampleFrame(fonts, options);
    const QImage a = drawn(before, theme, {}), b = drawn(after, theme, {});
    QVERIFY(a != b);
    // All cards but those that lines of redis touched are the same to the pixel.
    const std::set<std::string> touched{"redis", "cart", "postgres", "10.20.0.0/16"};
    int compared = 0;
    for (const GraphNode &node : after->graph->nodes) {
        if (touched.contains(node.label))
            continue;
        const Rect place = after->layout->nodes.at(node.id);
        QCOMPARE(differing(a, b, QRectF(place.x, place.y, place.width, place.height).toAlignedRect()), 0);
        ++compared;
    }
    QVERIFY(compared > 12);
}

void TestMapPainter::everyCardIsDrawn()
{
    const Theme theme = darkTheme();
    const TopologyFramePtr frame = fakes::sampleFrame(mapFontsFrom(theme));
    const QImage image = drawn(frame, theme, {});
    for (const auto &[id, place] : frame->layout->nodes) {
        const QRect inside = QRectF(place.x + 10, place.y + 5, place.width - 20, place.height - 10).toRect();
        QVERIFY2(coloured(image, inside, theme.card) > 20, frame->graph->node(id)->label.c_str());
    }
}

void TestMapPainter::everyDetailDraws_data()
{
    QTest::addColumn<double>("zoom");
    QTest::addColumn<int>("detail");
    QTest::newRow("far") << 0.1 << int(MapDetail::Far);
    QTest::newRow("middle") << 0.3 << int(MapDetail::Middle);
    QTest::newRow("full") << 1.0 << int(MapDetail::Full);
    QTest::newRow("near") << 4.0 << int(MapDetail::Near);
}

void TestMapPainter::everyDetailDraws()
{
    QFETCH(double, zoom);
    QFETCH(int, detail);
    QCOMPARE(int(detailFor(zoom)), detail);
    const Theme theme = lightTheme();
    for (const TopologyFramePtr &frame :
         {fakes::sampleFrame(mapFontsFrom(theme)), fakes::largeFrame(mapFontsFrom(theme), 60, 16)}) {
        const QImage image = drawn(frame, theme, Viewport({0, 0}, zoom));
        QVERIFY(coloured(image, image.rect(), theme.canvas) > 2000);
    }
}

void TestMapPainter::partsAreDrawnAsTheWhole()
{
    // The same scene place looks the same whatever else is in view: culling drops nothing.
    const Theme theme = lightTheme();
    const TopologyFramePtr frame = fakes::sampleFrame(mapFontsFrom(theme));
    const QImage whole = drawn(frame, theme, Viewport({0, 0}, 1));
    const QImage part = drawn(frame, theme, Viewport({400, 200}, 1));
    const QRect overlap(400, 200, size.width() - 400, size.height() - 200);
    QCOMPARE(whole.copy(overlap), part.copy(QRect(QPoint(), overlap.size())));
}

void TestMapPainter::agesFollowTheClock()
{
    const Theme theme = lightTheme();
    const TopologyFramePtr frame = fakes::sampleFrame(mapFontsFrom(theme));
    const WallTime now = fakes::sampleNow();
    const QImage fresh = drawn(frame, theme, {}, {}, now);
    QCOMPARE(fresh, drawn(frame, theme, {}, {}, now + std::chrono::seconds(20)));
    QVERIFY(fresh != drawn(frame, theme, {}, {}, now + std::chrono::minutes(3)));
}

void TestMapPainter::cancelStopsBetweenLayers()
{
    const Theme theme = lightTheme();
    const MapScenePtr scene =
        prepareScene(fakes::sampleFrame(mapFontsFrom(theme)), theme, mapFontsFrom(theme));
    QImage image(size, QImage::Format_RGB32);
    QPainter painter(&image);
    CancelSource source;
    const MapPainter map(*scene, theme, fakes::sampleNow());
    QVERIFY(!map.paint(painter, {}, size, {}, source.token()));
    source.cancel();
    QVERIFY(map.paint(painter, {}, size, {}, source.token()));
}

namespace {

/// What is opaque where, without the colour: shapes alone.
std::vector<bool> shapeOf(const std::function<void(QPainter &)> &draw)
{
    QImage image(64, 40, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    draw(painter);
    painter.end();
    std::vector<bool> shape;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            // Light marks inside a filled disc count as gaps.
            const QRgb pixel = image.pixel(x, y);
            shape.push_back(qAlpha(pixel) > 128 && qGray(pixel) < 225);
        }
    }
    return shape;
}

} // namespace

void TestMapPainter::dotsDifferInShape()
{
    const Theme theme = lightTheme();
    std::set<std::vector<bool>> shapes;
    const PodHealth all[] = {PodHealth::Ready, PodHealth::NotReady, PodHealth::Failed, PodHealth::Pending,
                             PodHealth::Done};
    for (const PodHealth health : all)
        shapes.insert(shapeOf([&](QPainter &p) { drawPodDot(p, theme, health, {32, 20}, 20); }));
    QCOMPARE(shapes.size(), std::size(all));
}

void TestMapPainter::linesDifferInShape()
{
    const Theme theme = lightTheme();
    std::set<std::vector<bool>> shapes;
    const LegendSample all[] = {
        LegendSample::Allowed,         LegendSample::Denied,          LegendSample::Mixed,
        LegendSample::UnknownVerdict,  LegendSample::NotEnforced,     LegendSample::Observed,
        LegendSample::ServiceEndpoint, LegendSample::IsolatedIngress, LegendSample::IsolatedEgress,
        LegendSample::IsolatedBoth,    LegendSample::ProbeReached,    LegendSample::ProbeFailed,
        LegendSample::ProbeUnclear,    LegendSample::Disagrees};
    for (const LegendSample sample : all)
        shapes.insert(shapeOf([&](QPainter &p) { drawLegendSample(p, theme, sample, {0, 0, 64, 40}); }));
    QCOMPARE(shapes.size(), std::size(all));
}

void TestMapPainter::legendSamplesDiffer()
{
    const Theme theme = darkTheme();
    for (const GraphView view : {GraphView::Services, GraphView::Nodes}) {
        std::map<QString, QImage> samples;
        for (const LegendEntry &entry : legendEntries(view)) {
            QVERIFY(!entry.text.isEmpty());
            QImage image(legendSampleSize.toSize(), QImage::Format_RGB32);
            image.fill(theme.canvas);
            QPainter painter(&image);
            drawLegendSample(painter, theme, entry.sample, QRectF(image.rect()));
            painter.end();
            QVERIFY2(coloured(image, image.rect(), theme.canvas) > 8, qPrintable(entry.text));
            for (const auto &[text, other] : samples)
                QVERIFY2(image != other, qPrintable(text));
            QVERIFY2(samples.emplace(entry.text, image).second, qPrintable(entry.text));
        }
    }
}

void TestMapPainter::hatchingStaysInside()
{
    for (const QRectF &area : {QRectF(10, 20, 300, 40), QRectF(-5, -5, 20, 200), QRectF(0, 0, 3, 3)}) {
        for (const QLineF &line : hatching(area, 9)) {
            QVERIFY(area.adjusted(-1e-9, -1e-9, 1e-9, 1e-9).contains(line.p1()));
            QVERIFY(area.adjusted(-1e-9, -1e-9, 1e-9, 1e-9).contains(line.p2()));
        }
    }
    QVERIFY(hatching({0, 0, 300, 40}, 9).size() > 30);
}

void TestMapPainter::themesDiffer()
{
    const TopologyFramePtr frame = fakes::sampleFrame(mapFontsFrom(lightTheme()));
    QVERIFY(drawn(frame, lightTheme(), {}) != drawn(frame, darkTheme(), {}));
}

QTEST_MAIN(TestMapPainter)
#include "test_map_painter.moc"
