#include "app/ctl/edge_probes.h"

#include "app/ctl/interrupt.h"
#include "app/ctl/probe_target.h"
#include "model/graph/graph_builder.h"
#include "model/probe/prober.h"

#include <cstdio>

namespace portolan::ctl {

std::vector<ProbeRequest> edgeProbes(const ClusterState &state)
{
    std::vector<ProbeRequest> requests;
    for (const GraphEdge &edge : buildGraph(state, {}).edges) {
        if (edge.probe.source.isValid())
            requests.push_back(edge.probe);
    }
    return requests;
}

Result<void> checkTypedProbes(const QStringList &pairs)
{
    for (const QString &pair : pairs) {
        const Result<TypedSource> source = parseSource(pair.section(u'=', 0, 0).toStdString());
        if (!source)
            return source.error();
        const Result<TypedTarget> target = parseTarget(pair.section(u'=', 1).toStdString());
        if (!target)
            return target.error();
    }
    return {};
}

Result<std::vector<ProbeRequest>> typedProbes(const ClusterState &state, const QStringList &pairs)
{
    std::vector<ProbeRequest> requests;
    for (const QString &pair : pairs) {
        const std::string source = pair.section(u'=', 0, 0).toStdString();
        const Result<TypedTarget> target = parseTarget(pair.section(u'=', 1).toStdString());
        if (!target)
            return target.error();
        const Result<ProbeRequest> request = resolveProbe(state, source, *target);
        if (!request)
            return request.error();
        requests.push_back(*request);
    }
    return requests;
}

Result<ClusterStatePtr> withProbes(ClusterStatePtr state, const std::vector<ProbeRequest> &requests,
                                   const LiveCluster &cluster, const CancelToken &cancel)
{
    const OrderlyEnd orderly;
    const auto exec = kube::makeWebSocketExec(cluster.credentials);
    Prober prober(*exec, cluster.info.contextName);
    for (const ProbeRequest &request : requests) {
        const Result<ProbePlan> plan = planProbe(*state, request);
        if (!plan)
            continue;
        Result<ProbeResult> result = prober.run(*plan, cancel);
        if (!result)
            return result.error();
        const Error line{{},
                         std::string(probeOutcomeName(result->outcome)),
                         request.source.toString() + " -> " + request.destination.toString() + ":" +
                             std::to_string(request.port)};
        std::fprintf(stderr, "%s\n", line.oneLine().c_str());
        state = withProbe(state, std::move(*result));
    }
    return state;
}

} // namespace portolan::ctl
