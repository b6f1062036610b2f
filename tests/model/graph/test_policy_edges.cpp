#include "tests/fakes/shop_cluster.h"
#include "tests/model/graph/graph_queries.h"

#include <QTest>

using namespace portolan;
using namespace portolan::fakes;
using namespace portolan::checks;

namespace {

using Ports = std::vector<EdgePort>;

EdgePort tcp(std::uint16_t number)
{
    return {number, 0, Protocol::Tcp, {}};
}

/// -1 where there is no line.
int verdictOf(const GraphEdge *edge)
{
    return edge ? int(edge->verdict) : -1;
}

LabelSelector app(const char *name)
{
    return withLabels({{"app", name}});
}

LabelSelector expression(const char *key, LabelRequirement::Operator op, std::vector<std::string> values = {})
{
    LabelSelector selector;
    selector.matchExpressions.push_back({key, op, std::move(values)});
    return selector;
}

PolicyPeer podsBy(LabelSelector selector)
{
    PolicyPeer peer;
    peer.podSelector = std::move(selector);
    return peer;
}

} // namespace

class TestPolicyEdges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anAdmittedPeerIsALine()
    {
        ClusterMaker maker = twoNamespaces();
        admit(maker.policy("a", "x-from-z", app("x")), {podsIn("b", {{"app", "z"}})}, {onPort(80)});
        const TopologyGraph graph = servicesView(maker);
        const GraphEdge *edge = policyEdge(graph, "z", "x");
        QVERIFY(edge);
        QCOMPARE(edge->verdict, EdgeVerdict::Allowed);
        QCOMPARE(edge->ports, Ports{tcp(80)});
        QCOMPARE(edge->because.size(), std::size_t(1));
        QCOMPARE(edge->because.front().name, std::string("x-from-z"));
        QCOMPARE(countEdges(graph, EdgeKind::PolicyPeer), std::size_t(1));
    }

    void bothDirectionsHaveToAdmit()
    {
        ClusterMaker maker = twoNamespaces();
        admit(maker.policy("a", "x-in", app("x")), {podsIn("b", {{"app", "z"}})}, {onPort(80), onPort(443)});
        maker.policy("b", "z-shut", app("z")).isolatesEgress = true;
        QVERIFY(!policyEdge(servicesView(maker), "z", "x"));

        release(maker.policy("b", "z-out", app("z")), {podsIn("a", {{"app", "x"}})},
                {onPort(443), onPort(22)});
        const TopologyGraph graph = servicesView(maker);
        const GraphEdge *edge = policyEdge(graph, "z", "x");
        QVERIFY(edge);
        QCOMPARE(edge->verdict, EdgeVerdict::Allowed);
        QCOMPARE(edge->ports, Ports{tcp(443)});
        QCOMPARE(edge->because.size(), std::size_t(2));
    }

    void rulesOfOnePairAreOneLine()
    {
        ClusterMaker maker = twoNamespaces();
        admit(maker.policy("a", "one", app("x")), {podsIn("b", {{"app", "z"}})}, {onPort(80)});
        admit(maker.policy("a", "two", app("x")), {namespacesLike({{"team", "blue"}})},
              {onPort(53, Protocol::Udp)});
        const TopologyGraph graph = servicesView(maker);
        const GraphEdge *edge = policyEdge(graph, "z", "x");
        QCOMPARE(countEdges(graph, EdgeKind::PolicyPeer), std::size_t(1));
        QCOMPARE(edge->ports, (Ports{tcp(80), {53, 0, Protocol::Udp, {}}}));
        QCOMPARE(edge->because.size(), std::size_t(2));
    }

    void onePeerWithBothSelectorsIsAnd()
    {
        ClusterMaker maker = twoNamespaces();
        PolicyPeer both = podsIn("b", {{"app", "x"}}); // x lives in a
        admit(maker.policy("a", "y", app("y")), {both});
        QCOMPARE(countEdges(servicesView(maker), EdgeKind::PolicyPeer), std::size_t(0));
    }

    void aPodSelectorAloneMeansTheOwnNamespace()
    {
        ClusterMaker maker = twoNamespaces();
        maker.workload("Deployment", "b", "x", 1, {{"app", "x"}});
        admit(maker.policy("a", "y", app("y")), {podsLike({{"app", "x"}})});
        const TopologyGraph graph = servicesView(maker);
        QVERIFY(policyEdge(graph, "a/x", "a/y"));
        QVERIFY(!policyEdge(graph, "b/x", "a/y"));
    }

    void absentKeysMatchNotInAndDoesNotExist_data()
    {
        QTest::addColumn<int>("op");
        QTest::addColumn<bool>("matches");
        using Op = LabelRequirement::Operator;
        QTest::newRow("NotIn") << int(Op::NotIn) << true;
        QTest::newRow("DoesNotExist") << int(Op::DoesNotExist) << true;
        QTest::newRow("In") << int(Op::In) << false;
        QTest::newRow("Exists") << int(Op::Exists) << false;
    }

    void absentKeysMatchNotInAndDoesNotExist()
    {
        QFETCH(int, op);
        QFETCH(bool, matches);
        ClusterMaker maker = twoNamespaces();
        maker.workload("Deployment", "a", "front", 1, {{"tier", "front"}});
        const auto selector = expression("tier", LabelRequirement::Operator(op), {"front"});
        admit(maker.policy("a", "y", app("y")), {podsBy(selector)});
        QCOMPARE(policyEdge(servicesView(maker), "x", "y") != nullptr, matches);
        QCOMPARE(policyEdge(servicesView(maker), "front", "y") != nullptr, !matches);
    }

    void anUnknownOperatorIsUnknownAndNotSilence()
    {
        ClusterMaker maker = twoNamespaces();
        const auto odd = expression("tier", LabelRequirement::Operator::Unknown, {"front"});
        admit(maker.policy("a", "y", app("y")), {podsBy(odd)}, {onPort(80)});
        const TopologyGraph graph = servicesView(maker);
        const GraphNode *stub = find(graph, NodeKind::PodSet, "?");
        QVERIFY(stub);
        const GraphEdge *edge = find(graph, EdgeKind::PolicyPeer, stub, find(graph, NodeKind::Workload, "y"));
        QVERIFY(edge);
        QCOMPARE(edge->verdict, EdgeVerdict::Unknown);
        QVERIFY(!edge->probe.source.isValid());
    }

    void aSubjectThatIsNotUnderstoodMakesVerdictsUnknown()
    {
        ClusterMaker maker = twoNamespaces();
        admit(maker.policy("a", "y", app("y")), {podsLike({{"app", "x"}})}, {onPort(80)});
        maker.policy("a", "odd", expression("tier", LabelRequirement::Operator::Unknown)).isolatesEgress =
            true;
        const TopologyGraph graph = servicesView(maker);
        const GraphEdge *edge = policyEdge(graph, "x", "y"); // x may be isolated for egress
        QVERIFY(edge);
        QCOMPARE(edge->verdict, EdgeVerdict::Unknown);
    }

    void namedPortsAreTheDestinationsOwn()
    {
        ClusterMaker maker = twoNamespaces();
        maker.workload("Deployment", "a", "nameless", 1, {{"app", "nameless"}});
        release(maker.policy("b", "z-out", app("z")),
                {podsIn("a", {{"app", "x"}}), podsIn("a", {{"app", "nameless"}})}, {onNamed("web")});
        const TopologyGraph graph = servicesView(maker);
        const GraphEdge *edge = policyEdge(graph, "z", "x");
        QVERIFY(edge);
        QCOMPARE(edge->ports, (Ports{{8080, 0, Protocol::Tcp, "web"}}));
        QVERIFY(!policyEdge(graph, "z", "nameless")); // a name that a pod lacks matches nothing
    }

    void aNameOfAnotherProtocolMatchesNothing()
    {
        ClusterMaker maker = twoNamespaces();
        admit(maker.policy("a", "y", app("y")), {podsLike({{"app", "x"}})}, {onNamed("web", Protocol::Udp)});
        QVERIFY(!policyEdge(servicesView(maker), "x", "y"));
    }

    void portsWithoutNumberAndRangesAreWhole()
    {
        ClusterMaker maker = twoNamespaces();
        PolicyPort every{Protocol::Udp, {}, {}};
        PolicyPort range = onPort(8000);
        range.endPort = 8010;
        admit(maker.policy("a", "y", app("y")), {podsLike({{"app", "x"}})}, {every, range});
        const TopologyGraph graph = servicesView(maker);
        QCOMPARE(policyEdge(graph, "x", "y")->ports,
                 (Ports{{8000, 8010, Protocol::Tcp, {}}, {0, 0, Protocol::Udp, {}}}));
    }

    void podsThatDifferMakeMixed()
    {
        ClusterMaker maker = twoNamespaces();
        maker.podsOf("a", "x")[1]->meta.labels = Labels({{"app", "x"}, {"canary", "yes"}});
        admit(maker.policy("a", "y", app("y")), {podsLike({{"canary", "yes"}})}, {onPort(80)});
        const TopologyGraph graph = servicesView(maker);
        QCOMPARE(verdictOf(policyEdge(graph, "x", "y")), int(EdgeVerdict::Mixed));
        QCOMPARE(policyEdge(graph, "x", "y")->ports, Ports{tcp(80)});
    }

    void hostNetworkPodsAreNoPeersAndNoSubjects()
    {
        ClusterMaker maker = twoNamespaces();
        for (const auto &pod : maker.podsOf("a", "x"))
            pod->hostNetwork = true;
        admit(maker.policy("a", "y", app("y")), {podsLike({{"app", "x"}})});
        maker.policy("a", "deny", everything()).isolatesIngress = true;
        const TopologyGraph graph = servicesView(maker);
        QVERIFY(!policyEdge(graph, "x", "y"));
        QVERIFY(!find(graph, NodeKind::Workload, "x")->ingressIsolated);
        QVERIFY(find(graph, NodeKind::Workload, "y")->ingressIsolated);
        QVERIFY(!find(graph, NodeKind::Workload, "y")->egressIsolated);
    }

    void everyPodOfANamespaceIsOneStub()
    {
        ClusterMaker maker;
        maker.ns("many");
        maker.ns("dns");
        maker.workload("Deployment", "dns", "coredns", 1, {{"app", "dns"}});
        for (int i = 0; i < 20; ++i)
            maker.workload("Deployment", "many", "w" + std::to_string(i), 1, {{"app", "w"}});
        release(maker.policy("many", "allow-dns", everything()), {podsIn("dns", {{"app", "dns"}})},
                {onPort(53, Protocol::Udp)});
        const TopologyGraph graph = servicesView(maker);
        QCOMPARE(countEdges(graph, EdgeKind::PolicyPeer), std::size_t(1));
        const GraphNode *stub = find(graph, NodeKind::PodSet, "many/");
        QVERIFY(stub);
        QCOMPARE(stub->group, graph.node(find(graph, NodeKind::Workload, "w0")->id)->group);
        const GraphEdge *edge =
            find(graph, EdgeKind::PolicyPeer, stub, find(graph, NodeKind::Workload, "coredns"));
        QVERIFY(edge);
        QCOMPARE(edge->verdict, EdgeVerdict::Allowed);
        QCOMPARE(edge->probe.source.name, std::string("w0-7d9f-0"));
    }

    void aStubThatHoldsForSomeIsMixed()
    {
        ClusterMaker maker;
        maker.ns("many");
        maker.ns("b");
        maker.workload("Deployment", "b", "z", 1, {{"app", "z"}});
        for (int i = 0; i < 6; ++i)
            maker.workload("Deployment", "many", "w" + std::to_string(i), 1,
                           {{"app", "w" + std::to_string(i)}});
        admit(maker.policy("b", "z-in", app("z")), {namespaceNamed("many")}, {onPort(80)});
        const auto edgeOf = [](const TopologyGraph &graph) {
            return find(graph, EdgeKind::PolicyPeer, find(graph, NodeKind::PodSet, "many/"),
                        find(graph, NodeKind::Workload, "z"));
        };
        QCOMPARE(verdictOf(edgeOf(servicesView(maker))), int(EdgeVerdict::Allowed));
        maker.policy("many", "w0-shut", app("w0")).isolatesEgress = true;
        QCOMPARE(verdictOf(edgeOf(servicesView(maker))), int(EdgeVerdict::Mixed));
        // For few pairs these say more than the stub.
        maker.policy("many", "w1-shut", app("w1")).isolatesEgress = true;
        const TopologyGraph few = servicesView(maker);
        QVERIFY(!edgeOf(few));
        QCOMPARE(countEdges(few, EdgeKind::PolicyPeer), std::size_t(4));
        QVERIFY(!policyEdge(few, "w0", "z") && !policyEdge(few, "w1", "z"));
        QCOMPARE(verdictOf(policyEdge(few, "w2", "z")), int(EdgeVerdict::Allowed));
        maker.policy("many", "all-shut", everything()).isolatesEgress = true;
        QVERIFY(!edgeOf(servicesView(maker)));
    }

    void aWorkloadWithoutPodsDoesNotMakeAStubUnknown()
    {
        ClusterMaker maker = twoNamespaces();
        maker.workload("CronJob", "a", "nightly", 0, {{"app", "nightly"}});
        admit(maker.policy("a", "inside", everything()), {podsLike({})}, {onNamed("web")});
        const TopologyGraph graph = servicesView(maker);
        const GraphNode *stub = find(graph, NodeKind::PodSet, "a/");
        const GraphEdge *loop = find(graph, EdgeKind::PolicyPeer, stub, stub);
        QVERIFY(loop);
        QCOMPARE(loop->verdict, EdgeVerdict::Allowed);
        QCOMPARE(loop->ports, (Ports{{8080, 0, Protocol::Tcp, "web"}}));
    }

    void oneRuleNeverDrawsAHairball()
    {
        ClusterMaker maker;
        maker.ns("a");
        maker.ns("b");
        for (int i = 0; i < 7; ++i) {
            maker.workload("Deployment", "a", "f" + std::to_string(i), 1, {{"tier", "f"}});
            maker.workload("Deployment", "a", "g" + std::to_string(i), 1, {{"tier", "g"}});
        }
        admit(maker.policy("a", "g-in", withLabels({{"tier", "g"}})), {podsLike({{"tier", "f"}})});
        const TopologyGraph graph = servicesView(maker);
        QCOMPARE(countEdges(graph, EdgeKind::PolicyPeer), std::size_t(7));
        QVERIFY(find(graph, NodeKind::PodSet, "tier=f"));
    }

    void anyPeerOnAPortIsDrawnAndOnEveryPortCounted()
    {
        ClusterMaker maker = twoNamespaces();
        admit(maker.policy("a", "x-in", app("x")), {}, {onPort(80)});
        TopologyGraph graph = servicesView(maker);
        const GraphNode *any = find(graph, NodeKind::PodSet, "");
        QVERIFY(any);
        QVERIFY(!any->group.isValid());
        QVERIFY(find(graph, EdgeKind::PolicyPeer, any, find(graph, NodeKind::Workload, "x")));
        const std::uint32_t before = graph.omissions.edgesOpenToAll;

        admit(maker.policy("a", "y-in", app("y")), {}, {});
        graph = servicesView(maker);
        QCOMPARE(countEdges(graph, EdgeKind::PolicyPeer), std::size_t(1));
        // y was open to the other two, and is now open to everyone by a rule.
        QCOMPARE(graph.omissions.edgesOpenToAll, before - 2 + 1);
    }

    void anEmptyRuleListDeniesAll()
    {
        ClusterMaker maker = twoNamespaces();
        maker.policy("a", "deny", everything()).isolatesIngress = true;
        const TopologyGraph graph = servicesView(maker);
        QCOMPARE(countEdges(graph, EdgeKind::PolicyPeer), std::size_t(0));
        QVERIFY(find(graph, NodeKind::Workload, "x")->ingressIsolated);
        QCOMPARE(graph.omissions.edgesOpenToAll, 2u); // x and y to z
    }

    void groupsSayWhetherTheyAreOpen()
    {
        ClusterMaker maker = twoNamespaces();
        maker.ns("empty");
        admit(maker.policy("a", "x-in", app("x")), {podsLike({{"app", "y"}})});
        maker.policy("b", "out", everything()).isolatesEgress = true;
        const TopologyGraph graph = servicesView(maker);
        QCOMPARE(graph.groups.size(), std::size_t(3));
        QVERIFY(!graph.groups[0].openToAll);
        QCOMPARE(graph.groups[0].policyCount, 1u);
        QVERIFY(graph.groups[1].openToAll);
        QVERIFY(!graph.groups[2].openToAll);
    }

    void whatCannotBeReadIsUnknown()
    {
        ClusterMaker maker = twoNamespaces();
        admit(maker.policy("a", "y", app("y")), {podsLike({{"app", "x"}})});
        maker.gap("networking.k8s.io", "NetworkPolicy", "networkpolicies", "a");
        const TopologyGraph graph = servicesView(maker);
        QCOMPARE(verdictOf(policyEdge(graph, "x", "y")), int(EdgeVerdict::Unknown));
        QVERIFY(!graph.groups[0].openToAll);
        QCOMPARE(graph.omissions.unreadResources, 1u);
    }

    /// Policies of every API are evaluated; one that says nothing that is understood can say anything.
    void policiesThatDoNotDecodeMakeVerdictsUnknown()
    {
        ClusterMaker maker = twoNamespaces();
        admit(maker.policy("a", "y", app("y")), {podsLike({{"app", "x"}})});
        ClusterMaker namespaced = maker;
        namespaced.other("cilium.io", "CiliumNetworkPolicy", "b", "p");
        QCOMPARE(verdictOf(policyEdge(servicesView(namespaced), "x", "y")), int(EdgeVerdict::Allowed));
        namespaced.other("cilium.io", "CiliumNetworkPolicy", "a", "p");
        QCOMPARE(verdictOf(policyEdge(servicesView(namespaced), "x", "y")), int(EdgeVerdict::Unknown));
        maker.other("crd.projectcalico.org", "GlobalNetworkPolicy", "", "g");
        QCOMPARE(verdictOf(policyEdge(servicesView(maker), "x", "y")), int(EdgeVerdict::Unknown));
    }

    void addressBlocksStandOutside()
    {
        ClusterMaker maker = twoNamespaces();
        release(maker.policy("a", "x-out", app("x")), {block("203.0.113.0/24", {"203.0.113.7/32"})},
                {onPort(443)});
        admit(maker.policy("b", "z-in", app("z")), {block("198.51.100.0/24")});
        const TopologyGraph graph = servicesView(maker);
        const GraphNode *outside = find(graph, NodeKind::IpBlock, "203.0.113.0/24");
        QVERIFY(outside);
        QVERIFY(!outside->group.isValid());
        QCOMPARE(outside->detail, std::string("− 203.0.113.7/32"));
        const GraphEdge *edge =
            find(graph, EdgeKind::PolicyPeer, find(graph, NodeKind::Workload, "x"), outside);
        QVERIFY(edge);
        QCOMPARE(edge->verdict, EdgeVerdict::Allowed);
        QVERIFY(find(graph, EdgeKind::PolicyPeer, find(graph, NodeKind::IpBlock, "198.51.100.0/24"),
                     find(graph, NodeKind::Workload, "z")));
    }

    void whetherABlockMeansPodsDependsOnTheEnforcer_data()
    {
        QTest::addColumn<QByteArray>("agent");
        QTest::addColumn<int>("verdict"); // -1: no line
        QTest::newRow("calico matches pods") << QByteArray("calico-node") << int(EdgeVerdict::Allowed);
        QTest::newRow("cilium does not") << QByteArray("cilium") << -1;
        // Of an ipBlock the API's reference says that it selects addresses, and a pod has one; the
        // conformance tests hold enforcers to it.
        QTest::newRow("not known") << QByteArray("something") << int(EdgeVerdict::Allowed);
    }

    void whetherABlockMeansPodsDependsOnTheEnforcer()
    {
        QFETCH(QByteArray, agent);
        QFETCH(int, verdict);
        ClusterMaker maker = twoNamespaces();
        maker.ns("kube-system");
        maker.workload("DaemonSet", "kube-system", agent.toStdString(), 1, {});
        admit(maker.policy("a", "y-in", app("y")), {podsLike({{"app", "x"}})});
        release(maker.policy("a", "x-out", app("x")), {block("0.0.0.0/0")});
        const TopologyGraph graph = servicesView(maker);
        const GraphEdge *edge = policyEdge(graph, "x", "y");
        QCOMPARE(verdictOf(edge), verdict);
    }

    void rulesForSctpAreDrawnWhereItIsCarried_data()
    {
        QTest::addColumn<QByteArray>("config");
        QTest::addColumn<int>("counted");
        QTest::newRow("carried") << QByteArray(R"({"data": {"enable-sctp": "true"}})") << 0;
        QTest::newRow("dropped") << QByteArray(R"({"data": {}})") << 1;
    }

    void rulesForSctpAreDrawnWhereItIsCarried()
    {
        QFETCH(QByteArray, config);
        QFETCH(int, counted);
        ClusterMaker maker = twoNamespaces();
        maker.ns("kube-system");
        maker.workload("DaemonSet", "kube-system", "cilium", 1, {});
        maker.other("", "ConfigMap", "kube-system", "cilium-config").json =
            std::make_shared<const std::string>(config.toStdString());
        admit(maker.policy("a", "y-in", app("y")), {podsLike({{"app", "x"}})},
              {onPort(5000, Protocol::Sctp)});
        admit(maker.policy("b", "z-in", app("z")), {podsIn("a", {{"app", "x"}})},
              {onPort(53), onPort(53, Protocol::Sctp)});
        const TopologyGraph graph = servicesView(maker);
        QCOMPARE(graph.omissions.rulesForSctp, std::uint32_t(counted));
        QCOMPARE(policyEdge(graph, "x", "y") != nullptr, counted == 0);
        const GraphEdge *both = policyEdge(graph, "x", "z");
        QVERIFY(both);
        QCOMPARE(both->verdict, EdgeVerdict::Allowed);
        QCOMPARE(both->ports.size(), std::size_t(2 - counted));
        QCOMPARE(both->ports.front(), tcp(53));
    }

    void namespacesThatCannotBeReadMatchByNameAlone()
    {
        ClusterMaker maker;
        for (const char *name : {"x", "y"})
            maker.workload("Deployment", name, name, 1, {{"app", name}});
        admit(maker.policy("y", "by-name", app("y")), {podsIn("x", {{"app", "x"}})});
        QCOMPARE(verdictOf(policyEdge(servicesView(maker), "x", "y")), int(EdgeVerdict::Allowed));
        ClusterMaker labels;
        for (const char *name : {"x", "y"})
            labels.workload("Deployment", name, name, 1, {{"app", name}});
        admit(labels.policy("y", "by-label", app("y")), {namespacesLike({{"team", "red"}})});
        const TopologyGraph graph = servicesView(labels);
        QCOMPARE(countEdges(graph, EdgeKind::PolicyPeer), std::size_t(1));
        const auto line = std::find_if(graph.edges.begin(), graph.edges.end(), [](const GraphEdge &edge) {
            return edge.kind == EdgeKind::PolicyPeer;
        });
        QCOMPARE(line->verdict, EdgeVerdict::Unknown);
    }

    void podsWithoutPodsGoByTheirTemplate()
    {
        ClusterMaker maker = twoNamespaces();
        maker.workload("Deployment", "a", "asleep", 0, {{"app", "asleep"}});
        admit(maker.policy("a", "asleep", app("asleep")), {podsLike({{"app", "x"}})}, {onPort(80)});
        const TopologyGraph graph = servicesView(maker);
        QCOMPARE(verdictOf(policyEdge(graph, "x", "asleep")), int(EdgeVerdict::Allowed));
        QVERIFY(!policyEdge(graph, "x", "asleep")->probe.source.isValid()); // nobody to answer
    }
};

QTEST_GUILESS_MAIN(TestPolicyEdges)
#include "test_policy_edges.moc"
