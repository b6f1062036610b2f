#pragma once

#include "model/graph/reach.h"
#include "model/graph/service_index.h"

#include <vector>

namespace portolan::graph {

struct ObservedDrawing
{
    std::vector<GraphNode> nodes; ///< addresses outside that were asked
    std::vector<GraphEdge> edges;
    std::vector<EdgeTraffic> traffic; ///< on these and on `drawn`
    std::uint32_t flowsNotDrawn = 0;
};

/// A line for every pair that a probe of the state was made between, or traffic was seen between, and that no
/// line of `drawn` joins on that port or asks in the same words. Its verdict is what the policies say of
/// these ports; its probe is the latest one, or else asks what the traffic asked. Traffic to and from the
/// outside goes to the world; that of nodes, of pods that are gone and within a workload is counted.
ObservedDrawing drawObserved(Reaches &reaches, const ServiceIndex &services,
                             const std::vector<GraphEdge> &drawn);

} // namespace portolan::graph
