#pragma once

#include "app/ctl/source.h"

#include <QStringList>

#include <vector>

namespace portolan::ctl {

/// What every edge of the Services view asks that can be probed.
std::vector<ProbeRequest> edgeProbes(const ClusterState &state);

/// Whether the pairs of `--probe` are written as they should be; nothing has to be read for that.
Result<void> checkTypedProbes(const QStringList &pairs);

/// The pairs of `--probe SOURCE=DESTINATION`, as the verb probe takes them. Errors: InvalidInput, NotFound.
Result<std::vector<ProbeRequest>> typedProbes(const ClusterState &state, const QStringList &pairs);

/// Runs the probes one after the other and returns the state with the results; progress goes to stderr.
/// A probe that cannot be planned is left out. Cancelled is the one error.
Result<ClusterStatePtr> withProbes(ClusterStatePtr state, const std::vector<ProbeRequest> &requests,
                                   const LiveCluster &cluster, const CancelToken &cancel);

} // namespace portolan::ctl
