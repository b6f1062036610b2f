#include "model/policy/endpoint_table.h"

#include <algorithm>

namespace portolan::policy {

namespace {

bool takesPart(const Pod &pod)
{
    if (pod.phase == PodPhase::Succeeded || pod.phase == PodPhase::Failed)
        return false;
    return !pod.ips.empty() || pod.phase == PodPhase::Running || pod.hostNetwork;
}

std::pair<std::string_view, std::string_view> keyOf(const Pod &pod)
{
    return {pod.meta.ns, pod.meta.name};
}

bool isAmong(const IpRange::Address &address, const std::vector<IpRange> &ranges)
{
    return ranges.empty() || inBlocks(address, ranges);
}

} // namespace

std::vector<IpRange::Address> addressesOf(const std::vector<std::string> &texts)
{
    std::vector<IpRange::Address> addresses;
    for (const std::string &text : texts) {
        if (const auto range = IpRange::parse(text))
            addresses.push_back(range->first());
    }
    return addresses;
}

EndpointTable::EndpointTable(ClusterStatePtr state, const std::vector<HostIdentity> &identities, bool isWhole)
    : m_state(std::move(state)),
      m_isWhole(isWhole)
{
    std::vector<const Pod *> hostPods;
    m_pods.reserve(m_state->pods.size());
    for (const auto &pod : m_state->pods) {
        if (takesPart(*pod))
            (pod->hostNetwork ? hostPods : m_pods).push_back(pod.get());
    }
    for (const auto &object : m_state->others) {
        if (object->group.empty() && object->kind == "ServiceAccount")
            m_serviceAccounts.emplace(
                std::pair(std::string_view(object->meta.ns), std::string_view(object->meta.name)),
                &object->meta.labels);
    }
    addHosts(identities);
    addHostPods(hostPods);
    findFamilies();
}

void EndpointTable::addHosts(const std::vector<HostIdentity> &identities)
{
    for (const auto &node : m_state->nodes) {
        Endpoint endpoint;
        endpoint.kind = EndpointKind::Node;
        endpoint.ref = refOf(*node);
        endpoint.nodeName = node->meta.name;
        endpoint.labels = node->meta.labels;
        endpoint.nodeLabels = node->meta.labels;
        std::vector<IpRange::Address> left = addressesOf(node->internalIps);
        for (const HostIdentity &host : identities) {
            if (host.nodeName != node->meta.name || left.empty())
                continue;
            Endpoint described = endpoint;
            described.kind = EndpointKind::HostEndpoint;
            described.labels = host.labels;
            const auto taken = std::stable_partition(left.begin(), left.end(), [&](const auto &address) {
                return !isAmong(address, host.addresses);
            });
            described.addresses.assign(taken, left.end());
            left.erase(taken, left.end());
            if (!described.addresses.empty())
                m_hosts.push_back(std::move(described));
        }
        if (left.empty() && !node->internalIps.empty())
            continue;
        endpoint.addresses = std::move(left);
        m_hosts.push_back(std::move(endpoint));
    }
}

void EndpointTable::addHostPods(const std::vector<const Pod *> &pods)
{
    for (const Pod *pod : pods) {
        const auto host = std::find_if(m_hosts.begin(), m_hosts.end(), [&](const Endpoint &endpoint) {
            return !pod->nodeName.empty() && endpoint.nodeName == pod->nodeName;
        });
        if (host == m_hosts.end()) {
            // A node that is not known: the pod stands for it.
            Endpoint endpoint;
            endpoint.kind = EndpointKind::Node;
            endpoint.ref = refOf(*pod);
            endpoint.nodeName = pod->nodeName;
            endpoint.addresses = addressesOf(pod->ips);
            m_hosts.push_back(std::move(endpoint));
            m_hostPods.emplace(keyOf(*pod), EndpointId(size() - 1));
        } else {
            m_hostPods.emplace(keyOf(*pod), EndpointId(m_pods.size() + std::size_t(host - m_hosts.begin())));
        }
    }
}

Endpoint EndpointTable::podEndpoint(const Pod &pod) const
{
    Endpoint endpoint;
    endpoint.kind = EndpointKind::Pod;
    endpoint.ref = refOf(pod);
    endpoint.ns = pod.meta.ns;
    endpoint.nodeName = pod.nodeName;
    endpoint.serviceAccount = pod.serviceAccount;
    endpoint.labels = pod.meta.labels;
    if (const Namespace *ns = m_state->namespaces.find({}, pod.meta.ns)) {
        endpoint.namespaceLabels = ns->meta.labels;
    } else {
        endpoint.namespaceLabels = Labels({{"kubernetes.io/metadata.name", pod.meta.ns}});
        endpoint.namespaceIsKnown = false;
    }
    const auto account = m_serviceAccounts.find({pod.meta.ns, pod.serviceAccount});
    if (account != m_serviceAccounts.end())
        endpoint.serviceAccountLabels = *account->second;
    else if (m_isWhole)
        endpoint.serviceAccountLabels = Labels(); // the files are the cluster: what they do not say is not so
    endpoint.addresses = addressesOf(pod.ips);
    for (const Container &container : pod.containers) {
        for (const ContainerPort &port : container.ports) {
            if (!port.name.empty() && container.role != Container::Role::Ephemeral)
                endpoint.namedPorts.push_back(&port);
        }
    }
    return endpoint;
}

Endpoint EndpointTable::endpoint(EndpointId id) const
{
    return id < m_pods.size() ? podEndpoint(*m_pods[id]) : m_hosts[id - m_pods.size()];
}

Endpoint EndpointTable::external(const IpRange::Address &address)
{
    Endpoint endpoint;
    endpoint.addresses = {address};
    return endpoint;
}

EndpointId EndpointTable::find(std::string_view ns, std::string_view name) const
{
    const std::pair key(ns, name);
    const auto pod = std::lower_bound(m_pods.begin(), m_pods.end(), key,
                                      [](const Pod *p, const auto &k) { return keyOf(*p) < k; });
    if (pod != m_pods.end() && keyOf(**pod) == key)
        return EndpointId(pod - m_pods.begin());
    const auto host = m_hostPods.find(key);
    return host == m_hostPods.end() ? noEndpoint : host->second;
}

std::vector<EndpointId> EndpointTable::podsOfWorkload(std::string_view ns, std::string_view name) const
{
    std::vector<EndpointId> ids;
    for (const auto &pod : m_state->pods.inNamespace(ns)) {
        if (!takesPart(*pod))
            continue;
        const ObjectRef owner = topOwnerOf(*m_state, *pod);
        if (owner.kind == ObjectKind::Workload && owner.name == name)
            ids.push_back(find(ns, pod->meta.name));
    }
    return ids;
}

void EndpointTable::findFamilies()
{
    const auto familyOf = [](std::size_t count, bool v6) {
        return count == 0 ? Family::Unknown : count > 1 ? Family::Several : v6 ? Family::V6 : Family::V4;
    };
    for (const Pod *pod : m_pods)
        m_families.push_back(
            familyOf(pod->ips.size(), !pod->ips.empty() && pod->ips.front().find(':') != std::string::npos));
    for (const Endpoint &host : m_hosts)
        m_families.push_back(
            familyOf(host.addresses.size(), !host.addresses.empty() && host.addresses.front().v6));
}

void EndpointTable::sortAddresses() const
{
    for (EndpointId id = 0; id < m_pods.size(); ++id) {
        for (const IpRange::Address &address : addressesOf(m_pods[id]->ips))
            m_addresses.emplace_back(address, id);
    }
    for (std::size_t i = 0; i < m_hosts.size(); ++i) {
        for (const IpRange::Address &address : m_hosts[i].addresses)
            m_addresses.emplace_back(address, EndpointId(m_pods.size() + i));
    }
    std::sort(m_addresses.begin(), m_addresses.end());
}

EndpointId EndpointTable::withAddress(const IpRange::Address &address) const
{
    std::call_once(m_addressesSorted, [this] { sortAddresses(); });
    const auto found =
        std::lower_bound(m_addresses.begin(), m_addresses.end(), std::pair(address, EndpointId{0}));
    return found != m_addresses.end() && found->first == address ? found->second : noEndpoint;
}

} // namespace portolan::policy
