#include "app/ctl/command_line.h"
#include "app/ctl/exit_code.h"
#include "app/ctl/source.h"

#include <nlohmann/json.hpp>

#include <map>

namespace portolan::ctl {

namespace {

using Json = nlohmann::ordered_json;

Json counts(const ClusterState &state)
{
    Json json;
    json["context"] = state.info.contextName;
    json["serverVersion"] = state.info.serverVersion;
    if (state.info.source != SourceKind::Live)
        json["recordedAt"] = formatRfc3339(state.info.recordedAt);
    json["namespaces"] = state.namespaces.size();
    json["nodes"] = state.nodes.size();
    json["pods"] = state.pods.size();
    json["services"] = state.services.size();
    json["endpointSlices"] = state.endpointSlices.size();
    json["networkPolicies"] = state.networkPolicies.size();
    json["ingresses"] = state.ingresses.size();
    std::map<std::string, std::size_t> workloads;
    for (const auto &workload : state.workloads)
        ++workloads[workload->kind];
    json["workloads"] = workloads;
    json["events"] = state.events.size();
    std::map<std::string, std::size_t> others;
    for (const auto &object : state.others)
        ++others[refOf(*object).type];
    json["others"] = others;
    json["probes"] = state.probes.size();
    if (state.flows)
        json["flows"] = state.flows->flows.size();
    Json unread = Json::array();
    for (const ReadGap &gap : state.gaps)
        unread.push_back({{"resource", gap.resource.qualifiedName()},
                          {"namespace", gap.ns},
                          {"reason", gap.reason.detail}});
    json["notReadable"] = unread;
    return json;
}

int run(const QCommandLineParser &parser, const CancelToken &cancel)
{
    if (!argumentsAreBetween(parser, 0, 1))
        return Usage;
    const Result<ClusterStatePtr> state = readState(parser, 0, cancel);
    if (!state)
        return fail(state.error());
    const Result<void> written =
        writeOutput(counts(**state).dump(2, ' ', false, Json::error_handler_t::replace) + "\n", {});
    return written ? Success : fail(written.error());
}

} // namespace

Verb showVerb()
{
    return {"show", "[FILE]", "Count what a snapshot, or the cluster, holds; as JSON.", declareClusterOptions,
            run};
}

} // namespace portolan::ctl
