#pragma once

#include "model/graph/reach.h"
#include "model/graph/service_index.h"

#include <vector>

namespace portolan::graph {

struct ObservedDrawing
{
    std::vector<GraphNode> nodes; ///< addresses outside that were asked
    std::vector<GraphEdge> edges;
};

/// A line for every pair that a probe of the state was made between, and that no line of `drawn` joins on
/// that port or asks in the same words. Its verdict is what the policies say of the probed ports; its probe
/// is the latest one.
ObservedDrawing drawObserved(Reaches &reaches, const ServiceIndex &services,
                             const std::vector<GraphEdge> &drawn);

} // namespace portolan::graph
