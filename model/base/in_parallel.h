#pragma once

#include <cstddef>
#include <functional>

namespace portolan {

/// Calls `work` with 0, 1 … `count` - 1 and returns when all calls have ended: in any order, and at the same
/// time on as many threads as the machine has processors, the caller's among them. What a call throws is
/// thrown again once every thread has ended.
void inParallel(std::size_t count, const std::function<void(std::size_t)> &work);

} // namespace portolan
