#pragma once

#include "model/cluster/probe_result.h"
#include "model/kube/pod_exec.h"
#include "model/probe/probe_tool.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace portolan {

/// What a tool's run left behind.
struct ToolRun
{
    ProbeTool tool = ProbeTool::NcOpenbsd;
    ProbeMethod method = ProbeMethod::Tcp;
    bool hostIsName = false;
    bool asksDnsServer = false; ///< a UDP probe that sent a DNS question
    std::optional<int> exitCode;
    std::string_view output; ///< stdout and stderr together
    std::optional<std::chrono::microseconds> elapsed;
};

struct Verdict
{
    ProbeOutcome outcome = ProbeOutcome::Unknown;
    std::string note;                                 ///< keys: see Prober
    std::optional<std::chrono::microseconds> elapsed; ///< as the tool itself measured it
};

/// Reads a run as seen in trials of each tool (Linux, C locale), by its words and its time: an exit code
/// alone decides nothing but success. What no rule knows is Unknown.
Verdict classify(const ToolRun &run);

/// Whether an exec failed for want of the program: exit 126 or 127 with the runtime's or the shell's
/// words for it (on stdout, stderr or in the Status), never a finding about the network.
bool isMissingProgram(const kube::ExecOutcome &outcome);
bool isMissingProgram(std::optional<int> exitCode, std::string_view text);

} // namespace portolan
