#include "ui/mainwindow/subject_name.h"

#include <string>

namespace portolan::ui {

namespace {

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    return text;
}

bool isNamed(const GraphNode *node, std::string_view name)
{
    if (!node)
        return false;
    if (node->kind == NodeKind::World)
        return name == "world";
    const std::string full =
        node->object.ns.empty() ? node->object.name : node->object.ns + "/" + node->object.name;
    return name == (node->object.isValid() ? full : node->label);
}

std::optional<Subject> lineNamed(const TopologyGraph &graph, std::string_view from, std::string_view to)
{
    const GraphEdge *found = nullptr;
    for (const GraphEdge &edge : graph.edges) {
        if (!isNamed(graph.node(edge.from), from) || !isNamed(graph.node(edge.to), to))
            continue;
        // Of several lines the one that says most: policy before service.
        if (!found || edge.kind == EdgeKind::PolicyPeer)
            found = &edge;
    }
    return found ? std::optional(Subject::of(found->id)) : std::nullopt;
}

template<class T>
void look(const ObjectTable<T> &table, std::string_view ns, std::string_view name,
          std::optional<Subject> &found)
{
    if (found)
        return;
    if (const T *object = table.find(ns, name))
        found = Subject::of(refOf(*object));
}

} // namespace

std::optional<Subject> subjectNamed(const TopologyFrame &frame, std::string_view name)
{
    for (const std::string_view arrow : {"->", "→"}) {
        const std::size_t at = name.find(arrow);
        if (at != std::string_view::npos)
            return frame.graph ? lineNamed(*frame.graph, trimmed(name.substr(0, at)),
                                           trimmed(name.substr(at + arrow.size())))
                               : std::nullopt;
    }
    name = trimmed(name);
    const std::size_t slash = name.find('/');
    const std::string_view ns = slash == std::string_view::npos ? "" : name.substr(0, slash);
    const std::string_view object = slash == std::string_view::npos ? name : name.substr(slash + 1);
    const ClusterState &state = *frame.state;
    std::optional<Subject> found;
    if (ns.empty()) {
        look(state.nodes, "", object, found);
        look(state.namespaces, "", object, found);
        look(state.others, "", object, found); // GlobalNetworkPolicy and the like
        return found;
    }
    look(state.workloads, ns, object, found);
    look(state.services, ns, object, found);
    look(state.pods, ns, object, found);
    look(state.networkPolicies, ns, object, found);
    look(state.ingresses, ns, object, found);
    look(state.others, ns, object, found);
    return found;
}

} // namespace portolan::ui
