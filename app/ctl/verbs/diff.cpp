#include "app/ctl/command_line.h"
#include "app/ctl/connectivity_text.h"
#include "app/ctl/exit_code.h"
#include "app/ctl/policy_source.h"

namespace portolan::ctl {

namespace {

void declare(QCommandLineParser &parser)
{
    declareEnforcer(parser);
    parser.addOption({u"json"_qs, u"Write JSON, one change a line."_qs});
}

int run(const QCommandLineParser &parser, const CancelToken &cancel)
{
    if (!argumentsAreBetween(parser, 2, 2))
        return Usage;
    const Result<PolicySource> before = openPolicies(parser, parser.positionalArguments().at(0), cancel);
    if (!before)
        return fail(before.error());
    const Result<PolicySource> after = openPolicies(parser, parser.positionalArguments().at(1), cancel);
    if (!after)
        return fail(after.error());
    reportFaults(before->faults);
    reportFaults(after->faults);
    const policy::ConnectivityDiff diff = policy::connectivityDiff(*before->model, *after->model);
    reportTooLarge(diff.tooLarge);
    const Result<void> written =
        writeOutput(parser.isSet(u"json"_qs) ? connectivityDiffJson(diff) : connectivityDiffText(diff), {});
    return written ? Success : fail(written.error());
}

} // namespace

Verb diffVerb()
{
    return {"diff", "A B", "Print the pairs whose verdict differs between two clusters, and why.", declare,
            run};
}

} // namespace portolan::ctl
