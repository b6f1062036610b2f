#include "model/graph/graph_builder.h"
#include "model/layout/layout_engine.h"
#include "tests/fakes/shop_cluster.h"
#include "tests/model/layout/layout_checks.h"
#include "tests/model/layout/random_graph.h"

#include <QTest>

#include <set>

using namespace portolan;
using namespace portolan::fakes;

namespace {

class Screen
{
public:
    explicit Screen(std::string worker = {}) : m_engine(makeNamespaceLayout({std::move(worker)})) {}

    /// Lays out what is to be shown now; returns what was shown before.
    LayoutResultPtr show(TopologyGraphPtr graph)
    {
        LayoutResultPtr before = m_shown;
        auto result = m_engine->layout({std::move(graph), defaultMapFonts(), m_shown, 1.6}, {});
        if (!result)
            qFatal("the layout failed");
        m_shown = std::make_shared<LayoutResult>(std::move(*result));
        return before;
    }

    LayoutResult tidyUp(TopologyGraphPtr graph)
    {
        auto result = m_engine->layout({std::move(graph), defaultMapFonts(), {}, 1.6}, {});
        return result ? *result : LayoutResult{};
    }

    const LayoutResult &shown() const { return *m_shown; }
    const LayoutResultPtr &pointer() const { return m_shown; }

private:
    std::unique_ptr<LayoutEngine> m_engine;
    LayoutResultPtr m_shown;
};

TopologyGraphPtr graphOf(const ClusterMaker &maker, std::set<std::string> hidden = {})
{
    return std::make_shared<TopologyGraph>(
        buildGraph(*maker.state(), {GraphView::Services, std::move(hidden)}));
}

NodeId workloadId(const char *ns, const char *name)
{
    return nodeIdOf(NodeKind::Workload, {ObjectKind::Workload, "Deployment", ns, name});
}

/// Groups in which something came or changed its size from one graph to the next: those alone may move.
std::set<GroupId> disturbed(const TopologyGraph &before, const TopologyGraph &after)
{
    std::set<GroupId> groups;
    const MapFonts fonts = defaultMapFonts();
    for (const GraphNode &node : after.nodes) {
        const GraphNode *was = before.node(node.id);
        if (!was || !(nodeSize(*was, fonts) == nodeSize(node, fonts)))
            groups.insert(node.group);
    }
    return groups;
}

} // namespace

class TestStableLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingMovesWithoutCause_data()
    {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 6; ++seed)
            QTest::addRow("seed %d", seed) << seed;
    }

    void nothingMovesWithoutCause()
    {
        QFETCH(int, seed);
        checks::RandomGraph story{std::uint64_t(seed)};
        Screen screen;
        TopologyGraphPtr graph = story.graph();
        screen.show(graph);
        int movedBoxes = 0;
        for (int step = 0; step < 25; ++step) {
            const TopologyGraphPtr earlier = graph;
            story.change();
            graph = story.graph();
            const LayoutResultPtr before = screen.show(graph);
            const LayoutResult &now = screen.shown();
            QCOMPARE(checks::breachOf(*graph, now), QString());
            QCOMPARE(checks::labelBreachOf(*graph, now, defaultMapFonts()), QString());
            const std::set<GroupId> mayMove = disturbed(*earlier, *graph);
            for (const GraphGroup &group : graph->groups) {
                const auto was = before->groups.find(group.id);
                const Rect &is = now.groups.at(group.id);
                if (was == before->groups.end())
                    continue;
                const bool stays = was->second.x == is.x && was->second.y == is.y;
                movedBoxes += stays ? 0 : 1;
                if (!mayMove.contains(group.id))
                    QCOMPARE(is, was->second);
            }
            for (const GraphNode &node : graph->nodes) {
                const GraphNode *was = earlier->node(node.id);
                if (was && !mayMove.contains(node.group))
                    QCOMPARE(now.nodes.at(node.id), before->nodes.at(node.id));
                // In a box that changed, what stays keeps its place in the box.
                if (!was || !node.group.isValid() || !before->groups.contains(node.group))
                    continue;
                if (!(nodeSize(*was, defaultMapFonts()) == nodeSize(node, defaultMapFonts())))
                    continue;
                const Rect &oldBox = before->groups.at(node.group);
                const Rect &newBox = now.groups.at(node.group);
                QCOMPARE(now.nodes.at(node.id).x - newBox.x, before->nodes.at(node.id).x - oldBox.x);
                QCOMPARE(now.nodes.at(node.id).y - newBox.y, before->nodes.at(node.id).y - oldBox.y);
            }
        }
        // A box moves only when it has grown into something: seldom.
        QVERIFY2(movedBoxes <= 8, qPrintable(QString::number(movedBoxes)));
    }

    void aPodThatGoesMovesNothing()
    {
        ClusterMaker maker = shopCluster();
        Screen screen;
        screen.show(graphOf(maker));
        maker.podsOf("shop", "web")[0]->phase = PodPhase::Succeeded;
        const LayoutResultPtr before = screen.show(graphOf(maker));
        QVERIFY(screen.shown().nodes == before->nodes);
        QVERIFY(screen.shown().groups == before->groups);
        QVERIFY(screen.shown().edges == before->edges);
    }

    void whatComesAndGoesLeavesTheRestAlone_data()
    {
        QTest::addColumn<QByteArray>("ns");
        for (const char *ns : {"edge", "shop", "payments", "data", "monitoring", "kube-system", "default"})
            QTest::newRow(ns) << QByteArray(ns);
    }

    void whatComesAndGoesLeavesTheRestAlone()
    {
        QFETCH(QByteArray, ns);
        ClusterMaker maker = shopCluster();
        const TopologyGraphPtr first = graphOf(maker);
        Screen screen;
        screen.show(first);
        const LayoutResultPtr start = screen.pointer();
        maker.workload("Deployment", ns.toStdString(), "fresh", 2, {{"app", "fresh"}});
        maker.service(ns.toStdString(), "fresh", {{"app", "fresh"}}, {servicePort(80)});
        const TopologyGraphPtr second = graphOf(maker);
        screen.show(second);
        QCOMPARE(checks::breachOf(*second, screen.shown()), QString());
        for (const GraphNode &node : first->nodes) {
            if (node.object.ns != ns.toStdString())
                QCOMPARE(screen.shown().nodes.at(node.id), start->nodes.at(node.id));
        }
        const LayoutResultPtr middle = screen.pointer();
        screen.show(first);
        for (const GraphNode &node : first->nodes)
            QCOMPARE(screen.shown().nodes.at(node.id), middle->nodes.at(node.id));
    }

    void aNewServiceStandsUnderItsWorkload()
    {
        ClusterMaker maker = shopCluster();
        Screen screen;
        screen.show(graphOf(maker));
        maker.service("shop", "web2", {{"app", "web"}}, {servicePort(81)});
        const LayoutResultPtr before = screen.show(graphOf(maker));
        const Rect card = screen.shown().nodes.at(workloadId("shop", "web"));
        QCOMPARE(card, before->nodes.at(workloadId("shop", "web")));
        const Rect pill = screen.shown().nodes.at(
            nodeIdOf(NodeKind::Service, {ObjectKind::Service, "Service", "shop", "web2"}));
        QVERIFY(pill.y >= card.bottom());
        QVERIFY(pill.y < card.bottom() + 130);
        QVERIFY(pill.x >= card.x && pill.x < card.right());
    }

    void aNewNamespaceFindsRoom()
    {
        ClusterMaker maker = shopCluster();
        Screen screen;
        screen.show(graphOf(maker));
        maker.ns("fresh");
        maker.workload("Deployment", "fresh", "a", 1, {{"app", "a"}});
        maker.workload("Deployment", "fresh", "b", 1, {{"app", "b"}});
        const TopologyGraphPtr graph = graphOf(maker);
        const LayoutResultPtr before = screen.show(graph);
        QCOMPARE(checks::breachOf(*graph, screen.shown()), QString());
        for (const auto &[group, box] : before->groups)
            QCOMPARE(screen.shown().groups.at(group), box);
    }

    void aFoldedNamespaceComesBackWhereItWas()
    {
        const ClusterMaker maker = shopCluster();
        Screen screen;
        screen.show(graphOf(maker));
        const LayoutResultPtr start = screen.pointer();
        const TopologyGraphPtr folded = graphOf(maker, {"shop"});
        screen.show(folded);
        for (const GraphNode &node : folded->nodes)
            QCOMPARE(screen.shown().nodes.at(node.id), start->nodes.at(node.id));
        QVERIFY(!screen.shown().nodes.contains(workloadId("shop", "web")));
        const TopologyGraphPtr unfolded = graphOf(maker);
        screen.show(unfolded);
        QCOMPARE(checks::breachOf(*unfolded, screen.shown()), QString());
        QVERIFY(screen.shown().groups == start->groups);
    }

    void anotherMapIsLaidOutAnew()
    {
        ClusterMaker other;
        other.ns("elsewhere");
        other.workload("Deployment", "elsewhere", "w", 1, {});
        Screen screen;
        screen.show(graphOf(shopCluster()));
        const TopologyGraphPtr graph = graphOf(other);
        screen.show(graph);
        QCOMPARE(checks::breachOf(*graph, screen.shown()), QString());
        Screen fresh;
        fresh.show(graph);
        QVERIFY(screen.shown().nodes == fresh.shown().nodes);
    }

    void aCommandTidiesUp()
    {
        checks::RandomGraph story{99};
        Screen screen;
        screen.show(story.graph());
        for (int i = 0; i < 30; ++i) {
            story.change();
            screen.show(story.graph());
        }
        // Without `previous`, which is what the command asks for, the story leaves no trace.
        const LayoutResult tidied = screen.tidyUp(story.graph());
        Screen fresh;
        fresh.show(story.graph());
        QCOMPARE(checks::breachOf(*story.graph(), tidied), QString());
        QVERIFY(tidied.nodes == fresh.shown().nodes);
        QVERIFY(tidied.edges == fresh.shown().edges);
        QVERIFY(!(tidied.nodes == screen.shown().nodes));
    }
};

QTEST_GUILESS_MAIN(TestStableLayout)
#include "test_stable_layout.moc"
