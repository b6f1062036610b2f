#include "model/graph/graph_builder.h"
#include "model/graph/graph_diff.h"
#include "tests/fakes/shop_cluster.h"
#include "tests/fakes/synthetic_cluster.h"
#include "tests/model/graph/graph_queries.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace portolan;
using namespace portolan::fakes;
using namespace portolan::checks;

class TestGraphBuilder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPodServiceAndWorkloadIsThere()
    {
        const auto state = shopCluster().state();
        const TopologyGraph graph = buildGraph(*state, {});
        std::set<ObjectRef> shown;
        for (const GraphNode &node : graph.nodes) {
            shown.insert(node.object);
            for (const PodDot &dot : node.pods)
                shown.insert(dot.pod);
        }
        for (const auto &pod : state->pods)
            QVERIFY2(shown.contains(refOf(*pod)), refOf(*pod).toString().c_str());
        for (const auto &service : state->services)
            QVERIFY2(shown.contains(refOf(*service)), refOf(*service).toString().c_str());
        for (const auto &ingress : state->ingresses)
            QVERIFY(shown.contains(refOf(*ingress)));
        QCOMPARE(graph.groups.size(), state->namespaces.size());
    }

    void aDeploymentStandsForItsReplicaSetsPods()
    {
        const TopologyGraph graph = servicesView(shopCluster());
        const GraphNode *web = find(graph, NodeKind::Workload, "web");
        QVERIFY(web);
        QCOMPARE(web->object.type, std::string("Deployment"));
        QCOMPARE(web->detail, std::string("Deployment"));
        QCOMPARE(web->pods.size(), std::size_t(3));
        QVERIFY(!find(graph, NodeKind::Workload, "web-7d9f"));
    }

    void workloadsWithoutPodsAreShown()
    {
        ClusterMaker maker;
        maker.ns("a");
        maker.workload("CronJob", "a", "nightly", 0, {});
        maker.workload("Deployment", "a", "asleep", 0, {{"app", "asleep"}});
        const TopologyGraph graph = servicesView(maker);
        QVERIFY(find(graph, NodeKind::Workload, "nightly"));
        const GraphNode *asleep = find(graph, NodeKind::Workload, "asleep");
        QVERIFY(asleep);
        QVERIFY(asleep->pods.empty());
    }

    void anOwnerThatCannotBeReadStillGathersItsPods()
    {
        ClusterMaker maker;
        maker.ns("a");
        maker.barePod("a", "x-1").meta.owners = {{"Rollout", "x", true}};
        maker.barePod("a", "x-2").meta.owners = {{"Rollout", "x", true}};
        const TopologyGraph graph = servicesView(maker);
        QCOMPARE(graph.nodes.size(), std::size_t(1));
        QCOMPARE(graph.nodes.front().pods.size(), std::size_t(2));
        QCOMPARE(graph.nodes.front().object, (ObjectRef{ObjectKind::Workload, "Rollout", "a", "x"}));
    }

    void staticPodsStandForThemselves()
    {
        ClusterMaker maker;
        maker.ns("kube-system");
        maker.barePod("kube-system", "etcd-a").meta.owners = {{"Node", "a", true}};
        const TopologyGraph graph = servicesView(maker);
        QVERIFY(find(graph, NodeKind::Pod, "etcd-a"));
    }

    void anOwnerThatOwnsItselfEnds()
    {
        ClusterMaker maker;
        maker.ns("a");
        maker.workload("ReplicaSet", "a", "loop", 1, {}).meta.owners = {{"ReplicaSet", "loop", true}};
        const TopologyGraph graph = servicesView(maker);
        QCOMPARE(graph.nodes.size(), std::size_t(1));
    }

    void finishedPodsAreCountedAndNotDrawn()
    {
        ClusterMaker maker;
        maker.ns("a");
        maker.workload("Job", "a", "once", 2, {});
        maker.podsOf("a", "once")[0]->phase = PodPhase::Succeeded;
        maker.podsOf("a", "once")[1]->phase = PodPhase::Failed;
        const TopologyGraph graph = servicesView(maker);
        QCOMPARE(graph.omissions.finishedPods, 2u);
        QVERIFY(find(graph, NodeKind::Workload, "once")->pods.empty());
    }

    void dotsTellHealth()
    {
        ClusterMaker maker;
        maker.ns("a");
        maker.workload("Deployment", "a", "w", 4, {});
        const auto pods = maker.podsOf("a", "w");
        pods[1]->ready = false;
        pods[2]->phase = PodPhase::Pending;
        pods[3]->ready = false;
        pods[3]->containers[0].running = false;
        pods[3]->containers[0].reason = "CrashLoopBackOff";
        const TopologyGraph graph = servicesView(maker);
        const auto &dots = find(graph, NodeKind::Workload, "w")->pods;
        QCOMPARE(dots[0].health, PodHealth::Ready);
        QCOMPARE(dots[1].health, PodHealth::NotReady);
        QCOMPARE(dots[2].health, PodHealth::Pending);
        QCOMPARE(dots[3].health, PodHealth::Failed);
    }

    void aServiceStandsUnderTheWorkloadBehindIt()
    {
        const TopologyGraph graph = servicesView(shopCluster());
        const GraphNode *web = find(graph, NodeKind::Workload, "web");
        const GraphNode *service = find(graph, NodeKind::Service, "web");
        QCOMPARE(service->attachedTo, web->id);
        QCOMPARE(service->detail, std::string("80"));
        const GraphEdge *edge = find(graph, EdgeKind::ServiceEndpoint, service, web);
        QVERIFY(edge);
        QCOMPARE(edge->verdict, EdgeVerdict::NotApplicable);
        QCOMPARE(edge->ports, (std::vector<EdgePort>{{80, 0, Protocol::Tcp, {}}}));
    }

    void aServiceWithoutEndpointsSaysSo()
    {
        ClusterMaker maker = shopCluster();
        QVERIFY(find(servicesView(maker), NodeKind::Service, "promo")->withoutEndpoints);
        QVERIFY(!find(servicesView(maker), NodeKind::Service, "web")->withoutEndpoints);
        QVERIFY(!find(servicesView(maker), NodeKind::Service, "bank")->withoutEndpoints);
        // What could not be read is unknown, not empty.
        maker.gap("discovery.k8s.io", "EndpointSlice", "endpointslices", "shop");
        QVERIFY(!find(servicesView(maker), NodeKind::Service, "promo")->withoutEndpoints);
    }

    void aServiceOfAScaledDownWorkloadStaysUnderIt()
    {
        ClusterMaker maker;
        maker.ns("a");
        maker.workload("Deployment", "a", "asleep", 0, {{"app", "asleep"}});
        maker.service("a", "asleep", {{"app", "asleep"}}, {servicePort(80)});
        const TopologyGraph graph = servicesView(maker);
        const GraphNode *service = find(graph, NodeKind::Service, "asleep");
        QVERIFY(service->withoutEndpoints);
        QCOMPARE(service->attachedTo, find(graph, NodeKind::Workload, "asleep")->id);
    }

    void handMadeEndpointsFindTheirPodByAddress()
    {
        ClusterMaker maker;
        maker.ns("a");
        maker.workload("Deployment", "a", "w", 1, {{"app", "w"}});
        maker.service("a", "w", {{"app", "w"}}, {servicePort(80)});
        auto state = std::make_shared<ClusterState>(*maker.state());
        auto slice = std::make_shared<EndpointSlice>(*state->endpointSlices.all()[0]);
        slice->endpoints[0].podName.clear();
        state->endpointSlices = ObjectTable<EndpointSlice>({slice});
        const TopologyGraph graph = buildGraph(*state, {});
        QVERIFY(find(graph, EdgeKind::ServiceEndpoint, find(graph, NodeKind::Service, "w"),
                     find(graph, NodeKind::Workload, "w")));
    }

    void theWorldComesInWhereSomethingIsOpen()
    {
        const TopologyGraph graph = servicesView(shopCluster());
        const GraphNode *world = find(graph, NodeKind::World, "world");
        QVERIFY(world);
        QVERIFY(!world->group.isValid());
        const GraphNode *ingress = find(graph, NodeKind::Ingress, "shop");
        QVERIFY(find(graph, EdgeKind::IngressService, world, ingress));
        const GraphNode *nodePort = find(graph, NodeKind::Service, "edge-node");
        const GraphEdge *edge = find(graph, EdgeKind::IngressService, world, nodePort);
        QVERIFY(edge);
        QCOMPARE(edge->ports.front().number, std::uint16_t(30443));
        const GraphEdge *inner =
            find(graph, EdgeKind::IngressService, ingress, find(graph, NodeKind::Service, "ingress-nginx"));
        QVERIFY(inner);
        QCOMPARE(inner->ports.front().number, std::uint16_t(443));

        ClusterMaker closed;
        closed.ns("a");
        closed.workload("Deployment", "a", "w", 1, {});
        QVERIFY(!find(servicesView(closed), NodeKind::World, "world"));
    }

    void hiddenNamespacesAreFoldedAndCounted()
    {
        const TopologyGraph all = servicesView(shopCluster());
        const TopologyGraph graph = servicesView(shopCluster(), {"edge", "not-there"});
        QCOMPARE(graph.omissions.hiddenNamespaces, 1u);
        QCOMPARE(graph.omissions.totalNamespaces, 7u);
        QVERIFY(graph.omissions.edgesToHidden > 0);
        QVERIFY(!find(graph, NodeKind::Workload, "ingress-nginx"));
        QVERIFY(!find(graph, NodeKind::World, "world")); // all that is open to it is hidden
        QCOMPARE(graph.groups.size(), all.groups.size());
        for (const GraphGroup &group : graph.groups)
            QCOMPARE(group.folded, group.label == "edge");
        for (const GraphEdge &edge : graph.edges)
            QVERIFY(graph.node(edge.from) && graph.node(edge.to));
    }

    void equalStatesGiveEqualGraphs()
    {
        SyntheticOptions options;
        options.pods = 300;
        const TopologyGraph a = buildGraph(*syntheticCluster(options), {});
        const TopologyGraph b = buildGraph(*syntheticCluster(options), {});
        QVERIFY(a == b);
        QVERIFY(diffGraphs(a, b).isEmpty());
        QVERIFY(std::is_sorted(a.nodes.begin(), a.nodes.end(), [](const GraphNode &x, const GraphNode &y) {
            return std::tie(x.group, x.label, x.id) < std::tie(y.group, y.label, y.id);
        }));
        QVERIFY(std::is_sorted(a.edges.begin(), a.edges.end(), [](const GraphEdge &x, const GraphEdge &y) {
            return std::tie(x.from, x.to, x.kind, x.id) < std::tie(y.from, y.to, y.kind, y.id);
        }));
        for (const GraphNode &node : a.nodes)
            QCOMPARE(a.node(node.id), &node);
        for (const GraphEdge &edge : a.edges)
            QCOMPARE(a.edge(edge.id), &edge);
        QVERIFY(!a.node(NodeId{12345}));
    }

    void machinesShowTheirPods()
    {
        ClusterMaker maker = shopCluster();
        maker.barePod("default", "waiting").nodeName.clear();
        const auto state = maker.state();
        const TopologyGraph graph = buildGraph(*state, {GraphView::Nodes, {}});
        const GraphNode *machine = find(graph, NodeKind::Machine, "node-a");
        QVERIFY(machine);
        QCOMPARE(machine->detail, std::string("10.42.0.0/24 · 192.0.2.10"));
        const GraphNode *nowhere = find(graph, NodeKind::Machine, "unscheduled");
        QVERIFY(nowhere);
        QVERIFY(!nowhere->object.isValid());
        QCOMPARE(nowhere->pods.size(), std::size_t(1));
        std::size_t dots = 0;
        for (const GraphNode &node : graph.nodes)
            dots += node.pods.size();
        QCOMPARE(dots, state->pods.size());
    }

    void fewMachinesAreJoinedEachWithEach()
    {
        const TopologyGraph graph = machinesOf(4, 0);
        QCOMPARE(graph.edges.size(), std::size_t(6));
        QCOMPARE(graph.omissions.machineLinks, std::uint32_t(0));
        std::set<EdgeId> ids;
        for (const GraphEdge &edge : graph.edges) {
            QCOMPARE(edge.kind, EdgeKind::MachineLink);
            QCOMPARE(edge.join, (PairJoin{NodeJoin::Routes, JoinDoubt::None}));
            QVERIFY(!edge.probe.source.isValid());
            QVERIFY(edge.from != edge.to);
            ids.insert(edge.id);
        }
        QCOMPARE(ids.size(), std::size_t(6));
        QVERIFY(graph.network && graph.network->provider == "kindnet");
        QVERIFY(!buildGraph(*shopCluster().state(), {GraphView::Services, {}}).network);
    }

    void ofManyMachinesOnlyProblemsAreLines()
    {
        QCOMPARE(machinesOf(6, 0).edges.size(), std::size_t(15));
        const TopologyGraph calm = machinesOf(7, 0);
        QCOMPARE(calm.edges.size(), std::size_t(0));
        QCOMPARE(calm.omissions.machineLinks, std::uint32_t(21));
        const TopologyGraph one = machinesOf(25, 1);
        QCOMPARE(one.edges.size(), std::size_t(24));
        QCOMPARE(one.omissions.machineLinks, std::uint32_t(276));
        // Those of two are too many again.
        const TopologyGraph two = machinesOf(25, 2);
        QCOMPARE(two.edges.size(), std::size_t(0));
        QCOMPARE(two.omissions.machineLinks, std::uint32_t(300));
    }

    void withoutAnAgentThereAreNoLines()
    {
        ClusterMaker maker;
        maker.node("node-a");
        maker.node("node-b");
        const TopologyGraph graph = buildGraph(*maker.state(), {GraphView::Nodes, {}});
        QVERIFY(graph.edges.empty());
        QCOMPARE(graph.network->doubt, JoinDoubt::NoAgent);
        QCOMPARE(graph.omissions.machineLinks, std::uint32_t(0));
    }

    void aConfiguredMtuStandsOnTheCard()
    {
        ClusterMaker maker;
        maker.node("node-a");
        maker.workload("DaemonSet", "kube-system", "cilium", 1, {});
        const auto noteWith = [&](const char *data) {
            maker.other("", "ConfigMap", "kube-system", "cilium-config").json =
                std::make_shared<const std::string>(data);
            const TopologyGraph graph = buildGraph(*maker.state(), {GraphView::Nodes, {}});
            return find(graph, NodeKind::Machine, "node-a")->note;
        };
        const TopologyGraph before = buildGraph(*maker.state(), {GraphView::Nodes, {}});
        QCOMPARE(find(before, NodeKind::Machine, "node-a")->note, std::string());
        QCOMPARE(noteWith(R"({"data": {"mtu": "1400"}})"), std::string("MTU 1400"));
    }

private:
    /// Machines with kindnet, of which the first `bad` are not ready.
    static TopologyGraph machinesOf(int count, int bad)
    {
        ClusterMaker maker;
        for (int i = 0; i < count; ++i)
            maker.node("node-" + std::to_string(100 + i)).ready = i >= bad;
        maker.workload("DaemonSet", "kube-system", "kindnet", count, {{"k8s-app", "kindnet"}});
        return buildGraph(*maker.state(), {GraphView::Nodes, {}});
    }
};

QTEST_GUILESS_MAIN(TestGraphBuilder)
#include "test_graph_builder.moc"
