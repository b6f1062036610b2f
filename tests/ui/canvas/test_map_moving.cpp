#include "tests/ui/canvas/map_canvas_fixture.h"
#include "ui/canvas/glide.h"
#include "ui/canvas/map_text.h"

#include <QSignalSpy>

using namespace portolan;
using namespace portolan::ui;

/// Cards and boxes that are dragged, sent by keyboard and pinned.
class TestMapMoving : public uitest::MapCanvasFixture
{
    Q_OBJECT

private Q_SLOTS:
    void aDraggedCardIsToBeWhereItWasDropped()
    {
        QSignalSpy moves(m_canvas, &MapCanvas::nodeMoveRequested);
        const Viewport view = m_canvas->viewport();
        const QPointF corner = rectOf(node("web")).topLeft();
        const QPoint from = centreOf(node("web"));
        drag(from, from + QPoint(60, 35));
        QCOMPARE(moves.count(), 1);
        QCOMPARE(moves[0][0].value<NodeId>(), node("web"));
        const QPointF way = moves[0][1].toPointF() - corner;
        QVERIFY((way * m_canvas->zoom() - QPointF(60, 35)).manhattanLength() < 1);
        QCOMPARE(m_canvas->viewport(), view);
        QVERIFY(m_canvas->selectedNodes().empty());
    }

    void aBoxIsDraggedByItsTitleAndTheMapByItsMiddle()
    {
        QSignalSpy moves(m_canvas, &MapCanvas::groupMoveRequested);
        const MapGroup &box = m_canvas->scene()->groups.front();
        const QPoint title = viewPoint(box.rect.topLeft() + QPointF(30, 12));
        drag(title, title + QPoint(40, 20));
        QCOMPARE(moves.count(), 1);
        QCOMPARE(moves[0][0].value<GroupId>(), box.id);
        const Viewport view = m_canvas->viewport();
        const QPoint inside = viewPoint(box.rect.bottomLeft() + QPointF(6, -5));
        drag(inside, inside + QPoint(40, 20));
        QCOMPARE(moves.count(), 1);
        QVERIFY(m_canvas->viewport() != view);
    }

    void fromAfarNothingIsDragged()
    {
        QSignalSpy moves(m_canvas, &MapCanvas::nodeMoveRequested);
        m_canvas->setViewport(Viewport({0, 0}, 0.15));
        const QPoint from = centreOf(node("web"));
        drag(from, from + QPoint(30, 30));
        QCOMPARE(moves.count(), 0);
    }

    void escapeTakesADragBack()
    {
        QSignalSpy moves(m_canvas, &MapCanvas::nodeMoveRequested);
        const QPoint from = centreOf(node("web"));
        QTest::mousePress(m_canvas, Qt::LeftButton, {}, from);
        QMouseEvent move(QEvent::MouseMove, QPointF(from + QPoint(50, 0)),
                         m_canvas->mapToGlobal(QPointF(from + QPoint(50, 0))), Qt::NoButton, Qt::LeftButton,
                         {});
        QApplication::sendEvent(m_canvas, &move);
        QTest::keyClick(m_canvas, Qt::Key_Escape);
        QTest::mouseRelease(m_canvas, Qt::LeftButton, {}, from + QPoint(50, 0));
        QCOMPARE(moves.count(), 0);
    }

    void altAndArrowsMoveWhatHasFocus()
    {
        QSignalSpy cards(m_canvas, &MapCanvas::nodeMoveRequested);
        QSignalSpy boxes(m_canvas, &MapCanvas::groupMoveRequested);
        QTest::keyClick(m_canvas, Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(cards.count(), 0); // nothing has focus
        m_canvas->setFocusedItem(m_canvas->itemOf(node("web")));
        const QPointF corner = rectOf(node("web")).topLeft();
        QTest::keyClick(m_canvas, Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(cards.count(), 1);
        QVERIFY(cards[0][1].toPointF().x() > corner.x());
        QCOMPARE(cards[0][1].toPointF().y(), corner.y());
        QTest::keyClick(m_canvas, Qt::Key_Up, Qt::AltModifier | Qt::ShiftModifier);
        QCOMPARE(boxes.count(), 1);
        QCOMPARE(m_canvas->focusedItem(), m_canvas->itemOf(node("web")));
    }

    void whatIsPinnedSaysSoAndLooksSo()
    {
        const MapItem card = m_canvas->itemOf(node("web"));
        QVERIFY(!itemName(*m_canvas->scene(), card, m_clock.wall).contains(QLatin1String("pinned")));
        const QImage before = m_canvas->grab().toImage();
        auto frame = std::make_shared<TopologyFrame>(*m_frame);
        auto layout = std::make_shared<LayoutResult>(*m_frame->layout);
        layout->pinnedNodes.insert(node("web"));
        frame->layout = layout;
        m_canvas->setFrame(frame);
        QVERIFY(itemName(*m_canvas->scene(), m_canvas->itemOf(node("web")), m_clock.wall)
                    .contains(QLatin1String("pinned")));
        QVERIFY(m_canvas->grab().toImage() != before);
    }

    void halfOfTheWayIsInTheMiddle()
    {
        auto layout = std::make_shared<LayoutResult>(*m_frame->layout);
        layout->nodes[node("web")].x += 100;
        auto frame = std::make_shared<TopologyFrame>(*m_frame);
        frame->layout = layout;
        const TopologyFramePtr half = frameBetween(*m_frame, frame, 0.5);
        QCOMPARE(half->layout->nodes.at(node("web")).x, m_frame->layout->nodes.at(node("web")).x + 50);
        QVERIFY(half->layout->edges.empty());
        QCOMPARE(frameBetween(*m_frame, frame, 1)->layout->nodes, layout->nodes);
    }

private:
    QRectF rectOf(NodeId id) const { return m_canvas->scene()->rectOf(m_canvas->itemOf(id)); }
};

QTEST_MAIN(TestMapMoving)
#include "test_map_moving.moc"
