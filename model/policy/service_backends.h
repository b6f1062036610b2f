#pragma once

#include "model/policy/endpoint_table.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace portolan::policy {

/// One place where connections to a Service go.
struct ServiceBackend
{
    EndpointId id = noEndpoint; ///< a pod or node of the table
    IpRange::Address address{}; ///< where it is none
    std::uint16_t port = 0;
};

/// Policies are asked after the Service's translation: about the backend and the targetPort, not about the
/// address that was dialled (Kubernetes docs, "Network Policies": ipBlock and rewriting; kube-proxy and
/// Cilium translate before their enforcers look).
struct ServiceTarget
{
    const Service *service = nullptr;
    std::vector<ServiceBackend> backends;
    std::string problem; ///< not empty: why it is not known where connections go
};

/// The addresses of Services: ClusterIPs, externalIPs and those of load balancers. Refers to the table; not
/// thread-safe.
class ServiceAddresses
{
public:
    explicit ServiceAddresses(const EndpointTable &table);

    const Service *find(const IpRange::Address &address) const;
    /// By the ready endpoints of its EndpointSlices; where there are none (manifests), by its selector.
    /// Endpoints of the family that was dialled.
    ServiceTarget target(const Service &service, bool v6, const Traffic &traffic) const;

private:
    std::vector<ServiceBackend> ofSlices(const Service &service, const ServicePort &port, bool v6) const;
    std::vector<ServiceBackend> ofSelector(const Service &service, const ServicePort &port) const;

    const EndpointTable &m_table;
    std::map<IpRange::Address, const Service *> m_services;
};

} // namespace portolan::policy
