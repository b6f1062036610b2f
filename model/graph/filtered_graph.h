#pragma once

#include "model/cluster/cluster_state.h"
#include "model/graph/graph_filter.h"
#include "model/graph/topology_graph.h"

#include <string_view>
#include <unordered_map>
#include <vector>

namespace portolan {

/// Which rules found something about an object.
using FindingsOf = std::unordered_map<ObjectRef, std::vector<std::string_view>>;

/// The part of a graph that a filter asks for; what is left out is counted in its omissions. Ids stay, so
/// that a layout that knows the whole graph places the part alike.
///
/// - A card meets a term by itself or by one of its pods; a Service also by the workload that it stands
///   under, except for its kind. On a machine, pods that do not meet the terms about pods are left out.
/// - `port:` and `verdict:` are about lines: only lines that meet them are kept, and only cards at such
/// lines.
/// - A line is kept where both its ends are. The world, ipBlocks and sets of pods are kept where a line to
///   another card is.
TopologyGraph filteredGraph(const TopologyGraph &graph, const GraphFilter &filter, const ClusterState &state,
                            const FindingsOf &findings);

} // namespace portolan
