#include "model/graph/views.h"

#include <map>

namespace portolan::graph {

namespace {

std::string machineDetail(const Node &node)
{
    std::string detail;
    for (const std::string *part : {node.podCidrs.empty() ? nullptr : &node.podCidrs.front(),
                                    node.internalIps.empty() ? nullptr : &node.internalIps.front()}) {
        if (part)
            detail += (detail.empty() ? "" : " · ") + *part;
    }
    return detail;
}

GraphNode machine(const Node &node)
{
    GraphNode card;
    card.kind = NodeKind::Machine;
    card.object = refOf(node);
    card.id = nodeIdOf(card.kind, card.object);
    card.label = node.meta.name;
    card.detail = machineDetail(node);
    return card;
}

/// A node that some pod names and that cannot be read, or, for "", the place of pods that are on none.
GraphNode placeWithoutNode(std::string_view name)
{
    GraphNode card;
    card.kind = NodeKind::Machine;
    if (!name.empty())
        card.object = {ObjectKind::Node, "Node", {}, std::string(name)};
    card.id = nodeIdOf(card.kind, card.object);
    card.label = name.empty() ? "unscheduled" : std::string(name);
    return card;
}

} // namespace

void buildNodesView(const ClusterState &state, const GraphOptions &options, TopologyGraph &graph)
{
    std::map<std::string_view, GraphNode> machines;
    for (const auto &node : state.nodes)
        machines.emplace(node->meta.name, machine(*node));
    for (const auto &pod : state.pods) {
        if (options.hiddenNamespaces.contains(pod->meta.ns))
            continue;
        if (pod->phase == PodPhase::Succeeded || pod->phase == PodPhase::Failed) {
            ++graph.omissions.finishedPods;
            continue;
        }
        auto at = machines.find(pod->nodeName);
        if (at == machines.end())
            at = machines.emplace(pod->nodeName, placeWithoutNode(pod->nodeName)).first;
        at->second.pods.push_back({refOf(*pod), healthOf(*pod)});
    }
    for (auto &[name, node] : machines)
        graph.nodes.push_back(std::move(node));
}

} // namespace portolan::graph
