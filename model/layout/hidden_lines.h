#pragma once

#include "model/layout/shape_finder.h"

namespace portolan::layout {

/// Says of every line of `result` whether it runs behind a card that it does not end at. Lines that are not
/// in `fresh` are those of the layout before that no newcomer stands on: one that ran behind no card still
/// does not.
void markBehind(const TopologyGraph &graph, const Obstacles &obstacles,
                const std::unordered_set<EdgeId> &fresh, LayoutResult &result);

} // namespace portolan::layout
