#pragma once

#include "model/layout/layout_engine.h"

namespace portolan::layout {

/// Draws the edges of `graph` between the places in `result` and finds room for their labels.
void routeEdges(const TopologyGraph &graph, const MapFonts &fonts, LayoutResult &result);

} // namespace portolan::layout
