#pragma once

#include "model/layout/layout_engine.h"
#include "model/layout/piece_layout.h"

#include <vector>

namespace portolan::layout {

/// The size of a piece's box with that content.
Size boxSizeOf(const Piece &piece, const PieceLayout &layout);
/// The same with its place, around what stands in it.
Rect boxAround(const Piece &piece, const Rect &content);

/// Sets the blocks of a piece, and its box, down at `corner`.
void putPiece(const Piece &piece, const PieceLayout &layout, const Rect &box, LayoutResult &result);

/// Places the boxes of pieces with nothing in them where they are not in the way of what stands in `result`:
/// in a free corner, towards the end of the page, else in rows beneath it. `pieces` ends with the outside.
void placeEmptyBoxes(const TopologyGraph &graph, const std::vector<Piece> &pieces, double aspect,
                     LayoutResult &result);

/// Places a whole map anew: boxes on shelves, what stands outside at their left and right. `layouts` go
/// with `pieces`; edges and bounds are not set.
LayoutResult layOutPage(const TopologyGraph &graph, const std::vector<Piece> &pieces,
                        const std::vector<PieceLayout> &layouts, double aspect);

/// Whether a node without a box stands at the right: lines go to it and none come from it.
bool standsAtRight(const TopologyGraph &graph, NodeId node);

/// Around everything that is drawn of `graph`; nothing for an empty map.
Rect boundsOf(const TopologyGraph &graph, const LayoutResult &result);

/// Width : height that a page has at most, and height : width.
inline constexpr double mostAspect = 2;
/// `bounds` with as much empty room around it as the shape of a page wants.
Rect pageAround(const Rect &bounds);

} // namespace portolan::layout
