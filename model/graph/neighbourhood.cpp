#include "model/graph/neighbourhood.h"

#include <algorithm>
#include <set>
#include <unordered_set>

namespace portolan {

namespace {

class Walk
{
public:
    Walk(const TopologyGraph &graph, const std::function<bool(const GraphEdge &)> &counts)
        : m_graph(graph),
          m_counts(counts)
    {
    }

    void go(const std::vector<NodeId> &centres, int depth, bool onward)
    {
        std::unordered_set<NodeId> seen;
        for (const NodeId centre : centres) {
            if (m_graph.node(centre))
                seen.insert(centre);
        }
        nodes.insert(seen.begin(), seen.end());
        std::unordered_set<NodeId> front = seen;
        for (int step = 0; step < depth && !front.empty(); ++step) {
            std::unordered_set<NodeId> next;
            for (const GraphEdge &edge : m_graph.edges)
                follow(edge, onward, front, next);
            std::erase_if(next, [&seen](NodeId node) { return !seen.insert(node).second; });
            front = std::move(next);
        }
    }

    std::set<NodeId> nodes;
    std::set<EdgeId> edges;

private:
    void follow(const GraphEdge &edge, bool onward, const std::unordered_set<NodeId> &front,
                std::unordered_set<NodeId> &next)
    {
        const NodeId near = onward ? edge.from : edge.to, far = onward ? edge.to : edge.from;
        if (!front.contains(near) || (m_counts && !m_counts(edge)))
            return;
        edges.insert(edge.id);
        nodes.insert(far);
        if (edge.verdict != EdgeVerdict::Denied)
            next.insert(far);
    }

    const TopologyGraph &m_graph;
    const std::function<bool(const GraphEdge &)> &m_counts;
};

} // namespace

Neighbourhood neighbourhood(const TopologyGraph &graph, const std::vector<NodeId> &centres, int depth,
                            ReachDirection direction, const std::function<bool(const GraphEdge &)> &counts)
{
    Walk walk(graph, counts);
    if (direction != ReachDirection::Backward)
        walk.go(centres, depth, true);
    if (direction != ReachDirection::Onward)
        walk.go(centres, depth, false);
    return {{walk.nodes.begin(), walk.nodes.end()}, {walk.edges.begin(), walk.edges.end()}};
}

} // namespace portolan
