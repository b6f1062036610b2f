#pragma once

#include "model/cluster/cluster_state.h"
#include "model/policy/enforcer.h"

#include <span>
#include <string>

namespace portolan::policy {

/// What cilium-config says about the enforcement of policies, by Cilium's documents ("Policy Enforcement
/// Modes", "Policy Audit Mode") and the options of its agent. Where the ConfigMap is not there or could not
/// be read, these are the defaults of the agent.
struct CiliumSettings
{
    enum class Mode : std::uint8_t {
        Default, ///< who is selected by a policy is closed but for what it allows
        Always,  ///< everybody is closed but for what is allowed, selected or not
        Never,
    };
    bool isKnown = false;
    ObjectRef config;
    Mode mode = Mode::Default;
    bool audits = false;                  ///< what would be dropped is logged, and goes through
    bool enforcesNetworkPolicies = true;  ///< of networking.k8s.io; Cilium's own kinds are enforced always
    bool asksOwnNode = false;             ///< allow-localhost=policy; "auto" and "always" let it through
    std::string enforcesNothingBecause{}; ///< "ConfigMap …: enable-policy=never"; "" where it enforces
    /// See OrderedPolicies::sctpIsDropped. By the documents ("SCTP support (beta)") it is off by default.
    std::string sctpIsDropped{};
    /// Not empty: on some nodes, or everywhere, it is not known what is enforced, for this reason.
    std::string unclear{};
};

/// The same by the objects that matter: ConfigMap and CiliumNodeConfig.
CiliumSettings ciliumSettings(std::span<const ApiObject *const> objects);
CiliumSettings ciliumSettings(const ClusterState &state);

/// OrderedPolicies::sctpIsDropped, where `found` enforces: by Cilium, also where its policies are switched
/// off.
std::string sctpIsDroppedBy(const DetectedEnforcer &found, const ClusterState &state);

} // namespace portolan::policy
