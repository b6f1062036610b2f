#pragma once

#include "model/base/cancel_token.h"
#include "model/policy/connectivity.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace portolan::policy {

/// What becomes of one ordered pair, for some ports: a verdict that is not the same any more.
struct Flip
{
    Party from;
    Party to;
    Outcome was =
        Outcome::Allow; ///< for every pair of their pods; unknown also where it is not the same for all
    Outcome now = Outcome::Allow;
    PortSpans ports;
    std::vector<Decision> by; ///< what decides then, about the first of the ports
    friend bool operator==(const Flip &, const Flip &) = default;
};

struct FlipList
{
    std::vector<Flip> flips; ///< what is cut off first, then what opens, then what is no longer known
    std::size_t leftOut = 0; ///< beyond the first 2,000
    bool hasOutside = true;  ///< false: policies name too many ranges to look at addresses outside
    friend bool operator==(const FlipList &, const FlipList &) = default;
};

/// What flips between workloads, and between workloads and addresses outside, when policies are changed.
///
/// Precondition: both models are of the same pods. `changed`: the policy objects that are not the same in
/// both; only connections of the pods that they select are looked at. Nothing: anything may have changed.
/// Nothing comes back where it was cancelled.
std::optional<FlipList> policyFlips(const PolicyModel &before, const PolicyModel &after,
                                    const std::optional<std::vector<ObjectRef>> &changed,
                                    const CancelToken &cancel = {});

} // namespace portolan::policy
