#include "model/diagnosis/rules/rules.h"

#include "model/policy/policy_kinds.h"

namespace portolan::rules {

namespace {

std::vector<ObjectRef> firstPolicies(const ClusterState &state)
{
    constexpr std::size_t most = 10;
    std::vector<ObjectRef> first;
    const auto add = [&](const ObjectRef &ref) {
        if (first.size() < most && policy::isPolicy(ref))
            first.push_back(ref);
    };
    for (const auto &policy : state.networkPolicies)
        add(refOf(*policy));
    for (const auto &object : state.others)
        add(refOf(*object));
    return first;
}

} // namespace

void policiesNotEnforced(const FindingContext &context, Findings &findings)
{
    const policy::DetectedEnforcer &enforcer = context.policies().enforcer();
    const std::size_t count = policy::countPolicies(context.state());
    if (enforcer.enforcer != policy::Enforcer::None || count == 0)
        return;
    Finding finding{"policies-not-enforced", Severity::Problem, {}, firstPolicies(context.state()), {}};
    finding.object = finding.evidence.front();
    finding.facts = {{"policies", std::to_string(count)}, {"because", enforcer.because}};
    findings.push_back(std::move(finding));
}

} // namespace portolan::rules
