#include "ui/canvas/probe_badges.h"

#include "ui/canvas/bezier.h"

#include <QLineF>

#include <algorithm>
#include <cmath>

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
    if (verdict == EdgeVerdict::Denied)
        return probe.outcome == ProbeOutcome::Reached;
    const bool lost = probe.outcome == ProbeOutcome::Timeout || probe.outcome == ProbeOutcome::NoRoute;
    return verdict == EdgeVerdict::Allowed && lost && probe.request.protocol != Protocol::Udp;
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

void placeLabel(MapEdge &edge, std::span<const Point> points, QPointF labelAt, QSizeF label)
{
    const PathSpot spot = spotAt(points, nearestFraction(points, labelAt));
    const bool apart = QLineF(spot.at, labelAt).length() > badgeDiameter;
    edge.badgeAt = apart ? labelAt : spot.at;
    edge.labelRect = {};
    if (!edge.label.isEmpty()) {
        QPointF centre = labelAt;
        if (edge.badge && std::abs(spot.direction.x()) > 0.8)
            centre = edge.badgeAt - QPointF(0, (badgeDiameter + label.height()) / 2 + 1);
        else if (edge.badge)
            centre = edge.badgeAt + QPointF((badgeDiameter + label.width()) / 2, 0);
        edge.labelRect = {centre - QPointF(label.width(), label.height()) / 2, label};
    }
    edge.labelBox = edge.labelRect;
    if (edge.badge) {
        const QPointF half(badgeDiameter / 2, badgeDiameter / 2);
        edge.labelBox |= QRectF(edge.badgeAt - half, edge.badgeAt + half);
    }
}

} // namespace portolan::ui
