#include "model/diagnosis/rules/rules.h"

#include "model/policy/agreement.h"

namespace portolan::rules {

namespace {

constexpr std::size_t mostFindings = 200;
/// What was seen longer before the reading may have been under other policies; edits leave no time behind.
constexpr std::chrono::seconds recent{30};

/// What the log tells last about the flow, where that is recent.
struct Seen
{
    policy::Outcome outcome;
    WallTime at;
};

std::optional<Seen> seenOf(const ObservedFlow &flow, WallTime readAt)
{
    const bool dropped = flow.dropped > 0 && flow.droppedAt >= flow.forwardedAt;
    const WallTime at = dropped ? flow.droppedAt : flow.forwardedAt;
    if (at == WallTime{} || at + recent < readAt || (dropped && !isPolicyDrop(flow.dropReason)))
        return std::nullopt;
    return Seen{dropped ? policy::Outcome::Deny : policy::Outcome::Allow, at};
}

Finding findingOf(const ObservedFlow &flow, const Seen &seen, const policy::Verdict &verdict)
{
    Finding finding{"flow-contradicted", Severity::Warning, flow.source, {flow.destination}, {}};
    const policy::Decision *by = policy::settledBy(verdict);
    if (by)
        finding.evidence.push_back(by->object);
    finding.facts = {
        {"predicted", std::string(policy::outcomeName(verdict.outcome))},
        {"by", by ? by->object.toString() + (by->path.empty() ? "" : ", " + by->path) : std::string()},
        {"seen", seen.outcome == policy::Outcome::Deny ? "dropped" : "forwarded"},
        {"at", formatRfc3339(seen.at)},
        {"destination", flow.destination.toString()},
        {"port", std::to_string(flow.port) + "/" + std::string(protocolName(flow.protocol))},
    };
    return finding;
}

} // namespace

void flowContradicted(const FindingContext &context, Findings &findings)
{
    const FlowLogPtr &log = context.state().flows;
    if (!log)
        return;
    const policy::PolicyModel &policies = context.policies();
    const policy::EndpointTable &table = policies.endpoints();
    policy::PairVerdicts verdicts(policies);
    std::size_t found = 0;
    for (const ObservedFlow &flow : log->flows) {
        const auto seen = seenOf(flow, log->readAt);
        if (!seen || flow.source.kind != ObjectKind::Pod || flow.destination.kind != ObjectKind::Pod)
            continue;
        const policy::EndpointId source = table.find(flow.source.ns, flow.source.name);
        const policy::EndpointId pod = table.find(flow.destination.ns, flow.destination.name);
        if (source == policy::noEndpoint || pod == policy::noEndpoint)
            continue;
        const policy::Traffic traffic{policy::ipProtocol(flow.protocol), flow.port};
        const policy::Outcome predicted = verdicts.outcome(source, pod, traffic);
        if (predicted == policy::Outcome::Unknown || predicted == seen->outcome)
            continue;
        const policy::Verdict verdict =
            policies.explain(table.endpoint(source), table.endpoint(pod), traffic);
        if (policy::isOlderThanPolicies(context.state(), verdict, seen->at))
            continue;
        findings.push_back(findingOf(flow, *seen, verdict));
        if (++found == mostFindings)
            return;
    }
}

} // namespace portolan::rules
