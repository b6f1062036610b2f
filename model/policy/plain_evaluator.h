#pragma once

#include "model/policy/endpoint.h"
#include "model/policy/enforcer.h"
#include "model/policy/verdict.h"

namespace portolan::policy {

/// Whether traffic belongs to the match; `destination` is where named ports are looked up.
Tri matches(const TrafficMatch &match, const Traffic &traffic, const Endpoint &destination);

/// The two ends of one connection, by one family of addresses.
struct Connection
{
    const Endpoint &source;
    const Endpoint &destination;
    std::size_t sourceAddress = 0; ///< index into Endpoint::addresses
    std::size_t destinationAddress = 0;
    Traffic traffic;
};

/// The address pairs by which two ends can speak: of equal family, first the first. An end whose addresses
/// are not known speaks any family.
std::vector<std::pair<std::size_t, std::size_t>> commonFamilies(const Endpoint &source,
                                                                const Endpoint &destination);

/// What holds whatever policies isolate: a pod reaches itself, and its own node reaches it. (Kubernetes docs,
/// "Network Policies"; where Cilium and Calico enforce, policies do apply from the pod towards its node.) A
/// rule that denies the node by name (AdminNetworkPolicy, Cilium's ingressDeny) is none of the isolation that
/// is meant there: it holds; Calico asks no policy of the pod about its own node. `asksOwnNode`:
/// OrderedPolicies::asksOwnNode.
std::optional<Decision::Effect> exemption(const Endpoint &source, const Endpoint &destination,
                                          Direction direction, Enforcer enforcer, bool asksOwnNode);

/// Whether the source may be the pod's own node, where it is not known on which one of the two runs.
bool mayBeOnOneNode(const Endpoint &source, const Endpoint &destination, Direction direction);

/// Reads the ordered form as its comment says, rule by rule: slow, plain, and able to say why. The evaluator
/// that the others are measured against. Immutable; safe from any thread. Refers to the policies.
class PlainEvaluator
{
public:
    PlainEvaluator(const OrderedPolicies &policies, Enforcer enforcer);

    /// Over every family of addresses that both ends have; where these disagree the verdict is unknown.
    Verdict verdict(const Endpoint &source, const Endpoint &destination, const Traffic &traffic) const;
    Verdict verdict(const Connection &connection) const;

private:
    const OrderedPolicies &m_policies;
    Enforcer m_enforcer;
};

} // namespace portolan::policy
