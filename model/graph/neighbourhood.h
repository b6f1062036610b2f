#pragma once

#include "model/graph/topology_graph.h"

#include <functional>
#include <vector>

namespace portolan {

/// Which way lines are followed.
enum class ReachDirection : std::uint8_t {
    Onward,   ///< what the centre may reach
    Backward, ///< what may reach the centre
    Both,     ///< each way by itself: never onward and then back
};

/// Nodes and lines around some nodes.
struct Neighbourhood
{
    std::vector<NodeId> nodes; ///< the centres among them; in order of id
    std::vector<EdgeId> edges; ///< in order of id
    friend bool operator==(const Neighbourhood &, const Neighbourhood &) = default;
};

/// What lies up to `depth` lines away from `centres`. A line that is denied is part of it with its other
/// end, but leads no further: nothing passes there. Lines for which `counts` says no are not there.
/// Centres that the graph does not have are left out. Linear in the graph for each step.
Neighbourhood neighbourhood(const TopologyGraph &graph, const std::vector<NodeId> &centres, int depth,
                            ReachDirection direction = ReachDirection::Both,
                            const std::function<bool(const GraphEdge &)> &counts = {});

} // namespace portolan
