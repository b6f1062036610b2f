#pragma once

#include "model/base/cancel_token.h"
#include "model/base/clock.h"
#include "model/base/result.h"
#include "model/cluster/cluster_state.h"
#include "model/kube/pod_exec.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

/// Reading what traffic was seen, from whoever keeps a log of it. Today that is Hubble in Cilium's agents.
namespace portolan {

/// Whose pods keep one, by the names of cniAgentSigns.
inline constexpr std::array<std::string_view, 2> flowLogAgents{"cilium", "anetd"};

/// What is run in each of these pods. Reads the newest records of the node's ring and ends.
std::vector<std::string> flowLogCommand();

/// Reads the logs of all nodes by exec, a few at a time; blocks, at most some seconds for each. Changes
/// nothing in the cluster. What one node does not tell is a problem of its part; where none tells anything,
/// that is the error. Errors: Unsupported (nobody keeps a log), PermissionDenied (pods/exec), Cancelled, and
/// what PodExec gives.
Result<FlowLog> readFlowLogs(const ClusterState &state, kube::PodExec &exec, const CancelToken &cancel,
                             const Clock &clock = systemClock());

} // namespace portolan
