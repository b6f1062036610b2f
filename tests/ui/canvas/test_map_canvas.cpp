#include "tests/ui/canvas/map_canvas_fixture.h"
#include "ui/canvas/map_furniture.h"

#include <QLabel>
#include <QSignalSpy>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <set>

using namespace portolan;
using namespace portolan::ui;

/// What it shows, and what the mouse does.
class TestMapCanvas : public uitest::MapCanvasFixture
{
    Q_OBJECT

private Q_SLOTS:
    void firstFrameIsFitted();
    void laterFramesKeepTheView();
    void equalFramesDrawNoPicture();
    void removedThingsLeaveTheSelection();
    void otherCardsStayToThePixel();
    void wheelZoomsAroundTheCursor();
    void dragPans();
    void clickSelectsACard();
    void clickOnALineActivatesIt();
    void whatIsNotDrawnIsNotClicked();
    void costlyPicturesWaitForStillness();
    void dearPicturesAreDrawnElsewhereAndShownWhenTheyAreThere();
    void settlingDrawsSharply();
    void doubleClickActivatesACard();
    void clickOnNothingClears();
    void shiftAddsToTheSelection();
    void rubberBandSelectsWhatItHolds();
    void controlDragAsksForAPair();
    void pairIsFinishedByClickOrEscape();
    void revealBringsIntoView();
    void minimapMovesTheView();
    void animationArrives();
    void highlightAndRunningAreSeen();
};

void TestMapCanvas::firstFrameIsFitted()
{
    const QRectF view(m_canvas->rect());
    for (const auto &[id, place] : m_frame->layout->nodes)
        QVERIFY(view.contains(m_canvas->viewRectOf(m_canvas->itemOf(id))));
    // A resize before the user moves anything fits again; after that the view is the user's.
    m_window->resize(900, 700);
    QVERIFY(QRectF(m_canvas->rect()).contains(m_canvas->viewRectOf(m_canvas->itemOf(node("redis")))));
    const Viewport mine({5, 5}, 1.5);
    m_canvas->setViewport(mine);
    m_window->resize(1000, 720);
    QCOMPARE(m_canvas->viewport(), mine);
}

void TestMapCanvas::laterFramesKeepTheView()
{
    const Viewport before = m_canvas->viewport();
    fakes::SampleOptions options;
    options.withoutRedis = true;
    m_canvas->setFrame(sample(options));
    QCOMPARE(m_canvas->viewport(), before);
    m_canvas->setFrame(nullptr);
    m_canvas->setFrame(m_frame);
    QVERIFY(m_canvas->scene()->nodes.size() > 10);
}

void TestMapCanvas::equalFramesDrawNoPicture()
{
    m_canvas->grab();
    const int drawn = m_canvas->picturesDrawn();
    QVERIFY(drawn > 0);
    for (int i = 0; i < 3; ++i) {
        auto next = std::make_shared<TopologyFrame>(*sample());
        next->generation = 10 + std::uint64_t(i);
        m_canvas->setFrame(next);
        m_canvas->grab();
    }
    m_canvas->select({node("web")}, {});
    m_canvas->grab();
    QCOMPARE(m_canvas->picturesDrawn(), drawn);
    fakes::SampleOptions options;
    options.withoutRedis = true;
    m_canvas->setFrame(sample(options));
    m_canvas->grab();
    QCOMPARE(m_canvas->picturesDrawn(), drawn + 1);
}

void TestMapCanvas::removedThingsLeaveTheSelection()
{
    m_canvas->select({node("redis"), node("web")}, {edge("cart", "redis")});
    m_canvas->setFocusedItem(m_canvas->itemOf(node("redis")));
    QSignalSpy changed(m_canvas, &MapCanvas::selectionChanged);
    fakes::SampleOptions options;
    options.withoutRedis = true;
    m_canvas->setFrame(sample(options));
    QCOMPARE(changed.count(), 1);
    QCOMPARE(m_canvas->selectedNodes(), std::vector<NodeId>{node("web")});
    QVERIFY(m_canvas->selectedEdges().empty());
    QVERIFY(!m_canvas->focusedItem());
    m_canvas->grab(); // nothing refers to what is gone
}

void TestMapCanvas::otherCardsStayToThePixel()
{
    const QImage before = m_canvas->grab().toImage();
    fakes::SampleOptions options;
    options.withoutRedis = true;
    m_canvas->setFrame(sample(options));
    const QImage after = m_canvas->grab().toImage();
    QVERIFY(before != after);
    for (const char *label :
         {"web", "checkout", "catalog", "gateway", "ledger", "coredns", "ingress-nginx"}) {
        const QRect place = m_canvas->viewRectOf(m_canvas->itemOf(node(label))).toAlignedRect();
        QCOMPARE(before.copy(place), after.copy(place));
    }
}

void TestMapCanvas::wheelZoomsAroundTheCursor()
{
    QSignalSpy zoomed(m_canvas, &MapCanvas::zoomChanged);
    const QPointF at(300, 200);
    const QPointF scene = m_canvas->viewport().toScene(at);
    const double before = m_canvas->zoom();
    QWheelEvent wheel(at, m_canvas->mapToGlobal(at), {}, {0, 240}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(m_canvas, &wheel);
    QVERIFY(m_canvas->zoom() > before * 1.3);
    QVERIFY((m_canvas->viewport().toScene(at) - scene).manhattanLength() < 1e-6);
    QCOMPARE(zoomed.count(), 1);
}

void TestMapCanvas::dragPans()
{
    const QPointF origin = m_canvas->viewport().origin();
    const QPoint empty = viewPoint({1130, 300});
    drag(empty, empty + QPoint(-80, 40));
    const QPointF moved = (origin - m_canvas->viewport().origin()) * m_canvas->zoom();
    QVERIFY((moved - QPointF(-80, 40)).manhattanLength() < 1e-6);
    const QPoint card = centreOf(node("web"));
    drag(card, card + QPoint(50, 0), {}, Qt::MiddleButton);
    QVERIFY((QPointF(centreOf(node("web")) - card) - QPointF(50, 0)).manhattanLength() <= 1);
    QVERIFY(m_canvas->selectedNodes().empty());
}

void TestMapCanvas::clickSelectsACard()
{
    QSignalSpy changed(m_canvas, &MapCanvas::selectionChanged);
    QSignalSpy activated(m_canvas, &MapCanvas::nodeActivated);
    click(centreOf(node("web")));
    QCOMPARE(m_canvas->selectedNodes(), std::vector<NodeId>{node("web")});
    QCOMPARE(changed.count(), 1);
    QCOMPARE(activated.count(), 0);
}

void TestMapCanvas::clickOnALineActivatesIt()
{
    QSignalSpy activated(m_canvas, &MapCanvas::edgeActivated);
    click(onLine(edge("catalog", "ledger"), 0.25) + QPoint(0, 2));
    QCOMPARE(activated.count(), 1);
    QCOMPARE(activated[0][0].value<EdgeId>(), edge("catalog", "ledger"));
    QCOMPARE(m_canvas->selectedEdges(), std::vector<EdgeId>{edge("catalog", "ledger")});
    // Dragging from a line pans, and asks nothing of a cluster.
    drag(onLine(edge("catalog", "ledger"), 0.25), viewPoint({1130, 300}));
    QCOMPARE(activated.count(), 1);
}

void TestMapCanvas::whatIsNotDrawnIsNotClicked()
{
    QSignalSpy activated(m_canvas, &MapCanvas::edgeActivated);
    m_canvas->setViewport(Viewport({-1'000, -1'000}, 0.15)); // far: tiles and bundles
    for (double at = 0.1; at < 1; at += 0.1) {
        click(onLine(edge("cart", "redis"), at));
        click(onLine(edge("gateway", "ledger"), at));
    }
    QCOMPARE(activated.count(), 0);
    QVERIFY(m_canvas->selectedNodes().empty() && m_canvas->selectedEdges().empty());
    m_canvas->setViewport(Viewport({-1'000, -1'000}, 0.3)); // middle: lines, no labels
    click(onLine(edge("gateway", "ledger"), 0.5));
    QCOMPARE(activated.count(), 1);
}

void TestMapCanvas::costlyPicturesWaitForStillness()
{
    // Large enough to cost more than that on any machine that runs this.
    m_canvas->setMovingBudget(std::chrono::milliseconds(2));
    m_canvas->setFrame(fakes::largeFrame(mapFontsFrom(lightTheme()), 100, 100));
    m_canvas->setViewport(Viewport({0, 0}, 0.25));
    m_canvas->grab();
    QTRY_COMPARE(m_canvas->picturesDrawn(), (m_canvas->grab(), m_canvas->picturesDrawn()));
    const int before = m_canvas->picturesDrawn();
    for (int i = 0; i < 5; ++i) {
        m_canvas->setViewport(m_canvas->viewport().panned({-3, 0}));
        m_canvas->grab();
    }
    const int moving = m_canvas->picturesDrawn();
    QVERIFY(moving - before <= 1);
    QTRY_VERIFY(m_canvas->picturesDrawn() > moving - (moving - before)); // sharp again, without a nudge
}

void TestMapCanvas::dearPicturesAreDrawnElsewhereAndShownWhenTheyAreThere()
{
    m_canvas->setMovingBudget({}); // everything is too dear
    m_canvas->settle();
    const QImage before = m_canvas->grab().toImage();
    const int drawn = m_canvas->picturesDrawn();
    fakes::SampleOptions options;
    options.withoutRedis = true;
    m_canvas->setFrame(sample(options));
    QVERIFY(!m_canvas->grab().isNull()); // which orders it
    QCOMPARE(m_canvas->picturesDrawn(), drawn);
    m_canvas->setFrame(sample());
    m_canvas->setFrame(sample(options)); // while it is being drawn: the newest one is shown in the end
    QTRY_VERIFY(m_canvas->picturesDrawn() > drawn);
    m_canvas->settle();
    const QImage sharp = m_canvas->grab().toImage();
    QVERIFY(sharp != before);
    m_canvas->setFrame(sample());
    m_canvas->grab();
    QTRY_COMPARE(m_canvas->grab().toImage(), before);
}

void TestMapCanvas::settlingDrawsSharply()
{
    m_canvas->setMovingBudget({}); // everything is too dear
    m_canvas->grab();
    const Viewport closer = m_canvas->viewport().zoomedAt({400, 300}, 1.6);
    m_canvas->setViewport(closer);
    const QImage scaled = m_canvas->grab().toImage();
    m_canvas->settle();
    const QImage sharp = m_canvas->grab().toImage();
    QVERIFY(sharp != scaled);
    m_canvas->setMovingBudget(std::chrono::hours(1));
    m_canvas->setViewport({});
    m_canvas->grab();
    m_canvas->setViewport(closer);
    QCOMPARE(m_canvas->grab().toImage(), sharp);
}

void TestMapCanvas::doubleClickActivatesACard()
{
    QSignalSpy activated(m_canvas, &MapCanvas::nodeActivated);
    QTest::mouseDClick(m_canvas, Qt::LeftButton, {}, centreOf(node("cart")));
    QCOMPARE(activated.count(), 1);
    QCOMPARE(activated[0][0].value<NodeId>(), node("cart"));
}

void TestMapCanvas::clickOnNothingClears()
{
    m_canvas->select({node("web")}, {});
    click(viewPoint({1130, 300}));
    QVERIFY(m_canvas->selectedNodes().empty());
}

void TestMapCanvas::shiftAddsToTheSelection()
{
    QSignalSpy activated(m_canvas, &MapCanvas::edgeActivated);
    click(centreOf(node("web")));
    click(centreOf(node("cart")), Qt::ShiftModifier);
    click(onLine(edge("gateway", "ledger"), 0.5), Qt::ShiftModifier);
    QCOMPARE(m_canvas->selectedNodes().size(), std::size_t(2));
    QCOMPARE(m_canvas->selectedEdges().size(), std::size_t(1));
    QCOMPARE(activated.count(), 0); // choosing a line is not probing it
    click(centreOf(node("web")), Qt::ShiftModifier);
    QCOMPARE(m_canvas->selectedNodes(), std::vector<NodeId>{node("cart")});
}

void TestMapCanvas::rubberBandSelectsWhatItHolds()
{
    drag(viewPoint({362, 90}), viewPoint({560, 300}), Qt::ShiftModifier);
    std::set<std::string> labels;
    for (const NodeId id : m_canvas->selectedNodes())
        labels.insert(m_frame->graph->node(id)->label);
    QVERIFY(labels.contains("web") && labels.contains("catalog"));
    QVERIFY(!labels.contains("checkout") && !labels.contains("coredns"));
}

void TestMapCanvas::controlDragAsksForAPair()
{
    QSignalSpy pair(m_canvas, &MapCanvas::pairRequested);
    drag(centreOf(node("web")), centreOf(node("redis")), Qt::ControlModifier);
    QCOMPARE(pair.count(), 1);
    QCOMPARE(pair[0][0].value<NodeId>(), node("web"));
    QCOMPARE(pair[0][1].value<NodeId>(), node("redis"));
    drag(centreOf(node("web")), viewPoint({1130, 300}), Qt::ControlModifier);
    drag(centreOf(node("web")), centreOf(node("web")) + QPoint(30, 0), Qt::ControlModifier);
    QCOMPARE(pair.count(), 1);
}

void TestMapCanvas::pairIsFinishedByClickOrEscape()
{
    QSignalSpy pair(m_canvas, &MapCanvas::pairRequested);
    m_canvas->beginPair(node("catalog"));
    click(centreOf(node("postgres")));
    QCOMPARE(pair.count(), 1);
    m_canvas->beginPair(node("catalog"));
    QTest::keyClick(m_canvas, Qt::Key_Escape);
    click(centreOf(node("postgres")));
    QCOMPARE(pair.count(), 1);
    m_canvas->beginPair(node("catalog"));
    m_canvas->setFocusedItem(m_canvas->itemOf(node("cart")));
    QTest::keyClick(m_canvas, Qt::Key_Return);
    QCOMPARE(pair.count(), 2);
    QCOMPARE(pair[1][1].value<NodeId>(), node("cart"));
}

void TestMapCanvas::revealBringsIntoView()
{
    m_canvas->setViewport(Viewport({5'000, 5'000}, 1));
    QVERIFY(m_canvas->reveal(m_frame->graph->node(node("redis"))->pods.front().pod));
    QVERIFY(QRectF(m_canvas->rect()).contains(m_canvas->viewRectOf(m_canvas->itemOf(node("redis")))));
    QCOMPARE(m_canvas->selectedNodes(), std::vector<NodeId>{node("redis")});
    QVERIFY(m_canvas->reveal(edge("web", "checkout")));
    QCOMPARE(m_canvas->selectedEdges(), std::vector<EdgeId>{edge("web", "checkout")});
    const Viewport before = m_canvas->viewport();
    QVERIFY(!m_canvas->reveal(ObjectRef{ObjectKind::Pod, "Pod", "no", "where"}));
    QCOMPARE(m_canvas->viewport(), before);
}

void TestMapCanvas::minimapMovesTheView()
{
    m_canvas->setViewport(Viewport({0, 0}, 3));
    const Minimap minimap(*m_canvas->scene(), m_canvas->size());
    const QPointF at = minimap.frame().center();
    click(at.toPoint());
    const QPointF centre = m_canvas->viewport().toScene(QRectF(m_canvas->rect()).center());
    QVERIFY((centre - minimap.toScene(at.toPoint())).manhattanLength() < 2);
    QVERIFY(m_canvas->selectedNodes().empty());
    m_canvas->setMinimapVisible(false);
    m_canvas->setViewport(Viewport({0, 0}, 3));
    click(at.toPoint());
    QCOMPARE(m_canvas->viewport(), Viewport({0, 0}, 3));
    // Where all is in view there is nothing to move to, and the corner belongs to the map.
    m_canvas->setMinimapVisible(true);
    m_canvas->fit();
    const Viewport whole = m_canvas->viewport();
    click(at.toPoint());
    QCOMPARE(m_canvas->viewport(), whole);
}

void TestMapCanvas::animationArrives()
{
    const Viewport fitted = m_canvas->viewport();
    m_canvas->setViewport(Viewport({400, 300}, 2));
    m_canvas->setAnimated(true);
    m_canvas->fit();
    QTRY_COMPARE(m_canvas->viewport(), fitted);
}

void TestMapCanvas::highlightAndRunningAreSeen()
{
    const QImage before = m_canvas->grab().toImage();
    m_canvas->highlight({m_frame->graph->node(node("web"))->object});
    QVERIFY(m_canvas->grab().toImage() != before);
    m_canvas->highlight({m_frame->graph->groups.front().object});
    QVERIFY(m_canvas->grab().toImage() != before);
    m_canvas->highlight({});
    QCOMPARE(m_canvas->grab().toImage(), before);
    m_canvas->setRunningProbes({edge("gateway", "ledger")});
    QVERIFY(m_canvas->grab().toImage() != before);
    m_canvas->setRunningProbes({});
    QCOMPARE(m_canvas->grab().toImage(), before);
}

QTEST_MAIN(TestMapCanvas)
#include "test_map_canvas.moc"
