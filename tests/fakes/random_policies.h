#pragma once

#include "model/policy/ordered_policies.h"

#include <cstdint>
#include <random>
#include <string>

namespace portolan::fakes {

using Random = std::mt19937;

/// The kinds of policies that a random cluster has.
enum class PolicyMix { NetworkPolicies, Admin, Cluster, Cilium, Calico, All };

/// A small cluster as a List of manifests: a few namespaces, pods with and without labels, ports, a second
/// address or any, nodes, and policies of the mix. The same seed gives the same text.
std::string randomManifests(Random &random, PolicyMix mix);

/// Policies in the ordered form with everything that it can say, meaningful or not.
policy::OrderedPolicies randomOrderedPolicies(Random &random);

} // namespace portolan::fakes
