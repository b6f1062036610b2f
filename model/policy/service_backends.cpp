#include "model/policy/service_backends.h"

#include <algorithm>

namespace portolan::policy {

namespace {

bool selects(const Service &service, const Pod &pod)
{
    return std::all_of(service.selector.begin(), service.selector.end(), [&](const Labels::Entry &entry) {
        const std::string *value = pod.meta.labels.find(entry.first);
        return value && *value == entry.second;
    });
}

/// 0 where the pod has no port of that name.
std::uint16_t targetPortOf(const ServicePort &port, const Pod &pod)
{
    if (const auto *number = std::get_if<std::uint16_t>(&port.targetPort))
        return *number != 0 ? *number : port.port;
    const std::string &name = std::get<std::string>(port.targetPort);
    for (const Container &container : pod.containers) {
        for (const ContainerPort &own : container.ports) {
            if (own.name == name && own.protocol == port.protocol)
                return own.number;
        }
    }
    return 0;
}

} // namespace

ServiceAddresses::ServiceAddresses(const EndpointTable &table) : m_table(table)
{
    for (const auto &service : table.state().services) {
        for (const auto *texts :
             {&service->clusterIps, &service->externalIps, &service->loadBalancerAddresses}) {
            for (const IpRange::Address &address : addressesOf(*texts))
                m_services.emplace(address, service.get());
        }
    }
}

const Service *ServiceAddresses::find(const IpRange::Address &address) const
{
    const auto found = m_services.find(address);
    return found == m_services.end() ? nullptr : found->second;
}

ServiceTarget ServiceAddresses::target(const Service &service, bool v6, const Traffic &traffic) const
{
    ServiceTarget target{&service, {}, {}};
    const std::string name = "Service " + service.meta.ns + "/" + service.meta.name;
    const auto port = std::find_if(service.ports.begin(), service.ports.end(), [&](const ServicePort &one) {
        return ipProtocol(one.protocol) == traffic.protocol && one.port == traffic.port;
    });
    if (port == service.ports.end()) {
        target.problem = name + " has no such port";
        return target;
    }
    const auto &slices = m_table.state().endpointSlices.inNamespace(service.meta.ns);
    const bool hasSlices = std::any_of(slices.begin(), slices.end(), [&](const auto &slice) {
        return slice->serviceName == service.meta.name;
    });
    target.backends = hasSlices ? ofSlices(service, *port, v6) : ofSelector(service, *port);
    if (target.backends.empty())
        target.problem = name + " has no endpoints that are known";
    return target;
}

std::vector<ServiceBackend> ServiceAddresses::ofSlices(const Service &service, const ServicePort &port,
                                                       bool v6) const
{
    std::vector<ServiceBackend> backends;
    for (const auto &slice : m_table.state().endpointSlices.inNamespace(service.meta.ns)) {
        if (slice->serviceName != service.meta.name)
            continue;
        for (const EndpointPort &own : slice->ports) {
            if (own.name != port.name || own.protocol != port.protocol)
                continue;
            for (const auto &endpoint : slice->endpoints) {
                if (!endpoint.ready)
                    continue;
                for (const IpRange::Address &address : addressesOf(endpoint.addresses)) {
                    if (address.v6 != v6)
                        continue;
                    const std::uint16_t number = own.number != 0 ? own.number : port.port;
                    backends.push_back({m_table.withAddress(address), address, number});
                }
            }
        }
    }
    return backends;
}

std::vector<ServiceBackend> ServiceAddresses::ofSelector(const Service &service,
                                                         const ServicePort &port) const
{
    std::vector<ServiceBackend> backends;
    if (service.selector.empty())
        return backends;
    for (const auto &pod : m_table.state().pods.inNamespace(service.meta.ns)) {
        const EndpointId id = m_table.find(pod->meta.ns, pod->meta.name);
        const std::uint16_t number = targetPortOf(port, *pod);
        if (id != noEndpoint && number != 0 && selects(service, *pod))
            backends.push_back({id, {}, number});
    }
    return backends;
}

} // namespace portolan::policy
