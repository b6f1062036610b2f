#include "model/diagnosis/rules/rules.h"

namespace portolan::rules {

void nodeNotReady(const FindingContext &context, Findings &findings)
{
    for (const auto &node : context.state().nodes) {
        if (node->ready)
            continue;
        Finding finding{"node-not-ready", Severity::Problem, refOf(*node), {}, {}};
        finding.facts = {{"reason", node->notReadyReason}};
        findings.push_back(std::move(finding));
    }
}

} // namespace portolan::rules
