#pragma once

#include "app/ctl/probe_target.h"
#include "app/ctl/source.h"

#include <string>

namespace portolan::ctl {

/// As much of the cluster as a probe from `source` to `target` needs. Where both are named plainly these
/// are four objects, fetched at once over one connection; where that does not answer the question (a
/// workload as the source, a refused request, a policy that depends on nodes) the whole cluster is read.
Result<ClusterStatePtr> readForProbe(const LiveCluster &cluster, const std::string &source,
                                     const TypedTarget &target, const CancelToken &cancel);

} // namespace portolan::ctl
