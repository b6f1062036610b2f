#pragma once

#include "model/layout/layout_engine.h"

#include <unordered_set>

namespace portolan::layout {

/// Finds room for the labels of edges on their lines: over no card, no title of a box and no other label.
/// Those that are not in `fresh` stay where they are as long as nothing stands there now.
void placeLabels(const TopologyGraph &graph, const MapFonts &fonts, const std::unordered_set<EdgeId> &fresh,
                 LayoutResult &result);

} // namespace portolan::layout
