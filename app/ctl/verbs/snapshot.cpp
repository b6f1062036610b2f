#include "model/snapshot/snapshot.h"
#include "app/ctl/command_line.h"
#include "app/ctl/edge_probes.h"
#include "app/ctl/exit_code.h"
#include "app/ctl/flow_logs.h"
#include "app/ctl/interrupt.h"
#include "app/ctl/source.h"

namespace portolan::ctl {

namespace {

void declare(QCommandLineParser &parser)
{
    declareClusterOptions(parser);
    parser.addOptions({
        {{u"o"_qs, u"output"_qs}, u"Write the snapshot to FILE."_qs, u"FILE"_qs},
        {u"probe-edges"_qs, u"Probe every edge of the Services view first, and record the results."_qs},
        {u"probe"_qs, u"Probe this pair first, and record the result; may be given several times."_qs,
         u"NS/POD=NS/SERVICE-OR-POD:PORT[/PROTO]"_qs},
        {u"flows"_qs, u"Read the flow logs of Cilium's agents (Hubble), and record what they saw."_qs},
    });
}

Result<ClusterStatePtr> probed(const QCommandLineParser &parser, const ClusterStatePtr &state,
                               const LiveCluster &cluster, const CancelToken &cancel)
{
    Result<std::vector<ProbeRequest>> requests = typedProbes(*state, parser.values(u"probe"_qs));
    if (!requests)
        return requests.error();
    if (parser.isSet(u"probe-edges"_qs)) {
        const std::vector<ProbeRequest> edges = edgeProbes(*state);
        requests->insert(requests->end(), edges.begin(), edges.end());
    }
    return withProbes(state, *requests, cluster, cancel);
}

int run(const QCommandLineParser &parser, const CancelToken &cancel)
{
    if (!argumentsAreBetween(parser, 0, 0))
        return Usage;
    const QString file = parser.value(u"output"_qs);
    if (file.isEmpty())
        return failUsage(u"snapshot needs -o FILE"_qs);
    if (const Result<void> typed = checkTypedProbes(parser.values(u"probe"_qs)); !typed)
        return failUsage(u"--probe: "_qs + QString::fromStdString(typed.error().oneLine()));
    const Result<LiveCluster> cluster = openLive(parser);
    if (!cluster)
        return fail(cluster.error());
    Result<ClusterStatePtr> state = follow(
        *cluster, [](const auto &, const auto &, bool synced) { return !synced; }, cancel);
    if (state)
        state = probed(parser, *state, *cluster, cancel);
    if (state && parser.isSet(u"flows"_qs))
        state = withFlowLogs(*state, *cluster, cancel);
    if (!state)
        return fail(state.error());
    const OrderlyEnd orderly;
    const Result<void> saved = saveSnapshot(**state, file.toStdString(), cancel);
    return saved ? Success : fail(saved.error());
}

} // namespace

Verb snapshotVerb()
{
    return {"snapshot", "-o FILE", "Record the cluster in a file.", declare, run};
}

} // namespace portolan::ctl
