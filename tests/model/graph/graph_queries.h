#pragma once

#include "model/graph/graph_builder.h"
#include "tests/fakes/cluster_maker.h"

#include <algorithm>
#include <set>
#include <string>

namespace portolan::checks {

/// Namespaces a and b, with workloads x, y in a and z in b; labels app=<name>.
inline fakes::ClusterMaker twoNamespaces()
{
    fakes::ClusterMaker maker;
    maker.ns("a", {{"team", "red"}});
    maker.ns("b", {{"team", "blue"}});
    for (const char *name : {"x", "y"})
        maker.workload("Deployment", "a", name, 2, {{"app", name}}, {{"web", 8080, Protocol::Tcp}});
    maker.workload("Deployment", "b", "z", 2, {{"app", "z"}}, {{"web", 9090, Protocol::Tcp}});
    return maker;
}

inline TopologyGraph servicesView(const fakes::ClusterMaker &maker, std::set<std::string> hidden = {})
{
    return buildGraph(*maker.state(), {GraphView::Services, std::move(hidden)});
}

/// The node of that kind and label ("ns/label" to say where), or nullptr.
inline const GraphNode *find(const TopologyGraph &graph, NodeKind kind, const std::string &name)
{
    const std::size_t slash = kind == NodeKind::IpBlock ? std::string::npos : name.find('/');
    const std::string label = slash == std::string::npos ? name : name.substr(slash + 1);
    for (const GraphNode &node : graph.nodes) {
        const bool inPlace = slash == std::string::npos || node.object.ns == name.substr(0, slash);
        if (node.kind == kind && node.label == label && inPlace)
            return &node;
    }
    return nullptr;
}

inline const GraphEdge *find(const TopologyGraph &graph, EdgeKind kind, const GraphNode *from,
                             const GraphNode *to)
{
    return from && to ? graph.edge(edgeIdOf(kind, from->id, to->id)) : nullptr;
}

inline const GraphEdge *policyEdge(const TopologyGraph &graph, const std::string &from, const std::string &to)
{
    return find(graph, EdgeKind::PolicyPeer, find(graph, NodeKind::Workload, from),
                find(graph, NodeKind::Workload, to));
}

inline std::size_t countEdges(const TopologyGraph &graph, EdgeKind kind)
{
    return std::size_t(std::count_if(graph.edges.begin(), graph.edges.end(),
                                     [kind](const GraphEdge &edge) { return edge.kind == kind; }));
}

} // namespace portolan::checks
