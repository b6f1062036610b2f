#pragma once

#include "model/graph/policy_end.h"
#include "model/graph/policy_reach.h"

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace portolan::graph {

enum class Direction { Ingress, Egress };

/// What one rule comes to over all pods that its two ends stand for, once the other direction has had its
/// say.
struct Claim
{
    PortSet ports;      ///< open for some pair at least
    bool holds = false; ///< for some pair
    bool fails = false; ///< not the same for every pair
    bool unsure = false;
};

/// `budget`: pairs that may still be looked at, over the whole map; past it a claim is unsure. Pods that
/// share their egress policies share the answer and are asked once. Workloads without pods are left out
/// where others have some: there is nobody to connect.
Claim weighClaim(const PolicyIndex &index, const CompiledRule &rule, const PolicyEnd &from,
                 const PolicyEnd &to, Direction direction, std::size_t &budget);

/// The pairs of workloads for which the claim holds, where they are `most` at most; nothing where there
/// are more, or too many to look at.
std::optional<std::vector<std::pair<std::uint32_t, std::uint32_t>>>
holdingPairs(const PolicyIndex &index, const CompiledRule &rule, const PolicyEnd &from, const PolicyEnd &to,
             std::size_t most, std::size_t &budget);

} // namespace portolan::graph
