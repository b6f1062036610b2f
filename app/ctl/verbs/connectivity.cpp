#include "app/ctl/command_line.h"
#include "app/ctl/connectivity_text.h"
#include "app/ctl/exit_code.h"
#include "app/ctl/policy_source.h"

#include <algorithm>

namespace portolan::ctl {

namespace {

void declare(QCommandLineParser &parser)
{
    declarePolicyOptions(parser);
    parser.addOption({u"json"_qs, u"Write JSON, one pair a line."_qs});
}

int run(const QCommandLineParser &parser, const CancelToken &cancel)
{
    if (!argumentsAreBetween(parser, 0, 0))
        return Usage;
    const Result<PolicySource> source = openPolicies(parser, parser.value(u"cluster"_qs), cancel);
    if (!source)
        return fail(source.error());
    reportFaults(source->faults);
    const policy::ConnectivityReport report = policy::connectivityOf(*source->model);
    reportTooLarge(report.tooLarge);
    const auto &pods = source->model->endpoints().state().pods;
    const auto onHosts =
        std::count_if(pods.begin(), pods.end(), [](const auto &pod) { return pod->hostNetwork; });
    if (onHosts > 0)
        reportFaults({std::to_string(onHosts) +
                      " pods on the network of their node are left out: policies see the node instead"});
    if (const std::string &why = source->model->policies().sctpIsDropped; !why.empty())
        reportFaults({"SCTP is unknown or denied: " + why});
    if (!report.hasOutside)
        reportFaults({"policies name too many ranges of addresses or ports: what is outside is left out"});
    const Result<void> written =
        writeOutput(parser.isSet(u"json"_qs) ? connectivityJson(report) : connectivityText(report), {});
    return written ? Success : fail(written.error());
}

} // namespace

Verb connectivityVerb()
{
    return {"connectivity", "",
            "Print every pair of workloads and the ports that policies allow between them.", declare, run};
}

} // namespace portolan::ctl
