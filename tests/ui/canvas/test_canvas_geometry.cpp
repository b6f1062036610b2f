#include "ui/canvas/bezier.h"
#include "ui/canvas/grid_index.h"
#include "ui/canvas/viewport.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace portolan;
using namespace portolan::ui;

namespace {

bool near(QPointF a, QPointF b, double by = 1e-6)
{
    return std::hypot(a.x() - b.x(), a.y() - b.y()) <= by;
}

std::vector<Point> straight(Point from, Point to)
{
    const auto at = [&](double t) {
        return Point{from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * t};
    };
    return {from, at(1.0 / 3), at(2.0 / 3), to};
}

} // namespace

class TestCanvasGeometry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void gridFindsWhatAScanFinds();
    void gridOfNothingFindsNothing();
    void gridStaysSmallUnderLongLines();
    void zoomKeepsThePointUnderTheCursor();
    void zoomIsBounded();
    void zoomInAndOutComesBack();
    void panMovesByWhatWasDragged();
    void fitShowsEverything_data();
    void fitShowsEverything();
    void fitOfAnEmptyAreaIsFinite();
    void revealMovesNoFurtherThanNeeded();
    void towardsEndsAtItsTarget();
    void distanceToALine();
    void spotsLieOnTheLine();
    void nearestFractionAndSpotAgree();
    void shortPathsAreEmpty();
};

void TestCanvasGeometry::gridFindsWhatAScanFinds()
{
    std::mt19937 random(7);
    std::uniform_real_distribution<double> place(-3'000, 9'000), small(0, 300), large(0, 8'000);
    std::vector<QRectF> boxes;
    for (int i = 0; i < 600; ++i) {
        const bool line = i % 20 == 0;
        boxes.emplace_back(place(random), place(random), line ? large(random) : small(random),
                           line ? large(random) : small(random));
    }
    boxes.emplace_back(100, 100, 0, 0);
    const GridIndex index(boxes);
    for (int i = 0; i < 300; ++i) {
        const QRectF area(place(random), place(random), i % 2 ? small(random) : large(random),
                          i % 3 ? small(random) : large(random));
        std::vector<std::uint32_t> expected;
        for (std::uint32_t b = 0; b < boxes.size(); ++b) {
            const QRectF &box = boxes[b];
            if (box.left() <= area.right() && area.left() <= box.right() && box.top() <= area.bottom() &&
                area.top() <= box.bottom())
                expected.push_back(b);
        }
        QCOMPARE(index.touching(area), expected);
    }
}

void TestCanvasGeometry::gridOfNothingFindsNothing()
{
    QVERIFY(GridIndex().touching({0, 0, 10, 10}).empty());
    QVERIFY(GridIndex(std::vector<QRectF>{}).touching({0, 0, 10, 10}).empty());
    const GridIndex one(std::vector<QRectF>{{0, 0, 10, 10}});
    QVERIFY(one.touching({11, 11, 5, 5}).empty());
    // Far out, where a cell's number would not fit into an int.
    QVERIFY(one.touching({1e15, 1e15, 1, 1}).empty());
    QCOMPARE(one.touching({-1e15, -1e15, 2e15, 2e15}).size(), std::size_t(1));
}

void TestCanvasGeometry::gridStaysSmallUnderLongLines()
{
    // Each of these covers every cell: were they entered in all, this would need gigabytes.
    const std::vector<QRectF> boxes(60'000, QRectF(0, 0, 100'000, 100'000));
    QCOMPARE(GridIndex(boxes).touching({50, 50, 1, 1}).size(), boxes.size());
}

void TestCanvasGeometry::zoomKeepsThePointUnderTheCursor()
{
    Viewport viewport({120, -40}, 0.7);
    const QPointF cursor(333, 222);
    const QPointF scene = viewport.toScene(cursor);
    for (const double factor : {1.2, 1.2, 0.5, 3.0, 0.01, 100.0}) {
        viewport = viewport.zoomedAt(cursor, factor);
        QVERIFY(near(viewport.toScene(cursor), scene, 1e-6));
    }
}

void TestCanvasGeometry::zoomIsBounded()
{
    QCOMPARE(Viewport({}, 1).zoomedAt({}, 1e9).zoom(), Viewport::maxZoom);
    QCOMPARE(Viewport({}, 1).zoomedAt({}, 1e-9).zoom(), Viewport::minZoom);
}

void TestCanvasGeometry::zoomInAndOutComesBack()
{
    const Viewport start({10, 20}, 1);
    const Viewport back = start.zoomedAt({400, 300}, 1.25).zoomedAt({400, 300}, 0.8);
    QVERIFY(near(back.origin(), start.origin()));
    QVERIFY(std::abs(back.zoom() - start.zoom()) < 1e-12);
}

void TestCanvasGeometry::panMovesByWhatWasDragged()
{
    const Viewport viewport({10, 20}, 0.5);
    const QPointF scene(77, 88);
    QVERIFY(near(viewport.panned({30, -12}).toView(scene), viewport.toView(scene) + QPointF(30, -12)));
}

void TestCanvasGeometry::fitShowsEverything_data()
{
    QTest::addColumn<QRectF>("area");
    QTest::addColumn<QSizeF>("view");
    QTest::newRow("wide") << QRectF(-50, 10, 9'000, 100) << QSizeF(800, 600);
    QTest::newRow("high") << QRectF(5, 5, 100, 9'000) << QSizeF(800, 600);
    QTest::newRow("small") << QRectF(5, 5, 10, 10) << QSizeF(800, 600);
    QTest::newRow("tiny view") << QRectF(0, 0, 1'000, 700) << QSizeF(40, 30);
}

void TestCanvasGeometry::fitShowsEverything()
{
    QFETCH(QRectF, area);
    QFETCH(QSizeF, view);
    const Viewport fitted = Viewport::fitting(area, view, 4);
    QVERIFY(fitted.zoom() <= 1);
    QVERIFY(QRectF(QPointF(-1e-6, -1e-6), view + QSizeF(1e-5, 1e-5)).contains(fitted.toView(area)));
    QVERIFY(near(fitted.toView(area).center(), QPointF(view.width(), view.height()) / 2));
}

void TestCanvasGeometry::fitOfAnEmptyAreaIsFinite()
{
    const Viewport fitted = Viewport::fitting({}, {0, 0}, 20);
    QVERIFY(std::isfinite(fitted.zoom()) && fitted.zoom() > 0);
    QVERIFY(std::isfinite(fitted.origin().x()));
}

void TestCanvasGeometry::revealMovesNoFurtherThanNeeded()
{
    const Viewport viewport({0, 0}, 1);
    const QSizeF view(400, 300);
    QCOMPARE(viewport.revealing({50, 50, 20, 20}, view, 10), viewport);
    const Viewport right = viewport.revealing({500, 50, 20, 20}, view, 10);
    QVERIFY(near(right.toView(QPointF(520, 50)), QPointF(390, 50)));
    const Viewport up = viewport.revealing({50, -80, 20, 20}, view, 10);
    QVERIFY(near(up.toView(QPointF(50, -80)), QPointF(50, 10)));
}

void TestCanvasGeometry::towardsEndsAtItsTarget()
{
    const Viewport from({0, 0}, 0.1), to({900, 400}, 2);
    QCOMPARE(from.towards(to, 1), to);
    QVERIFY(near(from.towards(to, 0).origin(), from.origin()));
    const double middle = from.towards(to, 0.5).zoom();
    QVERIFY(std::abs(middle * middle - 0.2) < 1e-9); // geometric, not arithmetic
}

void TestCanvasGeometry::distanceToALine()
{
    const auto line = straight({0, 0}, {300, 0});
    QVERIFY(std::abs(distanceTo(line, {150, 7}) - 7) < 1e-6);
    QVERIFY(std::abs(distanceTo(line, {310, 0}) - 10) < 1e-6);
    // A bend whose control points are far from the curve: the distance is to the curve.
    const std::vector<Point> bend{{0, 0}, {0, 400}, {400, 400}, {400, 0}};
    QVERIFY(std::abs(distanceTo(bend, {200, 300})) < 1);
    QVERIFY(distanceTo(bend, {200, 400}) > 99);
}

void TestCanvasGeometry::spotsLieOnTheLine()
{
    auto line = straight({0, 0}, {100, 0});
    const auto more = straight({100, 0}, {100, 100});
    line.insert(line.end(), more.begin() + 1, more.end());
    QCOMPARE(segmentCount(line), std::size_t(2));
    QVERIFY(std::abs(pathLength(line) - 200) < 1e-6);
    QVERIFY(near(spotAt(line, 0.25).at, {50, 0}));
    QVERIFY(near(spotAt(line, 0.75).at, {100, 50}));
    QVERIFY(near(spotAt(line, 0.75).direction, {0, 1}));
    QVERIFY(near(spotAt(line, 0).at, {0, 0}));
    QVERIFY(near(spotAt(line, 1).at, {100, 100}));
}

void TestCanvasGeometry::nearestFractionAndSpotAgree()
{
    const std::vector<Point> bend{{0, 0}, {150, 0}, {50, 200}, {200, 200}};
    for (double at = 0.05; at < 1; at += 0.1)
        QVERIFY(near(spotAt(bend, nearestFraction(bend, spotAt(bend, at).at)).at, spotAt(bend, at).at, 0.01));
}

void TestCanvasGeometry::shortPathsAreEmpty()
{
    for (const std::vector<Point> &points : {std::vector<Point>{}, {{1, 1}}, {{1, 1}, {2, 2}, {3, 3}}}) {
        QCOMPARE(segmentCount(points), std::size_t(0));
        QVERIFY(painterPathOf(points).isEmpty());
        QVERIFY(std::isinf(distanceTo(points, {0, 0})));
        QCOMPARE(nearestFraction(points, {0, 0}), 0.0);
    }
}

QTEST_GUILESS_MAIN(TestCanvasGeometry)
#include "test_canvas_geometry.moc"
