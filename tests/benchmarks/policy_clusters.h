#pragma once

#include "model/cluster/cluster_state.h"

#include <cstddef>
#include <cstdint>

namespace portolan::fakes {

enum class BlockStyle {
    Outside,   ///< ipBlocks are about addresses outside of the cluster
    CutThePods ///< they cut the pods' own address space into pieces
};

struct PolicyClusterOptions
{
    std::size_t pods = 10'000;
    std::size_t namespaces = 200;
    std::size_t podsPerWorkload = 5;
    std::size_t policies = 1'000;
    BlockStyle blocks = BlockStyle::Outside;
    /// One policy in five of each API: NetworkPolicy, Admin, Cluster, Cilium, Calico.
    bool mixed = false;
    std::uint32_t seed = 1;
};

/// Workloads with the labels that charts give, one in ten a StatefulSet whose pods carry their names, and
/// policies with expressions, named ports, namespace selectors and ipBlocks.
ClusterStatePtr policyCluster(const PolicyClusterOptions &options);

} // namespace portolan::fakes
