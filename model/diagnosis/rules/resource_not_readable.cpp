#include "model/cluster/read_gaps.h"
#include "model/diagnosis/rules/rules.h"

namespace portolan::rules {

void resourceNotReadable(const FindingContext &context, Findings &findings)
{
    for (const ReadGap &gap : context.state().gaps) {
        if (isLeftOut(gap))
            continue;
        Finding finding{"resource-not-readable", Severity::Note, {}, {}, {}};
        finding.object = {ObjectKind::Other, "Resource", gap.ns, gap.resource.qualifiedName()};
        finding.facts = {{"resource", gap.resource.qualifiedName()}, {"reason", gap.reason.oneLine()}};
        findings.push_back(std::move(finding));
    }
}

} // namespace portolan::rules
