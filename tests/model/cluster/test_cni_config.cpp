#include "model/cluster/cni_config.h"
#include "model/cluster/decode.h"
#include "tests/fakes/cluster_maker.h"

#include <QTest>

using namespace portolan;
using fakes::ClusterMaker;

namespace {

ApiObject decoded(const std::string &json)
{
    Decoder decoder;
    const auto object = decoder.object(configMapType(), json);
    if (!object)
        qFatal("%s", object.error().oneLine().c_str());
    return *std::get<std::shared_ptr<const ApiObject>>(*object);
}

/// A ConfigMap of Flannel with that net-conf.json.
ApiObject flannelMap(const std::string &conf)
{
    std::string text;
    for (const char c : conf)
        text += c == '"' ? "\\\"" : std::string(1, c);
    return decoded("{\"metadata\": {\"name\": \"kube-flannel-cfg\", \"namespace\": \"a\"}, \"data\": "
                   "{\"cni-conf.json\": \"hidden\", \"net-conf.json\": \"" +
                   text + "\"}}");
}

} // namespace

/// What is kept of ConfigMaps, and what is not.
class TestCniConfig : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyKnownKeysAreKept()
    {
        const ApiObject map = decoded(R"({"metadata": {"name": "cilium-config", "namespace": "kube-system",
            "uid": "u", "resourceVersion": "7", "labels": {"a": "hidden"},
            "annotations": {"kubectl.kubernetes.io/last-applied-configuration": "hidden", "b": "hidden"}},
            "data": {"routing-mode": "native", "etcd-password": "hidden", "mtu": "1450"},
            "binaryData": {"mtu": "hidden"}})");
        QVERIFY(map.json->find("hidden") == std::string::npos);
        QVERIFY(map.json->find("etcd") == std::string::npos);
        QVERIFY(map.meta.labels.entries().empty());
        QCOMPARE(map.meta.resourceVersion, std::string("7"));
        const auto config = cniConfigIn(map);
        QVERIFY(config);
        QCOMPARE(config->object, (ObjectRef{ObjectKind::Other, "ConfigMap", "kube-system", "cilium-config"}));
        QCOMPARE(config->values, (decltype(config->values){{"mtu", "1450"}, {"routing-mode", "native"}}));
    }

    void ofOtherConfigMapsNothingIsKept()
    {
        const ApiObject map = decoded(R"({"metadata": {"name": "passwords", "namespace": "shop"},
            "data": {"mtu": "hidden", "routing-mode": "hidden"}})");
        QVERIFY(map.json->find("hidden") == std::string::npos);
        QVERIFY(cniConfigIn(map)->values.empty());
    }

    void ofNetConfTheSecretIsLeftOut()
    {
        const ApiObject map = flannelMap("{\"Network\": \"10.244.0.0/16\", \"Backend\": {\"Type\": "
                                         "\"wireguard\", \"PSK\": \"hidden\", \"MTU\": 1380}}");
        QVERIFY(map.json->find("hidden") == std::string::npos);
        QCOMPARE(*cniConfigIn(map)->find("net-conf.json"),
                 std::string(R"({"Network":"10.244.0.0/16","Backend":{"Type":"wireguard","MTU":1380}})"));
    }

    void oddValuesAreLeftOut()
    {
        const std::string longText(600, 'x');
        QVERIFY(cniConfigIn(flannelMap("not json"))->values.empty());
        QVERIFY(cniConfigIn(flannelMap("{\"Network\": \"" + longText + "\"}"))
                    ->find("net-conf.json")
                    ->find("xxx") == std::string::npos);
        const ApiObject odd = decoded("{\"metadata\": {\"name\": \"calico-config\", \"namespace\": \"a\"}, "
                                      "\"data\": {\"veth_mtu\": \"" +
                                      longText + "\", \"calico_backend\": \"a\\\"b\\\\c\\u0001\"}}");
        QCOMPARE(cniConfigIn(odd)->values.size(), std::size_t(1));
        QCOMPARE(*cniConfigIn(odd)->find("calico_backend"), std::string("a\"b\\c\x01"));
    }

    void agentsAreToldByTheirConfigMap_data()
    {
        QTest::addColumn<QString>("daemonSet");
        QTest::addColumn<QString>("config");
        QTest::newRow("cilium") << QStringLiteral("cilium") << QStringLiteral("cilium-config");
        QTest::newRow("gke") << QStringLiteral("anetd") << QStringLiteral("cilium-config");
        QTest::newRow("calico") << QStringLiteral("calico-node") << QStringLiteral("calico-config");
        QTest::newRow("canal") << QStringLiteral("canal") << QStringLiteral("canal-config");
        QTest::newRow("flannel") << QStringLiteral("kube-flannel-ds") << QStringLiteral("kube-flannel-cfg");
        QTest::newRow("aws") << QStringLiteral("aws-node") << QString();
        QTest::newRow("no agent") << QStringLiteral("kube-proxy") << QString();
    }

    void agentsAreToldByTheirConfigMap()
    {
        QFETCH(QString, daemonSet);
        QFETCH(QString, config);
        Workload agent;
        agent.kind = "DaemonSet";
        agent.meta.name = daemonSet.toStdString();
        QCOMPARE(QString::fromStdString(cniConfigOf(agent)), config);
        agent.kind = "Deployment";
        QCOMPARE(cniConfigOf(agent), std::string());
    }

    void theOneBesideTheAgentIsTaken()
    {
        ClusterMaker maker;
        maker.node("node-a");
        for (const char *ns : {"a-copy", "cilium"}) {
            ApiObject &map = maker.other("", "ConfigMap", ns, "cilium-config");
            map.json =
                std::make_shared<const std::string>("{\"data\": {\"mtu\": \"" + std::string(ns) + "\"}}");
        }
        QCOMPARE(*cniConfig(*maker.state(), "cilium-config")->find("mtu"), std::string("a-copy"));
        maker.workload("DaemonSet", "cilium", "cilium", 1, {{"k8s-app", "cilium"}}).desired = 1;
        QCOMPARE(*cniConfig(*maker.state(), "cilium-config")->find("mtu"), std::string("cilium"));
        QVERIFY(!cniConfig(*maker.state(), "calico-config"));
    }
};

QTEST_GUILESS_MAIN(TestCniConfig)
#include "test_cni_config.moc"
