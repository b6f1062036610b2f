#pragma once

#include "model/layout/layout_engine.h"
#include "model/layout/piece_layout.h"

#include <functional>
#include <optional>
#include <vector>

namespace portolan::layout {

/// Layouts of all pieces, in their order, with long rows broken into up to that many bands.
using LayOutPieces = std::function<std::vector<PieceLayout>(std::size_t bands)>;

/// Whether a person follows single lines on such a map: then ways to lay it out are compared.
bool isSmallMap(const TopologyGraph &graph);

/// A map laid out anew, lines and labels included: boxes as wide as they like, unless the page gets too
/// broad for it; on a small map the best of some ways to exchange cards and boxes, and of `wholes` (the map
/// as dot places all of it at once, where it did), judged by how often lines cross. Where lines of `drawn`
/// (as dot draws all of it) cross less than all of these, it is that. The same request gives the same page.
/// Stops early, with anything, once `cancel` fires.
LayoutResult layOutFresh(const LayoutRequest &request, const std::vector<Piece> &pieces,
                         const LayOutPieces &layOutPieces, const std::vector<LayoutResult> &wholes,
                         std::optional<LayoutResult> drawn, const CancelToken &cancel);

} // namespace portolan::layout
