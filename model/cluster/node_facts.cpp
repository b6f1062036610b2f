#include "model/cluster/node_facts.h"

namespace portolan {

const CniAgent *NodeFacts::agentOn(const std::string &node) const
{
    const auto found = agents.find(node);
    return found == agents.end() ? nullptr : &found->second;
}

NodeFactsPtr nodeFactsOf(const ClusterState &state)
{
    return std::make_shared<const NodeFacts>(
        NodeFacts{cniAgents(state), nodeNetwork(state), PodNetworks(state)});
}

} // namespace portolan
