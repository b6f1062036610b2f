#pragma once

#include "model/probe/probe_command.h"
#include "model/probe/prober.h"
#include "model/probe/runner_script.h"
#include "model/probe/tool_finder.h"

namespace portolan {

/// One run of one plan; used once, by one thread.
class ProbeRun
{
public:
    using StepHandler = std::function<void(const ProbeStep &)>;

    ProbeRun(kube::PodExec &exec, ToolFinder &finder, const std::string &contextName, const ProbePlan &plan,
             const CancelToken &cancel, const StepHandler &onStep);

    /// Error Cancelled alone.
    Result<void> run();
    ProbeResult takeResult() { return std::move(m_result); }

private:
    Result<void> attempt(bool isFirst);
    Result<void> findTools();
    Result<void> runSteps(const std::vector<std::size_t> &which, std::chrono::seconds wait);
    Result<void> runScript(const ProbeMeans &means, const std::vector<std::size_t> &which);
    Result<void> runDirectly(const ProbeMeans &means, const std::vector<std::size_t> &which);
    void takeResults(const ProbeMeans &means, const std::vector<std::size_t> &which, RunnerReader &reader);
    void settle(std::size_t index, const ProbeMeans &means, const RunnerResult &run);
    void startOver();
    void prepare(std::size_t index, const ProbeMeans &means);
    /// What kept the probe from an answer; Cancelled passes through, all else becomes the result.
    Result<void> failed(const Error &error);
    void explain(const std::string &why);
    std::vector<std::size_t> toRetry() const;
    bool lacksItsTool() const;
    ProbePlace place() const;

    kube::PodExec &m_exec;
    ToolFinder &m_finder;
    const std::string &m_contextName;
    const ProbePlan &m_plan;
    const CancelToken &m_cancel;
    const StepHandler &m_onStep;
    std::string m_container;
    std::string m_image;
    ToolSet m_tools;
    bool m_isRetry = false;
    std::vector<bool> m_told; ///< to onStep, so that each step is told once
    ProbeResult m_result;
};

} // namespace portolan
