#pragma once

#include "ui/canvas/map_scene.h"

#include <vector>

namespace portolan::ui {

/// Gives every edge of `scene` the newest of `probes` (latest first) that asked what the edge stands for:
/// the same request, or one from a pod of its start to its end on one of its ports.
void setProbeBadges(MapScene &scene, const TopologyGraph &graph, const std::vector<ProbeResult> &probes);

/// True where a probe contradicts the policies' verdict. Only what is certain counts: a refusal may come
/// from a CNI that rejects or from a closed port, and UDP that stays silent may have arrived.
bool contradicts(EdgeVerdict verdict, const ProbeResult &probe);

/// Sets labelRect, badgeAt and labelBox of `edge`, whose path is `points`. A label alone stands where layout
/// put it; with a badge on the line, it stands above the badge, or beside it where the line runs upright.
void placeLabel(MapEdge &edge, std::span<const Point> points, QPointF labelAt, QSizeF label);

inline constexpr double badgeDiameter = 18;

} // namespace portolan::ui
