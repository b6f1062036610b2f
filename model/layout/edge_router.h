#pragma once

#include "model/layout/layout_engine.h"

namespace portolan::layout {

/// Draws the edges of `graph` between the places in `result` and finds room for their labels: free curves
/// from side to side where no card is in the way, else along the gaps between cards and boxes. Lines that
/// end at the same side of a card end apart from one another. A line of `previous` whose ends stand where
/// they stood stays, unless a card is in its way now.
/// Errors: none; stops early, with what it has, once `cancel` fires.
void routeEdges(const TopologyGraph &graph, const MapFonts &fonts, const LayoutResult *previous,
                const CancelToken &cancel, LayoutResult &result);

} // namespace portolan::layout
