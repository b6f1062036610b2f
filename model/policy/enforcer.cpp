#include "model/policy/enforcer.h"

#include "model/cluster/cni_agents.h"
#include "model/policy/cilium_settings.h"

#include <algorithm>
#include <array>
#include <utility>

namespace portolan::policy {

namespace {

constexpr std::array<std::pair<Enforcer, std::string_view>, 4> names{{{Enforcer::Generic, "generic"},
                                                                      {Enforcer::Calico, "calico"},
                                                                      {Enforcer::Cilium, "cilium"},
                                                                      {Enforcer::None, "none"}}};

struct EnforcingAgent
{
    CniAgentSign sign;
    Enforcer enforcer;
    bool isCertain;
};

/// In order of what wins where several run: with chaining the one that enforces comes first. aws-node and
/// kube-router enforce only where they are told to, which their DaemonSet does not show.
constexpr std::array agents{
    EnforcingAgent{cniAgentSign("cilium"), Enforcer::Cilium, true},
    EnforcingAgent{cniAgentSign("anetd"), Enforcer::Cilium, false},
    EnforcingAgent{cniAgentSign("calico-node"), Enforcer::Calico, true},
    EnforcingAgent{cniAgentSign("canal"), Enforcer::Calico, true},
    EnforcingAgent{cniAgentSign("antrea-agent"), Enforcer::Generic, true},
    EnforcingAgent{cniAgentSign("ovnkube-node"), Enforcer::Generic, true},
    EnforcingAgent{cniAgentSign("weave-net"), Enforcer::Generic, true},
    EnforcingAgent{{"kube-network-policies", "app", "kube-network-policies"}, Enforcer::Generic, true},
    EnforcingAgent{cniAgentSign("kube-router"), Enforcer::Generic, false},
    EnforcingAgent{cniAgentSign("kindnet"), Enforcer::Generic, false},
    EnforcingAgent{cniAgentSign("aws-node"), Enforcer::Generic, false},
};

std::optional<DetectedEnforcer> byAgents(const ClusterState &state)
{
    for (const EnforcingAgent &agent : agents) {
        for (const auto &workload : state.workloads) {
            if (isAgent(*workload, agent.sign))
                return DetectedEnforcer{agent.enforcer, agent.isCertain, refOf(*workload).toString()};
        }
    }
    return std::nullopt;
}

/// The same by the pods of the agents, for accounts and recordings that have no DaemonSets.
std::optional<DetectedEnforcer> byAgentPods(const ClusterState &state)
{
    if (std::any_of(state.workloads.begin(), state.workloads.end(),
                    [](const auto &workload) { return workload->kind == "DaemonSet"; }))
        return std::nullopt;
    const EnforcingAgent *best = nullptr;
    const Pod *shown = nullptr;
    for (const auto &pod : state.pods) {
        const auto &owners = pod->meta.owners;
        const auto owner = std::find_if(owners.begin(), owners.end(),
                                        [](const OwnerRef &one) { return one.kind == "DaemonSet"; });
        if (owner == owners.end())
            continue;
        for (const EnforcingAgent &agent : agents) {
            if (isAgentPod(*pod, owner->name, agent.sign) && (!best || &agent < best)) {
                best = &agent;
                shown = pod.get();
            }
        }
    }
    return best ? std::optional(DetectedEnforcer{best->enforcer, best->isCertain, refOf(*shown).toString()})
                : std::nullopt;
}

bool hasContainer(const ClusterState &state, const Workload &daemonSet, std::string_view container)
{
    const auto pods = state.pods.inNamespace(daemonSet.meta.ns);
    return std::any_of(pods.begin(), pods.end(), [&](const auto &pod) {
        const auto &owners = pod->meta.owners;
        const bool owned = std::any_of(owners.begin(), owners.end(), [&](const OwnerRef &owner) {
            return owner.kind == "DaemonSet" && owner.name == daemonSet.meta.name;
        });
        return owned && std::any_of(pod->containers.begin(), pod->containers.end(),
                                    [&](const Container &c) { return c.name == container; });
    });
}

/// Flannel by itself enforces nothing; its chart can add an enforcer as a container of the same DaemonSet.
std::optional<DetectedEnforcer> byFlannel(const ClusterState &state)
{
    const CniAgentSign sign = cniAgentSign("kube-flannel-ds");
    for (const auto &workload : state.workloads) {
        if (!isAgent(*workload, sign))
            continue;
        const bool enforces = hasContainer(state, *workload, "kube-network-policies");
        return DetectedEnforcer{enforces ? Enforcer::Generic : Enforcer::None, true,
                                refOf(*workload).toString()};
    }
    return std::nullopt;
}

/// Where nothing runs (a folder of manifests), whose policies these are says who is meant to enforce them.
DetectedEnforcer byPolicies(const ClusterState &state)
{
    DetectedEnforcer found;
    bool cilium = false;
    bool calico = false;
    for (const auto &object : state.others) {
        cilium |= object->group == "cilium.io";
        calico |= object->group == "crd.projectcalico.org" || object->group == "projectcalico.org";
    }
    if (cilium != calico) {
        found.enforcer = cilium ? Enforcer::Cilium : Enforcer::Calico;
        found.because = cilium ? "objects of cilium.io" : "objects of projectcalico.org";
    } else if (cilium) {
        found.contested = "policies of Cilium and of Calico are there, and nothing tells which of them runs";
    }
    return found;
}

} // namespace

std::string_view enforcerName(Enforcer enforcer)
{
    for (const auto &[value, name] : names) {
        if (value == enforcer)
            return name;
    }
    return {};
}

std::optional<Enforcer> enforcerFromName(std::string_view name)
{
    for (const auto &[value, known] : names) {
        if (known == name)
            return value;
    }
    return std::nullopt;
}

namespace {

DetectedEnforcer byWhatRuns(const ClusterState &state)
{
    if (const auto found = byAgents(state))
        return *found;
    if (const auto found = byAgentPods(state))
        return *found;
    // k3s runs its flannel and a policy controller inside its own process.
    if (state.info.serverVersion.find("+k3s") != std::string::npos)
        return {Enforcer::Generic, true, state.info.serverVersion};
    if (const auto found = byFlannel(state))
        return *found;
    return byPolicies(state);
}

} // namespace

DetectedEnforcer detectEnforcer(const ClusterState &state)
{
    DetectedEnforcer found = byWhatRuns(state);
    if (found.enforcer != Enforcer::Cilium)
        return found;
    CiliumSettings settings = ciliumSettings(state);
    if (settings.enforcesNothingBecause.empty())
        return found;
    return {Enforcer::None, found.isCertain, std::move(settings.enforcesNothingBecause), true};
}

} // namespace portolan::policy
