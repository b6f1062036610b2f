#pragma once

#include "model/layout/drawn_lines.h"
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

inline constexpr double cardClearance = 3; ///< that lines keep from cards

/// What lines go round. Cards are larger here by cardClearance on every side.
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

/// How much may still be spent on ways round, over all lines of a map: in a map with more than that, nobody
/// follows a single line.
struct DetourBudget
{
    std::size_t lines = 1'000;  ///< for which ways along the gaps are compared
    std::size_t steps = 60'000; ///< of searching where none of these is free
};

/// The other lines, and which one a way is looked for.
struct LineCrossings
{
    const DrawnLines *lines = nullptr;
    std::size_t line = 0;
};

/// The shape with the shortest way that crosses the fewest cards, and few lines: a free curve, or a way
/// along the gaps where every free curve crosses a card.
PathShape findShape(const Obstacles &obstacles, const LineEnd &from, const LineEnd &to, DetourBudget &budget,
                    LineCrossings others = {});

} // namespace portolan::layout
