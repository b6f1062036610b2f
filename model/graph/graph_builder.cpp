#include "model/graph/graph_builder.h"

#include "model/graph/views.h"

namespace portolan {

TopologyGraph buildGraph(const ClusterState &state, const GraphOptions &options)
{
    TopologyGraph graph;
    graph.view = options.view;
    graph.omissions.unreadResources = std::uint32_t(state.gaps.size());
    if (options.view == GraphView::Nodes)
        graph::buildNodesView(state, options, graph);
    else
        graph::buildServicesView(state, options, graph);
    indexGraph(graph);
    return graph;
}

} // namespace portolan
