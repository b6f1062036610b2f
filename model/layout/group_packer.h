#pragma once

#include "model/layout/geometry.h"

#include <cstdint>
#include <vector>

namespace portolan::layout {

/// A box to pack, and how much it has to do with others.
struct PackItem
{
    Size size;
    double leftPull = 0; ///< weight of its lines to what stands at the left of all boxes
    double rightPull = 0;
    double stretch = 0; ///< how much higher it may be made
};

struct PackLink
{
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    double weight = 1;
};

/// Gap between boxes: room for the lines between namespaces and their labels.
inline constexpr double groupGap = 38;

/// Places for boxes on shelves: none overlap, those that have much to do with one another stand near,
/// lines run from left to right rather than back, and the whole has about the wanted shape, with `margin`
/// (width of what will stand at its left and right) added to it. Same input,
/// same places. A box may be given more height than it asked for, up to `stretch`, so that neighbours end
/// at the same height; the room is for what comes later. Small maps are searched for the best order; up to
/// 400 items cost O(items²), more O(items).
std::vector<Rect> packGroups(const std::vector<PackItem> &items, const std::vector<PackLink> &links,
                             double aspect, double margin = 0);

} // namespace portolan::layout
