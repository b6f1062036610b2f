#pragma once

#include "model/layout/layout_engine.h"
#include "model/layout/piece_layout.h"

#include <vector>

namespace portolan::layout {

/// True where `previous` is a layout of an earlier state of the same map, so that there is something to
/// keep.
bool isContinuation(const TopologyGraph &graph, const LayoutResult &previous);

/// Groups that `previous` has no box for: their pieces are needed to place them.
std::vector<GroupId> newGroups(const TopologyGraph &graph, const LayoutResult &previous);

/// Places a map so that everything that is in `previous` and keeps its size stands where it stood.
/// What is new goes where there is room in its box; a box without room grows to the right or downwards
/// where nothing stands; where it cannot, it moves as a whole to a free place of the page. What is gone
/// leaves a hole. Boxes of folded groups stay reserved. `layouts` go with `pieces`; those of groups that
/// are not new are not looked at. Edges and bounds are not set.
LayoutResult layOutStable(const TopologyGraph &graph, const std::vector<Piece> &pieces,
                          const std::vector<PieceLayout> &layouts, const LayoutResult &previous);

} // namespace portolan::layout
