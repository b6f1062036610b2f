#pragma once

#include "model/graph/cluster_index.h"

#include <vector>

namespace portolan::graph {

/// A port of a service as its endpoints serve it.
struct ServedPort
{
    std::uint16_t servicePort = 0; ///< what clients ask the service for
    std::uint16_t podPort = 0;     ///< what the pods listen on; 0: every port
    Protocol protocol = Protocol::Tcp;
    friend auto operator<=>(const ServedPort &, const ServedPort &) = default;
};

/// A workload whose pods are endpoints of a service.
struct Backing
{
    std::uint32_t workload = none;
    std::uint32_t endpoints = 0;
    std::vector<ServedPort> ports; ///< sorted
};

struct ServiceEntry
{
    const Service *object = nullptr;
    NodeId node;
    std::uint32_t ns = none;
    std::vector<Backing> backings; ///< most endpoints first, then in order of workloads
    std::uint32_t home = none;     ///< the workload under which its pill stands
    bool withoutEndpoints = false; ///< see GraphNode
    std::vector<const EndpointSlice *> slices;
};

/// Which workloads stand behind which services, by EndpointSlices.
class ServiceIndex
{
public:
    explicit ServiceIndex(const ClusterIndex &cluster);

    /// In order of (namespace, name).
    const std::vector<ServiceEntry> &services() const { return m_services; }
    const ServiceEntry *service(std::string_view ns, std::string_view name) const;
    /// Services (places in services()) that a workload stands behind.
    const std::vector<std::uint32_t> &servicesOf(std::uint32_t workload) const
    {
        return m_servicesOf[workload];
    }

private:
    ServiceEntry entryFor(const Service &service, std::vector<const EndpointSlice *> slices) const;
    std::uint32_t selectedWorkload(const Service &service, std::uint32_t ns) const;

    const ClusterIndex &m_cluster;
    std::vector<ServiceEntry> m_services;
    std::vector<std::vector<std::uint32_t>> m_servicesOf;
};

} // namespace portolan::graph
