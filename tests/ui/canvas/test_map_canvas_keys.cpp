#include "tests/ui/canvas/map_canvas_fixture.h"

#include <QAccessible>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QLabel>
#include <QSignalSpy>
#include <QToolTip>

#include <algorithm>
#include <set>

using namespace portolan;
using namespace portolan::ui;

/// Keyboard, menus, tooltips and screen readers.
class TestMapCanvasKeys : public uitest::MapCanvasFixture
{
    Q_OBJECT

private Q_SLOTS:
    void tabReachesEverything();
    void escapeGivesTheTabBack();
    void arrowsWalkAndPan();
    void enterActivatesWhatHasFocus();
    void spaceSelects();
    void keysZoomAndFit();
    void contextMenusNameTheirThing();
    void toolTipIsPlain();
    void accessibleChildrenAreTheMap();
    void accessibleFocusAndPress();
};

void TestMapCanvasKeys::tabReachesEverything()
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

void TestMapCanvasKeys::escapeGivesTheTabBack()
{
    m_before->setFocus();
    QTest::keyClick(m_before, Qt::Key_Tab);
    QVERIFY(m_canvas->focusedItem());
    QTest::keyClick(m_canvas, Qt::Key_Escape);
    QVERIFY(!m_canvas->focusedItem());
    QTest::keyClick(m_canvas, Qt::Key_Tab);
    QVERIFY(m_after->hasFocus());
}

void TestMapCanvasKeys::arrowsWalkAndPan()
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

void TestMapCanvasKeys::enterActivatesWhatHasFocus()
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

void TestMapCanvasKeys::spaceSelects()
{
    m_canvas->setFocusedItem(m_canvas->itemOf(node("web")));
    QTest::keyClick(m_canvas, Qt::Key_Space);
    QCOMPARE(m_canvas->selectedNodes(), std::vector<NodeId>{node("web")});
    QTest::keyClick(m_canvas, Qt::Key_Space);
    QVERIFY(m_canvas->selectedNodes().empty());
}

void TestMapCanvasKeys::keysZoomAndFit()
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

void TestMapCanvasKeys::contextMenusNameTheirThing()
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

void TestMapCanvasKeys::toolTipIsPlain()
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

void TestMapCanvasKeys::accessibleChildrenAreTheMap()
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

void TestMapCanvasKeys::accessibleFocusAndPress()
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

QTEST_MAIN(TestMapCanvasKeys)
#include "test_map_canvas_keys.moc"
