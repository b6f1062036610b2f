#include "model/diagnosis/finding.h"
#include "model/graph/filtered_graph.h"
#include "model/graph/graph_builder.h"
#include "model/graph/graph_diff.h"
#include "model/policy/policy_model.h"
#include "tests/fakes/cluster_maker.h"

#include <QTest>

using namespace portolan;
using namespace portolan::fakes;

namespace {

const WallTime noon = *parseRfc3339("2026-11-22T12:00:00Z");

/// client -> server is named by a policy, on port 80; other -> server is not.
struct Shop
{
    ClusterMaker maker;
    FlowLog log;
    ObjectRef client, server, other;
    NetworkPolicy *policy = nullptr;

    Shop()
    {
        maker.node("node-a").internalIps = {"192.0.2.10"};
        maker.ns("a");
        for (const char *name : {"client", "server", "other"})
            maker.workload("Deployment", "a", name, 1, {{"app", name}});
        maker
            .service("a", "server", {{"app", "server"}},
                     {{"http", Protocol::Tcp, 8000, std::uint16_t{80}, 0, {}}})
            .clusterIps = {"10.96.0.7"};
        client = refOf(*maker.podsOf("a", "client")[0]);
        server = refOf(*maker.podsOf("a", "server")[0]);
        other = refOf(*maker.podsOf("a", "other")[0]);
        policy = &maker.policy("a", "server", withLabels({{"app", "server"}}));
        policy->isolatesIngress = true;
        PolicyPeer peer;
        peer.podSelector = withLabels({{"app", "client"}});
        policy->ingress = {{{peer}, {{Protocol::Tcp, PortRef(std::uint16_t{80}), {}}}}};
        log.teller = "Hubble";
        log.readAt = noon;
        log.parts = {{"node-a", noon - std::chrono::minutes(2), 10, 0, {}}};
    }

    void see(ObjectRef from, ObjectRef to, std::uint16_t port, std::uint32_t forwarded,
             std::uint32_t dropped = 0, std::string reason = "POLICY_DENIED")
    {
        ObservedFlow flow{
            std::move(from), std::move(to), port, Protocol::Tcp, forwarded, dropped, {}, {}, {}, {}};
        if (forwarded > 0)
            flow.forwardedAt = noon - std::chrono::seconds(2);
        if (dropped > 0) {
            flow.droppedAt = noon - std::chrono::seconds(1);
            flow.dropReason = std::move(reason);
        }
        log.flows.push_back(flow);
    }

    ClusterStatePtr state() const { return withFlows(maker.state(), std::make_shared<const FlowLog>(log)); }
    TopologyGraph graph() const { return buildGraph(*state(), {}); }

    std::vector<Finding> findings() const
    {
        std::vector<Finding> all = findFindings(*portolan::policy::PolicyModel::make(state()));
        std::erase_if(all, [](const Finding &finding) { return finding.rule != "flow-contradicted"; });
        return all;
    }
};

ObjectRef address(const std::string &ip)
{
    return {ObjectKind::Other, "Address", {}, ip};
}

const GraphEdge *edgeBetween(const TopologyGraph &graph, std::string_view from, std::string_view to)
{
    const auto named = [&](NodeId id, std::string_view name) {
        const GraphNode *node = graph.node(id);
        return node && node->label == name && node->kind != NodeKind::Service;
    };
    for (const GraphEdge &edge : graph.edges) {
        if (named(edge.from, from) && named(edge.to, to))
            return &edge;
    }
    return nullptr;
}

std::vector<std::uint32_t> flowsOn(const TopologyGraph &graph, std::string_view from, std::string_view to)
{
    const GraphEdge *edge = edgeBetween(graph, from, to);
    const EdgeTraffic *traffic = edge ? graph.trafficOn(edge->id) : nullptr;
    return traffic ? traffic->flows : std::vector<std::uint32_t>();
}

} // namespace

class TestObservedFlows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void trafficGoesAlongTheLineOfThePolicy()
    {
        Shop shop;
        shop.see(shop.client, shop.server, 80, 5);
        const TopologyGraph graph = shop.graph();
        QCOMPARE(edgeBetween(graph, "client", "server")->kind, EdgeKind::PolicyPeer);
        QCOMPARE(flowsOn(graph, "client", "server"), std::vector<std::uint32_t>{0});
        QCOMPARE(graph.omissions.flowsNotDrawn, 0U);
    }

    void trafficThatNothingNamesGetsALineOfItsOwn()
    {
        Shop shop;
        shop.see(shop.other, shop.server, 80, 0, 3);
        shop.see(shop.other, shop.server, 443, 0, 1);
        const TopologyGraph graph = shop.graph();
        const GraphEdge *edge = edgeBetween(graph, "other", "server");
        QVERIFY(edge);
        QCOMPARE(edge->kind, EdgeKind::Observed);
        QCOMPARE(edge->verdict, EdgeVerdict::Denied);
        QCOMPARE(edge->ports.size(), std::size_t(2));
        QCOMPARE(edge->probe.source, shop.other);
        QCOMPARE(edge->probe.destination, shop.server);
        QCOMPARE(flowsOn(graph, "other", "server"), (std::vector<std::uint32_t>{0, 1}));
    }

    void aServicesAddressIsTheServicesPods()
    {
        Shop shop;
        shop.see(shop.client, address("10.96.0.7"), 8000, 0, 2);
        QCOMPARE(flowsOn(shop.graph(), "client", "server"), std::vector<std::uint32_t>{0});
    }

    void theOutsideIsTheWorld()
    {
        Shop shop;
        shop.see(shop.client, address("203.0.113.9"), 443, 4);
        shop.see(shop.client, address("203.0.113.10"), 443, 4);
        shop.see(address("198.51.100.3"), shop.other, 80, 4);
        const TopologyGraph graph = shop.graph();
        QCOMPARE(flowsOn(graph, "client", "world"), (std::vector<std::uint32_t>{0, 1}));
        QCOMPARE(flowsOn(graph, "world", "other"), std::vector<std::uint32_t>{2});
        QVERIFY(!edgeBetween(graph, "world", "other")->probe.source.isValid());
    }

    void whatIsNotDrawnIsCounted()
    {
        Shop shop;
        shop.see(address("192.0.2.10"), shop.server, 80, 1);                 // a node
        shop.see({ObjectKind::Pod, "Pod", "a", "gone"}, shop.server, 80, 1); // a pod that is gone
        shop.see(shop.client, {ObjectKind::Pod, "Pod", "a", "gone"}, 80, 1);
        shop.see(shop.client, shop.client, 80, 1); // within a workload
        shop.see({ObjectKind::Other, "ClusterAddress", {}, "10.255.0.1"}, shop.server, 80,
                 1); // a node's router
        shop.see(shop.client, {ObjectKind::Other, "ClusterAddress", {}, "10.255.0.1"}, 80, 0, 1);
        shop.see(shop.client, {}, 80, 0, 1); // of an edited recording
        shop.log.leftOut = 7;
        const TopologyGraph graph = shop.graph();
        QVERIFY(graph.traffic.empty());
        QCOMPARE(graph.omissions.flowsNotDrawn, 14U);
    }

    void trafficOfLinesThatAreFilteredOutGoesWithThem()
    {
        Shop shop;
        shop.see(shop.client, shop.server, 80, 5);
        shop.see(shop.other, shop.server, 80, 0, 5);
        const auto filter = GraphFilter::parse("-other");
        QVERIFY(filter);
        const TopologyGraph part = filteredGraph(shop.graph(), *filter, *shop.state(), {});
        QCOMPARE(part.traffic.size(), std::size_t(1));
        QCOMPARE(flowsOn(part, "client", "server"), std::vector<std::uint32_t>{0});
    }

    void newCountsAreNoNewLayout()
    {
        Shop shop;
        shop.see(shop.client, shop.server, 80, 5);
        const TopologyGraph before = shop.graph();
        shop.log.flows[0].forwarded = 500;
        QVERIFY(!diffGraphs(before, shop.graph()).needsLayout());
    }

    void droppedAlthoughAllowedIsAFinding()
    {
        Shop shop;
        shop.see(shop.client, shop.server, 80, 0, 3);
        const std::vector<Finding> found = shop.findings();
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(found[0].object, shop.client);
        QCOMPARE(found[0].evidence.front(), shop.server);
        QVERIFY(std::find(found[0].facts.begin(), found[0].facts.end(),
                          std::pair<std::string, std::string>("seen", "dropped")) != found[0].facts.end());
    }

    void forwardedAlthoughDeniedIsAFinding()
    {
        Shop shop;
        shop.see(shop.other, shop.server, 80, 3);
        QCOMPARE(shop.findings().size(), std::size_t(1));
    }

    void whatAgreesOrIsNotCertainIsNone()
    {
        const auto none = [](const Shop &shop) { return shop.findings().empty(); };
        Shop allowed;
        allowed.see(allowed.client, allowed.server, 80, 3);
        QVERIFY2(none(allowed), "allowed and forwarded");
        Shop denied;
        denied.see(denied.other, denied.server, 80, 0, 3);
        QVERIFY2(none(denied), "denied and dropped");
        Shop full;
        full.see(full.client, full.server, 80, 0, 3, "CT_MAP_INSERTION_FAILED");
        QVERIFY2(none(full), "dropped, not by a policy");
        Shop mended;
        mended.see(mended.client, mended.server, 80, 1, 3);
        QCOMPARE(mended.findings().size(), std::size_t(1));
        mended.log.flows[0].forwardedAt = noon;
        QVERIFY2(none(mended), "dropped, then forwarded");
        Shop old;
        old.see(old.client, old.server, 80, 0, 3);
        QCOMPARE(old.findings().size(), std::size_t(1));
        old.log.readAt = noon + std::chrono::minutes(5);
        QVERIFY2(none(old), "long ago");
        Shop young;
        young.see(young.client, young.server, 80, 0, 3);
        young.policy->meta.created = noon;
        QVERIFY2(none(young), "the policy that allows it was made after that");
    }
};

QTEST_APPLESS_MAIN(TestObservedFlows)
#include "test_observed_flows.moc"
