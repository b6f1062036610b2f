#include "model/cluster/node_network.h"
#include "tests/fakes/cluster_maker.h"

#include <QTest>

using namespace portolan;
using fakes::ClusterMaker;

namespace {

/// Two machines with an agent.
ClusterMaker machines(const std::string &daemonSet)
{
    ClusterMaker maker;
    maker.node("node-a");
    maker.node("node-b");
    if (!daemonSet.empty())
        maker.workload("DaemonSet", "kube-system", daemonSet, 2, {{"agent", daemonSet}}).desired = 2;
    return maker;
}

void put(ClusterMaker &maker, const std::string &group, const std::string &kind, const std::string &name,
         const std::string &json)
{
    const std::string ns = group.empty() || kind == "CiliumNodeConfig" ? "kube-system" : "";
    maker.other(group, kind, ns, name).json = std::make_shared<const std::string>(json);
}

void configure(ClusterMaker &maker, const std::string &name, const std::string &data)
{
    put(maker, "", "ConfigMap", name, R"({"data": )" + data + "}");
}

void addPool(ClusterMaker &maker, const std::string &name, const std::string &spec)
{
    put(maker, "crd.projectcalico.org", "IPPool", name, R"({"spec": )" + spec + "}");
}

Node nodeAt(const std::string &address)
{
    Node node;
    if (!address.empty())
        node.networkAnnotations = {{"projectcalico.org/IPv4Address", address}};
    return node;
}

} // namespace

/// Each answer is one of the projects' documents, and what these do not say is unknown.
class TestNodeNetwork : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cilium_data()
    {
        QTest::addColumn<QByteArray>("data");
        QTest::addColumn<int>("join");
        QTest::addColumn<int>("doubt");
        const auto row = [](const char *data, NodeJoin join, JoinDoubt doubt = JoinDoubt::None) {
            QTest::newRow(data) << QByteArray(data) << int(join) << int(doubt);
        };
        row(R"({})", NodeJoin::Vxlan);
        row(R"({"routing-mode": "tunnel", "tunnel-protocol": "geneve"})", NodeJoin::Geneve);
        row(R"({"routing-mode": "tunnel"})", NodeJoin::Vxlan);
        row(R"({"tunnel": "disabled", "tunnel-protocol": "vxlan"})", NodeJoin::NetworkRoutes);
        row(R"({"tunnel": "geneve"})", NodeJoin::Geneve);
        row(R"({"routing-mode": "native", "auto-direct-node-routes": "true"})", NodeJoin::Routes);
        row(R"({"routing-mode": "native", "auto-direct-node-routes": "true", "ipam": "eni"})",
            NodeJoin::NetworkRoutes);
        row(R"({"routing-mode": "native", "tunnel-protocol": "vxlan"})", NodeJoin::NetworkRoutes);
        row(R"({"routing-mode": "new"})", NodeJoin::Unknown, JoinDoubt::NotUnderstood);
        row(R"({"tunnel-protocol": "new"})", NodeJoin::Unknown, JoinDoubt::NotUnderstood);
        row(R"({"cni-chaining-mode": "aws-cni"})", NodeJoin::NetworkRoutes);
        row(R"({"cni-chaining-mode": "generic-veth"})", NodeJoin::Unknown, JoinDoubt::SeveralAgents);
        row(R"({"cni-chaining-mode": "none"})", NodeJoin::Vxlan);
    }

    void cilium()
    {
        QFETCH(QByteArray, data);
        QFETCH(int, join);
        QFETCH(int, doubt);
        ClusterMaker maker = machines("cilium");
        configure(maker, "cilium-config", data.toStdString());
        const NodeNetwork network = nodeNetwork(*maker.state());
        QCOMPARE(int(network.join), join);
        QCOMPARE(int(network.doubt), doubt);
    }

    void withoutItsConfigMapCiliumIsUnknown()
    {
        const NodeNetwork network = nodeNetwork(*machines("cilium").state());
        QCOMPARE(network.join, NodeJoin::Unknown);
        QCOMPARE(network.doubt, JoinDoubt::NotRead);
        QCOMPARE(network.subject, std::string("cilium-config"));
        QCOMPARE(network.provider, std::string("Cilium"));
        QCOMPARE(network.mtu.kind, ConfiguredMtu::Kind::NotRead);
    }

    void aNodeConfigOfCiliumMakesMachinesDiffer()
    {
        ClusterMaker maker = machines("cilium");
        configure(maker, "cilium-config", R"({"routing-mode": "tunnel", "mtu": "1400"})");
        put(maker, "cilium.io", "CiliumNodeConfig", "edge", R"({"spec": {"defaults": {"debug": "true"}}})");
        QCOMPARE(nodeNetwork(*maker.state()).join, NodeJoin::Vxlan);
        put(maker, "cilium.io", "CiliumNodeConfig", "west",
            R"({"spec": {"defaults": {"routing-mode": "native", "mtu": "1500"}}})");
        const NodeNetwork network = nodeNetwork(*maker.state());
        QCOMPARE(network.join, NodeJoin::Unknown);
        QCOMPARE(network.doubt, JoinDoubt::Differs);
        QCOMPARE(network.mtu.kind, ConfiguredMtu::Kind::NotRead);
    }

    void encryptionIsToldBesideTheTunnel()
    {
        ClusterMaker maker = machines("cilium");
        configure(maker, "cilium-config", R"({"enable-wireguard": "true"})");
        const NodeNetwork network = nodeNetwork(*maker.state());
        QCOMPARE(network.join, NodeJoin::Vxlan);
        QCOMPARE(network.encryption, JoinEncryption::WireGuard);
    }

    void calico_data()
    {
        QTest::addColumn<QByteArray>("pool");
        QTest::addColumn<QByteArray>("config");
        QTest::addColumn<int>("join");
        QTest::addColumn<int>("within");
        const auto row = [](const char *name, const char *pool, const char *config, NodeJoin join,
                            NodeJoin within = NodeJoin::Unknown) {
            QTest::newRow(name) << QByteArray(pool) << QByteArray(config) << int(join) << int(within);
        };
        row("vxlan", R"({"cidr": "10.0.0.0/8", "vxlanMode": "Always"})", "", NodeJoin::Vxlan);
        row("ipip", R"({"cidr": "10.0.0.0/8", "ipipMode": "Always", "vxlanMode": "Never"})", "",
            NodeJoin::Ipip);
        row("vxlan across subnets", R"({"cidr": "10.0.0.0/8", "vxlanMode": "CrossSubnet"})", "",
            NodeJoin::Vxlan, NodeJoin::Routes);
        row("ipip across subnets", R"({"cidr": "10.0.0.0/8", "ipipMode": "CrossSubnet"})",
            R"({"calico_backend": "bird"})", NodeJoin::Ipip, NodeJoin::Bgp);
        row("bgp", R"({"cidr": "10.0.0.0/8"})", R"({"calico_backend": "bird"})", NodeJoin::Bgp);
        row("neither", R"({"cidr": "10.0.0.0/8"})", R"({"calico_backend": "none"})", NodeJoin::Routes);
        row("both", R"({"cidr": "10.0.0.0/8", "ipipMode": "Always", "vxlanMode": "Always"})", "",
            NodeJoin::Unknown);
        row("new mode", R"({"cidr": "10.0.0.0/8", "vxlanMode": "Sometimes"})", "", NodeJoin::Unknown);
    }

    void calico()
    {
        QFETCH(QByteArray, pool);
        QFETCH(QByteArray, config);
        QFETCH(int, join);
        QFETCH(int, within);
        ClusterMaker maker = machines("calico-node");
        addPool(maker, "default", pool.toStdString());
        if (!config.isEmpty())
            configure(maker, "calico-config", config.toStdString());
        const NodeNetwork network = nodeNetwork(*maker.state());
        QCOMPARE(int(network.join), join);
        QCOMPARE(int(network.within), within);
        QCOMPARE(network.isCrossSubnet, within != int(NodeJoin::Unknown));
        QCOMPARE(network.doubt == JoinDoubt::NotUnderstood, join == int(NodeJoin::Unknown));
    }

    void withoutCalicosConfigMapBgpIsNotKnown()
    {
        ClusterMaker maker = machines("calico-node");
        QCOMPARE(nodeNetwork(*maker.state()).doubt, JoinDoubt::NotRead);
        addPool(maker, "default", R"({"cidr": "10.0.0.0/8", "ipipMode": "Never"})");
        NodeNetwork network = nodeNetwork(*maker.state());
        QCOMPARE(network.join, NodeJoin::Routes);
        QCOMPARE(network.doubt, JoinDoubt::PerhapsBgp);
        QCOMPARE(network.mtu.kind, ConfiguredMtu::Kind::NotRead);
        // The operator has no ConfigMap, and tells it in its Installation.
        put(maker, "operator.tigera.io", "Installation", "default",
            R"({"spec": {"calicoNetwork": {"bgp": "Enabled"}}, "status": {"mtu": 1430}})");
        network = nodeNetwork(*maker.state());
        QCOMPARE(network.join, NodeJoin::Bgp);
        QCOMPARE(network.doubt, JoinDoubt::None);
        QCOMPARE(network.mtu, (ConfiguredMtu{ConfiguredMtu::Kind::Given, 1430,
                                             "Installation.operator.tigera.io default: mtu"}));
    }

    void withoutTheMeshNoTwoMachinesHaveASession()
    {
        ClusterMaker maker = machines("calico-node");
        addPool(maker, "default", R"({"cidr": "10.0.0.0/8"})");
        configure(maker, "calico-config", R"({"calico_backend": "bird"})");
        put(maker, "crd.projectcalico.org", "BGPConfiguration", "default",
            R"({"spec": {"nodeToNodeMeshEnabled": false}})");
        QCOMPARE(nodeNetwork(*maker.state()).join, NodeJoin::Routes);
    }

    void onlyPoolsThatPodsUseCount()
    {
        ClusterMaker maker = machines("calico-node");
        addPool(maker, "new", R"({"cidr": "10.0.0.0/8", "vxlanMode": "Always"})");
        addPool(maker, "old", R"({"cidr": "172.16.0.0/12", "ipipMode": "Always", "disabled": true})");
        Pod &pod = maker.barePod("shop", "web");
        pod.ips = {"10.1.2.3"};
        // The agents of the fake are on the pod network, in neither pool.
        for (const auto &agent : maker.podsOf("kube-system", "calico-node"))
            agent->hostNetwork = true;
        QCOMPARE(nodeNetwork(*maker.state()).join, NodeJoin::Vxlan);
        maker.barePod("shop", "old").ips = {"172.16.0.1"};
        QCOMPARE(nodeNetwork(*maker.state()).doubt, JoinDoubt::Differs);
        QCOMPARE(nodeNetwork(*maker.state()).join, NodeJoin::Unknown);
    }

    void wireGuardTakesTheTunnelsPlace()
    {
        ClusterMaker maker = machines("calico-node");
        addPool(maker, "default", R"({"cidr": "10.0.0.0/8", "vxlanMode": "CrossSubnet"})");
        put(maker, "crd.projectcalico.org", "FelixConfiguration", "default",
            R"({"spec": {"wireguardEnabled": true, "wireguardMTU": 1420}})");
        const NodeNetwork network = nodeNetwork(*maker.state());
        QCOMPARE(network.join, NodeJoin::WireGuard);
        QCOMPARE(network.mtu.bytes, 1420);
        Node a = nodeAt("10.0.0.1/24"), b = nodeAt("10.0.0.2/24");
        QCOMPARE(joinOf(network, a, b).join, NodeJoin::Unknown);
        a.networkAnnotations.emplace_back("projectcalico.org/WireguardPublicKey", "key");
        b.networkAnnotations = a.networkAnnotations;
        QCOMPARE(joinOf(network, a, b), (PairJoin{NodeJoin::WireGuard, JoinDoubt::None}));
    }

    void acrossSubnetsTheAddressesDecide()
    {
        NodeNetwork network;
        network.join = NodeJoin::Ipip;
        network.within = NodeJoin::Bgp;
        network.isCrossSubnet = true;
        network.doubt = JoinDoubt::None;
        QCOMPARE(joinOf(network, nodeAt("10.0.0.1/24"), nodeAt("10.0.0.9/24")).join, NodeJoin::Bgp);
        QCOMPARE(joinOf(network, nodeAt("10.0.0.1/24"), nodeAt("10.0.1.9/24")).join, NodeJoin::Ipip);
        QCOMPARE(joinOf(network, nodeAt("10.0.0.1/24"), nodeAt("")),
                 (PairJoin{NodeJoin::Unknown, JoinDoubt::SubnetsUnknown}));
        QCOMPARE(joinOf(network, nodeAt("10.0.0.1"), nodeAt("10.0.0.2")).join, NodeJoin::Unknown);
    }

    void flannel_data()
    {
        QTest::addColumn<QByteArray>("conf");
        QTest::addColumn<int>("join");
        QTest::addColumn<bool>("crossSubnet");
        QTest::addColumn<int>("mtu");
        const auto row = [](const char *conf, NodeJoin join, bool cross = false, int mtu = 0) {
            QTest::newRow(conf) << QByteArray(conf) << int(join) << cross << mtu;
        };
        row(R"({\"Backend\": {\"Type\": \"vxlan\"}})", NodeJoin::Vxlan);
        row(R"({\"Backend\": {\"Type\": \"vxlan\", \"DirectRouting\": true}})", NodeJoin::Vxlan, true);
        row(R"({\"Backend\": {\"Type\": \"host-gw\"}})", NodeJoin::Routes);
        row(R"({\"Backend\": {\"Type\": \"wireguard\", \"MTU\": 1380}})", NodeJoin::WireGuard, false, 1380);
        row(R"({\"Backend\": {\"Type\": \"alloc\"}})", NodeJoin::Unknown);
        row(R"({})", NodeJoin::Unknown);
    }

    void flannel()
    {
        QFETCH(QByteArray, conf);
        QFETCH(int, join);
        QFETCH(bool, crossSubnet);
        QFETCH(int, mtu);
        ClusterMaker maker = machines("kube-flannel-ds");
        configure(maker, "kube-flannel-cfg", "{\"net-conf.json\": \"" + conf.toStdString() + "\"}");
        const NodeNetwork network = nodeNetwork(*maker.state());
        QCOMPARE(int(network.join), join);
        QCOMPARE(network.isCrossSubnet, crossSubnet);
        QCOMPARE(network.mtu.bytes, mtu);
        QCOMPARE(network.mtu.kind, mtu ? ConfiguredMtu::Kind::Given : ConfiguredMtu::Kind::Auto);
    }

    void flannelIsToldByItsNodesToo()
    {
        ClusterMaker maker = machines({}); // k3s: no DaemonSet, no ConfigMap
        QCOMPARE(nodeNetwork(*maker.state()).doubt, JoinDoubt::NoAgent);
        Node &third = maker.node("node-c");
        third.networkAnnotations = {{"flannel.alpha.coreos.com/backend-type", "vxlan"}};
        const NodeNetwork network = nodeNetwork(*maker.state());
        QCOMPARE(network.join, NodeJoin::Vxlan);
        QCOMPARE(network.provider, std::string("Flannel"));
        QCOMPARE(network.doubt, JoinDoubt::PerhapsDirect);
        maker.node("node-d").networkAnnotations = {{"flannel.alpha.coreos.com/backend-type", "host-gw"}};
        QCOMPARE(nodeNetwork(*maker.state()).doubt, JoinDoubt::Differs);
    }

    void ofSeveralAgentsOneJoins()
    {
        ClusterMaker maker = machines("aws-node");
        QCOMPARE(nodeNetwork(*maker.state()).join, NodeJoin::NetworkRoutes);
        maker.workload("DaemonSet", "kube-system", "calico-node", 2, {}).desired = 2;
        QCOMPARE(nodeNetwork(*maker.state()).provider, std::string("AWS VPC CNI"));
        maker.workload("DaemonSet", "kube-system", "kube-flannel-ds", 2, {}).desired = 2;
        QCOMPARE(nodeNetwork(*maker.state()).doubt, JoinDoubt::SeveralAgents);
    }

    void whatIsNotReadIsNotKnown_data()
    {
        QTest::addColumn<QString>("agent");
        QTest::addColumn<int>("doubt");
        QTest::newRow("weave") << QStringLiteral("weave-net") << int(JoinDoubt::NotTold);
        QTest::newRow("kube-router") << QStringLiteral("kube-router") << int(JoinDoubt::NotUnderstood);
        QTest::newRow("antrea") << QStringLiteral("antrea-agent") << int(JoinDoubt::NotRead);
    }

    void whatIsNotReadIsNotKnown()
    {
        QFETCH(QString, agent);
        QFETCH(int, doubt);
        const NodeNetwork network = nodeNetwork(*machines(agent.toStdString()).state());
        QCOMPARE(network.join, NodeJoin::Unknown);
        QCOMPARE(int(network.doubt), doubt);
        QVERIFY(!network.provider.empty());
    }

    void aDaemonSetThatWantsNoPodsJoinsNothing()
    {
        ClusterMaker maker = machines("kindnet");
        QCOMPARE(nodeNetwork(*maker.state()).join, NodeJoin::Routes);
        maker.workload("DaemonSet", "kube-system", "aws-node", 0, {}).desired = 0;
        QCOMPARE(nodeNetwork(*maker.state()).join, NodeJoin::Routes);
    }

    void podNetworksAreThoseThatAddressesComeFrom()
    {
        ClusterMaker maker;
        Node &a = maker.node("node-a");
        a.podCidrs = {"10.42.0.0/24"};
        Pod &pod = maker.barePod("shop", "web");
        pod.nodeName = "node-a";
        pod.ips = {"10.42.0.7"};
        QCOMPARE(PodNetworks(*maker.state()).of(a), a.podCidrs);
        pod.ips = {"10.99.0.7"};
        QVERIFY(PodNetworks(*maker.state()).of(a).empty());
        pod.hostNetwork = true;
        QCOMPARE(PodNetworks(*maker.state()).of(a), a.podCidrs);
        put(maker, "crd.projectcalico.org", "BlockAffinity", "one",
            R"({"spec": {"node": "node-a", "cidr": "10.99.0.0/26", "state": "confirmed", "deleted": "false"}})");
        put(maker, "crd.projectcalico.org", "BlockAffinity", "two",
            R"({"spec": {"node": "node-a", "cidr": "10.99.1.0/26", "state": "pendingDeletion"}})");
        QCOMPARE(PodNetworks(*maker.state()).of(a), (std::vector<std::string>{"10.99.0.0/26"}));
        put(maker, "cilium.io", "CiliumNode", "node-b",
            R"({"spec": {"ipam": {"podCIDRs": ["10.0.1.0/24"]}}})");
        Node &b = maker.node("node-b");
        QCOMPARE(PodNetworks(*maker.state()).of(b), (std::vector<std::string>{"10.0.1.0/24"}));
    }
};

QTEST_GUILESS_MAIN(TestNodeNetwork)
#include "test_node_network.moc"
