#pragma once

#include "model/graph/topology_graph.h"

#include <string>

namespace portolan::checks {

/// A graph of cards and lines alone, for what asks nothing of a cluster.
class PlainGraph
{
public:
    NodeId card(const std::string &ns, const std::string &name)
    {
        GraphNode node;
        node.object = {ObjectKind::Workload, "Deployment", ns, name};
        node.id = nodeIdOf(NodeKind::Workload, node.object);
        node.label = name;
        if (!ns.empty())
            node.group = group(ns);
        m_graph.nodes.push_back(node);
        return node.id;
    }

    static GroupId group(const std::string &ns)
    {
        return groupIdOf({ObjectKind::Namespace, "Namespace", "", ns});
    }

    EdgeId line(NodeId from, NodeId to, EdgeVerdict verdict = EdgeVerdict::Allowed,
                EdgeKind kind = EdgeKind::PolicyPeer)
    {
        GraphEdge edge;
        edge.id = edgeIdOf(kind, from, to);
        edge.from = from;
        edge.to = to;
        edge.kind = kind;
        edge.verdict = verdict;
        m_graph.edges.push_back(edge);
        return edge.id;
    }

    TopologyGraph done() const
    {
        TopologyGraph graph = m_graph;
        indexGraph(graph);
        return graph;
    }

private:
    TopologyGraph m_graph;
};

} // namespace portolan::checks
