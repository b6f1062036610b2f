#pragma once

#include "model/base/result.h"
#include "model/cluster/cluster_state.h"

#include <filesystem>

namespace portolan::bench {

/// Writes what a person would apply to get that cluster: FOLDER/<namespace>.json, each a List with the
/// namespace, its workloads, services and NetworkPolicies. Pods, endpoints and nodes are not written: they
/// are what a cluster makes of it. The folder is made where it is not there.
Result<void> writeManifests(const ClusterState &state, const std::filesystem::path &folder);

/// One object as a manifest, in JSON. `pod`: one of the workload's, or null.
std::string manifestOf(const Namespace &space);
std::string manifestOf(const Workload &workload, const Pod *pod);
std::string manifestOf(const Service &service);
std::string manifestOf(const NetworkPolicy &policy);

} // namespace portolan::bench
