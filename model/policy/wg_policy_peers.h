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

/// `from` or `to`. Where peers are of a type that is not known, the rule fails closed.
struct WgPeers
{
    Predicate predicate;
    std::size_t unknownTypes = 0; ///< peers of these; each is a fault
};
WgPeers wgPeers(const SpecField &peers, Direction direction);

/// In what the rules of these APIs differ.
struct WgRuleWords
{
    const char *portsKey = "ports";
    std::function<void(const SpecField &, TrafficMatch &)> addPort;
    std::function<std::optional<RuleEffect>(const SpecField &action)> effectOf;
    /// False: no API server has seen the policy, and one would refuse it for a rule that it does not
    /// understand. Whether it is there at all is unknown then.
    bool isValidated = true;
};

/// Reads the entries of `ingress` and `egress` into `policy`; one that is not understood may do anything.
void addWgRules(const std::vector<SpecField> &ingress, const std::vector<SpecField> &egress,
                const WgRuleWords &words, Policy &policy);

/// These APIs have no subject on the host's network and no isolation; their tiers leave ties undefined.
std::uint32_t wgAdminTier(OrderedPolicies &out);
std::uint32_t wgBaselineTier(OrderedPolicies &out);

/// Reports objects of one tier that have the same priority.
void reportEqualPriorities(const std::vector<const Policy *> &policies, OrderedPolicies &out);

/// Whether the enforcer reads these kinds depends on its version, which is not known: their policies are
/// unknown then.
bool mayIgnoreWgPolicies(Enforcer enforcer);

} // namespace portolan::policy
