#pragma once

#include "model/policy/policy_api.h"
#include "model/policy/spec_reader.h"

#include <functional>
#include <optional>
#include <vector>

/// What AdminNetworkPolicy, BaselineAdminNetworkPolicy and ClusterNetworkPolicy (policy.networking.k8s.io)
/// have in common: subjects, peers, and how an enforcer without them is told apart.
namespace portolan::policy {

/// spec.subject. Maybe for all pods where it is not understood.
Predicate wgSubject(const SpecField &subject);

/// `from` or `to`. `failClosed` is set where a peer is of a type that is not known: such a rule must not be
/// taken for less than it may be.
struct WgPeers
{
    Predicate predicate;
    bool failClosed = false;
};
WgPeers wgPeers(const SpecField &peers, Direction direction);

/// Makes a rule that has a peer of unknown type fail closed, as the API asks: an allowing one matches nothing
/// by that peer, any other denies everybody.
void failClosed(Rule &rule);

/// In what the rules of these APIs differ.
struct WgRuleWords
{
    const char *portsKey = "ports";
    std::function<void(const SpecField &, TrafficMatch &)> addPort;
    std::function<std::optional<RuleEffect>(const SpecField &action)> effectOf;
};

/// Reads one entry of `ingress` or `egress` into `policy`; one that is not understood may do anything.
void addWgRule(const SpecField &field, Direction direction, std::int32_t index, const WgRuleWords &words,
               Policy &policy);

/// These APIs have no subject on the host's network and no isolation; their tiers leave ties undefined.
std::uint32_t wgAdminTier(OrderedPolicies &out);
std::uint32_t wgBaselineTier(OrderedPolicies &out);

/// Reports objects of one tier that have the same priority.
void reportEqualPriorities(const std::vector<const Policy *> &policies, OrderedPolicies &out);

/// Whether the enforcer reads these kinds depends on its version, which is not known: their policies are
/// unknown then.
bool mayIgnoreWgPolicies(Enforcer enforcer);

} // namespace portolan::policy
