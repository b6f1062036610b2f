#pragma once

#include "model/graph/cluster_index.h"
#include "model/graph/graph_builder.h"

namespace portolan::graph {

/// Fill groups, nodes, edges and omissions of a graph of their view; order is made afterwards.
void buildServicesView(const policy::PolicyModel &policies, const GraphOptions &options,
                       TopologyGraph &graph);
void buildNodesView(const ClusterState &state, const GraphOptions &options, TopologyGraph &graph);

} // namespace portolan::graph
