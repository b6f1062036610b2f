#include "model/diagnosis/rules/rules.h"

#include "model/policy/agreement.h"

#include <set>
#include <tuple>

namespace portolan::rules {

namespace {

constexpr std::size_t mostFindings = 200;

/// One connection that a probe tried.
struct Tried
{
    const ProbeResult &result;
    policy::EndpointId source;
    ObjectRef pod;
    std::uint16_t port;
};

/// The pods that the probe tried by themselves; the destination where it is a pod and no step names it.
std::vector<Tried> triesOf(const ProbeResult &result, const policy::EndpointTable &table)
{
    std::vector<Tried> tries;
    const ProbeRequest &request = result.request;
    const policy::EndpointId source = table.find(request.source.ns, request.source.name);
    if (source == policy::noEndpoint)
        return tries;
    for (const ProbeStep &step : result.steps) {
        if (step.kind == ProbeStepKind::Endpoint && step.endpoint.kind == ObjectKind::Pod)
            tries.push_back({result, source, step.endpoint, step.port});
    }
    if (tries.empty() && request.destination.kind == ObjectKind::Pod)
        tries.push_back({result, source, request.destination, request.port});
    return tries;
}

Finding findingOf(const Tried &tried, ProbeOutcome measured, const policy::Verdict &verdict)
{
    const ProbeRequest &request = tried.result.request;
    Finding finding{"policy-contradicted", Severity::Problem, request.source, {request.destination}, {}};
    const policy::Decision *by = policy::settledBy(verdict);
    std::string decider;
    if (by) {
        finding.evidence.push_back(by->object);
        decider = by->object.toString() + (by->path.empty() ? "" : ", " + by->path);
    }
    finding.facts = {
        {"predicted", std::string(policy::outcomeName(verdict.outcome))},
        {"by", decider},
        {"outcome", std::string(probeOutcomeName(measured))},
        {"at", formatRfc3339(tried.result.at)},
        {"destination", request.destination.toString()},
        {"port", std::to_string(request.port) + "/" + std::string(protocolName(request.protocol))},
    };
    return finding;
}

} // namespace

void policyContradicted(const FindingContext &context, Findings &findings)
{
    const policy::PolicyModel &policies = context.policies();
    const policy::EndpointTable &table = policies.endpoints();
    policy::PairVerdicts verdicts(policies);
    std::set<std::tuple<ObjectRef, ObjectRef, std::uint16_t, Protocol, ProbeMethod>> seen;
    std::size_t found = 0;
    for (const ProbeResult &result : context.state().probes) { // latest first
        const ProbeRequest &request = result.request;
        if (found >= mostFindings ||
            !seen.emplace(request.source, request.destination, request.port, request.protocol, request.method)
                 .second)
            continue;
        for (const Tried &tried : triesOf(result, table)) {
            const policy::EndpointId pod = table.find(tried.pod.ns, tried.pod.name);
            const auto measured = policy::measuredAt(result, tried.pod, tried.port);
            if (pod == policy::noEndpoint || !measured)
                continue;
            const policy::Traffic traffic{policy::ipProtocol(request.protocol), tried.port};
            if (policy::agreementOf(verdicts.outcome(tried.source, pod, traffic), *measured,
                                    request.protocol) != policy::Agreement::Contradicted)
                continue;
            const policy::Verdict verdict =
                policies.explain(table.endpoint(tried.source), table.endpoint(pod), traffic);
            if (policy::isOlderThanPolicies(context.state(), verdict, result.at))
                continue;
            findings.push_back(findingOf(tried, *measured, verdict));
            ++found;
            break; // one finding a question
        }
    }
}

} // namespace portolan::rules
