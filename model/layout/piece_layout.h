#pragma once

#include "model/layout/graphviz/piece_protocol.h"
#include "model/layout/piece.h"

namespace portolan::layout {

/// Rows and columns in the given order, in a shape that is good to read. Knows no edges; always has an
/// answer. O(blocks · columns tried).
PieceLayout packPlain(const Piece &piece);

/// The part of a piece that dot is asked about: the blocks with edges. `blocks` says which.
struct DotQuestion
{
    std::vector<std::uint32_t> blocks;
    DotPiece piece;
};
/// Without blocks where there is nothing to ask.
DotQuestion questionOf(const Piece &piece);

/// dot's answer on a grid: its ranks become columns, its heights rows, so that cards stand in line; blocks
/// without edges fill rows of their own beneath or beside. Tall columns are folded; a long row of columns is
/// broken into up to `bands`, one under the other, where that gives a better shape.
PieceLayout snapToGrid(const Piece &piece, const DotQuestion &question, const DotPlaces &places,
                       std::size_t bands = 1);

} // namespace portolan::layout
