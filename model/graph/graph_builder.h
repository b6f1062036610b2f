#pragma once

#include "model/cluster/cluster_state.h"
#include "model/graph/topology_graph.h"

#include <set>
#include <string>

namespace portolan {

struct GraphOptions
{
    GraphView view = GraphView::Services;
    std::set<std::string> hiddenNamespaces;
};

/// The graph of a view. Pure, thread-safe, linear in pods and in edges that are drawn.
TopologyGraph buildGraph(const ClusterState &state, const GraphOptions &options);

} // namespace portolan
