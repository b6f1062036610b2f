#pragma once

#include "model/layout/geometry.h"

#include <cstdint>
#include <vector>

namespace portolan::layout {

/// A box to pack, and how much it has to do with others.
struct PackItem
{
    Size size;
    std::uint64_t tie = 0; ///< decides between equals: the same in every run
};

struct PackLink
{
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    double weight = 1;
};

/// Gap between boxes: room for the lines between namespaces and their labels.
inline constexpr double groupGap = 44;

/// Places for boxes on shelves: none overlap, those that have much to do with one another stand near,
/// the whole has about the wanted shape. Same input, same places. About O(items² + links) up to 400
/// items, O(items · log items) beyond.
std::vector<Point> packGroups(const std::vector<PackItem> &items, const std::vector<PackLink> &links,
                              double aspect);

} // namespace portolan::layout
