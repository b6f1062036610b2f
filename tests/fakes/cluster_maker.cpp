#include "tests/fakes/cluster_maker.h"

#include <algorithm>

namespace portolan::fakes {

namespace {

template<class T>
ObjectTable<T> tableOf(const std::vector<std::shared_ptr<T>> &objects)
{
    // Copies, so that a state stays as it was when the maker goes on.
    std::vector<std::shared_ptr<const T>> copies;
    copies.reserve(objects.size());
    for (const auto &object : objects)
        copies.push_back(std::make_shared<const T>(*object));
    return ObjectTable<T>(std::move(copies));
}

template<class T>
T &add(std::vector<std::shared_ptr<T>> &objects, const std::string &ns, const std::string &name)
{
    auto object = std::make_shared<T>();
    object->meta.ns = ns;
    object->meta.name = name;
    object->meta.uid = ns + "-" + name;
    objects.push_back(object);
    return *object;
}

} // namespace

ClusterMaker::ClusterMaker() = default;

Namespace &ClusterMaker::ns(const std::string &name, LabelList labels)
{
    Namespace &made = add(m_namespaces, {}, name);
    labels.emplace_back("kubernetes.io/metadata.name", name);
    made.meta.labels = Labels(std::move(labels));
    made.phase = "Active";
    return made;
}

Node &ClusterMaker::node(const std::string &name)
{
    Node &made = add(m_nodes, {}, name);
    const std::string number = std::to_string(m_nodes.size() - 1);
    made.internalIps = {"192.0.2." + std::to_string(10 + m_nodes.size() - 1)};
    made.podCidrs = {"10.42." + number + ".0/24"};
    made.ready = true;
    return made;
}

std::string ClusterMaker::nextIp()
{
    ++m_ips;
    return "10." + std::to_string(42 + m_ips / 65536) + "." + std::to_string(m_ips / 256 % 256) + "." +
           std::to_string(m_ips % 256);
}

std::shared_ptr<Pod> ClusterMaker::addPod(const std::string &ns, const std::string &name,
                                          const Labels &labels, const std::vector<ContainerPort> &ports)
{
    Pod &pod = add(m_pods, ns, name);
    pod.meta.labels = labels;
    pod.phase = PodPhase::Running;
    pod.ready = true;
    pod.ips = {nextIp()};
    if (!m_nodes.empty())
        pod.nodeName = m_nodes[m_pods.size() % m_nodes.size()]->meta.name;
    Container container;
    container.name = "app";
    container.ports = ports;
    container.ready = container.running = true;
    pod.containers.push_back(std::move(container));
    m_podsIn[ns].push_back(m_pods.back());
    return m_pods.back();
}

Workload &ClusterMaker::workload(const std::string &kind, const std::string &ns, const std::string &name,
                                 int replicas, LabelList labels, const std::vector<ContainerPort> &ports)
{
    const Labels shared{std::move(labels)};
    OwnerRef owner{kind, name, true};
    std::string podName = name;
    if (kind == "Deployment" || kind == "CronJob") {
        const std::string middle = kind == "Deployment" ? "ReplicaSet" : "Job";
        podName = name + (kind == "Deployment" ? "-7d9f" : "-2901");
        if (kind == "Deployment" || replicas > 0) {
            Workload &between = add(m_workloads, ns, podName);
            between.kind = middle;
            between.meta.owners = {owner};
            owner = {middle, podName, true};
        }
    }
    for (int i = 0; i < replicas; ++i) {
        const auto pod = addPod(ns, podName + "-" + std::to_string(i), shared, ports);
        pod->meta.owners = {owner};
        m_podsOf[ns + "/" + name].push_back(pod);
    }
    Workload &made = add(m_workloads, ns, name);
    made.kind = kind;
    made.desired = made.ready = replicas;
    made.templateLabels = shared;
    made.selector.matchLabels = shared.entries();
    return made;
}

Pod &ClusterMaker::barePod(const std::string &ns, const std::string &name, LabelList labels)
{
    return *addPod(ns, name, Labels(std::move(labels)), {});
}

Service &ClusterMaker::service(const std::string &ns, const std::string &name, LabelList selector,
                               std::vector<ServicePort> ports)
{
    Service &made = add(m_services, ns, name);
    made.clusterIps = {"10.96." + std::to_string(m_services.size() / 250) + "." +
                       std::to_string(m_services.size() % 250 + 1)};
    made.selector = selector;
    made.ports = std::move(ports);

    EndpointSlice &slice = add(m_slices, ns, name + "-abcde");
    slice.serviceName = name;
    slice.addressType = "IPv4";
    for (const ServicePort &port : made.ports) {
        const auto *number = std::get_if<std::uint16_t>(&port.targetPort);
        slice.ports.push_back({port.name, port.protocol, number ? *number : port.port});
    }
    const LabelSelector wanted = withLabels(std::move(selector));
    for (const auto &pod : m_podsIn[ns]) {
        if (wanted.isEmpty() || !wanted.matches(pod->meta.labels))
            continue;
        Endpoint endpoint;
        endpoint.addresses = pod->ips;
        endpoint.ready = pod->ready;
        endpoint.podNs = ns;
        endpoint.podName = pod->meta.name;
        slice.endpoints.push_back(std::move(endpoint));
    }
    return made;
}

NetworkPolicy &ClusterMaker::policy(const std::string &ns, const std::string &name, LabelSelector subject)
{
    NetworkPolicy &made = add(m_policies, ns, name);
    made.podSelector = std::move(subject);
    return made;
}

Ingress &ClusterMaker::ingress(const std::string &ns, const std::string &name, const std::string &host,
                               const std::string &service, std::uint16_t port)
{
    Ingress &made = add(m_ingresses, ns, name);
    made.paths.push_back({host, "/", "Prefix", {service, port}});
    return made;
}

ApiObject &ClusterMaker::other(const std::string &group, const std::string &kind, const std::string &ns,
                               const std::string &name)
{
    ApiObject &made = add(m_others, ns, name);
    made.group = group;
    made.kind = kind;
    return made;
}

void ClusterMaker::gap(const std::string &group, const std::string &kind, const std::string &plural,
                       const std::string &ns)
{
    m_gaps.push_back(
        {{group, "v1", kind, plural, true}, ns, {ErrorCode::PermissionDenied, "forbidden", plural}});
}

void ClusterMaker::probe(const ProbeRequest &request, ProbeOutcome outcome)
{
    ProbeResult result;
    result.request = request;
    result.outcome = outcome;
    probe(std::move(result));
}

void ClusterMaker::probe(ProbeResult result)
{
    m_probes.insert(m_probes.begin(), std::move(result));
}

std::vector<std::shared_ptr<Pod>> ClusterMaker::podsOf(const std::string &ns,
                                                       const std::string &workload) const
{
    const auto at = m_podsOf.find(ns + "/" + workload);
    return at == m_podsOf.end() ? std::vector<std::shared_ptr<Pod>>{} : at->second;
}

ClusterStatePtr ClusterMaker::state() const
{
    auto state = std::make_shared<ClusterState>();
    state->info = {SourceKind::Live, "test", "v1.34.0", "https://192.0.2.1:6443", {}};
    state->generation = 1;
    state->namespaces = tableOf(m_namespaces);
    state->nodes = tableOf(m_nodes);
    state->pods = tableOf(m_pods);
    state->services = tableOf(m_services);
    state->endpointSlices = tableOf(m_slices);
    state->networkPolicies = tableOf(m_policies);
    state->ingresses = tableOf(m_ingresses);
    state->workloads = tableOf(m_workloads);
    state->others = tableOf(m_others);
    state->gaps = m_gaps;
    state->probes = m_probes;
    return state;
}

LabelSelector withLabels(ClusterMaker::LabelList labels)
{
    LabelSelector selector;
    selector.matchLabels = std::move(labels);
    return selector;
}

LabelSelector everything()
{
    return {};
}

PolicyPeer podsLike(ClusterMaker::LabelList labels)
{
    PolicyPeer peer;
    peer.podSelector = withLabels(std::move(labels));
    return peer;
}

PolicyPeer namespacesLike(ClusterMaker::LabelList labels)
{
    PolicyPeer peer;
    peer.namespaceSelector = withLabels(std::move(labels));
    return peer;
}

PolicyPeer namespaceNamed(const std::string &name)
{
    return namespacesLike({{"kubernetes.io/metadata.name", name}});
}

PolicyPeer podsIn(const std::string &ns, ClusterMaker::LabelList labels)
{
    PolicyPeer peer = namespaceNamed(ns);
    peer.podSelector = withLabels(std::move(labels));
    return peer;
}

PolicyPeer block(const std::string &cidr, std::vector<std::string> except)
{
    PolicyPeer peer;
    peer.ipBlock = IpBlock{cidr, std::move(except)};
    return peer;
}

PolicyPort onPort(std::uint16_t port, Protocol protocol)
{
    return {protocol, PortRef{port}, {}};
}

PolicyPort onNamed(const std::string &name, Protocol protocol)
{
    return {protocol, PortRef{name}, {}};
}

ServicePort servicePort(std::uint16_t port, std::uint16_t target, Protocol protocol, const std::string &name)
{
    ServicePort made;
    made.name = name;
    made.port = port;
    made.protocol = protocol;
    made.targetPort = target ? target : port;
    return made;
}

void admit(NetworkPolicy &policy, std::vector<PolicyPeer> from, std::vector<PolicyPort> ports)
{
    policy.isolatesIngress = true;
    policy.ingress.push_back({std::move(from), std::move(ports)});
}

void release(NetworkPolicy &policy, std::vector<PolicyPeer> to, std::vector<PolicyPort> ports)
{
    policy.isolatesEgress = true;
    policy.egress.push_back({std::move(to), std::move(ports)});
}

} // namespace portolan::fakes
