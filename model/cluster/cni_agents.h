#pragma once

#include "model/cluster/cluster_state.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>

namespace portolan {

/// A DaemonSet whose pods give a node its pod network, known by its name or by a label of its pods:
/// distributions rename one or the other.
struct CniAgentSign
{
    std::string_view name;
    std::string_view labelKey;
    std::string_view labelValue;
};

/// By the manifests that the projects publish; anetd is Cilium's on GKE.
inline constexpr std::array cniAgentSigns{
    CniAgentSign{"cilium", "k8s-app", "cilium"},           CniAgentSign{"anetd", "k8s-app", "anetd"},
    CniAgentSign{"calico-node", "k8s-app", "calico-node"}, CniAgentSign{"canal", "k8s-app", "canal"},
    CniAgentSign{"kube-flannel-ds", "app", "flannel"},     CniAgentSign{"antrea-agent", "app", "antrea"},
    CniAgentSign{"ovnkube-node", "app", "ovnkube-node"},   CniAgentSign{"weave-net", "name", "weave-net"},
    CniAgentSign{"kube-router", "k8s-app", "kube-router"}, CniAgentSign{"kindnet", "k8s-app", "kindnet"},
    CniAgentSign{"aws-node", "k8s-app", "aws-node"},
};

/// The one of that name, which has to be among them.
constexpr CniAgentSign cniAgentSign(std::string_view name)
{
    return *std::find_if(cniAgentSigns.begin(), cniAgentSigns.end(),
                         [name](const CniAgentSign &sign) { return sign.name == name; });
}

/// Whether the workload is that DaemonSet.
bool isAgent(const Workload &workload, const CniAgentSign &sign);
/// Whether a pod of the DaemonSet of that name is one of its pods.
bool isAgentPod(const Pod &pod, const std::string &daemonSet, const CniAgentSign &sign);

/// The agent of one node.
struct CniAgent
{
    std::string name; ///< of the DaemonSet: "calico-node"
    ObjectRef pod;    ///< not valid: there is none on this node
    bool ready = false;
    std::string reason; ///< why it is not ready, where that is known
    friend bool operator==(const CniAgent &, const CniAgent &) = default;
};

/// By the names of nodes, the agent that runs, or should run, on each. A node without a pod of the agent is
/// in it only where nodes and the agent's DaemonSet can be read and that DaemonSet wants no fewer pods than
/// there are nodes (selectors or taints may keep it from some). Empty where no agent is known. Where several
/// run (chaining), one that is not ready counts.
std::map<std::string, CniAgent> cniAgents(const ClusterState &state);

} // namespace portolan
