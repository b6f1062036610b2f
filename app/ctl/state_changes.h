#pragma once

#include "model/cluster/cluster_state.h"

#include <functional>

namespace portolan::ctl {

enum class ChangeType { Added, Modified, Deleted };

/// Calls `tell` for every object that differs between two states, by its resourceVersion. Linear in the
/// kinds that changed.
void forEachChange(const ClusterState &before, const ClusterState &after,
                   const std::function<void(ChangeType, const ObjectRef &)> &tell);

} // namespace portolan::ctl
