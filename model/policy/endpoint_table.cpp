#include "model/policy/endpoint_table.h"

#include <algorithm>

namespace portolan::policy {

namespace {

std::pair<std::string_view, std::string_view> keyOf(const Pod &pod)
{
    return {pod.meta.ns, pod.meta.name};
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

bool EndpointTable::takesPart(const Pod &pod)
{
    if (pod.phase == PodPhase::Succeeded || pod.phase == PodPhase::Failed)
        return false;
    return !pod.ips.empty() || pod.phase == PodPhase::Running || pod.hostNetwork;
}

EndpointTable::EndpointTable(ClusterStatePtr state, const std::vector<HostIdentity> &identities, bool isWhole)
    : m_state(std::move(state)),
      m_isWhole(isWhole),
      m_identities(identities)
{
    m_pods.reserve(m_state->pods.size());
    for (const auto &pod : m_state->pods) {
        if (takesPart(*pod) && !pod->hostNetwork)
            m_pods.push_back(pod.get());
    }
    ServiceAccounts accounts;
    for (const auto &object : m_state->others) {
        if (object->group.empty() && object->kind == "ServiceAccount")
            accounts.emplace(Name(object->meta.ns, object->meta.name), &object->meta.labels);
    }
    m_serviceAccounts = std::make_shared<const ServiceAccounts>(std::move(accounts));
    m_hosts = makeHosts();
    findFamilies();
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
    const auto account = m_serviceAccounts->find({pod.meta.ns, pod.serviceAccount});
    if (account != m_serviceAccounts->end())
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
    return id < m_pods.size() ? podEndpoint(*m_pods[id]) : m_hosts->list[id - m_pods.size()];
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
    const auto host = m_hosts->ofPods.find(key);
    return host == m_hosts->ofPods.end() ? noEndpoint : hostId(host->second);
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

EndpointTable::Family EndpointTable::familyOf(const Pod &pod)
{
    return familyOf(pod.ips.size(), !pod.ips.empty() && pod.ips.front().find(':') != std::string::npos);
}

EndpointTable::Family EndpointTable::familyOf(std::size_t addresses, bool firstIsV6)
{
    if (addresses == 0)
        return Family::Unknown;
    return addresses > 1 ? Family::Several : firstIsV6 ? Family::V6 : Family::V4;
}

void EndpointTable::findFamilies()
{
    m_families.reserve(size());
    for (const Pod *pod : m_pods)
        m_families.push_back(familyOf(*pod));
    for (const Endpoint &host : m_hosts->list)
        m_families.push_back(
            familyOf(host.addresses.size(), !host.addresses.empty() && host.addresses.front().v6));
}

void EndpointTable::sortAddresses() const
{
    for (EndpointId id = 0; id < m_pods.size(); ++id) {
        for (const IpRange::Address &address : addressesOf(m_pods[id]->ips))
            m_addresses.emplace_back(address, id);
    }
    for (std::size_t i = 0; i < m_hosts->list.size(); ++i) {
        for (const IpRange::Address &address : m_hosts->list[i].addresses)
            m_addresses.emplace_back(address, hostId(i));
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
