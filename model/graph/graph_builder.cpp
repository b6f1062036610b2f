#include "model/graph/graph_builder.h"

#include "model/cluster/read_gaps.h"
#include "model/graph/views.h"

#include <algorithm>
#include <functional>

namespace portolan {

TopologyGraph buildGraph(const policy::PolicyModel &policies, const GraphOptions &options)
{
    const ClusterState &state = policies.endpoints().state();
    TopologyGraph graph;
    graph.view = options.view;
    graph.chosenEnforcer = policies.chosenEnforcer();
    graph.omissions.unreadResources =
        std::uint32_t(std::count_if(state.gaps.begin(), state.gaps.end(), std::not_fn(isLeftOut)));
    if (options.view == GraphView::Nodes)
        graph::buildNodesView(state, options, graph);
    else
        graph::buildServicesView(policies, options, graph);
    indexGraph(graph);
    return graph;
}

TopologyGraph buildGraph(const ClusterState &state, const GraphOptions &options)
{
    // The model keeps its state alive; this one lives as long as the call.
    const ClusterStatePtr borrowed(ClusterStatePtr(), &state);
    return buildGraph(*policy::PolicyModel::make(borrowed, {options.enforcer, false}), options);
}

} // namespace portolan
