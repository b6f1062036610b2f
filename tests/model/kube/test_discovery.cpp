#include "model/kube/discovery.h"
#include "model/kube/resource_selection.h"
#include "tests/fakes/simulated_api_server.h"

#include <QTest>

#include <algorithm>

using namespace portolan;
using namespace portolan::kube;
using namespace portolan::fakes;

namespace {

using Style = SimulatedApiServer::DiscoveryStyle;

ResourceType type(std::string group, std::string version, std::string kind, std::string plural,
                  bool namespaced = true)
{
    return {std::move(group), std::move(version), std::move(kind), std::move(plural), namespaced};
}

struct Fixture
{
    FakeTransport transport;
    SimulatedStore store;
    SimulatedApiServer server{transport, store, 1};
    std::optional<std::variant<ServedApis, ApiFailure>> outcome;
    std::unique_ptr<Discovery> discovery;

    Fixture()
    {
        server.serve(type("", "v1", "Namespace", "namespaces", false));
        server.serve(type("", "v1", "Pod", "pods"));
        server.serve(type("apps", "v1", "Deployment", "deployments"));
        server.serve(type("cilium.io", "v2", "CiliumNetworkPolicy", "ciliumnetworkpolicies"));
        server.serve(type("metrics.k8s.io", "v1beta1", "PodMetrics", "pods"));
    }

    void run()
    {
        discovery = std::make_unique<Discovery>(transport, isChartedGroup, [this](auto result) {
            outcome = std::move(result);
            discovery.reset();
        });
        discovery->start();
        transport.settle();
    }

    const ServedApis &apis() const { return std::get<ServedApis>(*outcome); }

    std::vector<std::string> names() const
    {
        std::vector<std::string> all;
        for (const ServedResource &resource : apis().resources)
            all.push_back(resource.type.qualifiedName());
        return all;
    }
};

std::vector<std::string> selectedNames(const ServedApis &apis)
{
    std::vector<std::string> all;
    for (const SelectedResource &resource : selectResources(apis))
        all.push_back(resource.type.qualifiedName());
    return all;
}

bool contains(const std::vector<std::string> &names, const std::string &name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

ServedApis serving(std::vector<ResourceType> types)
{
    ServedApis apis;
    for (ResourceType &one : types)
        apis.resources.push_back({std::move(one), true, true});
    return apis;
}

} // namespace

class TestDiscovery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyStyleFindsTheSame_data()
    {
        QTest::addColumn<int>("style");
        QTest::newRow("aggregated v2") << int(Style::AggregatedV2);
        QTest::newRow("aggregated v2beta1") << int(Style::AggregatedV2Beta1);
        QTest::newRow("plain") << int(Style::Plain);
    }

    void everyStyleFindsTheSame()
    {
        QFETCH(int, style);
        Fixture f;
        f.server.discovery = Style(style);
        f.run();
        QVERIFY(f.outcome.has_value());
        for (const char *name : {"namespaces", "pods", "deployments.apps", "ciliumnetworkpolicies.cilium.io"})
            QVERIFY2(contains(f.names(), name), name);
        const auto &resources = f.apis().resources;
        const auto namespaces = std::find_if(resources.begin(), resources.end(),
                                             [](const auto &r) { return r.type.plural == "namespaces"; });
        QVERIFY(!namespaces->type.namespaced);
        QVERIFY(namespaces->canList && namespaces->canWatch);
        QVERIFY(f.apis().broken.empty());
    }

    void discoveryFallBackAsksOnlyForWhatIsCharted()
    {
        Fixture f;
        f.server.discovery = Style::Plain;
        f.run();
        QVERIFY(f.transport.pathsWith("metrics.k8s.io").empty());
        QCOMPARE(f.transport.paths(), (std::vector<std::string>{"/api", "/apis", "/api/v1", "/apis/apps/v1",
                                                                "/apis/cilium.io/v2"}));
        for (const std::string &name : f.names())
            QVERIFY2(name.find('/') == std::string::npos, name.c_str());
    }

    void theContentTypeThatCameCounts()
    {
        // An old server ignores the Accept header's wishes: the same request, a plain answer.
        FakeTransport transport;
        bool done = false;
        Discovery discovery(transport, isChartedGroup,
                            [&](auto result) { done = std::holds_alternative<ServedApis>(result); });
        discovery.start();
        transport.settle();
        for (const auto &open : transport.open()) {
            QVERIFY(open.request.headers.front().second.find("v=v2;as=APIGroupDiscoveryList") !=
                    std::string::npos);
            const std::string body = open.request.path == "/api" ? R"({"kind":"APIVersions","versions":[]})"
                                                                 : R"({"kind":"APIGroupList","groups":[]})";
            transport.answer(open.id, 200, body, {{"content-type", "application/json"}});
        }
        QVERIFY(done);
    }

    void aBrokenGroupIsTold_data() { everyStyleFindsTheSame_data(); }

    void aBrokenGroupIsTold()
    {
        QFETCH(int, style);
        Fixture f;
        f.server.discovery = Style(style);
        f.server.staleGroups = {"cilium.io"};
        f.server.discoveryStatus["/apis/cilium.io/v2"] = 503;
        f.run();
        QVERIFY(contains(f.names(), "pods"));
        QVERIFY(!contains(f.names(), "ciliumnetworkpolicies.cilium.io"));
        QCOMPARE(f.apis().broken.size(), std::size_t(1));
        QCOMPARE(f.apis().broken.front().first, std::string("cilium.io/v2"));
        QCOMPARE(f.apis().broken.front().second.code, ErrorCode::Unavailable);
    }

    void aBrokenRootIsAFailure()
    {
        Fixture f;
        f.server.discoveryStatus["/apis"] = 403;
        f.run();
        QVERIFY(std::get<ApiFailure>(*f.outcome).isForbidden());
    }

    void garbageIsAFailure()
    {
        ServedApis apis;
        for (const char *text : {"", "<html>", "[]", "7", R"({"kind":"PodList"})"}) {
            QCOMPARE(readAggregatedDiscovery(text, apis).error().code, ErrorCode::Protocol);
            QVERIFY(!readApiGroups(text) && !readApiVersions(text) && !readApiResources(text, "v1", apis));
        }
        // Right at the root and odd everywhere below.
        const char *odd =
            R"({"kind":"APIGroupDiscoveryList","items":[7,null,{"metadata":3,"versions":[null,{"version":4,)"
            R"("resources":[1,{"resource":"a/b"},{"resource":"x","responseKind":"y","verbs":7}]}]}]})";
        QVERIFY(readAggregatedDiscovery(odd, apis).has_value());
        QVERIFY(readApiGroups(R"({"kind":"APIGroupList","groups":[1,{"versions":[2,{}]}]})")->empty());
        QVERIFY(readApiResources(R"({"kind":"APIResourceList","resources":[1,{}]})", "apps/v1", apis)
                    .has_value());
        QVERIFY(apis.resources.empty());
    }

    void destroyingCancels()
    {
        Fixture f;
        f.discovery = std::make_unique<Discovery>(f.transport, isChartedGroup, [](auto) { QFAIL("called"); });
        f.discovery->start();
        f.discovery.reset();
        QVERIFY(f.transport.open().empty());
        f.transport.settle();
    }

    void importantKindsComeFirst()
    {
        const auto names = selectedNames(serving(
            {type("cilium.io", "v2", "CiliumNode", "ciliumnodes", false), type("", "v1", "Event", "events"),
             type("apps", "v1", "ReplicaSet", "replicasets"), type("", "v1", "Pod", "pods"),
             type("", "v1", "Secret", "secrets"), type("", "v1", "ConfigMap", "configmaps"),
             type("", "v1", "Namespace", "namespaces", false)}));
        QCOMPARE(names, (std::vector<std::string>{"namespaces", "pods", "replicasets.apps", "events",
                                                  "ciliumnodes.cilium.io"}));
    }

    void endpointsOnlyWhereSlicesAreMissing()
    {
        const auto endpoints = type("", "v1", "Endpoints", "endpoints");
        const auto slices = type("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices");
        const auto oldSlices = type("discovery.k8s.io", "v1beta1", "EndpointSlice", "endpointslices");
        QCOMPARE(selectedNames(serving({endpoints, slices})),
                 std::vector<std::string>{"endpointslices.discovery.k8s.io"});
        QCOMPARE(selectedNames(serving({endpoints, oldSlices})), std::vector<std::string>{"endpoints"});
        QCOMPARE(selectedNames(serving({endpoints})), std::vector<std::string>{"endpoints"});
    }

    void eventsAreBoundedToWarnings()
    {
        const auto events = selectResources(serving({type("", "v1", "Event", "events")}));
        QCOMPARE(events.front().fieldSelector, std::string("type!=Normal"));
        const auto cron = selectResources(serving({type("batch", "v1beta1", "CronJob", "cronjobs")}));
        QCOMPARE(cron.front().type.version, std::string("v1beta1"));
    }

    void calicoIsNotReadTwice()
    {
        const auto selection = selectResources(
            serving({type("crd.projectcalico.org", "v1", "NetworkPolicy", "networkpolicies"),
                     type("crd.projectcalico.org", "v1", "IPAMHandle", "ipamhandles", false),
                     type("crd.projectcalico.org", "v1", "IPAMBlock", "ipamblocks", false),
                     type("crd.projectcalico.org", "v1", "BlockAffinity", "blockaffinities", false),
                     type("projectcalico.org", "v3", "NetworkPolicy", "networkpolicies"),
                     type("projectcalico.org", "v3", "Profile", "profiles", false)}));
        std::vector<std::string> names;
        for (const auto &resource : selection)
            names.push_back(resource.type.qualifiedName());
        QCOMPARE(names, (std::vector<std::string>{"networkpolicies.crd.projectcalico.org",
                                                  "blockaffinities.crd.projectcalico.org",
                                                  "profiles.projectcalico.org"}));
        QCOMPARE(selection.front().alternative->group, std::string("projectcalico.org"));
        QVERIFY(!selection.back().alternative);
        QCOMPARE(
            selectedNames(serving({type("projectcalico.org", "v3", "NetworkPolicy", "networkpolicies")})),
            std::vector<std::string>{"networkpolicies.projectcalico.org"});
    }

    void ofTheOperatorTheInstallationAlone()
    {
        QCOMPARE(selectedNames(
                     serving({type("operator.tigera.io", "v1", "TigeraStatus", "tigerastatuses", false),
                              type("operator.tigera.io", "v1", "Installation", "installations", false)})),
                 std::vector<std::string>{"installations.operator.tigera.io"});
    }

    void eachKindInTheFirstVersionThatListsIt()
    {
        ServedApis apis = serving({type("gateway.networking.k8s.io", "v1", "Gateway", "gateways"),
                                   type("gateway.networking.k8s.io", "v1beta1", "Gateway", "gateways"),
                                   type("gateway.networking.k8s.io", "v1alpha2", "TCPRoute", "tcproutes")});
        apis.resources.push_back({type("gateway.networking.k8s.io", "v1", "Odd", "odds"), false, false});
        const auto selection = selectResources(apis);
        QCOMPARE(selection.size(), std::size_t(2));
        QCOMPARE(selection[0].type.version, std::string("v1"));
        QCOMPARE(selection[1].type.plural, std::string("tcproutes"));
    }

    void withoutDiscoveryTheBuiltInKindsAreAssumed()
    {
        const auto resources = assumedResources();
        QVERIFY(resources.size() >= 14);
        for (const auto &resource : resources)
            QVERIFY(resource.type.plural != "endpoints" && resource.canWatch);
    }
};

QTEST_GUILESS_MAIN(TestDiscovery)
#include "test_discovery.moc"
