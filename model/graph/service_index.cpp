#include "model/graph/service_index.h"

#include <algorithm>
#include <map>

namespace portolan::graph {

namespace {

std::uint32_t workloadBehind(const ClusterIndex &cluster, const EndpointSlice &slice,
                             const Endpoint &endpoint)
{
    if (!endpoint.podName.empty()) {
        const std::string_view ns = endpoint.podNs.empty() ? slice.meta.ns : endpoint.podNs;
        if (cluster.pod(ns, endpoint.podName))
            return cluster.workloadOfPod(ns, endpoint.podName);
    }
    for (const std::string &address : endpoint.addresses) {
        if (const Pod *pod = cluster.podWithIp(address))
            return cluster.workloadOf(*pod);
    }
    return none;
}

/// The ports of a slice with the service's own numbers, sorted: both carry the port's name.
std::vector<ServedPort> servedPorts(const Service &service, const EndpointSlice &slice)
{
    std::vector<ServedPort> ports;
    for (const EndpointPort &port : slice.ports) {
        for (const ServicePort &own : service.ports) {
            if (own.name == port.name && own.protocol == port.protocol)
                ports.push_back({own.port, port.number, port.protocol});
        }
    }
    std::sort(ports.begin(), ports.end());
    return ports;
}

void addPorts(std::vector<ServedPort> &ports, const std::vector<ServedPort> &more)
{
    ports.insert(ports.end(), more.begin(), more.end());
    std::sort(ports.begin(), ports.end());
    ports.erase(std::unique(ports.begin(), ports.end()), ports.end());
}

bool selects(const std::vector<Labels::Entry> &selector, const Labels &labels)
{
    return std::all_of(selector.begin(), selector.end(), [&](const Labels::Entry &entry) {
        const std::string *value = labels.find(entry.first);
        return value && *value == entry.second;
    });
}

} // namespace

ServiceIndex::ServiceIndex(const ClusterIndex &cluster) : m_cluster(cluster)
{
    const ClusterState &state = cluster.state();
    std::map<std::pair<std::string_view, std::string_view>, std::vector<const EndpointSlice *>> slices;
    for (const auto &slice : state.endpointSlices)
        slices[{slice->meta.ns, slice->serviceName}].push_back(slice.get());
    m_services.reserve(state.services.size());
    m_servicesOf.resize(cluster.workloads().size());
    for (const auto &service : state.services) {
        const auto own = slices.find({service->meta.ns, service->meta.name});
        m_services.push_back(
            entryFor(*service, own == slices.end() ? std::vector<const EndpointSlice *>{} : own->second));
        for (const Backing &backing : m_services.back().backings)
            m_servicesOf[backing.workload].push_back(std::uint32_t(m_services.size() - 1));
    }
}

ServiceEntry ServiceIndex::entryFor(const Service &service, std::vector<const EndpointSlice *> slices) const
{
    ServiceEntry entry;
    entry.object = &service;
    entry.node = nodeIdOf(NodeKind::Service, refOf(service));
    entry.ns = m_cluster.namespaceAt(service.meta.ns);
    entry.slices = std::move(slices);
    bool anyReady = false;
    std::map<std::uint32_t, Backing> backings;
    for (const EndpointSlice *slice : entry.slices) {
        const std::vector<ServedPort> ports = servedPorts(service, *slice);
        for (const Endpoint &endpoint : slice->endpoints) {
            anyReady = anyReady || endpoint.ready;
            const std::uint32_t workload = workloadBehind(m_cluster, *slice, endpoint);
            if (workload == none)
                continue;
            Backing &backing = backings[workload];
            backing.workload = workload;
            ++backing.endpoints;
            if (!std::includes(backing.ports.begin(), backing.ports.end(), ports.begin(), ports.end()))
                addPorts(backing.ports, ports);
        }
    }
    for (auto &[workload, backing] : backings)
        entry.backings.push_back(std::move(backing));
    std::stable_sort(entry.backings.begin(), entry.backings.end(),
                     [](const Backing &a, const Backing &b) { return a.endpoints > b.endpoints; });

    for (const Backing &backing : entry.backings) {
        if (entry.home == none && m_cluster.workloads()[backing.workload].ns == entry.ns)
            entry.home = backing.workload;
    }
    if (entry.home == none)
        entry.home = selectedWorkload(service, entry.ns);
    const bool shouldHave = service.type != ServiceType::ExternalName && !service.selector.empty();
    entry.withoutEndpoints =
        shouldHave && !anyReady && !m_cluster.isUnread(ObjectKind::EndpointSlice, service.meta.ns);
    return entry;
}

/// A service without endpoints still belongs to the workload that its selector means.
std::uint32_t ServiceIndex::selectedWorkload(const Service &service, std::uint32_t ns) const
{
    if (ns == none || service.selector.empty())
        return none;
    const NamespaceEntry &space = m_cluster.namespaces()[ns];
    for (std::uint32_t i = space.firstWorkload; i < space.endWorkload; ++i) {
        const WorkloadEntry &entry = m_cluster.workloads()[i];
        const bool byTemplate = entry.object && !entry.object->templateLabels.empty() &&
                                selects(service.selector, entry.object->templateLabels);
        if (byTemplate || (!entry.pods.empty() && selects(service.selector, entry.pods.front()->meta.labels)))
            return i;
    }
    return none;
}

const ServiceEntry *ServiceIndex::service(std::string_view ns, std::string_view name) const
{
    const auto at = std::lower_bound(
        m_services.begin(), m_services.end(), std::pair(ns, name),
        [](const ServiceEntry &entry, const std::pair<std::string_view, std::string_view> &wanted) {
            return std::pair<std::string_view, std::string_view>(entry.object->meta.ns,
                                                                 entry.object->meta.name) < wanted;
        });
    return at != m_services.end() && at->object->meta.ns == ns && at->object->meta.name == name ? &*at
                                                                                                : nullptr;
}

} // namespace portolan::graph
