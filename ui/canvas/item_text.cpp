#include "ui/canvas/flow_text.h"
#include "ui/canvas/link_text.h"
#include "ui/canvas/map_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace portolan::ui {

namespace {

struct MapWords
{
    Q_DECLARE_TR_FUNCTIONS(MapWords)
};

QString isolationText(const GraphNode &node)
{
    if (node.ingressIsolated && node.egressIsolated)
        return MapWords::tr("isolated by policy in both directions");
    if (node.ingressIsolated)
        return MapWords::tr("isolated by policy for incoming traffic");
    if (node.egressIsolated)
        return MapWords::tr("isolated by policy for outgoing traffic");
    return {};
}

QString kindText(const GraphNode &node)
{
    switch (node.kind) {
    case NodeKind::Service:
        return MapWords::tr("Service");
    case NodeKind::Ingress:
        return MapWords::tr("Ingress");
    case NodeKind::Machine:
        return MapWords::tr("Node");
    case NodeKind::IpBlock:
        return MapWords::tr("Addresses");
    case NodeKind::PodSet:
        return MapWords::tr("Pods");
    case NodeKind::Workload:
    case NodeKind::Pod:
    case NodeKind::World:
        break;
    }
    return plainLine(node.object.type);
}

/// "shop/web", "node-a", "world".
QString pathText(const GraphNode &node)
{
    if (node.kind == NodeKind::World)
        return worldText();
    const QString name = node.label.empty() ? MapWords::tr("any pod") : plainLine(machineOrName(node));
    return node.object.ns.empty() ? name : plainLine(node.object.ns) + QLatin1Char('/') + name;
}

QString findingText(const std::optional<Severity> &finding)
{
    if (!finding)
        return {};
    switch (*finding) {
    case Severity::Problem:
        return MapWords::tr("has a problem");
    case Severity::Warning:
        return MapWords::tr("has a warning");
    case Severity::Note:
        break;
    }
    return MapWords::tr("has a note");
}

QString pinText(bool pinned)
{
    return pinned ? MapWords::tr("pinned", "to its place on the map") : QString();
}

QStringList nodeLines(const MapScene &scene, std::uint32_t index)
{
    const GraphNode &node = scene.graphNode(index);
    QStringList lines{(kindText(node) + QLatin1Char(' ') + pathText(node)).trimmed()};
    if (node.kind == NodeKind::Service || node.kind == NodeKind::Ingress || node.kind == NodeKind::Machine ||
        node.kind == NodeKind::IpBlock)
        lines << plainLine(node.detail) << plainLine(node.note);
    if (node.kind == NodeKind::Workload || node.kind == NodeKind::Pod || node.kind == NodeKind::Machine)
        lines << podCountText(node.pods);
    lines << scene.nodes[index].agent;
    if (node.withoutEndpoints)
        lines << MapWords::tr("no endpoints");
    lines << isolationText(node) << findingText(scene.nodes[index].finding)
          << pinText(scene.nodes[index].pinned);
    lines.removeAll(QString());
    return lines;
}

QString edgeKindText(EdgeKind kind)
{
    switch (kind) {
    case EdgeKind::ServiceEndpoint:
        return MapWords::tr("service to its endpoints");
    case EdgeKind::IngressService:
        return MapWords::tr("from outside to a service");
    case EdgeKind::PolicyPeer:
        return MapWords::tr("named by a policy");
    case EdgeKind::Observed:
        return MapWords::tr("probed or observed, named by no policy");
    case EdgeKind::MachineLink:
        return MapWords::tr("between two machines");
    }
    return {};
}

QStringList linkLines(const MapScene &scene, std::uint32_t index)
{
    const MapEdge &link = scene.edges[index];
    const std::optional<NodeNetwork> &network = scene.frame->graph->network;
    QStringList lines{pathText(scene.graphNode(link.from)) + QStringLiteral(" ↔ ") +
                      pathText(scene.graphNode(link.to))};
    lines << joinText(link.join)
          << doubtText(scene.graphEdge(index).join.doubt, network ? network->subject : std::string());
    if (link.finding)
        lines << (*link.finding == Severity::Problem ? MapWords::tr("a machine has a problem")
                                                     : MapWords::tr("a machine has a warning"));
    lines.removeAll(QString());
    return lines;
}

QStringList edgeLines(const MapScene &scene, std::uint32_t index, WallTime now)
{
    const MapEdge &edge = scene.edges[index];
    if (edge.kind == EdgeKind::MachineLink)
        return linkLines(scene, index);
    const GraphEdge &graphEdge = scene.graphEdge(index);
    QStringList lines{pathText(scene.graphNode(edge.from)) + QStringLiteral(" → ") +
                      pathText(scene.graphNode(edge.to))};
    const QString verdict = verdictText(edge.kind, edge.verdict);
    lines << (verdict.isEmpty() ? edgeKindText(edge.kind) : verdict);
    if (const QString ports = plainLine(edgeLabel(graphEdge)); !ports.isEmpty())
        lines << MapWords::tr("port %1").arg(ports);
    if (edge.badge) {
        lines << MapWords::tr("probe: %1, %2 ago", "outcome, age")
                     .arg(outcomeText(edge.badge->outcome), ageText(edge.badge->at, now));
        if (edge.badge->disagrees)
            lines << MapWords::tr("policy and probe disagree");
    }
    if (edge.traffic)
        lines << flowCountsText(edge.traffic->counts, edge.traffic->perMinute);
    for (std::size_t i = 0; i < graphEdge.because.size() && i < 4; ++i)
        lines << plainLine(graphEdge.because[i].toString());
    return lines;
}

QString countsText(const VerdictCounts &counts)
{
    QStringList words{counts.total() == 1 ? MapWords::tr("1 line")
                                          : MapWords::tr("%1 lines").arg(counts.total())};
    const auto add = [&words](std::uint32_t count, const QString &text) {
        if (count > 0)
            words << text.arg(count);
    };
    add(counts.denied, MapWords::tr("%1 denied"));
    add(counts.unknown, MapWords::tr("%1 unknown"));
    add(counts.mixed, MapWords::tr("%1 for some pods"));
    add(counts.allowed, MapWords::tr("%1 allowed"));
    return words.join(QLatin1String(", "));
}

QStringList findingCountLines(const MapGroup &group)
{
    const auto &[problems, warnings, notes] = group.findingCounts;
    QStringList lines;
    if (problems > 0)
        lines << (problems == 1 ? MapWords::tr("1 problem") : MapWords::tr("%1 problems").arg(problems));
    if (warnings > 0)
        lines << (warnings == 1 ? MapWords::tr("1 warning") : MapWords::tr("%1 warnings").arg(warnings));
    return lines;
}

QStringList groupLines(const MapScene &scene, std::uint32_t index)
{
    const MapGroup &group = scene.groups[index];
    const GraphGroup *graphGroup = scene.frame->graph->group(group.id);
    QStringList lines{graphGroup ? plainLine(graphGroup->object.toString()) : group.title, group.note,
                      group.podsText};
    if (group.podsNotReady > 0)
        lines << MapWords::tr("%1 not ready").arg(group.podsNotReady);
    if (group.inside.total() > 0)
        lines << MapWords::tr("inside: %1").arg(countsText(group.inside));
    lines << findingText(group.finding) << findingCountLines(group) << pinText(group.pinned);
    lines.removeAll(QString());
    return lines;
}

QString endText(const MapScene &scene, MapItem end)
{
    return end.kind == MapItem::Kind::Group ? scene.groups[end.index].name
                                            : pathText(scene.graphNode(end.index));
}

/// One line for each direction that there is.
QStringList bundleLines(const MapScene &scene, std::uint32_t index)
{
    const MapBundle &bundle = scene.bundles[index];
    const QString first = endText(scene, bundle.first), second = endText(scene, bundle.second);
    QStringList lines;
    const auto add = [&lines](const QString &from, const QString &to, const VerdictCounts &counts) {
        if (counts.total() > 0)
            lines << from + QStringLiteral(" → ") + to << countsText(counts);
    };
    add(first, second, bundle.forward);
    add(second, first, bundle.backward);
    return lines;
}

} // namespace

QStringList itemLines(const MapScene &scene, MapItem item, WallTime now)
{
    switch (item.kind) {
    case MapItem::Kind::Node:
        return nodeLines(scene, item.index);
    case MapItem::Kind::Edge:
        return edgeLines(scene, item.index, now);
    case MapItem::Kind::Group:
        return groupLines(scene, item.index);
    case MapItem::Kind::Bundle:
        return bundleLines(scene, item.index);
    case MapItem::Kind::None:
        break;
    }
    return {};
}

QString itemName(const MapScene &scene, MapItem item, WallTime now)
{
    return itemLines(scene, item, now).join(QLatin1String(", "));
}

} // namespace portolan::ui
