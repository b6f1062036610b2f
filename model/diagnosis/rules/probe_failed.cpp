#include "model/diagnosis/rules/rules.h"

#include <set>
#include <tuple>

namespace portolan::rules {

namespace {

/// What failed where other steps got through: "name", "clusterIP", "endpoint 10.244.1.7"; "" where all
/// failed alike.
std::string failingPart(const ProbeResult &result)
{
    std::set<std::string> failing;
    bool anyReached = false;
    for (const ProbeStep &step : result.steps) {
        if (step.outcome == ProbeOutcome::Reached) {
            anyReached = true;
            continue;
        }
        std::string part(probeStepKindName(step.kind));
        if (step.kind == ProbeStepKind::Endpoint)
            part += " " + step.host;
        failing.insert(std::move(part));
    }
    std::string text;
    if (anyReached) {
        for (const std::string &part : failing)
            text += (text.empty() ? "" : ", ") + part;
    }
    return text;
}

/// Outcomes that say something of the network; a missing tool or an unknown end does not.
bool isFailure(ProbeOutcome outcome)
{
    return outcome == ProbeOutcome::Refused || outcome == ProbeOutcome::Timeout ||
           outcome == ProbeOutcome::NoRoute || outcome == ProbeOutcome::Dns;
}

} // namespace

void probeFailed(const FindingContext &context, Findings &findings)
{
    std::set<std::tuple<ObjectRef, ObjectRef, std::uint16_t, Protocol, ProbeMethod>> seen;
    for (const ProbeResult &result : context.state().probes) { // latest first
        const ProbeRequest &request = result.request;
        const bool isLatest =
            seen.emplace(request.source, request.destination, request.port, request.protocol, request.method)
                .second;
        const std::string part = failingPart(result);
        if (!isLatest || (!isFailure(result.outcome) && part.empty()))
            continue;
        Finding finding{"probe-failed", Severity::Warning, request.source, {request.destination}, {}};
        finding.facts = {
            {"outcome", std::string(probeOutcomeName(result.outcome))},
            {"destination", request.destination.toString()},
            {"port", std::to_string(request.port) + "/" + std::string(protocolName(request.protocol))},
            {"failing", part}};
        findings.push_back(std::move(finding));
    }
}

} // namespace portolan::rules
