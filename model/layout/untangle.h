#pragma once

#include "model/layout/layout_engine.h"
#include "model/layout/piece.h"

#include <cstdint>
#include <vector>

namespace portolan::layout {

/// Exchanges places of a new map, boxes with boxes and, inside of each, cards with cards, for as long as
/// that makes fewer of its lines cross, shorter ones, or more that run from left to right. What is
/// exchanged fits where it goes; nothing overlaps afterwards that did not before. Bounded work; the same
/// map gives the same places, another `seed` others, and 0 those that are the nearest. Returns how tangled
/// the map still is: its lines taken as straight ones, crossings and lengths in one number.
double untangle(const TopologyGraph &graph, const std::vector<Piece> &pieces, std::uint64_t seed,
                LayoutResult &result);

} // namespace portolan::layout
