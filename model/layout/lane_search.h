#pragma once

#include "model/layout/shape_finder.h"

#include <optional>

namespace portolan::layout {

/// The shortest way with few corners along the gaps between cards and boxes that crosses no card, by A*
/// over the lanes in the neighbourhood of the two ends. Nothing where there is none, or where looking for
/// it takes too many steps; those that it took are taken off `steps`.
std::optional<PathShape> searchLanes(const Obstacles &obstacles, const LineEnd &from, const LineEnd &to,
                                     std::size_t &steps);

} // namespace portolan::layout
