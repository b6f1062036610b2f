#pragma once

#include "model/base/result.h"
#include "model/cluster/cluster_state.h"

#include <functional>
#include <string_view>

namespace portolan::snapshot {

/// Writes the packed bytes of a recording to `sink`, piece by piece. `recordedAt` goes into the header.
Result<void> write(const ClusterState &state, WallTime recordedAt,
                   const std::function<Result<void>(std::string_view packed)> &sink);

} // namespace portolan::snapshot
