#pragma once

#include "model/graph/policy_end.h"

namespace portolan::graph {

/// One rule of one policy.
struct Mention
{
    std::uint32_t policy;
    const policy::Rule &rule;
    policy::Direction direction;
    bool denies() const { return rule.effect == policy::RuleEffect::Deny; }
};

/// What one rule comes to over all pairs that its two ends stand for, once all policies have had their say.
struct Claim
{
    PortSet ports;      ///< open (of a denial: closed) for some pair at least
    bool holds = false; ///< for some pair
    bool fails = false; ///< not the same for every pair
    bool unsure = false;
    /// A port is certainly open for one pair and certainly shut for another. Then there may be pairs that
    /// were not looked at, and `unsure` tells nothing.
    bool differs = false;
};

Claim weighClaim(Reaches &reaches, const Mention &mention, const PolicyEnd &from, const PolicyEnd &to);

/// The ports of a rule on pods of a destination; names are looked up in their containers.
PortSet portsOfRule(const policy::Rule &rule, const policy::PolicyModel &model, const Members &destinations);

} // namespace portolan::graph
