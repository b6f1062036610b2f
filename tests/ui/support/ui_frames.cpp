#include "tests/ui/support/ui_frames.h"

#include "model/layout/layout_engine.h"
#include "tests/fakes/shop_cluster.h"

namespace portolan::uitest {

TopologyFramePtr frameOf(const ClusterStatePtr &state, GraphView view)
{
    const auto policies = policy::PolicyModel::make(state);
    auto graph = std::make_shared<TopologyGraph>(buildGraph(*policies, {view, {}}));
    indexGraph(*graph);
    auto layout = makeNamespaceLayout({})->layout({graph, defaultMapFonts(), {}, 1.6}, {});
    auto frame = std::make_shared<TopologyFrame>();
    frame->generation = state->generation;
    frame->state = state;
    frame->nodeFacts = nodeFactsOf(*state);
    frame->policies = policies;
    frame->graph = graph;
    frame->layout = std::make_shared<const LayoutResult>(std::move(layout).value());
    frame->findings = std::make_shared<const std::vector<Finding>>(findFindings(*policies));
    return frame;
}

ClusterStatePtr shopState(SourceKind source)
{
    auto state = std::make_shared<ClusterState>(*fakes::shopCluster().state());
    state->info.source = source;
    state->info.contextName = "prod-eu1";
    state->info.serverVersion = "v1.34.1";
    if (source != SourceKind::Live)
        state->info.recordedAt = parseRfc3339("2026-11-22T14:32:07Z").value();
    return state;
}

ClusterStatePtr withoutPod(const ClusterStatePtr &state, const std::string &ns, const std::string &name)
{
    ClusterDelta delta;
    delta.removed.push_back({ObjectKind::Pod, "Pod", ns, name});
    return applied(state, delta);
}

EdgeId edgeTo(const TopologyFrame &frame, const std::string &toNs, const std::string &to)
{
    for (const GraphEdge &edge : frame.graph->edges) {
        const GraphNode *node = frame.graph->node(edge.to);
        if (edge.probe.source.isValid() && node && node->object.ns == toNs && node->object.name == to)
            return edge.id;
    }
    return {};
}

} // namespace portolan::uitest
