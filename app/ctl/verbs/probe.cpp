#include "app/ctl/command_line.h"
#include "app/ctl/exit_code.h"
#include "app/ctl/interrupt.h"
#include "app/ctl/probe_state.h"
#include "app/ctl/probe_target.h"
#include "app/ctl/source.h"
#include "model/probe/prober.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>

namespace portolan::ctl {

namespace {

using Json = nlohmann::ordered_json;

void declare(QCommandLineParser &parser)
{
    declareClusterOptions(parser);
    parser.addOption({u"json"_qs, u"Print the whole result as JSON."_qs});
}

double milliseconds(std::chrono::microseconds time)
{
    return double(time.count()) / 1000.0;
}

Json stepJson(const ProbeStep &step)
{
    Json json{{"kind", probeStepKindName(step.kind)},
              {"host", step.host},
              {"port", step.port},
              {"outcome", probeOutcomeName(step.outcome)},
              {"milliseconds", milliseconds(step.elapsed)},
              {"command", step.command},
              {"kubectl", step.kubectl},
              {"output", step.output}};
    if (step.endpoint.isValid())
        json["endpoint"] = step.endpoint.ns + "/" + step.endpoint.name;
    if (!step.note.empty())
        json["note"] = step.note;
    return json;
}

std::string resultJson(const ProbeResult &result)
{
    Json json{{"source", result.request.source.ns + "/" + result.request.source.name},
              {"destination", result.request.destination.toString()},
              {"port", result.request.port},
              {"protocol", protocolName(result.request.protocol)},
              {"method", probeMethodName(result.request.method)},
              {"outcome", probeOutcomeName(result.outcome)},
              {"milliseconds", milliseconds(result.elapsed)},
              {"at", formatRfc3339(result.at)},
              {"tool", result.tool},
              {"detail", result.detail},
              {"steps", Json::array()}};
    for (const ProbeStep &step : result.steps)
        json["steps"].push_back(stepJson(step));
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string resultText(const ProbeResult &result)
{
    std::string text = std::string(probeOutcomeName(result.outcome));
    if (!result.detail.empty())
        text += "  " + withoutControlCharacters(result.detail);
    text += "\n";
    for (const ProbeStep &step : result.steps) {
        char line[512];
        std::snprintf(line, sizeof line, "  %-9s %s:%u  %s  %.1f ms\n",
                      std::string(probeStepKindName(step.kind)).c_str(), step.host.c_str(),
                      unsigned(step.port), std::string(probeOutcomeName(step.outcome)).c_str(),
                      milliseconds(step.elapsed));
        text += line;
    }
    return text;
}

/// Whoever takes "no" for "blocked" must not be told so where nothing was tried.
ExitCode exitCodeOf(const ProbeResult &result)
{
    switch (result.outcome) {
    case ProbeOutcome::Reached:
        return Success;
    case ProbeOutcome::Refused:
    case ProbeOutcome::Timeout:
    case ProbeOutcome::NoRoute:
    case ProbeOutcome::Dns:
        return AnswerIsNo;
    case ProbeOutcome::ToolMissing:
        return AnswerIsUnknown;
    case ProbeOutcome::Unknown:
        break;
    }
    const bool wasTried = std::any_of(result.steps.begin(), result.steps.end(),
                                      [](const ProbeStep &step) { return step.note != "not-finished"; });
    if (wasTried)
        return AnswerIsUnknown;
    std::fprintf(stderr, "portolanctl: the probe was not made: %s\n",
                 withoutControlCharacters(result.detail).c_str());
    return Unreachable;
}

int run(const QCommandLineParser &parser, const CancelToken &cancel)
{
    if (!argumentsAreBetween(parser, 2, 2))
        return Usage;
    const QStringList arguments = parser.positionalArguments();
    const Result<TypedTarget> target = parseTarget(arguments.at(1).toStdString());
    if (!target)
        return failUsage(QString::fromStdString(target.error().oneLine()));
    const Result<TypedSource> source = parseSource(arguments.at(0).toStdString());
    if (!source)
        return failUsage(QString::fromStdString(source.error().oneLine()));
    const Result<LiveCluster> cluster = openLive(parser);
    if (!cluster)
        return fail(cluster.error());
    const Result<ClusterStatePtr> state =
        readForProbe(*cluster, arguments.at(0).toStdString(), *target, cancel);
    if (!state)
        return fail(state.error());
    const Result<ProbeRequest> request = resolveProbe(**state, arguments.at(0).toStdString(), *target);
    if (!request)
        return fail(request.error());
    const Result<ProbePlan> plan = planProbe(**state, *request);
    if (!plan)
        return fail(plan.error());
    const OrderlyEnd orderly;
    const auto exec = kube::makeWebSocketExec(cluster->credentials);
    const Result<ProbeResult> result = Prober(*exec, cluster->info.contextName).run(*plan, cancel);
    if (!result)
        return fail(result.error());
    const Result<void> written =
        writeOutput(parser.isSet(u"json"_qs) ? resultJson(*result) : resultText(*result), {});
    if (!written)
        return fail(written.error());
    return exitCodeOf(*result);
}

} // namespace

Verb probeVerb()
{
    return {"probe", "NS/POD NS/SERVICE-OR-POD:PORT[/PROTO]", "Try a connection from the real source pod.",
            declare, run};
}

} // namespace portolan::ctl
