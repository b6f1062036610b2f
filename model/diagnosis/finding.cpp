#include "model/diagnosis/finding.h"

#include "model/diagnosis/rules/rules.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace portolan {

std::vector<Finding> findFindings(const policy::PolicyModel &policies)
{
    constexpr std::array all{
        rules::serviceWithoutEndpoints,
        rules::targetPortMissing,
        rules::loadBalancerPending,
        rules::ingressBackendMissing,
        rules::policyContradicted,
        rules::flowContradicted,
        rules::policiesNotEnforced,
        rules::policySelectsNothing,
        rules::namespaceOpenToAll,
        rules::podNotReady,
        rules::nodeNotReady,
        rules::cniAgentNotReady,
        rules::probeFailed,
        rules::resourceNotReadable,
    };
    const FindingContext context(policies);
    std::vector<Finding> findings;
    for (const auto rule : all)
        rule(context, findings);
    const auto isQuieter = [](const Finding &finding) { return finding.rule != "policy-contradicted"; };
    std::sort(findings.begin(), findings.end(), [&](const Finding &a, const Finding &b) {
        return std::tuple(isQuieter(a), std::tie(a.severity, a.rule, a.object, a.facts)) <
               std::tuple(isQuieter(b), std::tie(b.severity, b.rule, b.object, b.facts));
    });
    return findings;
}

} // namespace portolan
