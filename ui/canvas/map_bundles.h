#pragma once

#include "ui/canvas/map_scene.h"

namespace portolan::ui {

/// Sums the lines of a scene into its bundles, with their curves, and finds the ends that nearly all go to.
/// Sets MapGroup::inside and MapEdge::bundle as well. Called once, after groups, nodes and edges.
void addBundles(MapScene &scene);

/// The part of a bundle's end that its curve begins at.
QRectF endRectOf(const MapScene &scene, MapItem end);

} // namespace portolan::ui
