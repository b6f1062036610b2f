#pragma once

#include "model/cluster/cluster_state.h"
#include "model/graph/topology_graph.h"
#include "model/layout/layout_engine.h"

#include <string>

namespace portolan::ctl {

/// The graph as indented JSON: groups, nodes, edges and what the map does not draw.
std::string graphJson(const ClusterInfo &info, const TopologyGraph &graph, const LayoutResult &places);

} // namespace portolan::ctl
