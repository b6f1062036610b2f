#include "model/probe/prober.h"

#include "model/probe/classify.h"
#include "model/probe/plain_text.h"
#include "model/probe/probe_command.h"
#include "model/probe/probe_host.h"
#include "model/probe/probe_run.h"
#include "model/probe/probe_summary.h"
#include "model/probe/tool_finder.h"

namespace portolan {

struct Prober::Private
{
    kube::PodExec &exec;
    std::string contextName;
    const Clock &clock;
    ToolFinder finder;
};

Prober::Prober(kube::PodExec &exec, std::string contextName, const Clock &clock)
    : d(new Private{exec, std::move(contextName), clock, ToolFinder(exec)})
{
}

Prober::~Prober() = default;

Result<ProbeResult> Prober::run(const ProbePlan &plan, const CancelToken &cancel,
                                const std::function<void(const ProbeStep &)> &onStep)
{
    ProbeRun run(d->exec, d->finder, d->contextName, plan, cancel, onStep);
    if (auto done = run.run(); !done)
        return done.error();
    ProbeResult result = run.takeResult();
    result.at = d->clock.wallNow();
    return result;
}

} // namespace portolan
