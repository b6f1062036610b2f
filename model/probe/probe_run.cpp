#include "model/probe/probe_run.h"

#include "model/probe/classify.h"
#include "model/probe/plain_text.h"
#include "model/probe/probe_host.h"
#include "model/probe/probe_summary.h"

#include <algorithm>
#include <numeric>

namespace portolan {

namespace {

using namespace std::chrono_literals;
using std::chrono::microseconds;

constexpr std::size_t maxStepOutput = std::size_t{64} << 10;
constexpr std::chrono::seconds firstWait{3};
// Longer than the first: the kernel needs a little over 3 s to tell "no route" from "dropped" (ARP).
constexpr std::chrono::seconds secondWait{4};

/// How many commands run at a time. They count against the container's own memory limit, so the
/// interpreters are few.
unsigned atOnceFor(ProbeTool tool)
{
    return tool == ProbeTool::Python3 ? 3 : 6;
}

} // namespace

ProbeRun::ProbeRun(kube::PodExec &exec, ToolFinder &finder, const std::string &contextName,
                   const ProbePlan &plan, const CancelToken &cancel, const StepHandler &onStep)
    : m_exec(exec),
      m_finder(finder),
      m_contextName(contextName),
      m_plan(plan),
      m_cancel(cancel),
      m_onStep(onStep),
      m_container(plan.container),
      m_image(plan.image)
{
    m_result.request = plan.request;
    for (const ProbePlan::Step &step : plan.steps) {
        ProbeStep planned;
        planned.kind = step.kind;
        planned.host = step.host;
        planned.port = step.port;
        planned.endpoint = step.endpoint;
        planned.note = "not-finished";
        m_result.steps.insert(m_result.steps.end(), plan.repeat, planned);
    }
    m_told.resize(m_result.steps.size());
}

ProbePlace ProbeRun::place() const
{
    return {m_plan.request.source.ns, m_plan.request.source.name, m_container, m_image};
}

Result<void> ProbeRun::run()
{
    if (auto done = attempt(true); !done)
        return done;
    if (lacksItsTool()) {
        // The image's name may have come to stand for another image since its tools were looked at.
        m_finder.forget(place());
        startOver();
        if (auto done = attempt(false); !done)
            return done;
    }
    for (std::size_t i = 0; i < m_result.steps.size(); ++i) {
        if (m_onStep && !m_told[i])
            m_onStep(m_result.steps[i]);
    }
    summarise(m_plan, m_result);
    return {};
}

void ProbeRun::startOver()
{
    for (ProbeStep &step : m_result.steps) {
        step.outcome = ProbeOutcome::Unknown;
        step.note = "not-finished";
        step.output.clear();
    }
    m_result.detail.clear();
}

bool ProbeRun::lacksItsTool() const
{
    return !m_tools.empty() &&
           std::any_of(m_result.steps.begin(), m_result.steps.end(),
                       [](const ProbeStep &step) { return step.outcome == ProbeOutcome::ToolMissing; });
}

Result<void> ProbeRun::attempt(bool isFirst)
{
    if (auto found = findTools(); !found)
        return failed(found.error());
    const auto tool = pickProbeTool(m_tools, m_plan);
    if (!tool) {
        m_tools = {};
        for (ProbeStep &step : m_result.steps) {
            step.outcome = ProbeOutcome::ToolMissing;
            step.note.clear();
        }
        explain("container " + m_container + (m_image.empty() ? "" : ", image " + m_image));
        return {};
    }
    m_result.tool = probeToolName(*tool);
    std::vector<std::size_t> all(m_plan.steps.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    if (auto done = runSteps(all, firstWait); !done)
        return failed(done.error());
    const std::vector<std::size_t> again = toRetry();
    if (again.empty() || (isFirst && lacksItsTool()))
        return {};
    m_isRetry = true;
    if (auto done = runSteps(again, secondWait); !done)
        return failed(done.error());
    return {};
}

Result<void> ProbeRun::findTools()
{
    auto found = m_finder.find(place(), m_cancel);
    if (!found)
        return found.error();
    if (!pickProbeTool(*found, m_plan) && !m_plan.spareContainer.empty() &&
        m_container != m_plan.spareContainer) {
        m_container = m_plan.spareContainer;
        m_image = m_plan.spareImage;
        found = m_finder.find(place(), m_cancel);
        if (!found)
            return found.error();
    }
    m_tools = std::move(*found);
    return {};
}

/// A burst shows its lost ones as they are. A single probe tries once more before it says "blocked".
std::vector<std::size_t> ProbeRun::toRetry() const
{
    std::vector<std::size_t> again;
    for (std::size_t i = 0; m_plan.repeat == 1 && i < m_result.steps.size(); ++i) {
        const ProbeStep &step = m_result.steps[i];
        if (step.outcome == ProbeOutcome::Timeout || (step.note == "udp-silent" && asksDnsServer(m_plan)))
            again.push_back(i);
    }
    return again;
}

Result<void> ProbeRun::runSteps(const std::vector<std::size_t> &which, std::chrono::seconds wait)
{
    const auto tool = pickProbeTool(m_tools, m_plan);
    const ProbeMeans means = probeMeans(m_tools, *tool, m_plan, wait);
    for (const std::size_t index : which)
        prepare(index, means);
    return m_tools.shell.empty() ? runDirectly(means, which) : runScript(means, which);
}

void ProbeRun::prepare(std::size_t index, const ProbeMeans &means)
{
    std::vector<std::string> command = means.prefix;
    const auto rest = stepArguments(means, m_plan.steps[index]);
    command.insert(command.end(), rest.begin(), rest.end());
    for (unsigned i = 0; i < m_plan.repeat; ++i) {
        ProbeStep &step = m_result.steps[index * m_plan.repeat + i];
        step.command = command;
        step.kubectl = kubectlCommand(m_contextName, m_plan, m_container, command);
    }
}

Result<void> ProbeRun::runScript(const ProbeMeans &means, const std::vector<std::size_t> &which)
{
    RunnerTask task;
    task.mark = newMark();
    task.prefix = means.prefix;
    task.repeat = m_plan.repeat;
    task.atOnce = atOnceFor(means.tool);
    for (const std::size_t index : which)
        task.steps.push_back(stepArguments(means, m_plan.steps[index]));
    const std::size_t commands = which.size() * m_plan.repeat;
    const std::size_t rounds = (commands + task.atOnce - 1) / task.atOnce;

    kube::ExecRequest request;
    request.ns = m_plan.request.source.ns;
    request.pod = m_plan.request.source.name;
    request.container = m_container;
    request.command = runnerCommand(m_tools.shell, task);
    request.deadline = rounds * means.limit + commands * 100ms + 10s;
    request.maxOutput = maxStepOutput * 4;
    RunnerReader reader(task.mark);
    request.onStdout = [&](std::string_view piece) {
        reader.feed(piece, std::chrono::steady_clock::now());
        takeResults(means, which, reader);
    };
    const auto outcome = m_exec.exec(request, m_cancel);
    if (!outcome)
        return outcome.error();
    if (isMissingProgram(*outcome)) {
        for (ProbeStep &step : m_result.steps)
            step.outcome = ProbeOutcome::ToolMissing;
    } else if (!reader.isComplete()) {
        explain("the probe did not end: " + (!outcome->statusMessage.empty() ? outcome->statusMessage
                                             : outcome->truncated            ? "too much output"
                                                                             : "its output was cut"));
    }
    return {};
}

void ProbeRun::takeResults(const ProbeMeans &means, const std::vector<std::size_t> &which,
                           RunnerReader &reader)
{
    for (const auto &[number, run] : reader.takeResults()) {
        const std::size_t place = number / m_plan.repeat;
        if (place >= which.size())
            continue;
        settle(which[place] * m_plan.repeat + number % m_plan.repeat, means, run);
    }
}

Result<void> ProbeRun::runDirectly(const ProbeMeans &means, const std::vector<std::size_t> &which)
{
    for (const std::size_t index : which) {
        for (unsigned i = 0; i < m_plan.repeat; ++i) {
            kube::ExecRequest request;
            request.ns = m_plan.request.source.ns;
            request.pod = m_plan.request.source.name;
            request.container = m_container;
            request.command = m_result.steps[index * m_plan.repeat + i].command;
            request.deadline = means.limit + 10s;
            const auto outcome = m_exec.exec(request, m_cancel);
            if (!outcome)
                return outcome.error();
            RunnerResult run{outcome->exitCode, outcome->out + outcome->err, outcome->elapsed};
            if (isMissingProgram(*outcome))
                run = {127, outcome->out + outcome->err + outcome->statusMessage + ": not found", {}};
            settle(index * m_plan.repeat + i, means, run);
            if (!outcome->exitCode && !outcome->statusMessage.empty())
                explain("the probe did not end: " + outcome->statusMessage);
        }
    }
    return {};
}

void ProbeRun::settle(std::size_t index, const ProbeMeans &means, const RunnerResult &run)
{
    ProbeStep &step = m_result.steps[index];
    const bool wasTimeout = m_isRetry && step.outcome == ProbeOutcome::Timeout;
    const Verdict verdict = classify({means.tool, means.method, !isIpAddress(step.host),
                                      asksDnsServer(m_plan), run.exitCode, run.output, run.elapsed});
    step.outcome = verdict.outcome;
    step.note = verdict.note;
    step.elapsed = verdict.elapsed.value_or(run.elapsed.value_or(microseconds{0}));
    if (wasTimeout && verdict.outcome == ProbeOutcome::Reached)
        step.note = "reached-on-retry";
    const std::string text = step.output + (step.output.empty() ? "" : "\n") + run.output;
    step.output = plainText(text, maxStepOutput);
    // What may still change is told when it has.
    const bool isFinal = m_isRetry || m_plan.repeat > 1 || step.outcome == ProbeOutcome::Reached ||
                         step.outcome == ProbeOutcome::Refused;
    if (m_onStep && isFinal && !m_told[index]) {
        m_told[index] = true;
        m_onStep(step);
    }
}

Result<void> ProbeRun::failed(const Error &error)
{
    if (error.code == ErrorCode::Cancelled)
        return error;
    explain(error.oneLine());
    return {};
}

void ProbeRun::explain(const std::string &why)
{
    if (m_result.detail.find(why) == std::string::npos)
        m_result.detail += (m_result.detail.empty() ? "" : "; ") + why;
}

} // namespace portolan
