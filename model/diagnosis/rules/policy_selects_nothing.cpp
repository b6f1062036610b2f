#include "model/diagnosis/rules/rules.h"

namespace portolan::rules {

void policySelectsNothing(const FindingContext &context, Findings &findings)
{
    for (const auto &policy : context.state().networkPolicies) {
        if (!context.canRead(ObjectKind::Pod, policy->meta.ns) || !policy->podSelector.isUnderstood() ||
            context.hasPod(policy->meta.ns, policy->podSelector))
            continue;
        Finding finding{"policy-selects-nothing", Severity::Note, refOf(*policy), {}, {}};
        finding.facts = {{"selector", policy->podSelector.toString()}};
        findings.push_back(std::move(finding));
    }
}

} // namespace portolan::rules
