#pragma once

#include "model/kube/pod_exec.h"
#include "model/probe/prober.h"
#include "tests/cluster/live_cluster.h"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace portolan::fakes {

/// What Portolan's prober says of targets ("host:port", from one pod), held against what nc says, run in the
/// same pods by kubectl.
struct PairComparison
{
    std::size_t plans = 0;
    std::size_t podPairs = 0; ///< of the targets, those that are an endpoint: pod to pod's port
    std::size_t agreed = 0;   ///< targets
    std::map<std::string, std::size_t> kinds; ///< targets by the prober's outcome
    std::vector<std::string> differences;
    std::vector<std::string> unplanned; ///< what could not be planned, and why: nothing is left out silently
};

/// The pods of the state that have nc and stay: those that run the shop's image with tools, but for Jobs'.
std::vector<std::shared_ptr<const Pod>> podsWithTools(const ClusterState &state);

/// Every TCP port of every service, from each of these pods: by name, by address, and at each endpoint. What
/// differs is looked at once more, by both; what differs twice is a difference. Blocks for some minutes, most
/// of them spent waiting for connections that nothing answers.
PairComparison comparePairs(const LiveCluster &cluster, kube::PodExec &exec, const ClusterState &state,
                            const std::vector<std::shared_ptr<const Pod>> &sources);

} // namespace portolan::fakes
