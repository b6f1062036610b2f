#pragma once

#include "app/ctl/source.h"

namespace portolan::ctl {

/// Probes every edge of the Services view that can be probed, one after the other, and returns the state
/// with the results. An edge that cannot be planned is left out; Cancelled is the one error.
Result<ClusterStatePtr> withEdgesProbed(ClusterStatePtr state, const LiveCluster &cluster,
                                        const CancelToken &cancel);

} // namespace portolan::ctl
