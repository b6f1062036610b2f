#pragma once

#include "model/policy/calico_rules.h"

#include <vector>

namespace portolan::policy {

/// When in a packet's way a host endpoint's policy is asked.
enum class CalicoHostUse {
    Normal,
    Untracked, ///< doNotTrack: before connection tracking
    PreDnat,   ///< preDNAT: before a Service's address is replaced
};

/// The tier in which host-only policies of that use are asked, for Calico's tier of that name and order.
std::uint32_t calicoHostTier(CalicoHostUse use, const std::string &name, double order, OrderedPolicies &out);

/// A policy with applyOnForward, and the hosts that it selects: it is asked as well about what passes through
/// them to and from pods.
struct CalicoForwardPolicy
{
    Policy policy;
    CalicoHostUse use = CalicoHostUse::Normal;
    std::vector<const CalicoWorld::Host *> hosts;
};

/// What holds for hosts besides policies: failsafe ports first, and profiles (none: deny) last.
void addCalicoHostDefaults(const CalicoEndpoints &endpoints, const CompileContext &context,
                           OrderedPolicies &out);

/// The forward policies as pods of those nodes meet them. `policies` in the order of Calico's tiers.
void addCalicoForward(std::vector<CalicoForwardPolicy> policies, OrderedPolicies &out);

} // namespace portolan::policy
