#pragma once

#include "model/cluster/cluster_state.h"
#include "model/graph/topology_graph.h"
#include "model/layout/layout_engine.h"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace portolan::ctl {

/// The graph of the state as indented JSON: groups, nodes, edges and what the map does not draw. With
/// `places` (or null) also where each thing stands, in pixels of the unscaled map: "rect" is [x, y, width,
/// height], "path" a start point and cubic Bézier segments, x and y in turn.
std::string graphJson(const ClusterState &state, const TopologyGraph &graph, const LayoutResult *places);

/// What could not be read, each with its scope and the reason.
nlohmann::ordered_json gapsJson(const ClusterState &state);

} // namespace portolan::ctl
