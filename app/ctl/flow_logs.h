#pragma once

#include "app/ctl/source.h"

namespace portolan::ctl {

/// The state with what the flow logs of the cluster tell now. What a node did not tell is said on stderr.
/// Errors as readFlowLogs().
Result<ClusterStatePtr> withFlowLogs(const ClusterStatePtr &state, const LiveCluster &cluster,
                                     const CancelToken &cancel);

} // namespace portolan::ctl
