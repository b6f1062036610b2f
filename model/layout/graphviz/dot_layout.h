#pragma once

#include "model/layout/graphviz/piece_protocol.h"

namespace portolan::layout {

/// A piece as dot itself would draw it.
struct DotDrawing
{
    DotPlaces places;
    std::vector<std::vector<Point>> lines; ///< in the order of DotPiece::edges: 1 + 3·n Bézier points
};

/// Graphviz's dot, from left to right, for rectangles of fixed size; lines are not routed. Not thread-safe,
/// cannot be cancelled, may hang or abort on odd graphs: call it in a process that can be killed.
class DotLayout
{
public:
    DotLayout();
    ~DotLayout();
    DotLayout(const DotLayout &) = delete;
    DotLayout &operator=(const DotLayout &) = delete;

    /// Errors: Unavailable (Graphviz said no).
    Result<DotPlaces> layout(const DotPiece &piece);

    /// With dot's own lines, which takes several times as long: what a layout of ours is measured by.
    /// Errors: Unavailable.
    Result<DotDrawing> draw(const DotPiece &piece);

private:
    struct Private;
    Private *d;
};

} // namespace portolan::layout
