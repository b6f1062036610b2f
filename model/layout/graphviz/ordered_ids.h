#pragma once

#include <graphviz/cgraph.h>

namespace portolan::layout {

/// What a graph has to be opened with for its objects to be numbered in the order in which they were made.
/// Graphviz numbers what has a name by the address of that name, and goes through clusters in that order: the
/// same graph would be laid out one way today and another tomorrow.
Agdisc_t *orderedIds();

} // namespace portolan::layout
