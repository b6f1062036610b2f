#include "model/diagnosis/rules/rules.h"

#include "model/policy/cilium_settings.h"
#include "model/policy/policy_kinds.h"

#include <algorithm>

namespace portolan::rules {

namespace {

constexpr std::size_t mostEvidence = 10;

std::vector<ObjectRef> firstPolicies(const ClusterState &state)
{
    std::vector<ObjectRef> first;
    const auto add = [&](const ObjectRef &ref) {
        if (first.size() < mostEvidence && policy::isPolicy(ref))
            first.push_back(ref);
    };
    for (const auto &policy : state.networkPolicies)
        add(refOf(*policy));
    for (const auto &object : state.others)
        add(refOf(*object));
    return first;
}

/// Cilium runs, and leaves the policies of networking.k8s.io to nobody.
void networkPoliciesAlone(const FindingContext &context, Findings &findings)
{
    const ClusterState &state = context.state();
    const policy::CiliumSettings settings = policy::ciliumSettings(state);
    if (settings.enforcesNetworkPolicies || state.networkPolicies.empty())
        return;
    Finding finding{"policies-not-enforced", Severity::Problem, {}, {}, {}};
    const auto policies = state.networkPolicies.all();
    for (const auto &policy : policies.first(std::min(policies.size(), mostEvidence)))
        finding.evidence.push_back(refOf(*policy));
    finding.object = finding.evidence.front();
    finding.facts = {{"policies", std::to_string(policies.size())},
                     {"because", settings.config.toString() + ": enable-k8s-networkpolicy=false"}};
    findings.push_back(std::move(finding));
}

} // namespace

void policiesNotEnforced(const FindingContext &context, Findings &findings)
{
    const policy::DetectedEnforcer &enforcer = context.policies().enforcer();
    const std::size_t count = policy::countPolicies(context.state());
    if (enforcer.enforcer == policy::Enforcer::Cilium)
        networkPoliciesAlone(context, findings);
    if (enforcer.enforcer != policy::Enforcer::None || count == 0)
        return;
    Finding finding{"policies-not-enforced", Severity::Problem, {}, firstPolicies(context.state()), {}};
    finding.object = finding.evidence.front();
    finding.facts = {{"policies", std::to_string(count)}, {"because", enforcer.because}};
    findings.push_back(std::move(finding));
}

} // namespace portolan::rules
