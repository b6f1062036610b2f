#pragma once

#include "model/cluster/cluster_state.h"
#include "tests/fakes/random_policies.h"

namespace portolan::fakes {

/// One change of a cluster, as a watch would bring it: a pod, namespace, node or policy that comes, goes or
/// is another. `donor` is a cluster of the same sort that objects come from.
ClusterDelta randomChange(const ClusterState &state, const ClusterState &donor, Random &random);

} // namespace portolan::fakes
