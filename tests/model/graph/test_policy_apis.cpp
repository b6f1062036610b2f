#include "tests/model/graph/graph_queries.h"

#include <QTest>

#include <algorithm>

using namespace portolan;
using namespace portolan::fakes;
using namespace portolan::checks;
using policy::Enforcer;

namespace {

/// What a policy says, in the words of one API. `subject`: the app of namespace a that it is about; empty:
/// all of a. `peer` and `effect` are about the sources of ingress.
struct Dialect
{
    std::string group;
    std::string kind;
    Enforcer enforcer;
    bool isNamespaced;
    /// $SUBJECT, $RULES
    std::string policy;
    /// $PEER, by $NUMBER
    std::string allow;
    std::string deny; ///< "": it has no way to
    std::string fromZ;
    std::string fromA; ///< all of a
    std::string all;   ///< "": every pod of the subject
};

std::string filled(std::string text, const std::string &name, const std::string &value)
{
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + value.size()))
        text.replace(at, name.size(), value);
    return text;
}

const std::string wgPods =
    R"({"pods": {"namespaceSelector": {"matchLabels": {"team": "$TEAM"}}, "podSelector": {$APP}}})";
const std::string wgZ = filled(filled(wgPods, "$TEAM", "blue"), "$APP", R"("matchLabels": {"app": "z"})");
const std::string wgA = filled(filled(wgPods, "$TEAM", "red"), "$APP", "");

const std::vector<std::pair<const char *, Dialect>> &dialects()
{
    static const std::vector<std::pair<const char *, Dialect>> all{
        {"NetworkPolicy",
         {"networking.k8s.io", "NetworkPolicy", Enforcer::Generic, true, {}, {}, {}, {}, {}, {}}},
        {"AdminNetworkPolicy",
         {"policy.networking.k8s.io", "AdminNetworkPolicy", Enforcer::Generic, false,
          R"({"spec": {"priority": 5, "subject": {"pods": {"namespaceSelector": {"matchLabels": {"team": "red"}},
              "podSelector": {"matchLabels": {$SUBJECT}}}}, "ingress": [$RULES]}})",
          R"({"action": "Allow", "from": [$PEER], "ports": [{"portNumber": {"protocol": "TCP", "port": $NUMBER}}]},
             {"action": "Deny", "from": [{"namespaces": {}}]})",
          R"({"action": "Deny", "from": [$PEER], "ports": [{"portNumber": {"protocol": "TCP", "port": $NUMBER}}]})",
          wgZ, wgA, R"("app": "x")"}},
        {"ClusterNetworkPolicy",
         {"policy.networking.k8s.io", "ClusterNetworkPolicy", Enforcer::Generic, false,
          R"({"spec": {"tier": "Admin", "priority": 5, "subject": {"pods":
              {"namespaceSelector": {"matchLabels": {"team": "red"}}, "podSelector": {"matchLabels": {$SUBJECT}}}},
              "ingress": [$RULES]}})",
          R"({"action": "Accept", "from": [$PEER], "protocols": [{"tcp": {"destinationPort": {"number": $NUMBER}}}]},
             {"action": "Deny", "from": [{"namespaces": {}}]})",
          R"({"action": "Deny", "from": [$PEER], "protocols": [{"tcp": {"destinationPort": {"number": $NUMBER}}}]})",
          wgZ, wgA, R"("app": "x")"}},
        {"Cilium",
         {"cilium.io", "CiliumNetworkPolicy", Enforcer::Cilium, true,
          R"({"spec": {"endpointSelector": {"matchLabels": {$SUBJECT}}, $RULES}})",
          R"("ingress": [{"fromEndpoints": [$PEER], "toPorts": [{"ports": [{"port": "$NUMBER", "protocol": "TCP"}]}]}])",
          R"("ingressDeny": [{"fromEndpoints": [$PEER], "toPorts": [{"ports": [{"port": "$NUMBER", "protocol": "TCP"}]}]}])",
          R"({"matchLabels": {"app": "z", "k8s:io.kubernetes.pod.namespace": "b"}})", "{}", R"("app": "x")"}},
        {"Calico",
         {"projectcalico.org", "NetworkPolicy", Enforcer::Calico, true,
          R"({"spec": {"selector": "$SUBJECT", "types": ["Ingress"], "ingress": [$RULES]}})",
          R"({"action": "Allow", "protocol": "TCP", "source": $PEER, "destination": {"ports": [$NUMBER]}})",
          R"({"action": "Deny", "protocol": "TCP", "source": $PEER, "destination": {"ports": [$NUMBER]}})",
          R"({"selector": "app == 'z'", "namespaceSelector": "team == 'blue'"})",
          R"json({"selector": "all()"})json", "app == 'x'"}},
    };
    return all;
}

enum class Peer { Z, AllOfA };

/// Adds a policy about x of namespace a.
void add(ClusterMaker &maker, const Dialect &dialect, bool denies, Peer peer, int port)
{
    if (dialect.policy.empty()) {
        NetworkPolicy &policy = maker.policy("a", "p", withLabels({{"app", "x"}}));
        admit(policy, {peer == Peer::Z ? podsIn("b", {{"app", "z"}}) : podsLike({})},
              {onPort(std::uint16_t(port))});
        return;
    }
    std::string text = filled(dialect.policy, "$SUBJECT", dialect.all);
    text = filled(text, "$RULES", denies ? dialect.deny : dialect.allow);
    text = filled(text, "$PEER", peer == Peer::Z ? dialect.fromZ : dialect.fromA);
    text = filled(text, "$NUMBER", std::to_string(port));
    maker.other(dialect.group, dialect.kind, dialect.isNamespaced ? "a" : "", "p").json =
        std::make_shared<const std::string>(text);
}

TopologyGraph drawn(const ClusterMaker &maker, Enforcer enforcer)
{
    return buildGraph(*policy::PolicyModel::make(maker.state(), {.enforcer = enforcer}), {});
}

int verdictOf(const GraphEdge *edge)
{
    return edge ? int(edge->verdict) : -1;
}

using Ports = std::vector<EdgePort>;

} // namespace

/// Every API of policies draws the same map where it says the same.
class TestPolicyApis : public QObject
{
    Q_OBJECT

    static void addRows(bool onlyDenying = false)
    {
        QTest::addColumn<int>("row");
        for (std::size_t i = 0; i < dialects().size(); ++i) {
            if (!onlyDenying || !dialects()[i].second.deny.empty())
                QTest::newRow(dialects()[i].first) << int(i);
        }
    }

private Q_SLOTS:
    void anAllowedPeerIsALine_data() { addRows(); }
    void anAllowedPeerIsALine()
    {
        QFETCH(int, row);
        const Dialect &dialect = dialects()[std::size_t(row)].second;
        ClusterMaker maker = twoNamespaces();
        add(maker, dialect, false, Peer::Z, 80);
        const TopologyGraph graph = drawn(maker, dialect.enforcer);
        const GraphEdge *edge = policyEdge(graph, "z", "x");
        QCOMPARE(verdictOf(edge), int(EdgeVerdict::Allowed));
        QCOMPARE(edge->ports, (Ports{{80, 0, Protocol::Tcp, {}}}));
        QCOMPARE(edge->because.size(), std::size_t(1));
        QCOMPARE(edge->because.front().name, std::string("p"));
        QCOMPARE(countEdges(graph, EdgeKind::PolicyPeer), std::size_t(1));
    }

    void aDeniedPeerIsALineThatSaysSo_data() { addRows(true); }
    void aDeniedPeerIsALineThatSaysSo()
    {
        QFETCH(int, row);
        const Dialect &dialect = dialects()[std::size_t(row)].second;
        ClusterMaker maker = twoNamespaces();
        add(maker, dialect, true, Peer::Z, 22);
        const TopologyGraph graph = drawn(maker, dialect.enforcer);
        const GraphEdge *edge = policyEdge(graph, "z", "x");
        QCOMPARE(verdictOf(edge), int(EdgeVerdict::Denied));
        QCOMPARE(edge->ports, (Ports{{22, 0, Protocol::Tcp, {}}}));
        QCOMPARE(edge->because.front().name, std::string("p"));
        QCOMPARE(countEdges(graph, EdgeKind::PolicyPeer), std::size_t(1));
    }

    void manyPeersAreOneStub_data() { addRows(); }
    void manyPeersAreOneStub()
    {
        QFETCH(int, row);
        const Dialect &dialect = dialects()[std::size_t(row)].second;
        ClusterMaker maker = twoNamespaces();
        maker.workload("Deployment", "a", "v", 1, {{"app", "v"}});
        add(maker, dialect, false, Peer::AllOfA, 80);
        const TopologyGraph graph = drawn(maker, dialect.enforcer);
        const GraphNode *stub = find(graph, NodeKind::PodSet, "a/");
        QVERIFY(stub);
        const GraphEdge *edge = find(graph, EdgeKind::PolicyPeer, stub, find(graph, NodeKind::Workload, "x"));
        QCOMPARE(verdictOf(edge), int(EdgeVerdict::Allowed));
        QCOMPARE(edge->ports, (Ports{{80, 0, Protocol::Tcp, {}}}));
    }

    void aDenialOfManyIsCounted_data() { addRows(true); }
    void aDenialOfManyIsCounted()
    {
        QFETCH(int, row);
        const Dialect &dialect = dialects()[std::size_t(row)].second;
        ClusterMaker maker = twoNamespaces();
        add(maker, dialect, true, Peer::AllOfA, 22);
        const TopologyGraph graph = drawn(maker, dialect.enforcer);
        QCOMPARE(countEdges(graph, EdgeKind::PolicyPeer), std::size_t(0));
        QCOMPARE(graph.omissions.edgesDeniedToMany, 2u);
    }

    void shieldsSayWhatIsIsolated_data() { addRows(); }
    void shieldsSayWhatIsIsolated()
    {
        QFETCH(int, row);
        const Dialect &dialect = dialects()[std::size_t(row)].second;
        ClusterMaker maker = twoNamespaces();
        add(maker, dialect, false, Peer::Z, 80);
        const TopologyGraph graph = drawn(maker, dialect.enforcer);
        // AdminNetworkPolicy and ClusterNetworkPolicy isolate nobody: what no rule names goes on.
        const bool isolates = dialect.isNamespaced;
        const GraphNode *x = find(graph, NodeKind::Workload, "x");
        QCOMPARE(x->ingressIsolated, isolates);
        QVERIFY(!x->egressIsolated);
        QVERIFY(!find(graph, NodeKind::Workload, "y")->ingressIsolated);
        QVERIFY(!graph.groups[0].openToAll); // of a, where some rule holds something back
        QVERIFY(graph.groups[1].openToAll);
        // y and z are open to the other two.
        QCOMPARE(graph.omissions.edgesOpenToAll, 4u);
    }

    void whatCannotBeReadIsUnknown_data() { addRows(); }
    void whatCannotBeReadIsUnknown()
    {
        QFETCH(int, row);
        const Dialect &dialect = dialects()[std::size_t(row)].second;
        ClusterMaker maker = twoNamespaces();
        admit(maker.policy("a", "y", withLabels({{"app", "y"}})), {podsLike({{"app", "x"}})});
        QCOMPARE(verdictOf(policyEdge(drawn(maker, dialect.enforcer), "x", "y")), int(EdgeVerdict::Allowed));
        maker.gap(dialect.group, dialect.kind, "policies", dialect.isNamespaced ? "a" : "");
        const TopologyGraph graph = drawn(maker, dialect.enforcer);
        QCOMPARE(verdictOf(policyEdge(graph, "x", "y")), int(EdgeVerdict::Unknown));
        QVERIFY(!graph.groups[0].openToAll);
    }

    void addressesOutsideAreNodes_data()
    {
        QTest::addColumn<int>("enforcer");
        QTest::addColumn<QByteArray>("group");
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<QByteArray>("text");
        const auto addRow = [](const char *name, Enforcer enforcer, const char *group, const char *kind,
                               const char *text) {
            QTest::newRow(name) << int(enforcer) << QByteArray(group) << QByteArray(kind) << QByteArray(text);
        };
        addRow("AdminNetworkPolicy", Enforcer::Generic, "policy.networking.k8s.io", "AdminNetworkPolicy",
               R"({"spec": {"priority": 1, "subject": {"pods": {"namespaceSelector": {}, "podSelector":
                {"matchLabels": {"app": "x"}}}}, "egress": [{"action": "Deny",
                "to": [{"networks": ["203.0.113.0/24"]}]}]}})");
        addRow("ClusterNetworkPolicy", Enforcer::Generic, "policy.networking.k8s.io", "ClusterNetworkPolicy",
               R"({"spec": {"tier": "Baseline", "priority": 1, "subject": {"pods": {"namespaceSelector": {},
                "podSelector": {"matchLabels": {"app": "x"}}}}, "egress": [{"action": "Deny",
                "to": [{"networks": ["203.0.113.0/24"]}]}]}})");
        addRow("Cilium", Enforcer::Cilium, "cilium.io", "CiliumNetworkPolicy",
               R"({"spec": {"endpointSelector": {"matchLabels": {"app": "x"}}, "egress": [{"toCIDRSet":
                [{"cidr": "203.0.113.0/24"}]}]}})");
        addRow("Calico", Enforcer::Calico, "projectcalico.org", "NetworkPolicy",
               R"({"spec": {"selector": "app == 'x'", "egress": [{"action": "Deny", "destination":
                {"nets": ["203.0.113.0/24"]}}]}})");
    }

    void addressesOutsideAreNodes()
    {
        QFETCH(int, enforcer);
        QFETCH(QByteArray, group);
        QFETCH(QByteArray, kind);
        QFETCH(QByteArray, text);
        ClusterMaker maker = twoNamespaces();
        const bool isNamespaced = enforcer != int(Enforcer::Generic);
        maker.other(group.toStdString(), kind.toStdString(), isNamespaced ? "a" : "", "p").json =
            std::make_shared<const std::string>(text.toStdString());
        const TopologyGraph graph = drawn(maker, Enforcer(enforcer));
        const GraphEdge *edge = find(graph, EdgeKind::PolicyPeer, find(graph, NodeKind::Workload, "x"),
                                     find(graph, NodeKind::IpBlock, "203.0.113.0/24"));
        const bool denies = text.contains("Deny");
        QCOMPARE(verdictOf(edge), int(denies ? EdgeVerdict::Denied : EdgeVerdict::Allowed));
        QCOMPARE(countEdges(graph, EdgeKind::PolicyPeer), std::size_t(1));
    }

    void ciliumsWorldIsTheWorld()
    {
        ClusterMaker maker = twoNamespaces();
        maker.other("cilium.io", "CiliumNetworkPolicy", "a", "p").json = std::make_shared<const std::string>(
            R"({"spec": {"endpointSelector": {"matchLabels": {"app": "x"}}, "ingress": [{"fromEntities":
                ["world"], "toPorts": [{"ports": [{"port": "443", "protocol": "TCP"}]}]}]}})");
        const TopologyGraph graph = drawn(maker, Enforcer::Cilium);
        const GraphNode *world = find(graph, NodeKind::World, "world");
        QVERIFY(world);
        const GraphEdge *edge =
            find(graph, EdgeKind::PolicyPeer, world, find(graph, NodeKind::Workload, "x"));
        QCOMPARE(verdictOf(edge), int(EdgeVerdict::Allowed));
        QCOMPARE(edge->ports, (Ports{{443, 0, Protocol::Tcp, {}}}));
        QCOMPARE(std::count_if(graph.nodes.begin(), graph.nodes.end(),
                               [](const GraphNode &node) { return node.kind == NodeKind::World; }),
                 1);
    }

    /// Calico evaluates by order; the first rule that matches is final.
    void anEarlierDenialWins()
    {
        ClusterMaker maker = twoNamespaces();
        admit(maker.policy("a", "x-in", withLabels({{"app", "x"}})), {podsIn("b", {{"app", "z"}})},
              {onPort(80), onPort(443)});
        maker.other("projectcalico.org", "GlobalNetworkPolicy", "", "first").json =
            std::make_shared<const std::string>(
                R"({"spec": {"order": 1, "selector": "app == 'x'", "types": ["Ingress"], "ingress": [
                    {"action": "Deny", "protocol": "TCP", "source": {"selector": "app == 'z'"},
                     "destination": {"ports": [80]}}]}})");
        const TopologyGraph some = drawn(maker, Enforcer::Calico);
        QCOMPARE(verdictOf(policyEdge(some, "z", "x")), int(EdgeVerdict::Allowed));
        QCOMPARE(policyEdge(some, "z", "x")->ports, (Ports{{443, 0, Protocol::Tcp, {}}}));
        maker.other("projectcalico.org", "GlobalNetworkPolicy", "", "second").json =
            std::make_shared<const std::string>(
                R"({"spec": {"order": 2, "selector": "app == 'x'", "types": ["Ingress"], "ingress": [
                    {"action": "Deny", "source": {"selector": "app == 'z'"}}]}})");
        const TopologyGraph none = drawn(maker, Enforcer::Calico);
        QCOMPARE(verdictOf(policyEdge(none, "z", "x")), int(EdgeVerdict::Denied));
        QCOMPARE(policyEdge(none, "z", "x")->ports, Ports{});
    }

    void whatOnlyPassesOrIsPendingDrawsNothing()
    {
        ClusterMaker maker = twoNamespaces();
        const auto spec = std::make_shared<const std::string>(
            R"({"spec": {"selector": "app == 'x'", "types": ["Ingress"], "ingress": [
                {"action": "Allow", "source": {"selector": "app == 'z'"}}]}})");
        maker.other("projectcalico.org", "StagedGlobalNetworkPolicy", "", "staged").json = spec;
        maker.other("policy.networking.k8s.io", "AdminNetworkPolicy", "", "passes").json =
            std::make_shared<const std::string>(
                R"({"spec": {"priority": 5, "subject": {"namespaces": {}}, "ingress": [
                    {"action": "Pass", "from": [{"namespaces": {}}]}]}})");
        const TopologyGraph graph = drawn(maker, Enforcer::Calico);
        QCOMPARE(countEdges(graph, EdgeKind::PolicyPeer), std::size_t(0));
        QVERIFY(graph.groups[0].openToAll);
        QVERIFY(!find(graph, NodeKind::Workload, "x")->ingressIsolated);
        QCOMPARE(graph.omissions.edgesOpenToAll, 6u);
    }

    /// An account that may not list DaemonSets sees their pods.
    void theEnforcerIsKnownByItsPods()
    {
        ClusterMaker maker = twoNamespaces();
        Pod &agent = maker.barePod("kube-system", "cilium-x7f2k", {{"k8s-app", "cilium"}});
        QCOMPARE(policy::detectEnforcer(*maker.state()).enforcer, Enforcer::Generic);
        agent.meta.owners.push_back({"DaemonSet", "cilium", true});
        QCOMPARE(policy::detectEnforcer(*maker.state()).enforcer, Enforcer::Cilium);
    }

    /// The lines are there, since the policies are; nothing claims that they hold.
    void withoutAnEnforcerNothingIsClaimed()
    {
        ClusterMaker maker = twoNamespaces();
        maker.ns("kube-flannel");
        maker.workload("DaemonSet", "kube-flannel", "kube-flannel-ds", 1, {{"app", "flannel"}});
        admit(maker.policy("a", "x-in", withLabels({{"app", "x"}})), {podsIn("b", {{"app", "z"}})},
              {onPort(80)});
        const TopologyGraph graph = servicesView(maker); // detected
        QVERIFY(!graph.policiesAreEnforced);
        const GraphEdge *edge = policyEdge(graph, "z", "x");
        QCOMPARE(verdictOf(edge), int(EdgeVerdict::NotApplicable));
        QCOMPARE(edge->ports, (Ports{{80, 0, Protocol::Tcp, {}}}));
        QVERIFY(!find(graph, NodeKind::Workload, "x")->ingressIsolated);
        QVERIFY(graph.groups[0].openToAll);
        QVERIFY(drawn(maker, Enforcer::Generic).policiesAreEnforced);
    }
};

QTEST_GUILESS_MAIN(TestPolicyApis)
#include "test_policy_apis.moc"
