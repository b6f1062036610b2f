#include "model/graph/graph_builder.h"
#include "model/layout/place_change.h"
#include "tests/fakes/random_source.h"
#include "tests/fakes/shop_cluster.h"
#include "tests/model/layout/layout_checks.h"

#include <QTest>

using namespace portolan;
using namespace portolan::checks;

namespace {

NodeId workloadId(const char *ns, const char *name)
{
    return nodeIdOf(NodeKind::Workload, {ObjectKind::Workload, "Deployment", ns, name});
}

} // namespace

/// What a person does to places, and what the next layout makes of it.
class TestPlaceChange : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_graph = std::make_shared<TopologyGraph>(buildGraph(*fakes::shopCluster().state(), {}));
        m_engine = makeNamespaceLayout({});
        m_start = laidOut(nullptr);
    }

    void aMovedCardStaysAndTheRestDoesNotMove()
    {
        const NodeId web = workloadId("shop", "web");
        const Rect was = m_start.nodes.at(web);
        const auto changed = withNodeAt(*m_graph, m_start, web, {was.x + 30, was.y + 400});
        QVERIFY(changed.has_value());
        const LayoutResult next = laidOut(std::make_shared<LayoutResult>(*changed));
        QCOMPARE(breachOf(*m_graph, next), QString());
        QVERIFY(!(next.nodes.at(web) == was));
        QCOMPARE(next.nodes.at(web), changed->nodes.at(web));
        for (const GraphNode &node : m_graph->nodes) {
            if (node.id != web && node.attachedTo != web)
                QCOMPARE(next.nodes.at(node.id), m_start.nodes.at(node.id));
        }
        for (const GraphEdge &edge : m_graph->edges) {
            const Point begin = next.edges.at(edge.id).points.front();
            const Rect from = next.nodes.at(edge.from);
            QVERIFY(begin.x >= from.x - 1 && begin.x <= from.right() + 1 && begin.y >= from.y - 1 &&
                    begin.y <= from.bottom() + 1);
        }
    }

    void pillsGoWithTheirCard()
    {
        const NodeId web = workloadId("shop", "web");
        const LayoutResult roomy = withShopApart();
        const Rect was = roomy.nodes.at(web);
        const auto changed = withNodeAt(*m_graph, roomy, web, {was.x, was.y + 500});
        QVERIFY(changed.has_value());
        QCOMPARE(changed->nodes.at(web).y, was.y + 500); // the box grew for it
        int pills = 0;
        for (const GraphNode &node : m_graph->nodes) {
            if (node.attachedTo != web)
                continue;
            ++pills;
            QCOMPARE(changed->nodes.at(node.id).x - changed->nodes.at(web).x,
                     roomy.nodes.at(node.id).x - was.x);
            QCOMPARE(changed->nodes.at(node.id).y - changed->nodes.at(web).y,
                     roomy.nodes.at(node.id).y - was.y);
        }
        QVERIFY(pills > 0);
    }

    /// Wherever things are dropped, nothing overlaps.
    void dropsAnywhereKeepTheRules()
    {
        fakes::RandomSource random{11};
        LayoutResult layout = m_start;
        int moves = 0;
        for (int i = 0; i < 120; ++i) {
            const Point wish{layout.bounds.x + double(random.below(2'000)) - 300,
                             layout.bounds.y + double(random.below(1'600)) - 300};
            const auto changed =
                i % 4 == 0 ? withGroupAt(*m_graph, layout,
                                         m_graph->groups[random.below(m_graph->groups.size())].id, wish)
                           : withNodeAt(*m_graph, layout,
                                        m_graph->nodes[random.below(m_graph->nodes.size())].id, wish);
            if (!changed)
                continue;
            ++moves;
            layout = laidOut(std::make_shared<LayoutResult>(*changed));
            QCOMPARE(breachOf(*m_graph, layout), QString());
            QVERIFY(layout.nodes == changed->nodes);
            QVERIFY(layout.groups == changed->groups);
        }
        QVERIFY(moves > 80);
    }

    void aMovedBoxTakesItsContentAlong()
    {
        const GroupId shop = m_graph->node(workloadId("shop", "web"))->group;
        const Rect was = m_start.groups.at(shop);
        const auto changed = withGroupAt(*m_graph, m_start, shop, {was.x, was.y + 1'500});
        QVERIFY(changed.has_value());
        const Rect is = changed->groups.at(shop);
        QCOMPARE(is.y, was.y + 1'500);
        for (const GraphNode &node : m_graph->nodes) {
            const Rect &before = m_start.nodes.at(node.id);
            const Rect &after = changed->nodes.at(node.id);
            if (node.group == shop)
                QCOMPARE(after.y - is.y, before.y - was.y);
            else
                QCOMPARE(after, before);
        }
    }

    void tidyingUpLeavesWhatIsPinned()
    {
        const NodeId web = workloadId("shop", "web");
        const GroupId data =
            m_graph
                ->node(nodeIdOf(NodeKind::Workload, {ObjectKind::Workload, "StatefulSet", "data", "redis"}))
                ->group;
        const LayoutResult roomy = withShopApart();
        const Rect stood = roomy.nodes.at(web);
        auto changed = withNodeAt(*m_graph, roomy, web, {stood.x, stood.y + 300});
        QVERIFY(changed.has_value());
        changed = withGroupAt(*m_graph, *changed, data, {1'500, 2'500});
        QVERIFY(changed.has_value());
        const LayoutResult pinned = withPinned(withPinned(*changed, web, true), data, true);
        const LayoutResult tidy = laidOut(std::make_shared<LayoutResult>(onlyPinned(pinned)));
        QCOMPARE(breachOf(*m_graph, tidy), QString());
        QCOMPARE(tidy.nodes.at(web), pinned.nodes.at(web));
        QCOMPARE(tidy.groups.at(data), pinned.groups.at(data));
        for (const GraphNode &node : m_graph->nodes) {
            if (node.group == data)
                QCOMPARE(tidy.nodes.at(node.id), pinned.nodes.at(node.id));
        }
        QVERIFY(tidy.pinnedNodes.contains(web) && tidy.pinnedGroups.contains(data));
        const LayoutResult unpinned = withPinned(withPinned(tidy, web, false), data, false);
        const LayoutResult fresh = laidOut(std::make_shared<LayoutResult>(onlyPinned(unpinned)));
        QVERIFY(fresh.nodes == m_start.nodes);
        QVERIFY(fresh.pinnedNodes.empty() && fresh.pinnedGroups.empty());
    }

    void whatIsRememberedDoesNotStandOnWhatIsThere()
    {
        LayoutResult now;
        now.nodes[NodeId{1}] = {0, 0, 100, 50};
        now.groups[GroupId{1}] = {-20, -40, 200, 200};
        LayoutResult known;
        known.nodes[NodeId{1}] = {500, 0, 100, 50};
        known.nodes[NodeId{2}] = {50, 20, 100, 50};
        known.nodes[NodeId{3}] = {0, 60, 100, 50};
        known.groups[GroupId{2}] = {100, 100, 200, 200};
        known.groups[GroupId{3}] = {300, 100, 200, 200};
        const LayoutResult all = merged(now, known);
        QCOMPARE(all.nodes.at(NodeId{1}), now.nodes.at(NodeId{1}));
        QVERIFY(!all.nodes.contains(NodeId{2}) && all.nodes.contains(NodeId{3}));
        QCOMPARE(all.remembered, std::unordered_set<NodeId>{NodeId{3}});
        QVERIFY(!all.groups.contains(GroupId{2}) && all.groups.contains(GroupId{3}));
    }

private:
    /// Where its box may grow.
    LayoutResult withShopApart() const
    {
        const GroupId shop = m_graph->node(workloadId("shop", "web"))->group;
        return *withGroupAt(*m_graph, m_start, shop, {m_start.bounds.x, m_start.bounds.bottom() + 200});
    }

    LayoutResult laidOut(const LayoutResultPtr &previous)
    {
        auto result = m_engine->layout({m_graph, defaultMapFonts(), previous}, {});
        if (!result)
            qFatal("the layout failed");
        return *result;
    }

    TopologyGraphPtr m_graph;
    std::unique_ptr<LayoutEngine> m_engine;
    LayoutResult m_start;
};

QTEST_GUILESS_MAIN(TestPlaceChange)
#include "test_place_change.moc"
