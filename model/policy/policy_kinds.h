#pragma once

#include "model/cluster/cluster_state.h"
#include "model/policy/enforcer.h"

#include <optional>

namespace portolan::policy {

/// True for objects of a known API that say who may speak with whom: no NetworkSet, no Tier.
bool isPolicy(const ObjectRef &object);

/// Policies of every API: of all namespaces and of none, or of one.
std::size_t countPolicies(const ClusterState &state);
std::size_t countPolicies(const ClusterState &state, std::string_view ns);
/// Whether policies of any API may be missing in `ns`, or ("") anywhere.
bool arePoliciesUnread(const ClusterState &state, std::string_view ns = {});

/// Whether that enforcer looks at objects of the kind at all.
bool isEnforcedBy(const ObjectRef &object, Enforcer enforcer);

/// Who gives the kind its meaning: Generic for the Kubernetes kinds, Calico and Cilium for theirs. Nothing
/// for what is no policy.
std::optional<Enforcer> nativeEnforcer(const ObjectRef &object);

/// Whether its API has tiers that people name.
bool hasTiers(const ObjectRef &object);

} // namespace portolan::policy
