#pragma once

#include "model/cluster/cluster_state.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace portolan::policy {

/// Who makes policies true, as far as it changes what they mean.
enum class Enforcer : std::uint8_t {
    Generic, ///< the Kubernetes documents, as most enforcers do; Cilium's and Calico's kinds as these do them
    Calico,
    Cilium,
    None, ///< policies are present and not enforced
};

inline constexpr std::array allEnforcers{Enforcer::Generic, Enforcer::Calico, Enforcer::Cilium,
                                         Enforcer::None};

/// "generic", "calico", "cilium", "none".
std::string_view enforcerName(Enforcer enforcer);
std::optional<Enforcer> enforcerFromName(std::string_view name);

struct DetectedEnforcer
{
    Enforcer enforcer = Enforcer::Generic;
    bool isCertain = false;
    std::string because; ///< "DaemonSet kube-system/calico-node"
    /// Of None: an enforcer runs, and a setting of it, which `because` names, turns enforcement off.
    bool isSwitchedOff = false;
    /// Not empty: policies of several enforcers are there, and nothing tells which of them runs.
    std::string contested{};
};

/// By the agents that run, not by the CNI's name: see the comments in enforcer.cpp. None too where Cilium
/// runs and its settings say that it enforces nothing (CiliumSettings).
DetectedEnforcer detectEnforcer(const ClusterState &state);

} // namespace portolan::policy
