#include "model/policy/agreement.h"

#include <algorithm>

namespace portolan::policy {

namespace {

WallTime createdOf(const ClusterState &state, const ObjectRef &object)
{
    const auto found = findObject(state, object);
    return found ? std::visit([](const auto &it) { return it->meta.created; }, *found) : WallTime{};
}

} // namespace

Agreement agreementOf(Outcome predicted, ProbeOutcome measured, Protocol protocol)
{
    const bool lost = measured == ProbeOutcome::Timeout || measured == ProbeOutcome::NoRoute;
    if (predicted == Outcome::Allow && measured == ProbeOutcome::Reached)
        return Agreement::Agrees;
    if (predicted == Outcome::Allow && lost && protocol != Protocol::Udp)
        return Agreement::Contradicted;
    if (predicted == Outcome::Deny && measured == ProbeOutcome::Reached)
        return Agreement::Contradicted;
    if (predicted == Outcome::Deny && measured == ProbeOutcome::Timeout && protocol != Protocol::Udp)
        return Agreement::Agrees;
    return Agreement::None;
}

std::optional<ProbeOutcome> measuredAt(const ProbeResult &probe, const ObjectRef &pod, std::uint16_t port)
{
    bool triedPods = false;
    for (const ProbeStep &step : probe.steps) {
        triedPods |= step.kind == ProbeStepKind::Endpoint;
        if (step.kind == ProbeStepKind::Endpoint && step.endpoint == pod && step.port == port)
            return step.outcome;
    }
    return triedPods ? std::nullopt : std::optional(probe.outcome);
}

bool isOlderThanPolicies(const ClusterState &state, const Verdict &verdict, WallTime at)
{
    return at != WallTime{} && std::any_of(verdict.by.begin(), verdict.by.end(), [&](const Decision &by) {
               return by.object.isValid() && createdOf(state, by.object) > at;
           });
}

const Decision *settledBy(const Verdict &verdict)
{
    using Effect = Decision::Effect;
    const Decision *settling = nullptr;
    for (const Decision &decision : verdict.by) {
        const bool denies = decision.effect == Effect::Denies || decision.effect == Effect::Isolates;
        if (verdict.outcome == Outcome::Deny && denies && decision.isCertain)
            return &decision;
        if (verdict.outcome == Outcome::Allow && decision.effect == Effect::Allows)
            settling = &decision;
    }
    return settling;
}

} // namespace portolan::policy
