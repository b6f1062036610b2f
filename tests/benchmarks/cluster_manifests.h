#pragma once

#include "model/base/result.h"
#include "model/cluster/cluster_state.h"

#include <filesystem>

namespace portolan::bench {

/// Writes what a person would apply to get that cluster: FOLDER/<namespace>.json, each a List with the
/// namespace, its workloads, services and NetworkPolicies. Pods, endpoints and nodes are not written: they
/// are what a cluster makes of it. The folder is made where it is not there.
Result<void> writeManifests(const ClusterState &state, const std::filesystem::path &folder);

} // namespace portolan::bench
