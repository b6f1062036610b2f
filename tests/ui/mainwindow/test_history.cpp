#include "model/layout/place_change.h"
#include "tests/ui/support/ui_frames.h"
#include "ui/mainwindow/map_history.h"

#include <QAction>
#include <QSignalSpy>
#include <QTest>
#include <QUndoStack>

using namespace portolan;
using namespace portolan::ui;
using namespace portolan::uitest;

/// What is done to the map's look is undone and done again.
class TestHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_frame = frameOf(shopState());
        m_given.clear();
        m_tidied = 0;
        m_history = std::make_unique<MapHistory>();
        m_history->begin(
            {[this](const LayoutResultPtr &places) { m_given.push_back(places); }, [this] { ++m_tidied; }});
        m_history->takeFrame(m_frame);
        for (const GraphNode &node : m_frame->graph->nodes) {
            if (node.kind == NodeKind::Workload)
                m_card = node.id;
        }
    }

    void aMoveIsUndoneAndDoneAgain()
    {
        QSignalSpy changing(m_history.get(), &MapHistory::placesChanging);
        m_history->moveGroup(m_frame->graph->node(m_card)->group, beneath());
        QCOMPARE(m_given.size(), std::size_t(1));
        const Rect moved = m_given.back()->nodes.at(m_card);
        QVERIFY(!(moved == m_frame->layout->nodes.at(m_card)));
        m_history->stack()->undo();
        QCOMPARE(m_given.back()->nodes.at(m_card), m_frame->layout->nodes.at(m_card));
        m_history->stack()->redo();
        QCOMPARE(m_given.back()->nodes.at(m_card), moved);
        QCOMPARE(changing.count(), 3);
    }

    void whatDoesNotMoveIsNoStep()
    {
        const Rect at = m_frame->layout->nodes.at(m_card);
        m_history->moveNode(m_card, {at.x, at.y});
        QVERIFY(m_given.empty());
        QVERIFY(!m_history->stack()->canUndo());
    }

    void stepsOfOneMoveAreOneStep()
    {
        const GroupId group = m_frame->graph->node(m_card)->group;
        m_history->moveGroup(group, beneath());
        m_history->moveGroup(group, beneath() + QPointF(0, 20));
        QCOMPARE(m_history->stack()->count(), 1);
        m_history->pinGroup(group, true);
        m_history->pinGroup(group, false);
        QCOMPARE(m_history->stack()->count(), 3);
        m_history->stack()->setIndex(0);
        QCOMPARE(m_given.back()->groups.at(group), m_frame->layout->groups.at(group));
    }

    void pinsAreSteps()
    {
        m_history->pinNode(m_card, true);
        QVERIFY(m_given.back()->pinnedNodes.contains(m_card));
        m_history->stack()->undo();
        QVERIFY(!m_given.back()->pinnedNodes.contains(m_card));
    }

    void tidyingUpIsUndone()
    {
        m_history->tidyUp();
        QCOMPARE(m_tidied, 1);
        m_history->stack()->undo();
        QCOMPARE(m_given.back()->nodes, m_frame->layout->nodes);
        m_history->stack()->redo();
        QCOMPARE(m_tidied, 2);
    }

    void whatWasHiddenWhileTidyingComesBackAsWell()
    {
        auto places = std::make_shared<LayoutResult>(*m_frame->layout);
        places->nodes[NodeId{77}] = {5'000, 0, 10, 10};
        auto frame = std::make_shared<TopologyFrame>(*m_frame);
        frame->places = places;
        m_history->takeFrame(frame);
        m_history->tidyUp();
        m_history->stack()->undo();
        QCOMPARE(m_given.back()->nodes, places->nodes);
    }

    void hiddenNamespacesComeBack()
    {
        QSignalSpy wanted(m_history.get(), &MapHistory::hiddenWanted);
        m_history->noteHidden({"data"});
        m_history->noteHidden({"data"}); // said twice
        m_history->noteHidden({"data", "shop"});
        QCOMPARE(m_history->stack()->count(), 2);
        QCOMPARE(wanted.count(), 0); // hidden already
        m_history->stack()->undo();
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted[0][0].value<std::set<std::string>>(), std::set<std::string>{"data"});
        m_history->noteHidden({"data"}); // what the list says of it
        QCOMPARE(m_history->stack()->count(), 2);
        m_history->stack()->redo();
        QCOMPARE(wanted[1][0].value<std::set<std::string>>(), (std::set<std::string>{"data", "shop"}));
    }

    void anotherClusterBeginsAnew()
    {
        m_history->pinNode(m_card, true);
        m_history->begin({});
        QVERIFY(!m_history->stack()->canUndo());
        m_history->pinNode(m_card, true);
        m_history->noteHidden({"data"});
        m_history->tidyUp();
        QVERIFY(!m_history->stack()->canUndo());
    }

private:
    QPointF beneath() const { return {m_frame->layout->bounds.x, m_frame->layout->bounds.bottom() + 300}; }

    TopologyFramePtr m_frame;
    std::unique_ptr<MapHistory> m_history;
    std::vector<LayoutResultPtr> m_given;
    int m_tidied = 0;
    NodeId m_card;
};

QTEST_MAIN(TestHistory)
#include "test_history.moc"
