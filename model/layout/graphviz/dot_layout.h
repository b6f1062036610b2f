#pragma once

#include "model/layout/graphviz/piece_protocol.h"

namespace portolan::layout {

/// Graphviz's dot, from left to right, for rectangles of fixed size. Not thread-safe,
/// cannot be cancelled, may hang or abort on odd graphs: call it in a process that can be killed.
class DotLayout
{
public:
    DotLayout();
    ~DotLayout();
    DotLayout(const DotLayout &) = delete;
    DotLayout &operator=(const DotLayout &) = delete;

    /// Errors: Unavailable (Graphviz said no).
    Result<DotDrawing> draw(const DotPiece &piece);

private:
    struct Private;
    Private *d;
};

} // namespace portolan::layout
