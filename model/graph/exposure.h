#pragma once

#include "model/graph/policy_index.h"
#include "model/graph/service_index.h"

#include <vector>

namespace portolan::graph {

/// The identity of the one World node.
NodeId worldId();

/// The edges that carry no policy: Service -> workloads behind it, Ingress -> Service, and World -> what
/// is open to it (Ingress; Service with a node port, a load balancer or external addresses).
std::vector<GraphEdge> exposureEdges(const PolicyIndex &policies, const ServiceIndex &services);

} // namespace portolan::graph
