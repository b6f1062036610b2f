#include "app/ctl/command_line.h"
#include "app/ctl/exit_code.h"
#include "app/ctl/graph_json.h"
#include "app/ctl/source.h"
#include "model/cluster/read_gaps.h"

#include <nlohmann/json.hpp>

#include <map>

namespace portolan::ctl {

namespace {

using Json = nlohmann::ordered_json;

/// Null where nothing of it could be read; where some could, `notReadable` says what is missing.
Json countOf(std::size_t count, bool isUnread)
{
    return count == 0 && isUnread ? Json() : Json(count);
}

Json counts(const ClusterState &state)
{
    const auto number = [&state](const auto &table, ObjectKind kind) {
        return countOf(table.size(), mayBeMore(state, kind));
    };
    Json json;
    json["context"] = state.info.contextName;
    json["serverVersion"] = state.info.serverVersion;
    if (state.info.source != SourceKind::Live)
        json["recordedAt"] = formatRfc3339(state.info.recordedAt);
    json["namespaces"] = number(state.namespaces, ObjectKind::Namespace);
    json["nodes"] = number(state.nodes, ObjectKind::Node);
    json["pods"] = number(state.pods, ObjectKind::Pod);
    json["services"] = number(state.services, ObjectKind::Service);
    json["endpointSlices"] = number(state.endpointSlices, ObjectKind::EndpointSlice);
    json["networkPolicies"] = number(state.networkPolicies, ObjectKind::NetworkPolicy);
    json["ingresses"] = number(state.ingresses, ObjectKind::Ingress);
    std::map<std::string, std::size_t> workloads;
    for (const auto &workload : state.workloads)
        ++workloads[workload->kind];
    json["workloads"] = workloads;
    json["events"] = number(state.events, ObjectKind::Event);
    std::map<std::string, std::size_t> others;
    for (const auto &object : state.others)
        ++others[refOf(*object).type];
    json["others"] = others;
    json["probes"] = state.probes.size();
    if (state.flows)
        json["flows"] = state.flows->flows.size();
    json["notReadable"] = gapsJson(state);
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
