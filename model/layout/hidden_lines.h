#pragma once

#include "model/layout/shape_finder.h"

namespace portolan::layout {

/// Says of every line of `result` whether it runs behind a card that it does not end at.
void markBehind(const TopologyGraph &graph, const Obstacles &obstacles, LayoutResult &result);

} // namespace portolan::layout
