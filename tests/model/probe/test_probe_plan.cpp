#include "model/probe/probe_host.h"
#include "model/probe/prober.h"

#include <QTest>

using namespace portolan;

namespace {

template<class T>
ObjectTable<T> tableOf(std::initializer_list<T> objects)
{
    std::vector<std::shared_ptr<const T>> all;
    for (const T &object : objects)
        all.push_back(std::make_shared<const T>(object));
    return ObjectTable<T>(std::move(all));
}

Pod podNamed(const std::string &ns, const std::string &name, const std::string &ip)
{
    Pod pod;
    pod.meta.ns = ns;
    pod.meta.name = name;
    pod.phase = PodPhase::Running;
    pod.dnsPolicy = "ClusterFirst";
    pod.nodeName = "node-a";
    if (!ip.empty())
        pod.ips = {ip};
    Container init{"init", "init:1", Container::Role::Init, {}, false, false, 0, "Completed"};
    Container app{"app", "app:1", Container::Role::App, {}, true, true, 0, {}};
    pod.containers = {init, app};
    return pod;
}

Service serviceNamed(const std::string &name, std::vector<ServicePort> ports)
{
    Service service;
    service.meta.ns = "shop";
    service.meta.name = name;
    service.clusterIps = {"10.96.0.7"};
    service.ports = std::move(ports);
    return service;
}

ServicePort port(std::uint16_t number, const std::string &name = "http", Protocol protocol = Protocol::Tcp)
{
    return {name, protocol, number, PortRef(std::uint16_t(8080)), 0, {}};
}

EndpointSlice sliceOf(const std::string &service, int count, std::uint16_t number = 8080,
                      const std::string &family = "IPv4")
{
    EndpointSlice slice;
    slice.meta.ns = "shop";
    slice.meta.name = service + "-" + family;
    slice.serviceName = service;
    slice.addressType = family;
    slice.ports = {{"http", Protocol::Tcp, number}};
    for (int i = 0; i < count; ++i) {
        Endpoint endpoint;
        endpoint.addresses = {family == "IPv6" ? "fd00::" + std::to_string(i + 1)
                                               : "10.1.0." + std::to_string(i + 1)};
        endpoint.podNs = "shop";
        endpoint.podName = "web-" + std::to_string(i);
        endpoint.nodeName = "node-b";
        slice.endpoints.push_back(endpoint);
    }
    return slice;
}

ClusterState someState(Service service, std::initializer_list<EndpointSlice> slices = {})
{
    ClusterState state;
    state.pods = tableOf({podNamed("shop", "client", "10.1.0.99"), podNamed("shop", "pending", "")});
    state.services = tableOf({std::move(service)});
    state.endpointSlices = tableOf(slices);
    return state;
}

ProbeRequest toService(const std::string &name, std::uint16_t number, ProbeMethod method = ProbeMethod::Tcp)
{
    ProbeRequest request;
    request.source = {ObjectKind::Pod, "Pod", "shop", "client"};
    request.destination = {ObjectKind::Service, "Service", "shop", name};
    request.port = number;
    request.method = method;
    return request;
}

ProbeRequest toAddress(const std::string &host, std::uint16_t number)
{
    ProbeRequest request = toService("", number);
    request.destination = {ObjectKind::Other, "Address", "", host};
    return request;
}

/// "Name web.shop.svc:80, ClusterIp …": the steps in one line.
std::string stepsOf(const Result<ProbePlan> &plan)
{
    if (!plan)
        return "error: " + plan.error().oneLine();
    std::string line;
    for (const ProbePlan::Step &step : plan->steps) {
        static constexpr const char *kinds[] = {"name ", "vip ", "endpoint ", "address "};
        line += (line.empty() ? "" : ", ") + std::string(kinds[int(step.kind)]) + step.host + ":" +
                std::to_string(step.port);
    }
    return line;
}

} // namespace

class TestProbePlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void serviceIsTriedByNameAddressAndEndpoints()
    {
        const auto state = someState(serviceNamed("web", {port(80)}), {sliceOf("web", 2)});
        const auto plan = planProbe(state, toService("web", 80));
        QCOMPARE(stepsOf(plan), std::string("name web.shop.svc:80, vip 10.96.0.7:80, "
                                            "endpoint 10.1.0.1:8080, endpoint 10.1.0.2:8080"));
        QCOMPARE(plan->container, std::string("app"));
        QCOMPARE(plan->image, std::string("app:1"));
        QCOMPARE(plan->steps[2].endpoint.name, std::string("web-0"));
        QVERIFY(plan->remarks.empty());
        QCOMPARE(stepsOf(planProbe(state, toService("web", 0))), stepsOf(plan));
    }

    void sixteenEndpointsAtMost()
    {
        const auto plan =
            planProbe(someState(serviceNamed("web", {port(80)}), {sliceOf("web", 40)}), toService("web", 80));
        QCOMPARE(plan->steps.size(), std::size_t(2 + 16));
        QCOMPARE(plan->endpointsLeftOut, std::size_t(24));
    }

    void theSameEndpointInTwoSlicesIsTriedOnce()
    {
        EndpointSlice twin = sliceOf("web", 2);
        twin.meta.name = "web-twin";
        const auto plan = planProbe(someState(serviceNamed("web", {port(80)}), {sliceOf("web", 2), twin}),
                                    toService("web", 80));
        QCOMPARE(plan->steps.size(), std::size_t(4));
    }

    void endpointsThatAreNotReadyAreLeftOut()
    {
        EndpointSlice slice = sliceOf("web", 3);
        slice.endpoints[0].ready = false;
        slice.endpoints[1].ready = false;
        slice.endpoints[1].terminating = true;
        const auto some = someState(serviceNamed("web", {port(80)}), {slice});
        QCOMPARE(stepsOf(planProbe(some, toService("web", 80))),
                 std::string("name web.shop.svc:80, vip 10.96.0.7:80, endpoint 10.1.0.3:8080"));

        // None is ready: those that still serve while they end are what the proxy uses (KEP-1672).
        slice.endpoints[2].ready = false;
        const auto none = someState(serviceNamed("web", {port(80)}), {slice});
        QCOMPARE(stepsOf(planProbe(none, toService("web", 80))),
                 std::string("name web.shop.svc:80, vip 10.96.0.7:80, endpoint 10.1.0.2:8080"));

        Service publishing = serviceNamed("web", {port(80)});
        publishing.publishNotReadyAddresses = true;
        QCOMPARE(planProbe(someState(publishing, {slice}), toService("web", 80))->steps.size(),
                 std::size_t(5));
    }

    void aServiceWithoutEndpointsIsTriedAllTheSame()
    {
        const auto plan = planProbe(someState(serviceNamed("promo", {port(80)})), toService("promo", 80));
        QCOMPARE(stepsOf(plan), std::string("name promo.shop.svc:80, vip 10.96.0.7:80"));
        QCOMPARE(plan->remarks, std::vector<std::string>{"the service has no ready endpoint"});
    }

    void unreadEndpointsAreUnknownNotNone()
    {
        ClusterState state = someState(serviceNamed("web", {port(80)}));
        const ResourceType slices{"discovery.k8s.io", "v1", "EndpointSlice", "endpointslices", true};
        state.gaps = {{slices, "", {ErrorCode::PermissionDenied, "forbidden", "endpointslices"}}};
        const auto plan = planProbe(state, toService("web", 80));
        QCOMPARE(plan->remarks.size(), std::size_t(1));
        QVERIFY(plan->remarks.front().find("could not be read") != std::string::npos);
        state.gaps.front().ns = "elsewhere";
        QCOMPARE(planProbe(state, toService("web", 80))->remarks.front(),
                 std::string("the service has no ready endpoint"));
    }

    void portsAreFoundByNumberProtocolAndName()
    {
        EndpointSlice slice = sliceOf("dns", 1);
        slice.ports = {
            {"dns", Protocol::Udp, 5353}, {"dns-tcp", Protocol::Tcp, 5354}, {"metrics", Protocol::Tcp, 9153}};
        const auto state = someState(
            serviceNamed("dns", {port(53, "dns", Protocol::Udp), port(53, "dns-tcp"), port(9153, "metrics")}),
            {slice});
        QCOMPARE(stepsOf(planProbe(state, toService("dns", 53))),
                 std::string("name dns.shop.svc:53, vip 10.96.0.7:53, endpoint 10.1.0.1:5354"));
        const auto udp = planProbe(state, toService("dns", 53, ProbeMethod::Udp));
        QCOMPARE(stepsOf(udp), std::string("name dns.shop.svc:53, vip 10.96.0.7:53, endpoint 10.1.0.1:5353"));
        QCOMPARE(udp->request.protocol, Protocol::Udp);
        ProbeRequest byProtocol = toService("dns", 53);
        byProtocol.protocol = Protocol::Udp;
        QCOMPARE(planProbe(state, byProtocol)->request.method, ProbeMethod::Udp);
        QCOMPARE(planProbe(state, toService("dns", 54)).error().oneLine(),
                 std::string("Service shop/dns: no port 54/TCP: it has 53/UDP, 53/TCP, 9153/TCP"));
        QCOMPARE(planProbe(state, toService("dns", 0)).error().code, ErrorCode::InvalidInput);
        QCOMPARE(planProbe(state, toService("dns", 0, ProbeMethod::Udp))->request.port, std::uint16_t(53));
    }

    void headlessHasNoAddressOfItsOwn()
    {
        Service service = serviceNamed("web", {port(80)});
        service.clusterIps = {"None"};
        QCOMPARE(stepsOf(planProbe(someState(service, {sliceOf("web", 1)}), toService("web", 80))),
                 std::string("name web.shop.svc:80, endpoint 10.1.0.1:8080"));
    }

    void externalNameIsTriedByBothNames()
    {
        Service service = serviceNamed("rates", {});
        service.type = ServiceType::ExternalName;
        service.clusterIps.clear();
        service.externalName = "rates.example.com";
        const auto state = someState(service);
        QCOMPARE(stepsOf(planProbe(state, toService("rates", 443))),
                 std::string("name rates.shop.svc:443, address rates.example.com:443"));
        QCOMPARE(planProbe(state, toService("rates", 0)).error().code, ErrorCode::InvalidInput);
        service.externalName = "-oProxyCommand=evil";
        QCOMPARE(planProbe(someState(service), toService("rates", 443)).error().code,
                 ErrorCode::InvalidInput);
    }

    void dualStackTakesTheFirstFamily()
    {
        Service service = serviceNamed("web", {port(80)});
        service.clusterIps = {"fd00::7", "10.96.0.7"};
        const auto state = someState(service, {sliceOf("web", 1), sliceOf("web", 1, 8080, "IPv6")});
        QCOMPARE(
            stepsOf(planProbe(state, toService("web", 80))),
            std::string("name web.shop.svc:80, vip fd00::7:80, vip 10.96.0.7:80, endpoint fd00::1:8080"));
    }

    void podsThatDoNotAskTheClustersDns()
    {
        ClusterState state = someState(serviceNamed("web", {port(80)}), {sliceOf("web", 1)});
        Pod client = podNamed("shop", "client", "10.0.0.5");
        const auto planAs = [&](const std::string &policy, bool hostNetwork) {
            client.dnsPolicy = policy;
            client.hostNetwork = hostNetwork;
            state.pods = tableOf({client});
            return stepsOf(planProbe(state, toService("web", 80)));
        };
        const std::string withName = "name web.shop.svc:80, vip 10.96.0.7:80, endpoint 10.1.0.1:8080";
        const std::string without = "vip 10.96.0.7:80, endpoint 10.1.0.1:8080";
        QCOMPARE(planAs("ClusterFirst", false), withName);
        QCOMPARE(planAs("ClusterFirst", true), without);
        QCOMPARE(planAs("ClusterFirstWithHostNet", true), withName);
        QCOMPARE(planAs("Default", false), without);
    }

    void localPolicyWithoutALocalEndpointIsSaid()
    {
        Service service = serviceNamed("web", {port(80)});
        service.internalTrafficPolicy = "Local";
        ClusterState state = someState(service, {sliceOf("web", 1)});
        QCOMPARE(planProbe(state, toService("web", 80))->remarks.size(), std::size_t(1));
        Pod backend = podNamed("shop", "web-0", "10.1.0.1");
        state.pods = tableOf({podNamed("shop", "client", "10.1.0.99"), backend});
        QVERIFY(planProbe(state, toService("web", 80))->remarks.empty());
    }

    void podsNodesAndAddresses()
    {
        ClusterState state = someState(serviceNamed("web", {port(80)}));
        Node node;
        node.meta.name = "node-a";
        node.internalIps = {"192.168.0.4"};
        state.nodes = tableOf({node});
        ProbeRequest request = toService("web", 8080);
        request.destination = {ObjectKind::Pod, "Pod", "shop", "client"};
        QCOMPARE(stepsOf(planProbe(state, request)), std::string("address 10.1.0.99:8080"));
        QCOMPARE(planProbe(state, request)->steps.front().endpoint, request.destination);
        request.destination.name = "pending";
        QCOMPARE(planProbe(state, request).error().code, ErrorCode::Conflict);
        request.destination.name = "gone";
        QCOMPARE(planProbe(state, request).error().code, ErrorCode::NotFound);
        request.destination = {ObjectKind::Node, "Node", "", "node-a"};
        QCOMPARE(stepsOf(planProbe(state, request)), std::string("address 192.168.0.4:8080"));
        QCOMPARE(stepsOf(planProbe(state, toAddress("example.com", 443))),
                 std::string("address example.com:443"));
        QCOMPARE(stepsOf(planProbe(state, toAddress("2001:db8::1", 53))),
                 std::string("address 2001:db8::1:53"));
        QCOMPARE(planProbe(state, toAddress("example.com", 0)).error().code, ErrorCode::InvalidInput);
        request.destination = {ObjectKind::NetworkPolicy, "NetworkPolicy", "shop", "x"};
        QCOMPARE(planProbe(state, request).error().code, ErrorCode::InvalidInput);
    }

    void noHostBecomesAnOption()
    {
        for (const char *bad : {"", "-e", "-", "a b", "a;b", "$(x)", "a\nb", "a'b", "a/b", "::1%eth0", "a%b",
                                "g::1", "[::1]", "\xed\x95\x9c"})
            QVERIFY2(!isProbeHost(bad), bad);
        QVERIFY(!isProbeHost(std::string(254, 'a')));
        for (const char *good : {"a", "a-b.example.com.", "10.0.0.1", "::1", "_dns.example"})
            QVERIFY2(isProbeHost(good), good);
        QVERIFY(isIpAddress("10.0.0.1") && isIpAddress("fd00::1"));
        QVERIFY(!isIpAddress("10.0.0") && !isIpAddress("a.example"));
    }

    void sourcesThatCannotProbe()
    {
        ClusterState state = someState(serviceNamed("web", {port(80)}));
        ProbeRequest request = toService("web", 80);
        request.source.name = "gone";
        QCOMPARE(planProbe(state, request).error().code, ErrorCode::NotFound);
        request = toService("web", 80);
        request.source.kind = ObjectKind::Node;
        QCOMPARE(planProbe(state, request).error().code, ErrorCode::InvalidInput);

        Pod client = podNamed("shop", "client", "10.1.0.99");
        client.phase = PodPhase::Pending;
        client.reason = "ImagePullBackOff";
        state.pods = tableOf({client});
        const auto pending = planProbe(state, toService("web", 80));
        QCOMPARE(pending.error().code, ErrorCode::Conflict);
        QVERIFY(pending.error().detail.find("ImagePullBackOff") != std::string::npos);

        client.phase = PodPhase::Running;
        client.containers[1].running = false;
        state.pods = tableOf({client});
        QCOMPARE(planProbe(state, toService("web", 80)).error().code, ErrorCode::Conflict);
        request = toService("web", 80);
        request.container = "app";
        QCOMPARE(planProbe(state, request).error().code, ErrorCode::Conflict);
        request.container = "other";
        QCOMPARE(planProbe(state, request).error().code, ErrorCode::NotFound);
        request = toService("web", 80);
        request.protocol = Protocol::Sctp;
        QCOMPARE(planProbe(state, request).error().code, ErrorCode::Unsupported);
    }

    void ourEphemeralContainerIsTheSpareOne()
    {
        Pod client = podNamed("shop", "client", "10.1.0.99");
        client.containers.push_back(
            {"debugger-x", "busybox:1", Container::Role::Ephemeral, {}, false, true, 0, {}});
        client.containers.push_back(
            {"portolan-probe", "tools:1", Container::Role::Ephemeral, {}, false, true, 0, {}});
        ClusterState state = someState(serviceNamed("web", {port(80)}));
        state.pods = tableOf({client});
        const auto plan = planProbe(state, toService("web", 80));
        QCOMPARE(plan->container, std::string("app"));
        QCOMPARE(plan->spareContainer, std::string("portolan-probe"));
        QCOMPARE(plan->spareImage, std::string("tools:1"));
        // One that was added a moment ago is not in the state yet.
        ProbeRequest request = toService("web", 80);
        request.container = "portolan-probe-2";
        QCOMPARE(planProbe(state, request)->container, std::string("portolan-probe-2"));
    }

    void dnsAsksForTheNameAlone()
    {
        const auto state = someState(serviceNamed("web", {port(80)}), {sliceOf("web", 1)});
        QCOMPARE(stepsOf(planProbe(state, toService("web", 0, ProbeMethod::Dns))),
                 std::string("name web.shop.svc:0"));
        ProbeRequest request = toAddress("example.com", 0);
        request.method = ProbeMethod::Dns;
        QCOMPARE(stepsOf(planProbe(state, request)), std::string("address example.com:0"));
    }

    void burstRepeatsTheDecisiveStep()
    {
        const auto plan =
            planProbe(someState(serviceNamed("web", {port(80)}), {sliceOf("web", 3)}), toService("web", 80));
        const ProbePlan fifty = burst(*plan, 50);
        QCOMPARE(stepsOf(fifty), std::string("name web.shop.svc:80"));
        QCOMPARE(fifty.repeat, 50U);
        QCOMPARE(burst(*plan, 0).repeat, 1U);
        QCOMPARE(burst(*plan, 100'000).repeat, maxBurst);
    }
};

QTEST_GUILESS_MAIN(TestProbePlan)
#include "test_probe_plan.moc"
