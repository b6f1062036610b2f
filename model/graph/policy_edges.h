#pragma once

#include "model/graph/policy_reach.h"
#include "model/graph/service_index.h"

#include <vector>

namespace portolan::graph {

struct PolicyDrawing
{
    std::vector<GraphNode> nodes; ///< IpBlocks and PodSets that the edges need
    std::vector<GraphEdge> edges;
    std::uint32_t openToAll = 0; ///< see GraphOmissions
    std::uint32_t toSelf = 0;    ///< rules that admit pods of a card to one another: not drawn
};

/// Every rule of every policy as lines between cards. A rule about two small sets becomes a line per pair
/// of workloads, with everything that all policies together say of that pair. A rule about many becomes one
/// line from or to a PodSet: all pods of a namespace (two workloads or more), more than eight workloads of a
/// selector, or a selector that is not understood. Its verdict is looked up for all pods that it means; where
/// it holds for a few pairs alone these are drawn instead, and where for more but not all it is Mixed. What
/// is open on every port to everyone is counted, not drawn. A pair that the other direction denies is not
/// drawn.
PolicyDrawing drawPolicies(const PolicyIndex &index, const ServiceIndex &services);

} // namespace portolan::graph
