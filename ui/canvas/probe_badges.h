#pragma once

#include "model/layout/geometry.h"
#include "ui/canvas/map_scene.h"

#include <vector>

namespace portolan::ui {

/// Gives every edge of `scene` the newest of `probes` (latest first) that asked what the edge stands for:
/// the same request, or one from a pod of its start to its end on one of its ports.
void setProbeBadges(MapScene &scene, const TopologyGraph &graph, const std::vector<ProbeResult> &probes);

/// True where a probe contradicts the policies' verdict. Only what is certain counts: a refusal may come
/// from a CNI that rejects or from a closed port, and UDP that stays silent may have arrived.
bool contradicts(EdgeVerdict verdict, const ProbeResult &probe);

/// Sets labelRect, badgeAt, ageRect and labelBox of `edge`. A label alone stands in the middle of the place
/// that layout found; with a badge they fill it as edgeChip() says.
void placeLabel(MapEdge &edge, QPointF labelAt, Size label);

} // namespace portolan::ui
