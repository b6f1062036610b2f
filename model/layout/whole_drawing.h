#pragma once

#include "model/layout/layout_engine.h"
#include "model/layout/piece_layout.h"

#include <optional>
#include <vector>

namespace portolan::layout {

/// A small map as dot draws it, lines and all: every card and every pill stands by itself. That takes more
/// room than the map's own ways, and dot's lines can cross less than any that find their way afterwards.
struct WholeDrawing
{
    DotPiece question;
    std::vector<NodeId> nodes; ///< what each node of the question is
    std::vector<EdgeId> lines; ///< and each edge
};

/// Nothing where the map has no lines.
std::optional<WholeDrawing> wholeDrawingOf(const TopologyGraph &graph, const std::vector<Piece> &pieces,
                                           const MapFonts &fonts);

/// The map as it was drawn, labels included; bounds are not set. Nothing where the drawing does not fit the
/// question, or where boxes, which have titles that dot knows nothing of, would overlap.
std::optional<LayoutResult> placeDrawing(const LayoutRequest &request, const std::vector<Piece> &pieces,
                                         const WholeDrawing &whole, const DotDrawing &drawing);

} // namespace portolan::layout
