#include "app/ctl/flow_logs.h"

#include "model/flows/flow_reader.h"

#include <cstdio>

namespace portolan::ctl {

Result<ClusterStatePtr> withFlowLogs(const ClusterStatePtr &state, const LiveCluster &cluster,
                                     const CancelToken &cancel)
{
    const auto exec = kube::makeWebSocketExec(cluster.credentials);
    Result<FlowLog> log = readFlowLogs(*state, *exec, cancel);
    if (!log)
        return log.error();
    for (const FlowLogPart &part : log->parts) {
        if (!part.problem.empty())
            std::fprintf(stderr, "portolanctl: flow log of %s: %s\n",
                         withoutControlCharacters(part.node).c_str(),
                         withoutControlCharacters(part.problem).c_str());
    }
    return withFlows(state, std::make_shared<const FlowLog>(std::move(*log)));
}

} // namespace portolan::ctl
