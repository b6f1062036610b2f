#pragma once

#include "model/policy/policy_api.h"
#include "model/policy/policy_groups.h"

#include <memory>
#include <optional>

namespace portolan::policy {

/// The policies of a later state, and how they came from those of the earlier one.
struct UpdatedPolicies
{
    std::shared_ptr<const OrderedPolicies> policies;
    std::optional<PolicyShift> shift; ///< nothing: they are the same
};

/// What compilePolicies() makes of `next` (faults in another order), with all but the changed objects taken
/// from `policies`, which it made of `before`. Nothing where that cannot be told without compiling anew: what
/// other objects mean has changed too, or a tier came or went.
std::optional<UpdatedPolicies> updatedPolicies(const std::shared_ptr<const OrderedPolicies> &policies,
                                               const ClusterState &before, const CompileContext &next);

} // namespace portolan::policy
