#include "model/cluster/cluster_state.h"
#include "model/cluster/join_deltas.h"

#include <QTest>

using namespace portolan;

namespace {

const ResourceType podType{"", "v1", "Pod", "pods", true};
const ResourceType deploymentType{"apps", "v1", "Deployment", "deployments", true};
const ResourceType endpointsType{"", "v1", "Endpoints", "endpoints", true};
const ResourceType sliceType{"discovery.k8s.io", "v1", "EndpointSlice", "endpointslices", true};

std::shared_ptr<const Pod> pod(std::string ns, std::string name, std::string version = "1")
{
    auto made = std::make_shared<Pod>();
    made->meta.ns = std::move(ns);
    made->meta.name = std::move(name);
    made->meta.resourceVersion = std::move(version);
    return made;
}

std::shared_ptr<const Workload> workload(std::string kind, std::string name,
                                         std::vector<OwnerRef> owners = {})
{
    auto made = std::make_shared<Workload>();
    made->kind = std::move(kind);
    made->meta.ns = "shop";
    made->meta.name = std::move(name);
    made->meta.owners = std::move(owners);
    return made;
}

ClusterDelta upsert(std::vector<AnyObject> objects)
{
    ClusterDelta delta;
    delta.upserts = std::move(objects);
    return delta;
}

ClusterDelta replacement(const ResourceType &type, std::string ns, std::vector<AnyObject> objects)
{
    ClusterDelta delta;
    delta.replacements.push_back({type, std::move(ns), std::move(objects)});
    return delta;
}

/// "shop/a=1 shop/b=2": names and versions of all pods, in the table's order.
std::string pods(const ClusterStatePtr &state)
{
    std::string text;
    for (const auto &each : state->pods)
        text += (text.empty() ? "" : " ") + each->meta.ns + "/" + each->meta.name + "=" +
                each->meta.resourceVersion;
    return text;
}

} // namespace

class TestClusterState : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aDeltaMakesANewStateAndLeavesTheOld()
    {
        const auto first = applied(nullptr, upsert({pod("shop", "b"), pod("data", "z"), pod("shop", "a")}));
        QCOMPARE(pods(first), std::string("data/z=1 shop/a=1 shop/b=1"));
        ClusterDelta delta = upsert({pod("shop", "a", "2")});
        delta.removed = {refOf(*pod("data", "z"))};
        const auto second = applied(first, delta);
        QCOMPARE(pods(second), std::string("shop/a=2 shop/b=1"));
        QCOMPARE(pods(first), std::string("data/z=1 shop/a=1 shop/b=1"));
        QVERIFY(second->generation > first->generation);
    }

    void whatDidNotChangeIsShared()
    {
        const auto first = applied(nullptr, upsert({pod("shop", "a"), pod("shop", "b")}));
        const auto second = applied(first, upsert({pod("shop", "b", "2")}));
        QCOMPARE(second->pods.find("shop", "a"), first->pods.find("shop", "a"));
        const auto third = applied(second, upsert({workload("Deployment", "web")}));
        QCOMPARE(third->pods.all().data(), second->pods.all().data());
    }

    void aReplacementRemovesWhatItDoesNotName()
    {
        const auto first = applied(nullptr, upsert({pod("shop", "a"), pod("shop", "b"), pod("data", "c")}));
        const auto second = applied(first, replacement(podType, "", {pod("shop", "b", "2")}));
        QCOMPARE(pods(second), std::string("shop/b=2"));
        const auto none = applied(first, replacement(podType, "", {}));
        QVERIFY(none->pods.empty());
    }

    void aReplacementOfANamespaceKeepsTheOthers()
    {
        const auto first = applied(nullptr, upsert({pod("shop", "a"), pod("data", "c")}));
        QCOMPARE(pods(applied(first, replacement(podType, "shop", {pod("shop", "n")}))),
                 std::string("data/c=1 shop/n=1"));
    }

    void aReplacementOfOneKindKeepsKindsInTheSameTable()
    {
        const auto first =
            applied(nullptr,
                    upsert({workload("Deployment", "web"), workload("ReplicaSet", "web"), pod("shop", "a")}));
        const auto second = applied(first, replacement(deploymentType, "", {}));
        QCOMPARE(second->workloads.size(), 1u);
        QCOMPARE(second->workloads.all()[0]->kind, std::string("ReplicaSet"));
        QCOMPARE(second->pods.size(), 1u);

        auto legacy = std::make_shared<EndpointSlice>();
        legacy->meta.ns = "shop";
        legacy->meta.name = "web";
        legacy->legacyEndpoints = true;
        auto slice = std::make_shared<EndpointSlice>(*legacy);
        slice->legacyEndpoints = false;
        const auto both = applied(nullptr, upsert({std::shared_ptr<const EndpointSlice>(legacy),
                                                   std::shared_ptr<const EndpointSlice>(slice)}));
        QCOMPARE(both->endpointSlices.size(), 2u);
        QCOMPARE(applied(both, replacement(endpointsType, "", {}))->endpointSlices.size(), 1u);
        QCOMPARE(applied(both, replacement(sliceType, "", {}))->endpointSlices.size(), 1u);
    }

    void removalComesBeforeUpsert()
    {
        ClusterDelta delta = upsert({pod("shop", "a", "2")});
        delta.removed = {refOf(*pod("shop", "a"))};
        QCOMPARE(pods(applied(applied(nullptr, upsert({pod("shop", "a")})), delta)), std::string("shop/a=2"));
    }

    void removingWhatIsNotThereChangesNothing()
    {
        const auto first = applied(nullptr, upsert({pod("shop", "a")}));
        ClusterDelta delta;
        delta.removed = {refOf(*pod("shop", "x")), {ObjectKind::Pod, "Pod", "other", "a"}};
        QCOMPARE(pods(applied(first, delta)), std::string("shop/a=1"));
    }

    void ofTwoUpsertsTheLaterWins()
    {
        QCOMPARE(pods(applied(nullptr, upsert({pod("shop", "a", "1"), pod("shop", "a", "2")}))),
                 std::string("shop/a=2"));
    }

    void joinedDeltasGiveWhatOneAfterTheOtherGives()
    {
        ClusterDelta removal;
        removal.removed = {refOf(*pod("shop", "a"))};
        const auto first = applied(nullptr, upsert({pod("shop", "a"), pod("shop", "b")}));
        // Of a removal, then what came anew and what changed twice.
        const std::vector<ClusterDelta> later{upsert({pod("shop", "a", "2"), pod("data", "c")}),
                                              upsert({pod("data", "c", "2"), pod("shop", "a", "3")})};
        ClusterDelta joined = removal;
        ClusterStatePtr state = applied(first, removal);
        for (const ClusterDelta &next : later) {
            state = applied(state, next);
            QVERIFY(join(joined, next));
        }
        QCOMPARE(pods(applied(first, joined)), pods(state));
        QCOMPARE(pods(state), std::string("data/c=2 shop/a=3 shop/b=1"));
        // What would come before the upserts is left for a delta of its own.
        const ClusterDelta before = joined;
        ClusterDelta version;
        version.serverVersion = "v1.34.0";
        ClusterDelta gaps;
        gaps.gaps = std::vector<ReadGap>{};
        for (const ClusterDelta &next : {removal, replacement(podType, "", {}), version, gaps})
            QVERIFY(!join(joined, next));
        QCOMPARE(joined.upserts.size(), before.upserts.size());
        QVERIFY(joined.replacements.empty() && !joined.gaps && !joined.serverVersion);
    }

    void gapsAndVersionStayUntilToldOtherwise()
    {
        ClusterDelta delta;
        delta.gaps = {{podType, "shop", {ErrorCode::PermissionDenied, "forbidden", "pods"}}};
        delta.serverVersion = "v1.34.4";
        const auto first = applied(nullptr, delta);
        const auto second = applied(first, upsert({pod("shop", "a")}));
        QCOMPARE(second->gaps.size(), 1u);
        QCOMPARE(second->info.serverVersion, std::string("v1.34.4"));
        delta.gaps = std::vector<ReadGap>();
        QVERIFY(applied(second, delta)->gaps.empty());
        QVERIFY(!delta.isEmpty() && ClusterDelta().isEmpty());
    }

    void probesAreKeptLatestFirstAndBounded()
    {
        ClusterStatePtr state;
        for (int i = 0; i < 510; ++i) {
            ProbeResult result;
            result.detail = std::to_string(i);
            state = withProbe(state, result);
        }
        QCOMPARE(state->probes.size(), 500u);
        QCOMPARE(state->probes.front().detail, std::string("509"));
        QCOMPARE(state->probes.back().detail, std::string("10"));
        QCOMPARE(applied(state, upsert({pod("shop", "a")}))->probes.size(), 500u);
    }

    void tablesFindByNamespaceNameAndType()
    {
        const auto state =
            applied(nullptr, upsert({workload("ReplicaSet", "web"), workload("Deployment", "web"),
                                     workload("Deployment", "api")}));
        QCOMPARE(state->workloads.find("shop", "web")->kind, std::string("Deployment"));
        QCOMPARE(state->workloads.find("shop", "web", "ReplicaSet")->kind, std::string("ReplicaSet"));
        QVERIFY(state->workloads.find("shop", "web", "Job") == nullptr);
        QVERIFY(state->workloads.find("data", "web") == nullptr);
        QCOMPARE(state->workloads.inNamespace("shop").size(), 3u);
        QVERIFY(state->workloads.inNamespace("sho").empty() && state->workloads.inNamespace("shop2").empty());
        QVERIFY(ObjectTable<Pod>().find("", "") == nullptr);
    }

    void objectsAreFoundByTheirRef()
    {
        const auto state = applied(nullptr, upsert({workload("ReplicaSet", "web"), pod("shop", "web")}));
        const auto found = findObject(*state, {ObjectKind::Workload, "ReplicaSet", "shop", "web"});
        QVERIFY(found && std::holds_alternative<std::shared_ptr<const Workload>>(*found));
        QVERIFY(!findObject(*state, {ObjectKind::Workload, "Deployment", "shop", "web"}));
        QVERIFY(!findObject(*state, {ObjectKind::Service, "Service", "shop", "web"}));
    }

    void theTopOwnerIsFollowedAsFarAsItIsKnown()
    {
        auto owned = std::make_shared<Pod>(*pod("shop", "web-1"));
        owned->meta.owners = {{"Other", "x", false}, {"ReplicaSet", "web-6d", true}};
        const auto state =
            applied(nullptr, upsert({std::shared_ptr<const Pod>(owned),
                                     workload("ReplicaSet", "web-6d", {{"Deployment", "web", true}})}));
        QCOMPARE(topOwnerOf(*state, *owned).toString(), std::string("Deployment shop/web"));
        QCOMPARE(topOwnerOf(ClusterState(), *owned).toString(), std::string("ReplicaSet shop/web-6d"));
        QCOMPARE(topOwnerOf(*state, *pod("shop", "alone")).toString(), std::string("Pod shop/alone"));
        auto onNode = std::make_shared<Pod>(*pod("kube-system", "etcd-a"));
        onNode->meta.owners = {{"Node", "a", true}};
        QCOMPARE(topOwnerOf(*state, *onNode).toString(), std::string("Pod kube-system/etcd-a"));
    }

    void anOwnerOfItselfEnds()
    {
        auto owned = std::make_shared<Pod>(*pod("shop", "p"));
        owned->meta.owners = {{"ReplicaSet", "r", true}};
        const auto state =
            applied(nullptr, upsert({workload("ReplicaSet", "r", {{"ReplicaSet", "r", true}})}));
        QCOMPARE(topOwnerOf(*state, *owned).toString(), std::string("ReplicaSet shop/r"));
    }

    void resourcesKnowTheirKind_data()
    {
        QTest::addColumn<QByteArray>("group");
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<int>("objectKind");
        QTest::addColumn<QByteArray>("type");
        const auto row = [](const char *group, const char *kind, ObjectKind expected, const char *type) {
            QTest::addRow("%s.%s", kind, group)
                << QByteArray(group) << QByteArray(kind) << int(expected) << QByteArray(type);
        };
        row("", "Pod", ObjectKind::Pod, "Pod");
        row("", "Endpoints", ObjectKind::EndpointSlice, "Endpoints");
        row("apps", "Deployment", ObjectKind::Workload, "Deployment");
        row("batch", "CronJob", ObjectKind::Workload, "CronJob");
        row("networking.k8s.io", "NetworkPolicy", ObjectKind::NetworkPolicy, "NetworkPolicy");
        row("crd.projectcalico.org", "NetworkPolicy", ObjectKind::Other,
            "NetworkPolicy.crd.projectcalico.org");
        row("cilium.io", "Pod", ObjectKind::Other, "Pod.cilium.io");
        row("", "ConfigMap", ObjectKind::Other, "ConfigMap");
    }

    void resourcesKnowTheirKind()
    {
        QFETCH(QByteArray, group);
        QFETCH(QByteArray, kind);
        const ResourceType type{group.toStdString(), "v1", kind.toStdString(), "plural", true};
        QTEST(int(type.objectKind()), "objectKind");
        QTEST(QByteArray::fromStdString(type.objectType()), "type");
        QCOMPARE(type.qualifiedName(),
                 group.isEmpty() ? std::string("plural") : "plural." + group.toStdString());
    }
};

QTEST_GUILESS_MAIN(TestClusterState)
#include "test_cluster_state.moc"
