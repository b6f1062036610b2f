#pragma once

#include "model/graph/reach.h"
#include "model/graph/service_index.h"

#include <vector>

namespace portolan::graph {

/// The identity of the one World node.
NodeId worldId();

/// The edges that carry no policy: Service -> workloads behind it, Ingress -> Service, and World -> what
/// is open to it (Ingress; Service with a node port, a load balancer or external addresses).
std::vector<GraphEdge> exposureEdges(Reaches &reaches, const ServiceIndex &services);

} // namespace portolan::graph
