#include "model/graph/filtered_graph.h"

#include "model/base/ascii_case.h"

#include <algorithm>
#include <unordered_set>

namespace portolan {

namespace {

using Key = GraphFilter::Key;
using Term = GraphFilter::Term;

bool isAboutLines(const Term &term)
{
    return term.key == Key::Port || term.key == Key::Verdict;
}

/// Ends that are nothing by themselves: they are shown for what they are joined to.
bool isFollower(const GraphNode &node)
{
    return node.kind == NodeKind::World || node.kind == NodeKind::IpBlock || node.kind == NodeKind::PodSet;
}

std::string kindOf(const GraphNode &node)
{
    switch (node.kind) {
    case NodeKind::World:
        return "world";
    case NodeKind::IpBlock:
        return "ipblock";
    case NodeKind::PodSet:
        return "podset";
    default:
        return lowered(node.object.type);
    }
}

class FilterMatch
{
public:
    FilterMatch(const GraphFilter &filter, const ClusterState &state, const FindingsOf &findings)
        : m_filter(filter),
          m_state(state),
          m_findings(findings)
    {
    }

    bool node(const GraphNode &node, const GraphNode *attachedTo) const
    {
        return std::all_of(m_filter.terms().begin(), m_filter.terms().end(), [&](const Term &term) {
            if (isAboutLines(term))
                return true;
            const bool byWorkload = attachedTo && term.key != Key::Kind && meets(term, *attachedTo);
            return (meets(term, node) || byWorkload) != term.excludes;
        });
    }

    /// Whether a pod on a machine meets what is said about pods.
    bool dot(const PodDot &dot) const
    {
        return std::all_of(m_filter.terms().begin(), m_filter.terms().end(), [&](const Term &term) {
            if (isAboutLines(term) || term.key == Key::Kind || term.key == Key::Node)
                return true;
            return podMeets(term, dot.pod) != term.excludes;
        });
    }

    bool edge(const GraphEdge &edge) const
    {
        return std::all_of(m_filter.terms().begin(), m_filter.terms().end(), [&](const Term &term) {
            return !isAboutLines(term) || lineMeets(term, edge) != term.excludes;
        });
    }

private:
    static bool anyGlob(const Term &term, std::string_view text)
    {
        const std::string lower = lowered(text);
        return std::any_of(term.values.begin(), term.values.end(),
                           [&](const std::string &value) { return matchesGlob(value, lower); });
    }

    static bool hasLabel(const Term &term, const Labels &labels)
    {
        const std::string *value = labels.find(term.label);
        return value && anyGlob(term, *value);
    }

    static bool anyAddress(const Term &term, const std::vector<std::string> &texts)
    {
        return std::any_of(texts.begin(), texts.end(), [&](const std::string &text) {
            const auto address = IpRange::parse(text);
            return address && std::any_of(term.ranges.begin(), term.ranges.end(),
                                          [&](const IpRange &range) { return range.contains(*address); });
        });
    }

    bool hasFinding(const Term &term, const ObjectRef &object) const
    {
        const auto found = m_findings.find(object);
        return found != m_findings.end() &&
               std::any_of(found->second.begin(), found->second.end(), [&](std::string_view rule) {
                   return std::any_of(term.values.begin(), term.values.end(), [&](const std::string &value) {
                       return matchesGlob("*" + value + "*", rule);
                   });
               });
    }

    bool podMeets(const Term &term, const ObjectRef &ref) const
    {
        switch (term.key) {
        case Key::Name:
            return anyGlob(term, ref.name);
        case Key::Namespace:
            return anyGlob(term, ref.ns);
        case Key::Finding:
            return hasFinding(term, ref);
        default:
            break;
        }
        const Pod *pod = m_state.pods.find(ref.ns, ref.name);
        if (!pod)
            return false;
        return term.key == Key::Label ? hasLabel(term, pod->meta.labels)
               : term.key == Key::Ip  ? anyAddress(term, pod->ips)
                                      : anyGlob(term, pod->nodeName);
    }

    bool meets(const Term &term, const GraphNode &node) const
    {
        if (term.key == Key::Kind) {
            const std::string kind = kindOf(node);
            return std::any_of(term.values.begin(), term.values.end(), [&](const std::string &value) {
                return value == kind || (value == "workload" && node.kind == NodeKind::Workload);
            });
        }
        return meetsItself(term, node) || std::any_of(node.pods.begin(), node.pods.end(),
                                                      [&](const PodDot &d) { return podMeets(term, d.pod); });
    }

    bool meetsItself(const Term &term, const GraphNode &node) const
    {
        const ObjectRef &object = node.object;
        switch (term.key) {
        case Key::Name:
            return anyGlob(term, node.label);
        case Key::Namespace:
            return !object.ns.empty() && anyGlob(term, object.ns);
        case Key::Finding:
            return hasFinding(term, object);
        case Key::Node:
            return node.kind == NodeKind::Machine && anyGlob(term, object.name);
        case Key::Ip:
            return addressMeets(term, node);
        case Key::Label:
            return labelMeets(term, object);
        default:
            return false;
        }
    }

    bool addressMeets(const Term &term, const GraphNode &node) const
    {
        if (node.kind == NodeKind::IpBlock)
            return anyAddress(term, {node.label});
        if (const Service *service = serviceOf(node.object))
            return anyAddress(term, service->clusterIps);
        if (const Node *machine = machineOf(node.object))
            return anyAddress(term, machine->internalIps);
        return false;
    }

    bool labelMeets(const Term &term, const ObjectRef &object) const
    {
        if (const Service *service = serviceOf(object))
            return hasLabel(term, service->meta.labels);
        if (const Node *machine = machineOf(object))
            return hasLabel(term, machine->meta.labels);
        if (object.kind != ObjectKind::Workload)
            return false;
        const Workload *workload = m_state.workloads.find(object.ns, object.name, object.type);
        return workload &&
               (hasLabel(term, workload->templateLabels) || hasLabel(term, workload->meta.labels));
    }

    const Service *serviceOf(const ObjectRef &object) const
    {
        return object.kind == ObjectKind::Service ? m_state.services.find(object.ns, object.name) : nullptr;
    }
    const Node *machineOf(const ObjectRef &object) const
    {
        return object.kind == ObjectKind::Node ? m_state.nodes.find({}, object.name) : nullptr;
    }

    static bool portMeets(const GraphFilter::PortValue &wanted, const EdgePort &port)
    {
        if (wanted.protocol && *wanted.protocol != port.protocol)
            return false;
        if (!wanted.name.empty())
            return matchesGlob(wanted.name, lowered(port.name));
        if (port.number == 0)
            return true;
        const std::uint16_t last = std::max(port.number, port.endNumber);
        return port.number <= wanted.last && wanted.first <= last;
    }

    static bool lineMeets(const Term &term, const GraphEdge &edge)
    {
        if (term.key == Key::Verdict)
            return std::find(term.verdicts.begin(), term.verdicts.end(), edge.verdict) != term.verdicts.end();
        return std::any_of(term.ports.begin(), term.ports.end(), [&](const GraphFilter::PortValue &wanted) {
            // No port at all is any port: by number it is among them, by name it is not.
            return edge.ports.empty()
                       ? wanted.name.empty()
                       : std::any_of(edge.ports.begin(), edge.ports.end(),
                                     [&](const EdgePort &port) { return portMeets(wanted, port); });
        });
    }

    const GraphFilter &m_filter;
    const ClusterState &m_state;
    const FindingsOf &m_findings;
};

} // namespace

TopologyGraph filteredGraph(const TopologyGraph &graph, const GraphFilter &filter, const ClusterState &state,
                            const FindingsOf &findings)
{
    if (filter.isEmpty())
        return graph;
    const FilterMatch match(filter, state, findings);
    std::unordered_set<NodeId> wanted;
    std::unordered_set<NodeId> followers;
    std::unordered_map<NodeId, std::vector<PodDot>> dots; // of machines
    for (const GraphNode &node : graph.nodes) {
        if (isFollower(node))
            followers.insert(node.id);
        if (match.node(node, node.attachedTo.isValid() ? graph.node(node.attachedTo) : nullptr))
            wanted.insert(node.id);
        if (node.kind == NodeKind::Machine)
            std::copy_if(node.pods.begin(), node.pods.end(), std::back_inserter(dots[node.id]),
                         [&](const PodDot &dot) { return match.dot(dot); });
    }
    const bool linesOnly = std::any_of(filter.terms().begin(), filter.terms().end(), isAboutLines);
    std::unordered_set<NodeId> joined;
    TopologyGraph part;
    part.view = graph.view;
    part.chosenEnforcer = graph.chosenEnforcer;
    part.policiesAreEnforced = graph.policiesAreEnforced;
    part.network = graph.network;
    part.filter = filter.text();
    part.groups = graph.groups;
    part.traffic = graph.traffic;
    part.omissions = graph.omissions;
    for (const GraphEdge &edge : graph.edges) {
        const bool hasFrom = wanted.contains(edge.from);
        const bool hasTo = wanted.contains(edge.to);
        const bool ends = (hasFrom || followers.contains(edge.from)) &&
                          (hasTo || followers.contains(edge.to)) && (hasFrom || hasTo);
        if (!ends || !match.edge(edge)) {
            ++part.omissions.filteredEdges;
            continue;
        }
        joined.insert(edge.from);
        joined.insert(edge.to);
        part.edges.push_back(edge);
    }
    std::unordered_set<GroupId> used;
    for (const GraphNode &node : graph.nodes) {
        const bool isAsked = wanted.contains(node.id) && !isFollower(node) && !linesOnly;
        if (!isAsked && !joined.contains(node.id)) {
            ++part.omissions.filteredNodes;
            continue;
        }
        part.nodes.push_back(node);
        if (node.kind == NodeKind::Machine)
            part.nodes.back().pods = std::move(dots[node.id]);
        if (node.group.isValid())
            used.insert(node.group);
    }
    std::erase_if(part.groups,
                  [&](const GraphGroup &group) { return !group.folded && !used.contains(group.id); });
    indexGraph(part);
    return part;
}

} // namespace portolan
