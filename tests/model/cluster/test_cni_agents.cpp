#include "model/cluster/cni_agents.h"
#include "tests/fakes/cluster_maker.h"

#include <QTest>

using namespace portolan;
using fakes::ClusterMaker;

namespace {

/// Two nodes with an agent each.
ClusterMaker twoNodes(const std::string &name, ClusterMaker::LabelList labels)
{
    ClusterMaker maker;
    maker.node("node-a");
    maker.node("node-b");
    maker.ns("kube-system");
    maker.workload("DaemonSet", "kube-system", name, 2, std::move(labels)).desired = 2;
    return maker;
}

} // namespace

class TestCniAgents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyNodeHasItsAgent()
    {
        ClusterMaker maker = twoNodes("calico-node", {{"k8s-app", "calico-node"}});
        const auto pods = maker.podsOf("kube-system", "calico-node");
        pods[1]->ready = false;
        pods[1]->reason = "CrashLoopBackOff";
        const auto agents = cniAgents(*maker.state());
        QCOMPARE(agents.size(), std::size_t(2));
        QCOMPARE(agents.at(pods[0]->nodeName), (CniAgent{"calico-node", refOf(*pods[0]), true, {}}));
        QCOMPARE(agents.at(pods[1]->nodeName),
                 (CniAgent{"calico-node", refOf(*pods[1]), false, "CrashLoopBackOff"}));
    }

    void aRenamedDaemonSetIsKnownByItsLabel()
    {
        const auto agents = cniAgents(*twoNodes("rke2-canal", {{"k8s-app", "canal"}}).state());
        QCOMPARE(agents.size(), std::size_t(2));
        QCOMPARE(agents.begin()->second.name, std::string("rke2-canal"));
    }

    void otherDaemonSetsAreNoAgents()
    {
        QVERIFY(cniAgents(*twoNodes("kube-proxy", {{"k8s-app", "kube-proxy"}}).state()).empty());
    }

    void aNodeWithoutOneIsNamedOnlyWhereEveryNodeShouldHaveOne()
    {
        ClusterMaker maker = twoNodes("kube-flannel-ds", {{"app", "flannel"}});
        for (const auto &pod : maker.podsOf("kube-system", "kube-flannel-ds"))
            pod->nodeName = "node-a";
        const auto agents = cniAgents(*maker.state());
        QCOMPARE(agents.size(), std::size_t(2));
        QCOMPARE(agents.at("node-b"), (CniAgent{"kube-flannel-ds", {}, false, {}}));
        maker.node("node-c"); // which the DaemonSet does not want, or not yet
        QCOMPARE(cniAgents(*maker.state()).size(), std::size_t(1));
    }

    void ofSeveralTheOneThatIsNotReadyCounts()
    {
        ClusterMaker maker = twoNodes("aws-node", {{"k8s-app", "aws-node"}});
        maker.workload("DaemonSet", "kube-system", "cilium", 2, {{"k8s-app", "cilium"}});
        for (const auto &pod : maker.podsOf("kube-system", "aws-node"))
            pod->nodeName = "node-a";
        for (const auto &pod : maker.podsOf("kube-system", "cilium")) {
            pod->nodeName = "node-a";
            pod->ready = false;
        }
        QCOMPARE(cniAgents(*maker.state()).at("node-a").name, std::string("cilium"));
    }

    void finishedPodsAreGone()
    {
        ClusterMaker maker = twoNodes("cilium", {{"k8s-app", "cilium"}});
        const auto pods = maker.podsOf("kube-system", "cilium");
        pods[0]->phase = PodPhase::Failed;
        QVERIFY(!cniAgents(*maker.state()).at(pods[0]->nodeName).pod.isValid());
    }
};

QTEST_GUILESS_MAIN(TestCniAgents)
#include "test_cni_agents.moc"
