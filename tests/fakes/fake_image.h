#pragma once

#include "model/kube/pod_exec.h"

#include <mutex>
#include <optional>
#include <utility>

namespace portolan::fakes {

/// A pod whose image holds what the test says, at the seam that probes are tested at: it understands the
/// fixed scripts of model/probe and answers each command by a function.
class FakeImage final : public kube::PodExec
{
public:
    struct Answer
    {
        int exitCode = 0;
        std::string output;
        std::chrono::microseconds elapsed{500};
    };
    using Argv = std::vector<std::string>;

    /// Programs that the image has, with what they print when asked who they are.
    std::vector<std::pair<std::string, std::string>> programs;
    std::string shell = "sh"; ///< which shell there is: "sh", "bash", "busybox" or ""
    /// One command of a probe, without `timeout N` in front.
    std::function<Answer(const Argv &)> answer;
    /// Where set, every exec fails so.
    std::optional<Error> error;
    /// The script's output is cut after so many commands, and no exit code is told.
    std::optional<std::size_t> cutAfter;
    bool withoutClock = false; ///< `date` knows no nanoseconds and the shell has none either
    std::string beforeOutput;  ///< what a peer managed to print before everything

    Result<kube::ExecOutcome> exec(const kube::ExecRequest &request, const CancelToken &cancel) override;

    std::vector<kube::ExecRequest> requests() const;
    /// Execs that were no look for tools.
    std::size_t probeExecs() const;

private:
    kube::ExecOutcome detect(const std::string &mark) const;
    kube::ExecOutcome runScript(const kube::ExecRequest &request, std::size_t scriptAt);
    kube::ExecOutcome runDirectly(const Argv &argv);
    static kube::ExecOutcome missing(const std::string &program);

    mutable std::mutex m_mutex;
    std::vector<kube::ExecRequest> m_requests;
};

} // namespace portolan::fakes
