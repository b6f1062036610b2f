#pragma once

#include "model/base/result.h"
#include "model/cluster/cluster_state.h"

#include <cstdint>
#include <memory>
#include <string_view>

namespace portolan::snapshot {

/// Bounds of what is read from a file that anyone may have made.
struct Limits
{
    std::uint64_t unpacked = std::uint64_t{2} << 30;
    std::size_t line = std::size_t{64} << 20;
};

/// The state in `packed`, verified to its last byte. Error::where is left to the caller.
Result<std::shared_ptr<ClusterState>> read(std::string_view packed, const Limits &limits);

} // namespace portolan::snapshot
