#include "ui/canvas/probe_badges.h"

#include "model/layout/card_metrics.h"
#include "model/policy/agreement.h"
#include "ui/canvas/bezier.h"

#include <algorithm>

namespace portolan::ui {

namespace {

bool admitsPort(const GraphEdge &edge, const ProbeRequest &request)
{
    if (edge.ports.empty() || edge.probe.port == request.port)
        return true;
    return std::any_of(edge.ports.begin(), edge.ports.end(), [&](const EdgePort &port) {
        const std::uint16_t last = std::max(port.number, port.endNumber);
        return port.protocol == request.protocol &&
               (port.number == 0 || (request.port >= port.number && request.port <= last));
    });
}

std::uint32_t nodeOf(const MapScene &scene, const ObjectRef &object)
{
    const auto found = scene.nodeByObject.find(object);
    return found == scene.nodeByObject.end() ? noIndex : found->second;
}

bool asks(const MapScene &scene, const MapEdge &edge, const GraphEdge &graphEdge, const ProbeRequest &request)
{
    if (graphEdge.probe == request)
        return true;
    const std::uint32_t from = nodeOf(scene, request.source);
    if (from == noIndex || from != edge.from || !admitsPort(graphEdge, request))
        return false;
    return graphEdge.probe.destination == request.destination ||
           nodeOf(scene, request.destination) == edge.to;
}

} // namespace

bool contradicts(EdgeVerdict verdict, const ProbeResult &probe)
{
    if (verdict != EdgeVerdict::Allowed && verdict != EdgeVerdict::Denied)
        return false;
    const auto predicted = verdict == EdgeVerdict::Denied ? policy::Outcome::Deny : policy::Outcome::Allow;
    return policy::agreementOf(predicted, probe.outcome, probe.request.protocol) ==
           policy::Agreement::Contradicted;
}

void setProbeBadges(MapScene &scene, const TopologyGraph &graph, const std::vector<ProbeResult> &probes)
{
    if (probes.empty())
        return;
    for (MapEdge &edge : scene.edges) {
        const GraphEdge *graphEdge = graph.edge(edge.id);
        if (!graphEdge || (edge.kind == EdgeKind::ServiceEndpoint && !edge.probeable))
            continue;
        const auto newest = std::find_if(probes.begin(), probes.end(), [&](const ProbeResult &probe) {
            return asks(scene, edge, *graphEdge, probe.request);
        });
        if (newest != probes.end())
            edge.badge = MapBadge{newest->outcome, contradicts(edge.verdict, *newest), newest->at};
    }
}

void placeLabel(MapEdge &edge, QPointF labelAt, Size label)
{
    edge.badgeAt = labelAt;
    edge.labelRect = {};
    edge.ageRect = {};
    if (edge.label.isEmpty())
        label = {};
    if (!edge.badge) {
        if (label.width > 0)
            edge.labelRect = {labelAt - QPointF(label.width, label.height) / 2,
                              QSizeF(label.width, label.height)};
        edge.labelBox = edge.labelRect;
        return;
    }
    if (!edge.hasRoom) {
        const QPointF half(badgeDiameter / 2, badgeDiameter / 2);
        edge.labelBox = {labelAt - half, labelAt + half};
        return;
    }
    const EdgeChip chip = edgeChip(label);
    const auto placed = [labelAt](const Rect &part) { return toQt(part).translated(labelAt); };
    const QRectF badge = placed(chip.badge);
    edge.badgeAt = badge.center();
    edge.ageRect = placed(chip.age);
    if (label.width > 0)
        edge.labelRect = placed(chip.label);
    edge.labelBox = badge | edge.ageRect | edge.labelRect;
}

} // namespace portolan::ui
