#pragma once

#include "model/cluster/cluster_state.h"
#include "model/graph/graph_filter.h"
#include "model/graph/topology_graph.h"
#include "model/policy/policy_model.h"

#include <optional>
#include <set>
#include <string>

namespace portolan {

struct GraphOptions
{
    GraphView view = GraphView::Services;
    std::set<std::string> hiddenNamespaces;
    /// Who is taken to enforce policies; nothing: who is detected. The affair of who makes the PolicyModel.
    std::optional<policy::Enforcer> enforcer{};
    GraphFilter filter{}; ///< the session's affair: it knows findings; buildGraph() gives the whole graph
};

/// The graph of a view of the cluster that the policies are of. Pure, thread-safe, linear in pods and in
/// edges that are drawn.
TopologyGraph buildGraph(const policy::PolicyModel &policies, const GraphOptions &options);
/// The same with policies that are compiled for it, by the enforcer of the options.
TopologyGraph buildGraph(const ClusterState &state, const GraphOptions &options);

} // namespace portolan
