#pragma once

#include "model/layout/layout_engine.h"
#include "model/layout/piece_layout.h"

#include <optional>
#include <vector>

namespace portolan::layout {

/// All pieces of a small map as one question for dot, boxes included. What has no lines stands together.
struct WholeMap
{
    /// What is placed as one: blocks, each by its piece and its place in there, and where they stand in it.
    struct Unit
    {
        struct Part
        {
            std::uint32_t piece;
            std::uint32_t block;
            Point offset;
        };
        std::vector<Part> parts;
        Size size;
    };
    std::vector<Unit> units; ///< one for each node of the question
    DotPiece question;
};

/// Nothing where the map has no lines between its blocks, or no boxes.
std::optional<WholeMap> wholeMapOf(const TopologyGraph &graph, const std::vector<Piece> &pieces);

/// The map as dot placed it, and the same drawn together where dot left room for its lines; lines and bounds
/// are not set. Nothing where the places are none for such a map.
std::vector<LayoutResult> placeWhole(const TopologyGraph &graph, const std::vector<Piece> &pieces,
                                     const WholeMap &whole, const DotPlaces &places, double aspect);

} // namespace portolan::layout
