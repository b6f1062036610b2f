#pragma once

#include "model/layout/layout_engine.h"
#include "model/layout/path_shape.h"
#include "model/layout/rect_index.h"

#include <unordered_map>
#include <vector>

namespace portolan::layout {

/// One end of a line that is to be drawn.
struct LineEnd
{
    Rect card;
    Rect box;                   ///< of its group, or the card's own place where it has none
    std::uint32_t obstacle = 0; ///< the card in Obstacles::cards
};

/// What lines go round.
struct Obstacles
{
    Rect area;
    RectIndex cards;
    RectIndex titles; ///< of boxes: lines may cross them, but had better not
    RectIndex boxes;
    std::unordered_map<NodeId, std::uint32_t> cardOf;

    Obstacles(const TopologyGraph &graph, const MapFonts &fonts, const LayoutResult &result);
};

/// The middle of a side of a card.
Point middleOf(const Rect &card, Side side);

/// The shape with the shortest way that crosses the fewest cards. `mayDetour`: free curves that cross
/// something are compared with ways along the gaps.
PathShape findShape(const Obstacles &obstacles, const LineEnd &from, const LineEnd &to, bool mayDetour);

} // namespace portolan::layout
