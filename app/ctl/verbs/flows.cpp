#include "app/ctl/command_line.h"
#include "app/ctl/exit_code.h"
#include "app/ctl/flow_logs.h"

#include <nlohmann/json.hpp>

namespace portolan::ctl {

namespace {

using Json = nlohmann::ordered_json;

void declare(QCommandLineParser &parser)
{
    declareClusterOptions(parser);
    parser.addOption({u"json"_qs, u"Print one JSON object a line."_qs});
}

std::string endText(const ObjectRef &end)
{
    return withoutControlCharacters(end.kind == ObjectKind::Pod ? end.ns + "/" + end.name : end.name);
}

Json flowJson(const ObservedFlow &flow)
{
    Json json{{"src", endText(flow.source)},          {"dst", endText(flow.destination)},
              {"proto", protocolName(flow.protocol)}, {"port", flow.port},
              {"forwarded", flow.forwarded},          {"dropped", flow.dropped}};
    if (flow.forwarded > 0)
        json["forwardedAt"] = formatRfc3339(flow.forwardedAt);
    if (flow.dropped > 0) {
        json["droppedAt"] = formatRfc3339(flow.droppedAt);
        json["dropReason"] = flow.dropReason;
    }
    return json;
}

std::string flowText(const ObservedFlow &flow)
{
    std::string text = endText(flow.source) + " -> " + endText(flow.destination) + ":" +
                       std::to_string(flow.port) + "/" + std::string(protocolName(flow.protocol));
    if (flow.forwarded > 0)
        text += "  " + std::to_string(flow.forwarded) + " forwarded";
    if (flow.dropped > 0)
        text += "  " + std::to_string(flow.dropped) + " dropped" +
                (flow.dropReason.empty() ? "" : " (" + withoutControlCharacters(flow.dropReason) + ")");
    return text;
}

/// What was seen, of a snapshot or of the live cluster.
Result<ClusterStatePtr> observed(const QCommandLineParser &parser, const CancelToken &cancel)
{
    Result<ClusterStatePtr> state = readState(parser, 0, cancel);
    if (!state || !parser.positionalArguments().isEmpty())
        return state;
    const Result<LiveCluster> cluster = openLive(parser);
    return cluster ? withFlowLogs(*state, *cluster, cancel) : Result<ClusterStatePtr>(cluster.error());
}

int run(const QCommandLineParser &parser, const CancelToken &cancel)
{
    if (!argumentsAreBetween(parser, 0, 1))
        return Usage;
    const Result<ClusterStatePtr> state = observed(parser, cancel);
    if (!state)
        return fail(state.error());
    if (!(*state)->flows)
        return fail({ErrorCode::NotFound, "holds no flow log; 'snapshot --flows' records one",
                     parser.positionalArguments().constFirst().toStdString()});
    std::string text;
    for (const ObservedFlow &flow : (*state)->flows->flows)
        text +=
            (parser.isSet(u"json"_qs) ? flowJson(flow).dump(-1, ' ', false, Json::error_handler_t::replace)
                                      : flowText(flow)) +
            "\n";
    const Result<void> written = writeOutput(text, {});
    return written ? Success : fail(written.error());
}

} // namespace

Verb flowsVerb()
{
    return {"flows", "[FILE]", "Print what traffic the flow logs (Hubble) saw.", declare, run};
}

} // namespace portolan::ctl
