#pragma once

#include "model/cluster/cni_agents.h"
#include "model/cluster/node_network.h"

#include <map>
#include <memory>
#include <string>

namespace portolan {

/// What a state says of its nodes' network in other objects than the nodes: looked up in all pods and
/// workloads once for each state. Immutable once made; safe from any thread.
struct NodeFacts
{
    std::map<std::string, CniAgent> agents; ///< see cniAgents()
    NodeNetwork network;
    PodNetworks podNetworks;

    /// nullptr: no agent is known there.
    const CniAgent *agentOn(const std::string &node) const;
};

using NodeFactsPtr = std::shared_ptr<const NodeFacts>;

NodeFactsPtr nodeFactsOf(const ClusterState &state);

} // namespace portolan
