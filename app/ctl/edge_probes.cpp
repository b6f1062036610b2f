#include "app/ctl/edge_probes.h"

#include "model/graph/graph_builder.h"
#include "model/probe/prober.h"

#include <cstdio>

namespace portolan::ctl {

Result<ClusterStatePtr> withEdgesProbed(ClusterStatePtr state, const LiveCluster &cluster,
                                        const CancelToken &cancel)
{
    const TopologyGraph graph = buildGraph(*state, {});
    const auto exec = kube::makeWebSocketExec(cluster.credentials);
    Prober prober(*exec, cluster.info.contextName);
    for (const GraphEdge &edge : graph.edges) {
        if (!edge.probe.source.isValid())
            continue;
        const Result<ProbePlan> plan = planProbe(*state, edge.probe);
        if (!plan)
            continue;
        Result<ProbeResult> result = prober.run(*plan, cancel);
        if (!result)
            return result.error();
        std::fprintf(stderr, "%s -> %s:%u %s\n", edge.probe.source.toString().c_str(),
                     edge.probe.destination.toString().c_str(), unsigned(edge.probe.port),
                     std::string(probeOutcomeName(result->outcome)).c_str());
        state = withProbe(state, std::move(*result));
    }
    return state;
}

} // namespace portolan::ctl
