#include "model/graph/graph_builder.h"
#include "model/layout/layout_engine.h"
#include "model/layout/place_change.h"
#include "tests/model/layout/cluster_story.h"
#include "tests/model/layout/edge_checks.h"
#include "tests/model/layout/layout_checks.h"

#include <QTest>

#include <set>

using namespace portolan;
using namespace portolan::checks;

namespace {

TopologyGraphPtr graphOf(const ClusterState &state)
{
    return std::make_shared<TopologyGraph>(buildGraph(state, {}));
}

/// What a session does: every layout is the `previous` of the next, what went is remembered.
class Map
{
public:
    void show(const TopologyGraphPtr &graph)
    {
        auto result = m_engine->layout({graph, m_fonts, m_known}, {});
        if (!result)
            qFatal("the layout failed");
        before = now;
        beforeGraph = nowGraph;
        now = *result;
        nowGraph = graph;
        m_known = std::make_shared<LayoutResult>(m_known ? merged(now, *m_known) : now);
    }
    const MapFonts &fonts() const { return m_fonts; }

    LayoutResult before, now;
    TopologyGraphPtr beforeGraph, nowGraph;

private:
    const MapFonts m_fonts = defaultMapFonts();
    std::unique_ptr<LayoutEngine> m_engine = makeNamespaceLayout({PORTOLAN_LAYOUT_PROGRAM});
    LayoutResultPtr m_known;
};

/// Boxes (not valid: the outside) with a card that came, or whose size is another one now.
std::set<GroupId> changedBoxes(const Map &map)
{
    std::set<GroupId> changed;
    for (const GraphNode &node : map.nowGraph->nodes) {
        const GraphNode *was = map.beforeGraph->node(node.id);
        if (!was || !(nodeSize(*was, map.fonts()) == nodeSize(node, map.fonts())))
            changed.insert(node.group);
    }
    for (const GraphGroup &group : map.nowGraph->groups) {
        if (!map.beforeGraph->group(group.id))
            changed.insert(group.id);
    }
    return changed;
}

} // namespace

/// 500 changes to a cluster, one after the other, through graph and layout.
class TestCalmMap : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatDidNotChangeDoesNotMove()
    {
        ClusterStory story{2024};
        Map map;
        map.show(graphOf(*story.state()));
        int movedBoxes = 0;
        int quiet = 0;
        for (int step = 0; step < 500; ++step) {
            story.change();
            map.show(graphOf(*story.state()));
            const QString where = QStringLiteral("step %1: ").arg(step);
            const QString breach = breachOf(*map.nowGraph, map.now);
            QVERIFY2(breach.isEmpty(), qPrintable(where + breach));
            const QString lines = lineBreachOf(*map.nowGraph, map.now);
            QVERIFY2(lines.isEmpty(), qPrintable(where + lines));
            const QString labels = labelBreachOf(*map.nowGraph, map.now, map.fonts());
            QVERIFY2(labels.isEmpty(), qPrintable(where + labels));
            const std::set<GroupId> changed = changedBoxes(map);
            quiet += changed.empty() ? 1 : 0;
            for (const GroupId group : map.now.laidOut)
                QVERIFY2(changed.contains(group), qPrintable(where + QStringLiteral("a box for nothing")));
            movedBoxes += compareBoxes(map, changed, where);
            compareCards(map, changed, where);
            compareLines(map, changed, where);
            if (QTest::currentTestFailed())
                return;
        }
        // A box moves as a whole where it has grown into its neighbours.
        QVERIFY2(movedBoxes <= 15, qPrintable(QString::number(movedBoxes)));
        QVERIFY2(quiet > 150, qPrintable(QString::number(quiet))); // the story has changes of both kinds
    }

    void whatComesBackStandsWhereItStoodUnlessSomethingIsThere()
    {
        ClusterStory story{7};
        Map map;
        std::vector<TopologyGraphPtr> chapters;
        for (int i = 0; i < 60; ++i) {
            chapters.push_back(graphOf(*story.state()));
            story.change();
        }
        fakes::RandomSource random{5};
        for (int step = 0; step < 150; ++step) {
            map.show(chapters[random.below(chapters.size())]);
            QCOMPARE(breachOf(*map.nowGraph, map.now), QString());
        }
    }

private:
    static int compareBoxes(const Map &map, const std::set<GroupId> &changed, const QString &where)
    {
        int moved = 0;
        for (const GraphGroup &group : map.nowGraph->groups) {
            const auto was = map.before.groups.find(group.id);
            if (was == map.before.groups.end())
                continue;
            const Rect &is = map.now.groups.at(group.id);
            moved += was->second.x == is.x && was->second.y == is.y ? 0 : 1;
            if (!changed.contains(group.id) && !(is == was->second))
                QTest::qFail(qPrintable(where + QString::fromStdString(group.label)), __FILE__, __LINE__);
        }
        return moved;
    }

    static void compareCards(const Map &map, const std::set<GroupId> &changed, const QString &where)
    {
        for (const GraphNode &node : map.nowGraph->nodes) {
            const GraphNode *was = map.beforeGraph->node(node.id);
            if (!was || !(nodeSize(*was, map.fonts()) == nodeSize(node, map.fonts())))
                continue;
            Rect is = map.now.nodes.at(node.id);
            Rect stood = map.before.nodes.at(node.id);
            // In a box that had to move, cards keep their places in it.
            if (changed.contains(node.group) && node.group.isValid()) {
                is.x -= map.now.groups.at(node.group).x;
                is.y -= map.now.groups.at(node.group).y;
                stood.x -= map.before.groups.at(node.group).x;
                stood.y -= map.before.groups.at(node.group).y;
            }
            if (!(is == stood))
                QTest::qFail(qPrintable(where + QString::fromStdString(node.label)), __FILE__, __LINE__);
        }
    }

    /// Lines between cards that stay do not move either, unless something came in their way.
    static void compareLines(const Map &map, const std::set<GroupId> &changed, const QString &where)
    {
        if (!changed.empty())
            return;
        for (const GraphEdge &edge : map.nowGraph->edges) {
            const auto was = map.before.edges.find(edge.id);
            if (was != map.before.edges.end() && map.now.edges.at(edge.id).points != was->second.points)
                QTest::qFail(qPrintable(where + QStringLiteral("a line moved")), __FILE__, __LINE__);
        }
    }
};

QTEST_GUILESS_MAIN(TestCalmMap)
#include "test_calm_map.moc"
