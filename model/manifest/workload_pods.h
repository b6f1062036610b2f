#pragma once

#include "model/cluster/object_ref.h"

#include <nlohmann/json.hpp>

#include <vector>

namespace portolan::manifest {

/// The pods that a workload's template stands for, as Pod objects: one by the workload's name, or for a
/// StatefulSet one per replica (at most 100) by its ordinal. {} where it has no template.
std::vector<nlohmann::json> podsOfWorkload(const nlohmann::json &workload);

} // namespace portolan::manifest
