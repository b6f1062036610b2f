#include "tests/fakes/sample_frame.h"
#include "ui/canvas/bezier.h"
#include "ui/canvas/map_canvas.h"
#include "ui/canvas/map_furniture.h"

#include <QAccessible>
#include <QApplication>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <algorithm>
#include <set>

using namespace portolan;
using namespace portolan::ui;

namespace {

class SampleClock : public Clock
{
public:
    Instant now() const override { return {}; }
    WallTime wallNow() const override { return wall; }
    WallTime wall = fakes::sampleNow();
};

} // namespace

class TestMapCanvas : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
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
    void doubleClickActivatesACard();
    void clickOnNothingClears();
    void shiftAddsToTheSelection();
    void rubberBandSelectsWhatItHolds();
    void controlDragAsksForAPair();
    void pairIsFinishedByClickOrEscape();
    void tabReachesEverything();
    void escapeGivesTheTabBack();
    void arrowsWalkAndPan();
    void enterActivatesWhatHasFocus();
    void spaceSelects();
    void keysZoomAndFit();
    void contextMenusNameTheirThing();
    void toolTipIsPlain();
    void revealBringsIntoView();
    void minimapMovesTheView();
    void animationArrives();
    void highlightAndRunningAreSeen();
    void accessibleChildrenAreTheMap();
    void accessibleFocusAndPress();

private:
    QPoint viewPoint(QPointF scene) const { return m_canvas->viewport().toView(scene).toPoint(); }
    QPoint centreOf(NodeId id) const { return m_canvas->viewRectOf(m_canvas->itemOf(id)).center().toPoint(); }
    NodeId node(const std::string &label) const
    {
        for (const GraphNode &n : m_frame->graph->nodes) {
            if (n.label == label && n.kind != NodeKind::Service)
                return n.id;
        }
        qFatal("no node");
    }
    EdgeId edge(const std::string &from, const std::string &to) const
    {
        return edgeIdOf(EdgeKind::PolicyPeer, node(from), node(to));
    }
    QPoint onLine(EdgeId id, double fraction) const
    {
        const MapScene &scene = *m_canvas->scene();
        return viewPoint(spotAt(scene.pathOf(scene.edges[scene.edgeById.at(id)]), fraction).at);
    }
    TopologyFramePtr sample(const fakes::SampleOptions &options = {}) const
    {
        return fakes::sampleFrame(mapFontsFrom(lightTheme()), options);
    }
    void click(QPoint at, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseClick(m_canvas, Qt::LeftButton, modifiers, at);
    }
    void drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = {},
              Qt::MouseButton button = Qt::LeftButton);

    SampleClock m_clock;
    TopologyFramePtr m_frame;
    QWidget *m_window = nullptr;
    QLineEdit *m_before = nullptr, *m_after = nullptr;
    MapCanvas *m_canvas = nullptr;
};

void TestMapCanvas::init()
{
    m_window = new QWidget;
    m_before = new QLineEdit;
    m_canvas = new MapCanvas;
    m_after = new QLineEdit;
    auto *column = new QVBoxLayout(m_window);
    for (QWidget *widget : {static_cast<QWidget *>(m_before), static_cast<QWidget *>(m_canvas),
                            static_cast<QWidget *>(m_after)})
        column->addWidget(widget);
    column->setStretch(1, 1);
    m_canvas->setAnimated(false);
    m_canvas->setClock(m_clock);
    m_window->resize(1300, 860);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window));
    m_frame = sample();
    m_canvas->setFrame(m_frame);
}

void TestMapCanvas::cleanup()
{
    delete m_window;
}

void TestMapCanvas::drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers, Qt::MouseButton button)
{
    QTest::mousePress(m_canvas, button, modifiers, from);
    for (int step = 1; step <= 4; ++step) {
        const QPointF at = QPointF(from) + QPointF(to - from) * step / 4.0;
        QMouseEvent move(QEvent::MouseMove, at, m_canvas->mapToGlobal(at), Qt::NoButton, button, modifiers);
        QApplication::sendEvent(m_canvas, &move);
    }
    QTest::mouseRelease(m_canvas, button, modifiers, to);
}

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
        next->generation = std::uint64_t(10 + i);
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
    // Large enough to cost more than a frame on any machine that runs this.
    m_canvas->setFrame(fakes::largeFrame(mapFontsFrom(lightTheme()), 100, 100));
    m_canvas->setViewport(Viewport({0, 0}, 0.21));
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

void TestMapCanvas::tabReachesEverything()
{
    m_before->setFocus();
    std::set<std::pair<int, std::uint32_t>> seen;
    const std::size_t all = m_canvas->scene()->nodes.size() + m_canvas->scene()->edges.size();
    for (std::size_t i = 0; i < all; ++i) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QVERIFY(m_canvas->hasFocus());
        const MapItem item = m_canvas->focusedItem();
        seen.insert({int(item.kind), item.index});
        if (item.kind == MapItem::Kind::Node) // what has focus is in view
            QVERIFY(QRectF(m_canvas->rect()).contains(m_canvas->viewRectOf(item)));
    }
    QCOMPARE(seen.size(), all);
    QTest::keyClick(m_canvas, Qt::Key_Tab);
    QVERIFY(m_after->hasFocus());
    QTest::keyClick(m_after, Qt::Key_Backtab);
    QVERIFY(m_canvas->hasFocus());
    QCOMPARE(m_canvas->focusedItem(), m_canvas->readingOrder().back());
}

void TestMapCanvas::escapeGivesTheTabBack()
{
    m_before->setFocus();
    QTest::keyClick(m_before, Qt::Key_Tab);
    QVERIFY(m_canvas->focusedItem());
    QTest::keyClick(m_canvas, Qt::Key_Escape);
    QVERIFY(!m_canvas->focusedItem());
    QTest::keyClick(m_canvas, Qt::Key_Tab);
    QVERIFY(m_after->hasFocus());
}

void TestMapCanvas::arrowsWalkAndPan()
{
    m_canvas->setFocus();
    m_canvas->setFocusedItem(m_canvas->itemOf(node("web")));
    QTest::keyClick(m_canvas, Qt::Key_Right);
    QCOMPARE(m_canvas->focusedItem(), m_canvas->itemOf(node("checkout")));
    const Viewport before = m_canvas->viewport();
    QTest::keyClick(m_canvas, Qt::Key_Right, Qt::ControlModifier);
    QVERIFY(m_canvas->viewport().origin().x() > before.origin().x());
    QCOMPARE(m_canvas->focusedItem(), m_canvas->itemOf(node("checkout")));
    QTest::keyClick(m_canvas, Qt::Key_Escape);
    QTest::keyClick(m_canvas, Qt::Key_Left);
    QVERIFY((m_canvas->viewport().origin() - before.origin()).manhattanLength() < 1e-6);
}

void TestMapCanvas::enterActivatesWhatHasFocus()
{
    QSignalSpy nodes(m_canvas, &MapCanvas::nodeActivated), edges(m_canvas, &MapCanvas::edgeActivated);
    m_canvas->setFocusedItem(m_canvas->itemOf(node("web")));
    QTest::keyClick(m_canvas, Qt::Key_Return);
    m_canvas->setFocusedItem(m_canvas->itemOf(edge("web", "checkout")));
    QTest::keyClick(m_canvas, Qt::Key_Enter);
    QCOMPARE(nodes.count(), 1);
    QCOMPARE(edges.count(), 1);
    QCOMPARE(edges[0][0].value<EdgeId>(), edge("web", "checkout"));
    QTest::keyClick(m_canvas, Qt::Key_Escape);
    QTest::keyClick(m_canvas, Qt::Key_Return);
    QCOMPARE(nodes.count() + edges.count(), 2);
}

void TestMapCanvas::spaceSelects()
{
    m_canvas->setFocusedItem(m_canvas->itemOf(node("web")));
    QTest::keyClick(m_canvas, Qt::Key_Space);
    QCOMPARE(m_canvas->selectedNodes(), std::vector<NodeId>{node("web")});
    QTest::keyClick(m_canvas, Qt::Key_Space);
    QVERIFY(m_canvas->selectedNodes().empty());
}

void TestMapCanvas::keysZoomAndFit()
{
    const Viewport fitted = m_canvas->viewport();
    QTest::keyClick(m_canvas, Qt::Key_Plus);
    QVERIFY(m_canvas->zoom() > fitted.zoom());
    QTest::keyClick(m_canvas, Qt::Key_Minus);
    QTest::keyClick(m_canvas, Qt::Key_Minus);
    QVERIFY(m_canvas->zoom() < fitted.zoom());
    for (const Qt::Key key : {Qt::Key_0, Qt::Key_Home}) {
        m_canvas->setViewport(Viewport({9, 9}, 3));
        QTest::keyClick(m_canvas, key);
        QCOMPARE(m_canvas->viewport(), fitted);
    }
    m_canvas->select({node("redis")}, {});
    m_canvas->setViewport(Viewport({-5'000, -5'000}, 3));
    QTest::keyClick(m_canvas, Qt::Key_F);
    QVERIFY(QRectF(m_canvas->rect()).contains(m_canvas->viewRectOf(m_canvas->itemOf(node("redis")))));
}

void TestMapCanvas::contextMenusNameTheirThing()
{
    QSignalSpy nodes(m_canvas, &MapCanvas::nodeMenuRequested), edges(m_canvas, &MapCanvas::edgeMenuRequested);
    QSignalSpy groups(m_canvas, &MapCanvas::groupMenuRequested), map(m_canvas, &MapCanvas::mapMenuRequested);
    QSignalSpy activated(m_canvas, &MapCanvas::edgeActivated);
    const auto ask = [&](QPoint at) {
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, m_canvas->mapToGlobal(at));
        QApplication::sendEvent(m_canvas, &event);
    };
    ask(centreOf(node("web")));
    ask(onLine(edge("gateway", "ledger"), 0.5));
    ask(viewPoint(toQt(Point{360, 62})));
    ask(viewPoint({1130, 300}));
    QCOMPARE(nodes.count(), 1);
    QCOMPARE(nodes[0][0].value<NodeId>(), node("web"));
    QCOMPARE(edges.count(), 1);
    QCOMPARE(groups.count(), 1);
    QCOMPARE(map.count(), 1);
    QCOMPARE(activated.count(), 0);
    // The menu key speaks of what has focus.
    m_canvas->setFocusedItem(m_canvas->itemOf(node("cart")));
    QContextMenuEvent byKey(QContextMenuEvent::Keyboard, {1, 1}, {1, 1});
    QApplication::sendEvent(m_canvas, &byKey);
    QCOMPARE(nodes.count(), 2);
    QCOMPARE(nodes[1][0].value<NodeId>(), node("cart"));
}

void TestMapCanvas::toolTipIsPlain()
{
    fakes::SampleOptions options;
    options.longName = "<b>x</b>";
    m_frame = sample(options);
    m_canvas->setFrame(m_frame);
    const QPoint at = centreOf(node("<b>x</b>"));
    QHelpEvent help(QEvent::ToolTip, at, m_canvas->mapToGlobal(at));
    QApplication::sendEvent(m_canvas, &help);
    QVERIFY2(QToolTip::text().contains(QStringLiteral("&lt;b&gt;x&lt;/b&gt;")), qPrintable(QToolTip::text()));
    QVERIFY(!QToolTip::text().contains(QStringLiteral("<b>")));
    QToolTip::hideText();
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

void TestMapCanvas::accessibleChildrenAreTheMap()
{
    QAccessibleInterface *map = QAccessible::queryAccessibleInterface(m_canvas);
    QVERIFY(map);
    QVERIFY(!map->text(QAccessible::Name).isEmpty());
    QVERIFY(map->text(QAccessible::Description).contains(QStringLiteral("prod-eu1")));
    QCOMPARE(std::size_t(map->childCount()), m_canvas->readingOrder().size());
    std::set<QString> names;
    for (int i = 0; i < map->childCount(); ++i) {
        QAccessibleInterface *child = map->child(i);
        QVERIFY(child && child->isValid());
        QCOMPARE(map->indexOfChild(child), i);
        QCOMPARE(child->parent(), map);
        names.insert(child->text(QAccessible::Name));
    }
    QVERIFY(
        names.contains(QStringLiteral("Deployment shop/web, 3 pods, isolated by policy in both directions")));
    QVERIFY(names.size() > m_canvas->scene()->nodes.size());
    QVERIFY(!map->child(-1) && !map->child(map->childCount()));
    // What left the map is invalid, and its interface says nothing of another thing.
    QAccessibleInterface *redis = nullptr;
    for (int i = 0; i < map->childCount(); ++i) {
        if (map->child(i)->text(QAccessible::Name).contains(QStringLiteral("data/redis,")))
            redis = map->child(i);
    }
    QVERIFY(redis);
    fakes::SampleOptions options;
    options.withoutRedis = true;
    m_canvas->setFrame(sample(options));
    QVERIFY(!redis->isValid());
    QVERIFY(redis->text(QAccessible::Name).isEmpty());
}

void TestMapCanvas::accessibleFocusAndPress()
{
    QAccessible::setActive(true);
    m_canvas->setFocus();
    QAccessibleInterface *map = QAccessible::queryAccessibleInterface(m_canvas);
    m_canvas->setFocusedItem(m_canvas->itemOf(node("web")));
    QVERIFY(map->focusChild());
    QVERIFY(map->focusChild()->text(QAccessible::Name).startsWith(QStringLiteral("Deployment shop/web")));
    QVERIFY(map->focusChild()->state().focused);
    QVERIFY(map->text(QAccessible::Value).startsWith(QStringLiteral("Deployment shop/web")));
    const QRect place = map->focusChild()->rect();
    QCOMPARE(map->childAt(place.center().x(), place.center().y()), map->focusChild());
    QSignalSpy activated(m_canvas, &MapCanvas::nodeActivated);
    map->focusChild()->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(activated.count(), 1);
    QAccessible::setActive(false);
}

QTEST_MAIN(TestMapCanvas)
#include "test_map_canvas.moc"
