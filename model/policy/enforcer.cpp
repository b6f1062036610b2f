#include "model/policy/enforcer.h"

#include <algorithm>
#include <array>
#include <utility>

namespace portolan::policy {

namespace {

constexpr std::array<std::pair<Enforcer, std::string_view>, 4> names{{{Enforcer::Generic, "generic"},
                                                                      {Enforcer::Calico, "calico"},
                                                                      {Enforcer::Cilium, "cilium"},
                                                                      {Enforcer::None, "none"}}};

/// An agent, found by its DaemonSet's name or by a label of its pods: distributions rename one or the other.
struct AgentSign
{
    std::string_view name;
    std::string_view labelKey;
    std::string_view labelValue;
    Enforcer enforcer;
    bool isCertain;
};

/// In order of what wins where several run: with chaining the one that enforces comes first. aws-node and
/// kube-router enforce only where they are told to, which their DaemonSet does not show.
constexpr std::array agents{
    AgentSign{"cilium", "k8s-app", "cilium", Enforcer::Cilium, true},
    AgentSign{"anetd", "k8s-app", "anetd", Enforcer::Cilium, false},
    AgentSign{"calico-node", "k8s-app", "calico-node", Enforcer::Calico, true},
    AgentSign{"canal", "k8s-app", "canal", Enforcer::Calico, true},
    AgentSign{"antrea-agent", "app", "antrea", Enforcer::Generic, true},
    AgentSign{"ovnkube-node", "app", "ovnkube-node", Enforcer::Generic, true},
    AgentSign{"weave-net", "name", "weave-net", Enforcer::Generic, true},
    AgentSign{"kube-network-policies", "app", "kube-network-policies", Enforcer::Generic, true},
    AgentSign{"kube-router", "k8s-app", "kube-router", Enforcer::Generic, false},
    AgentSign{"kindnet", "k8s-app", "kindnet", Enforcer::Generic, false},
    AgentSign{"aws-node", "k8s-app", "aws-node", Enforcer::Generic, false},
};

bool isAgent(const Workload &workload, const AgentSign &sign)
{
    if (workload.kind != "DaemonSet")
        return false;
    const std::string *label = workload.templateLabels.find(sign.labelKey);
    return workload.meta.name == sign.name || (label && *label == sign.labelValue);
}

std::optional<DetectedEnforcer> byAgents(const ClusterState &state)
{
    for (const AgentSign &sign : agents) {
        for (const auto &workload : state.workloads) {
            if (isAgent(*workload, sign))
                return DetectedEnforcer{sign.enforcer, sign.isCertain, refOf(*workload).toString()};
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
    const AgentSign *best = nullptr;
    const Pod *shown = nullptr;
    for (const auto &pod : state.pods) {
        const auto &owners = pod->meta.owners;
        const auto owner = std::find_if(owners.begin(), owners.end(),
                                        [](const OwnerRef &one) { return one.kind == "DaemonSet"; });
        if (owner == owners.end())
            continue;
        for (const AgentSign &sign : agents) {
            const std::string *label = pod->meta.labels.find(sign.labelKey);
            if ((owner->name == sign.name || (label && *label == sign.labelValue)) &&
                (!best || &sign < best)) {
                best = &sign;
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
    const AgentSign sign{"kube-flannel-ds", "app", "flannel", Enforcer::None, true};
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

DetectedEnforcer detectEnforcer(const ClusterState &state)
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

} // namespace portolan::policy
