#include "test_decode.h"

#include "decode_resources.h"
#include "model/cluster/decode.h"

#include <QTest>

#include <algorithm>

using namespace portolan;
using namespace portolan::decode_tests;

namespace {

template<class T>
std::vector<std::shared_ptr<const T>> decoded(const ResourceType &resource, const char *file)
{
    Decoder decoder;
    const auto page = decoder.list(resource, document(file));
    std::vector<std::shared_ptr<const T>> objects;
    if (!page) {
        qWarning("%s", page.error().oneLine().c_str());
        return objects;
    }
    for (const DecodeFault &fault : page->faults)
        qWarning("%s %s %s", fault.object.toString().c_str(), fault.field.c_str(), fault.reason.c_str());
    for (const AnyObject &object : page->objects)
        objects.push_back(std::get<std::shared_ptr<const T>>(object));
    return objects;
}

using Texts = std::vector<std::string>;

WallTime time(const char *text)
{
    return *parseRfc3339(text);
}

} // namespace

void TestDecode::aListPageTellsWhereItEnds()
{
    Decoder decoder;
    const auto page = decoder.list(pods, document("pods.json"));
    QVERIFY2(page.has_value(), page ? "" : page.error().oneLine().c_str());
    QCOMPARE(page->objects.size(), 4u);
    QCOMPARE(page->faults.size(), 0u);
    QCOMPARE(page->resourceVersion, std::string("20480"));
    QCOMPARE(page->continueToken, std::string("eyJ2IjoibWV0YS5rOHMuaW8vdjEifQ"));
    QCOMPARE(page->remaining.value_or(0), 7);

    const auto last = decoder.list(pods, R"({"items":[],"metadata":{"resourceVersion":"9"}})");
    QVERIFY(last.has_value());
    QVERIFY(last->continueToken.empty());
    QVERIFY(!last->remaining.has_value());
}

void TestDecode::inPlaceGivesTheSameAndLeavesTheText()
{
    Decoder decoder;
    const std::string text = document("pods.json");
    std::string own = text;
    const auto page = decoder.listInPlace(pods, own);
    QVERIFY(page.has_value());
    QCOMPARE(page->objects.size(), 4u);
    QCOMPARE(own, text);
}

void TestDecode::aPodWithEverything()
{
    const auto all = decoded<Pod>(pods, "pods.json");
    QCOMPARE(all.size(), 4u);
    const Pod &pod = *all[0];
    QCOMPARE(pod.meta.ns, std::string("shop"));
    QCOMPARE(pod.meta.name, std::string("web-6d4cf56db6-x2k9p"));
    QCOMPARE(pod.meta.uid, std::string("0b9f2e7c-5b1c-4a57-8a1e-2f6e4f8f9a11"));
    QCOMPARE(pod.meta.resourceVersion, std::string("20311"));
    QVERIFY(pod.meta.created == time("2026-11-22T14:32:07Z"));
    QVERIFY(!pod.meta.terminating);
    QCOMPARE(pod.meta.labels.entries().size(), 3u);
    QCOMPARE(*pod.meta.labels.find("tier"), std::string("front"));
    QVERIFY((pod.meta.owners == std::vector<OwnerRef>{{"ReplicaSet", "web-6d4cf56db6", true}}));
    QCOMPARE(pod.nodeName, std::string("node-a"));
    QCOMPARE(pod.serviceAccount, std::string("web"));
    QCOMPARE(pod.dnsPolicy, std::string("ClusterFirst"));
    QCOMPARE(pod.hostIp, std::string("192.0.2.11"));
    QVERIFY((pod.ips == Texts{"10.42.1.17", "fd00:42:1::11"}));
    QVERIFY(pod.phase == PodPhase::Running);
    QVERIFY(pod.ready);
    QVERIFY(!pod.hostNetwork);
    QVERIFY(pod.reason.empty());
}

void TestDecode::containersComeInSpecOrderWithTheirStatus()
{
    const auto all = decoded<Pod>(pods, "pods.json");
    QCOMPARE(all.size(), 4u);
    const auto &containers = all[0]->containers;
    QCOMPARE(containers.size(), 4u);
    QCOMPARE(containers[0].name, std::string("wait"));
    QVERIFY(containers[0].role == Container::Role::Init);
    QCOMPARE(containers[0].reason, std::string("Completed"));
    QVERIFY(containers[0].ready && !containers[0].running);

    QCOMPARE(containers[1].name, std::string("web"));
    QVERIFY(containers[1].role == Container::Role::App);
    QCOMPARE(containers[1].image, std::string("shop/web:1.4"));
    QCOMPARE(containers[1].restarts, 3);
    QVERIFY(containers[1].ready && containers[1].running);
    QVERIFY((containers[1].ports ==
             std::vector<ContainerPort>{{"http", 8080, Protocol::Tcp}, {"metrics", 9090, Protocol::Tcp}}));
    QVERIFY((containers[2].ports == std::vector<ContainerPort>{{"", 5353, Protocol::Udp}}));
    QCOMPARE(containers[3].name, std::string("debug-1"));
    QVERIFY(containers[3].role == Container::Role::Ephemeral && containers[3].running);
}

void TestDecode::podsThatAreNotReadySayWhy()
{
    const auto all = decoded<Pod>(pods, "pods.json");
    QCOMPARE(all.size(), 4u);
    QCOMPARE(all[1]->reason, std::string("CrashLoopBackOff"));
    QVERIFY(all[1]->meta.terminating && all[1]->hostNetwork && !all[1]->ready);
    QVERIFY((all[1]->ips == Texts{"10.42.1.18"}));
    QCOMPARE(all[1]->containers.at(0).restarts, 12);
    QCOMPARE(all[2]->reason, std::string("Unschedulable"));
    QVERIFY(all[2]->phase == PodPhase::Pending && all[2]->ips.empty());
    QCOMPARE(all[3]->reason, std::string("Evicted"));
    QVERIFY(all[3]->phase == PodPhase::Failed);
}

void TestDecode::equalLabelsAreSharedWithinADecoder()
{
    const auto all = decoded<Pod>(pods, "pods.json");
    QCOMPARE(all.size(), 4u);
    QCOMPARE(&all[0]->meta.labels.entries(), &all[1]->meta.labels.entries());
}

void TestDecode::services_()
{
    const auto all = decoded<Service>(services, "services.json");
    QCOMPARE(all.size(), 3u);
    const Service &web = *all[0];
    QVERIFY(web.type == ServiceType::LoadBalancer);
    QVERIFY((web.clusterIps == Texts{"10.96.12.7", "fd00:96::7"}));
    QVERIFY((web.selector == std::vector<Labels::Entry>{{"app", "web"}, {"tier", "front"}}));
    QVERIFY((web.externalIps == Texts{"198.51.100.4"}));
    QVERIFY((web.loadBalancerAddresses == Texts{"203.0.113.9", "lb.example.net"}));
    QVERIFY(web.publishNotReadyAddresses && !web.isHeadless());
    QCOMPARE(web.externalTrafficPolicy, std::string("Local"));
    QCOMPARE(web.internalTrafficPolicy, std::string("Cluster"));
    QCOMPARE(web.sessionAffinity, std::string("ClientIP"));
    QCOMPARE(web.ports.size(), 3u);
    QCOMPARE(web.ports[0].nodePort, 30080);
    QCOMPARE(web.ports[0].appProtocol, std::string("kubernetes.io/h2c"));
    QVERIFY(web.ports[0].targetPort == PortRef("http"));
    QVERIFY(web.ports[1].protocol == Protocol::Udp);
    QVERIFY(web.ports[1].targetPort == PortRef(std::uint16_t{5353}));
    QVERIFY(web.ports[2].targetPort == PortRef(std::uint16_t{9000}));

    QVERIFY(all[1]->isHeadless() && all[1]->type == ServiceType::ClusterIp);
    QVERIFY(all[2]->type == ServiceType::ExternalName && all[2]->clusterIps.empty());
    QCOMPARE(all[2]->externalName, std::string("billing.example.com"));
}

void TestDecode::endpointConditionsHaveDefaultsOfTheirOwn()
{
    const auto all = decoded<EndpointSlice>(endpointSlices, "endpointslices.json");
    QCOMPARE(all.size(), 2u);
    const EndpointSlice &slice = *all[0];
    QCOMPARE(slice.serviceName, std::string("web"));
    QCOMPARE(slice.addressType, std::string("IPv4"));
    QVERIFY(!slice.legacyEndpoints);
    QCOMPARE(slice.endpoints.size(), 4u);
    QCOMPARE(slice.endpoints[0].podName, std::string("web-6d4cf56db6-x2k9p"));
    QCOMPARE(slice.endpoints[0].podNs, std::string("shop"));
    QCOMPARE(slice.endpoints[0].nodeName, std::string("node-a"));
    QVERIFY((slice.endpoints[0].addresses == Texts{"10.42.1.17"}));
    QVERIFY(!slice.endpoints[1].ready && slice.endpoints[1].serving && slice.endpoints[1].terminating);
    QVERIFY(slice.endpoints[2].ready && slice.endpoints[2].serving && !slice.endpoints[2].terminating);
    QVERIFY(!slice.endpoints[3].ready && !slice.endpoints[3].serving);
    QVERIFY(slice.endpoints[3].podName.empty());
    QCOMPARE(slice.ports.size(), 2u);
    QCOMPARE(slice.ports[0].number, 8080);
    QCOMPARE(slice.ports[1].number, 0);
    QVERIFY(all[1]->endpoints.empty() && all[1]->ports.empty());
}

void TestDecode::endpointsBecomeSlices()
{
    const auto all = decoded<EndpointSlice>(endpoints, "endpoints.json");
    QCOMPARE(all.size(), 3u);
    QVERIFY(all[0]->legacyEndpoints);
    QCOMPARE(all[0]->serviceName, std::string("web"));
    QCOMPARE(refOf(*all[0]).type, std::string("Endpoints"));
    QCOMPARE(all[0]->endpoints.size(), 3u);
    QVERIFY(all[0]->endpoints[0].ready && !all[0]->endpoints[1].ready && all[0]->endpoints[2].ready);
    QCOMPARE(all[0]->endpoints[1].podName, std::string("web-2"));
    QCOMPARE(all[0]->ports.size(), 2u);
    QCOMPARE(all[1]->addressType, std::string("IPv6"));
    QVERIFY(all[2]->endpoints.empty());
}

void TestDecode::policyRulesAndPeers()
{
    const auto all = decoded<NetworkPolicy>(networkPolicies, "networkpolicies.json");
    QCOMPARE(all.size(), 6u);
    const NetworkPolicy &web = *all[0];
    QCOMPARE(web.podSelector.toString(), std::string("app=web, tier in (front, edge), !legacy, odd ? ()"));
    QVERIFY(!web.podSelector.isUnderstood());
    QCOMPARE(web.ingress.size(), 2u);
    const auto &peers = web.ingress[0].peers;
    QCOMPARE(peers.size(), 3u);
    QVERIFY(peers[0].podSelector && peers[0].podSelector->isEmpty());
    QVERIFY(!peers[0].namespaceSelector && !peers[0].ipBlock);
    QVERIFY(peers[1].podSelector && peers[1].namespaceSelector);
    QCOMPARE(peers[2].ipBlock->cidr, std::string("10.0.0.0/8"));
    QVERIFY((peers[2].ipBlock->except == Texts{"10.1.0.0/16", "10.2.0.0/16"}));
    const auto &ports = web.ingress[0].ports;
    QCOMPARE(ports.size(), 5u);
    QVERIFY(ports[0].port == PortRef(std::uint16_t{8080}));
    QVERIFY(ports[1].port == PortRef("metrics"));
    QVERIFY(ports[2].protocol == Protocol::Udp && ports[2].endPort == std::uint16_t{32767});
    QVERIFY(ports[3].protocol == Protocol::Sctp && !ports[3].port);
    QVERIFY(ports[4].protocol == Protocol::Tcp && !ports[4].port && !ports[4].endPort);
    QVERIFY(web.ingress[1].peers.empty() && web.ingress[1].ports.empty());
    QCOMPARE(web.egress.size(), 1u);
    QVERIFY(web.egress[0].peers.at(0).namespaceSelector->isEmpty());
}

void TestDecode::policyTypesAreResolved()
{
    const auto all = decoded<NetworkPolicy>(networkPolicies, "networkpolicies.json");
    QCOMPARE(all.size(), 6u);
    const auto isolates = [&](std::size_t i) {
        return std::pair(all[i]->isolatesIngress, all[i]->isolatesEgress);
    };
    QCOMPARE(isolates(0), std::pair(true, true));
    QCOMPARE(isolates(1), std::pair(true, false)); // the type Egress is not named
    QCOMPARE(isolates(2), std::pair(true, true));  // no types, egress rules
    QCOMPARE(isolates(3), std::pair(true, false)); // no types, no egress rules
    QCOMPARE(isolates(4), std::pair(false, true));
    QCOMPARE(isolates(5), std::pair(true, false));
}

void TestDecode::keptJsonIsCompleteButForWhatIsNoise()
{
    const auto all = decoded<NetworkPolicy>(networkPolicies, "networkpolicies.json");
    QCOMPARE(all.size(), 6u);
    const std::string &json = *all[0]->json;
    QVERIFY(json.starts_with(R"({"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":)"));
    QVERIFY(json.find("managedFields") == std::string::npos);
    QVERIFY(json.find("s3cr3t") == std::string::npos);
    QVERIFY(json.find(R"("note":"a \"quoted\" word")") != std::string::npos);
    QVERIFY(json.find(R"("endPort":32767)") != std::string::npos);
    QCOMPARE(*all[5]->json, std::string(R"({"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy",)"
                                        R"("metadata":{"name":"bare","namespace":"shop"}})"));
}

void TestDecode::otherKindsKeepTheirJson()
{
    const auto all = decoded<ApiObject>(ciliumPolicies, "ciliumpolicies.json");
    QCOMPARE(all.size(), 1u);
    QCOMPARE(refOf(*all[0]).type, std::string("CiliumNetworkPolicy.cilium.io"));
    QCOMPARE(all[0]->meta.name, std::string("l7"));
    QCOMPARE(all[0]->version, std::string("v2"));
    QCOMPARE(*all[0]->json,
             std::string(R"({"apiVersion":"cilium.io/v2","kind":"CiliumNetworkPolicy","metadata":)"
                         R"({"annotations":{},"name":"l7","namespace":"shop","uid":"c1"},"spec":)"
                         R"({"endpointSelector":{"matchLabels":{"app":"web"}},"ingress":[{"toPorts":)"
                         R"([{"rules":{"http":[{"method":"GET","path":"/a\\d+"}]}}]}]}})"));
}

void TestDecode::ingresses_()
{
    const auto all = decoded<Ingress>(ingresses, "ingresses.json");
    QCOMPARE(all.size(), 2u);
    const Ingress &front = *all[0];
    QCOMPARE(front.className, std::string("nginx"));
    QCOMPARE(front.defaultBackend->serviceName, std::string("fallback"));
    QVERIFY(front.defaultBackend->servicePort == PortRef(std::uint16_t{8080}));
    QVERIFY((front.tlsSecretNames == Texts{"shop-tls"}));
    QVERIFY((front.loadBalancerAddresses == Texts{"203.0.113.9"}));
    QCOMPARE(front.paths.size(), 3u);
    QCOMPARE(front.paths[0].host, std::string("shop.example"));
    QVERIFY(front.paths[0].backend.servicePort == PortRef("http"));
    QCOMPARE(front.paths[1].pathType, std::string("Exact"));
    QCOMPARE(front.paths[1].backend.serviceName, std::string("api"));
    QVERIFY(front.paths[2].host.empty() && front.paths[2].backend.serviceName.empty());

    QCOMPARE(all[1]->className, std::string("legacy"));
    QCOMPARE(all[1]->paths.at(0).backend.serviceName, std::string("web"));
    QVERIFY(all[1]->paths[0].backend.servicePort == PortRef(std::uint16_t{80}));
    QVERIFY(all[1]->defaultBackend->servicePort == PortRef("http"));
}

void TestDecode::nodes_()
{
    const auto all = decoded<Node>(nodes, "nodes.json");
    QCOMPARE(all.size(), 3u);
    const Node &a = *all[0];
    QVERIFY(a.ready && a.notReadyReason.empty() && !a.unschedulable);
    QVERIFY((a.internalIps == Texts{"192.0.2.11", "fd00::11"}));
    QVERIFY((a.podCidrs == Texts{"10.42.0.0/24", "fd00:42::/64"}));
    QCOMPARE(a.kubeletVersion, std::string("v1.34.4"));
    QCOMPARE(a.osImage, std::string("Debian GNU/Linux 12"));
    QCOMPARE(a.kernelVersion, std::string("6.1.0-25"));
    QCOMPARE(a.containerRuntime, std::string("containerd://2.1.4"));
    QVERIFY((a.networkAnnotations ==
             std::vector<Labels::Entry>{{"flannel.alpha.coreos.com/backend-type", "vxlan"},
                                        {"projectcalico.org/IPv4Address", "192.0.2.11/24"}}));
    QVERIFY(!all[1]->ready && all[1]->unschedulable);
    QCOMPARE(all[1]->notReadyReason, std::string("NodeStatusUnknown"));
    QVERIFY((all[1]->podCidrs == Texts{"10.42.1.0/24"}));
    QCOMPARE(all[2]->notReadyReason, std::string("container runtime is down"));
}

void TestDecode::namespaces_()
{
    const auto all = decoded<Namespace>(namespaces, "namespaces.json");
    QCOMPARE(all.size(), 2u);
    QCOMPARE(all[0]->phase, std::string("Active"));
    QVERIFY(all[1]->meta.terminating);
}

void TestDecode::workloads_data()
{
    QTest::addColumn<QByteArray>("group");
    QTest::addColumn<int>("desired");
    QTest::addColumn<int>("ready");
    QTest::addColumn<QByteArray>("selector");
    QTest::addColumn<int>("templateLabels");
    QTest::newRow("Deployment") << QByteArray("apps") << 3 << 2 << QByteArray("app=web") << 2;
    QTest::newRow("ReplicaSet") << QByteArray("apps") << 0 << 0 << QByteArray("app=web") << 0;
    QTest::newRow("StatefulSet") << QByteArray("apps") << 1 << 1 << QByteArray("app in (db)") << 0;
    QTest::newRow("DaemonSet") << QByteArray("apps") << 2 << 1 << QByteArray("app=agent") << 0;
    QTest::newRow("ReplicationController") << QByteArray() << 1 << 1 << QByteArray("app=old") << 0;
    QTest::newRow("Job") << QByteArray("batch") << 2 << 1 << QByteArray() << 1;
    QTest::newRow("CronJob") << QByteArray("batch") << 1 << 1 << QByteArray() << 1;
}

void TestDecode::workloads()
{
    QFETCH(QByteArray, group);
    const std::string kind = QTest::currentDataTag();
    const std::string all = document("workloads.json");
    // One object a line: the line that begins with the kind.
    const auto at = all.find("\"" + kind + "\": ");
    QVERIFY(at != std::string::npos);
    const auto begin = all.find('{', at);
    const auto end = all.find_last_of('}', all.find('\n', at));
    Decoder decoder;
    const auto object =
        decoder.object({group.toStdString(), "v1", kind, "x", true}, all.substr(begin, end - begin + 1));
    QVERIFY2(object.has_value(), object ? "" : object.error().oneLine().c_str());
    const auto workload = std::get<std::shared_ptr<const Workload>>(*object);
    QCOMPARE(workload->kind, kind);
    QTEST(int(workload->desired), "desired");
    QTEST(int(workload->ready), "ready");
    QTEST(QByteArray::fromStdString(workload->selector.toString()), "selector");
    QTEST(int(workload->templateLabels.entries().size()), "templateLabels");
}

void TestDecode::events_()
{
    const auto all = decoded<ClusterEvent>(events, "events.json");
    QCOMPARE(all.size(), 3u);
    QCOMPARE(all[0]->involvedKind, std::string("Pod"));
    QCOMPARE(all[0]->involvedNs, std::string("shop"));
    QCOMPARE(all[0]->involvedName, std::string("web-1"));
    QCOMPARE(all[0]->type, std::string("Warning"));
    QCOMPARE(all[0]->reason, std::string("BackOff"));
    QCOMPARE(all[0]->count, 9);
    QVERIFY(all[0]->lastSeen == time("2026-11-22T14:31:00Z"));
    QCOMPARE(all[1]->count, 4);
    QVERIFY(all[1]->lastSeen == time("2026-11-22T14:10:00Z"));
    QCOMPARE(all[2]->involvedKind, std::string("Node"));
    QCOMPARE(all[2]->message, std::string("Starting kubelet."));
    QVERIFY(all[2]->lastSeen == time("2026-11-22T14:00:00Z"));
}

void TestDecode::watchEvents()
{
    Decoder decoder;
    const auto added = decoder.watchEvent(
        pods, R"({"type":"ADDED","object":{"kind":"Pod","metadata":{"name":"a","resourceVersion":"7"}}})");
    QVERIFY(added.has_value());
    QVERIFY(added->type == WatchEvent::Type::Added);
    QCOMPARE(refOf(*added->object).name, std::string("a"));
    QCOMPARE(added->resourceVersion, std::string("7"));

    const auto late = decoder.watchEvent(
        pods, R"({"object":{"metadata":{"resourceVersion":"8","name":"b"}},"type":"DELETED"})"
              "\n");
    QVERIFY2(late.has_value(), late ? "" : late.error().oneLine().c_str());
    QVERIFY(late->type == WatchEvent::Type::Deleted);
    QCOMPARE(late->resourceVersion, std::string("8"));

    const auto bookmark = decoder.watchEvent(
        pods,
        R"({"type":"BOOKMARK","object":{"kind":"Pod","apiVersion":"v1","metadata":{)"
        R"("resourceVersion":"12746","creationTimestamp":null,)"
        R"("annotations":{"k8s.io/initial-events-end":"true"}},"spec":{"containers":null},"status":{}}})");
    QVERIFY(bookmark.has_value());
    QVERIFY(bookmark->initialEventsEnd && !bookmark->object);
    QCOMPARE(bookmark->resourceVersion, std::string("12746"));

    const auto error = decoder.watchEvent(
        pods,
        R"({"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",)"
        R"("message":"too old resource version: 1 < 2","reason":"Expired","code":410}})");
    QVERIFY(error.has_value());
    QVERIFY(error->type == WatchEvent::Type::Error);
    QCOMPARE(error->status.code, 410);
    QCOMPARE(error->status.reason, std::string("Expired"));
}

void TestDecode::aStatusTellsWhenToComeAgain()
{
    Decoder decoder;
    const auto status = decoder.status(
        R"({"kind":"Status","status":"Failure","message":"slow down","reason":"TooManyRequests",)"
        R"("details":{"retryAfterSeconds":3},"code":429})");
    QVERIFY(status.has_value());
    QCOMPARE(status->code, 429);
    QCOMPARE(status->message, std::string("slow down"));
    QCOMPARE(status->retryAfterSeconds, 3);
    QVERIFY(!decoder.status(R"({"kind":"Pod"})"));
}

void TestDecode::fieldsMayComeInAnyOrder()
{
    const char *forward = R"({"metadata":{"name":"p","labels":{"a":"1"}},"spec":{"containers":[{"name":"c",)"
                          R"("image":"i"}]},"status":{"phase":"Running","containerStatuses":[{"name":"c",)"
                          R"("restartCount":2}]}})";
    const char *backward =
        R"({"status":{"containerStatuses":[{"restartCount":2,"name":"c"}],"phase":"Running"},)"
        R"("spec":{"containers":[{"image":"i","name":"c"}]},"metadata":{"labels":{"a":"1"},)"
        R"("name":"p"}})";
    Decoder decoder;
    for (const char *text : {forward, backward}) {
        const auto object = decoder.object(pods, text);
        QVERIFY(object.has_value());
        const auto pod = std::get<std::shared_ptr<const Pod>>(*object);
        QCOMPARE(pod->meta.name, std::string("p"));
        QVERIFY(pod->phase == PodPhase::Running);
        QCOMPARE(pod->containers.at(0).restarts, 2);
    }
}

QTEST_GUILESS_MAIN(TestDecode)
