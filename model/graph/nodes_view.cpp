#include "model/cluster/cni_agents.h"
#include "model/graph/views.h"

#include <algorithm>
#include <map>
#include <set>

namespace portolan::graph {

namespace {

/// Of more machines the lines are a tangle that nobody follows (66 between twelve), and what joins them is
/// said in words.
constexpr std::size_t mostInMesh = 6;
/// At machines with a problem: those of one machine among 25. With more, the cards' own marks say it.
constexpr std::size_t mostAtProblems = 24;

std::string machineDetail(const Node &node, const std::vector<std::string> &podNetworks)
{
    std::string detail = podNetworks.empty() ? "" : podNetworks.front();
    if (podNetworks.size() > 1)
        detail += " +" + std::to_string(podNetworks.size() - 1);
    if (!node.internalIps.empty())
        detail += (detail.empty() ? "" : " · ") + node.internalIps.front();
    return detail;
}

GraphNode machine(const Node &node, const PodNetworks &networks, const ConfiguredMtu &mtu)
{
    GraphNode card;
    card.kind = NodeKind::Machine;
    card.object = refOf(node);
    card.id = nodeIdOf(card.kind, card.object);
    card.label = node.meta.name;
    card.detail = machineDetail(node, networks.of(node));
    if (mtu.kind == ConfiguredMtu::Kind::Given)
        card.note = "MTU " + std::to_string(mtu.bytes);
    return card;
}

GraphEdge linkBetween(const NodeNetwork &network, const Node &a, const Node &b)
{
    GraphEdge edge;
    edge.kind = EdgeKind::MachineLink;
    edge.from = nodeIdOf(NodeKind::Machine, refOf(a));
    edge.to = nodeIdOf(NodeKind::Machine, refOf(b));
    edge.id = edgeIdOf(edge.kind, edge.from, edge.to);
    edge.because = network.because;
    edge.join = joinOf(network, a, b);
    return edge;
}

/// Machines on which something is wrong that concerns the way to others.
std::set<std::string_view> machinesInDoubt(const ClusterState &state,
                                           const std::map<std::string, CniAgent> &agents)
{
    std::set<std::string_view> names;
    for (const auto &node : state.nodes) {
        const auto agent = agents.find(node->meta.name);
        if (!node->ready || (agent != agents.end() && !agent->second.ready))
            names.insert(node->meta.name);
    }
    return names;
}

/// Between each two machines while they are few; of many only those at a machine with a problem, while these
/// are few.
void addLinks(const ClusterState &state, TopologyGraph &graph)
{
    const NodeNetwork &network = *graph.network;
    if (network.doubt == JoinDoubt::NoAgent)
        return;
    const auto nodes = state.nodes.all();
    const std::size_t count = nodes.size();
    const std::size_t pairs = count * (count - std::min<std::size_t>(count, 1)) / 2;
    const bool isMesh = count <= mostInMesh;
    const auto agents = cniAgents(state);
    const std::set<std::string_view> doubtful = machinesInDoubt(state, agents);
    const std::size_t calm = count - doubtful.size();
    const std::size_t atProblems = pairs - calm * (calm - std::min<std::size_t>(calm, 1)) / 2;
    for (std::size_t i = 0; i < count && (isMesh || atProblems <= mostAtProblems); ++i) {
        const bool isDoubtful = doubtful.contains(nodes[i]->meta.name);
        for (std::size_t k = i + 1; k < count; ++k) {
            if (isMesh || isDoubtful || doubtful.contains(nodes[k]->meta.name))
                graph.edges.push_back(linkBetween(network, *nodes[i], *nodes[k]));
        }
    }
    graph.omissions.machineLinks = std::uint32_t(pairs - graph.edges.size());
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
    graph.network = nodeNetwork(state);
    const PodNetworks networks(state);
    for (const auto &node : state.nodes)
        machines.emplace(node->meta.name, machine(*node, networks, graph.network->mtu));
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
    addLinks(state, graph);
}

} // namespace portolan::graph
