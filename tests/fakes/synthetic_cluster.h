#pragma once

#include "model/cluster/cluster_state.h"

#include <cstddef>
#include <cstdint>

namespace portolan::fakes {

struct SyntheticOptions
{
    std::size_t pods = 1'000;
    std::size_t podsPerWorkload = 5;
    std::size_t workloadsPerNamespace = 10;
    std::size_t policiesPerNamespace = 5;
    std::size_t nodes = 0; ///< 0: one for every 60 pods
    double failing = 0.03; ///< share of pods that are not ready
    std::uint32_t seed = 1;
};

/// A cluster of any size in the shape of real ones: namespaces of workloads in tiers, a service for most,
/// default-deny in most namespaces, policies between tiers and between namespaces, DNS for everyone.
/// The same options give the same state on every machine.
ClusterStatePtr syntheticCluster(const SyntheticOptions &options);

} // namespace portolan::fakes
