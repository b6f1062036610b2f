#include "model/cluster/cni_agents.h"
#include "model/diagnosis/rules/rules.h"

namespace portolan::rules {

void cniAgentNotReady(const FindingContext &context, Findings &findings)
{
    const ClusterState &state = context.state();
    for (const auto &[name, agent] : cniAgents(state)) {
        const Node *node = state.nodes.find({}, name);
        // Of a node that is down as a whole, that is told.
        if (agent.ready || (node && !node->ready))
            continue;
        Finding finding{
            "cni-agent-not-ready", Severity::Problem, {ObjectKind::Node, "Node", {}, name}, {}, {}};
        if (agent.pod.isValid())
            finding.evidence.push_back(agent.pod);
        finding.facts = {{"agent", agent.name},
                         {"reason", agent.pod.isValid() ? agent.reason : std::string("no pod")}};
        findings.push_back(std::move(finding));
    }
}

} // namespace portolan::rules
