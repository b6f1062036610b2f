#pragma once

#include "model/graph/reach_matrix.h"

#include <cstdint>
#include <vector>

namespace portolan {

/// An order of the matrix's ends in which like ones are neighbours: namespaces, and in each of them its
/// workloads, each next to the one that differs from it in the fewest cells (greedily, from the one that is
/// allowed most). Namespaces stay together. Large namespaces are sorted by their cells instead, which puts
/// equal ones together. Pure. What was done when it was cancelled is an order, too.
std::vector<std::uint32_t> similarOrder(const ReachMatrix &matrix, const CancelToken &cancel);

} // namespace portolan
