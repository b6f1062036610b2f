#pragma once

#include "model/graph/reach.h"
#include "model/graph/service_index.h"

#include <span>

namespace portolan::graph {

/// The question that a click on an edge asks: from a running, ready pod of one of `sources` (in name
/// order) to the service that serves one of `ports` from `destination`, or else to a pod of it. Not
/// probeable (source not valid) where there is no such pod or no single port to ask for.
ProbeRequest chooseProbe(const ClusterIndex &cluster, const ServiceIndex &services,
                         std::span<const std::uint32_t> sources, std::uint32_t destination,
                         const std::vector<EdgePort> &ports);

/// The same for a service, asked by a neighbour: a pod of its namespace that policies let through to it; of
/// these rather one that is not behind it. Where no pod is let through, any.
ProbeRequest chooseServiceProbe(Reaches &reaches, const ServiceEntry &service);

} // namespace portolan::graph
