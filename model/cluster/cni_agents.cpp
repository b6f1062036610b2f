#include "model/cluster/cni_agents.h"

#include <algorithm>
#include <optional>

namespace portolan {

namespace {

bool bears(const Labels &labels, const CniAgentSign &sign)
{
    const std::string *value = labels.find(sign.labelKey);
    return value && *value == sign.labelValue;
}

/// The DaemonSet that the pod belongs to, where that is an agent.
std::optional<std::string> agentNameOf(const Pod &pod)
{
    const auto owner = std::find_if(pod.meta.owners.begin(), pod.meta.owners.end(),
                                    [](const OwnerRef &one) { return one.kind == "DaemonSet"; });
    if (owner == pod.meta.owners.end())
        return std::nullopt;
    const bool isOne = std::any_of(cniAgentSigns.begin(), cniAgentSigns.end(), [&](const CniAgentSign &sign) {
        return isAgentPod(pod, owner->name, sign);
    });
    return isOne ? std::optional(owner->name) : std::nullopt;
}

/// An agent that every node should have.
const Workload *agentOfAllNodes(const ClusterState &state)
{
    for (const CniAgentSign &sign : cniAgentSigns) {
        for (const auto &workload : state.workloads) {
            if (isAgent(*workload, sign) && std::size_t(std::max(0, workload->desired)) >= state.nodes.size())
                return workload.get();
        }
    }
    return nullptr;
}

} // namespace

bool isAgent(const Workload &workload, const CniAgentSign &sign)
{
    return workload.kind == "DaemonSet" &&
           (workload.meta.name == sign.name || bears(workload.templateLabels, sign));
}

bool isAgentPod(const Pod &pod, const std::string &daemonSet, const CniAgentSign &sign)
{
    return daemonSet == sign.name || bears(pod.meta.labels, sign);
}

std::map<std::string, CniAgent> cniAgents(const ClusterState &state)
{
    std::map<std::string, CniAgent> agents;
    for (const auto &pod : state.pods) {
        const auto name = pod->nodeName.empty() ? std::nullopt : agentNameOf(*pod);
        if (!name || pod->phase == PodPhase::Succeeded || pod->phase == PodPhase::Failed)
            continue;
        CniAgent agent{*name, refOf(*pod), pod->ready, pod->reason};
        const auto [known, isFirst] = agents.emplace(pod->nodeName, agent);
        if (!isFirst && known->second.ready && !agent.ready)
            known->second = std::move(agent);
    }
    if (const Workload *everywhere = agentOfAllNodes(state)) {
        for (const auto &node : state.nodes)
            agents.emplace(node->meta.name, CniAgent{everywhere->meta.name, {}, false, {}});
    }
    return agents;
}

} // namespace portolan
