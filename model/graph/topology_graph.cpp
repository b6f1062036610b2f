#include "model/graph/topology_graph.h"

#include <algorithm>
#include <numeric>
#include <string_view>
#include <tuple>

namespace portolan {

namespace {

constexpr std::uint64_t fnvOffset = 0xcbf29ce484222325ULL;
constexpr std::uint64_t fnvPrime = 0x100000001b3ULL;

std::uint64_t hashed(std::uint64_t seed, std::string_view text)
{
    for (const char c : text)
        seed = (seed ^ std::uint8_t(c)) * fnvPrime;
    // A byte that no name contains keeps ("a", "bc") and ("ab", "c") apart.
    return (seed ^ 0xff) * fnvPrime;
}

std::uint64_t hashed(std::uint64_t seed, std::uint64_t number)
{
    for (int shift = 0; shift < 64; shift += 8)
        seed = (seed ^ ((number >> shift) & 0xff)) * fnvPrime;
    return seed;
}

std::uint64_t hashed(std::uint64_t seed, const ObjectRef &object)
{
    return hashed(hashed(hashed(seed, object.type), object.ns), object.name);
}

/// 0 is "none", so no identity may be 0.
std::uint64_t asId(std::uint64_t hash)
{
    return hash ? hash : fnvOffset;
}

template<class Item, class Id>
const Item *found(const std::vector<Item> &items, const std::vector<std::uint32_t> &order, Id id)
{
    if (order.size() == items.size()) {
        const auto at = std::lower_bound(order.begin(), order.end(), id, [&](std::uint32_t place, Id wanted) {
            return items[place].id < wanted;
        });
        return at != order.end() && items[*at].id == id ? &items[*at] : nullptr;
    }
    const auto at = std::find_if(items.begin(), items.end(), [&](const Item &item) { return item.id == id; });
    return at == items.end() ? nullptr : &*at;
}

template<class Item>
std::vector<std::uint32_t> orderOf(const std::vector<Item> &items)
{
    std::vector<std::uint32_t> order(items.size());
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(),
              [&](std::uint32_t a, std::uint32_t b) { return items[a].id < items[b].id; });
    return order;
}

} // namespace

const GraphNode *TopologyGraph::node(NodeId id) const
{
    return found(nodes, nodeOrder, id);
}

const GraphEdge *TopologyGraph::edge(EdgeId id) const
{
    return found(edges, edgeOrder, id);
}

const GraphGroup *TopologyGraph::group(GroupId id) const
{
    static const std::vector<std::uint32_t> none;
    return found(groups, none, id);
}

const EdgeTraffic *TopologyGraph::trafficOn(EdgeId id) const
{
    const auto at = std::lower_bound(traffic.begin(), traffic.end(), id,
                                     [](const EdgeTraffic &one, EdgeId wanted) { return one.edge < wanted; });
    return at != traffic.end() && at->edge == id ? &*at : nullptr;
}

FlowCounts countsOf(const EdgeTraffic &traffic, const FlowLog &log)
{
    FlowCounts counts;
    for (const std::uint32_t place : traffic.flows)
        counts.add(log.flows[place]);
    return counts;
}

void indexGraph(TopologyGraph &graph)
{
    std::sort(graph.groups.begin(), graph.groups.end(), [](const GraphGroup &a, const GraphGroup &b) {
        return std::tie(a.label, a.id) < std::tie(b.label, b.id);
    });
    std::sort(graph.nodes.begin(), graph.nodes.end(), [](const GraphNode &a, const GraphNode &b) {
        return std::tie(a.group, a.label, a.id) < std::tie(b.group, b.label, b.id);
    });
    std::sort(graph.edges.begin(), graph.edges.end(), [](const GraphEdge &a, const GraphEdge &b) {
        return std::tie(a.from, a.to, a.kind, a.id) < std::tie(b.from, b.to, b.kind, b.id);
    });
    graph.nodeOrder = orderOf(graph.nodes);
    graph.edgeOrder = orderOf(graph.edges);
    std::erase_if(graph.traffic, [&](const EdgeTraffic &one) { return !graph.edge(one.edge); });
    std::sort(graph.traffic.begin(), graph.traffic.end(),
              [](const EdgeTraffic &a, const EdgeTraffic &b) { return a.edge < b.edge; });
}

NodeId nodeIdOf(NodeKind kind, const ObjectRef &object)
{
    return {asId(hashed(hashed(fnvOffset, std::uint64_t(kind) + 1), object))};
}

GroupId groupIdOf(const ObjectRef &object)
{
    return {asId(hashed(hashed(fnvOffset, std::uint64_t{0x67}), object))};
}

EdgeId edgeIdOf(EdgeKind kind, NodeId from, NodeId to)
{
    return {asId(hashed(hashed(hashed(fnvOffset, std::uint64_t(kind) + 1), from.value), to.value))};
}

} // namespace portolan
