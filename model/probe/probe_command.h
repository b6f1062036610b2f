#pragma once

#include "model/probe/probe_tool.h"
#include "model/probe/prober.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace portolan {

/// How every step of one probe is run: what their commands have in common, and for how long.
struct ProbeMeans
{
    ProbeTool tool = ProbeTool::NcOpenbsd;
    ProbeMethod method = ProbeMethod::Tcp;
    std::chrono::seconds wait{3};   ///< the tool's own limit for one connection
    std::chrono::seconds limit{10}; ///< the command's: name look-up and several addresses included
    std::vector<std::string> prefix;
};

/// The best tool of `tools` for the plan's method, or nothing where none can. The order: what connects
/// and says nothing before what sends a request; what starts fast before what starts slowly.
std::optional<ProbeTool> pickProbeTool(const ToolSet &tools, const ProbePlan &plan);

/// `wait` is at least 3 s: shorter than that a retransmitted SYN reads as a lost one.
ProbeMeans probeMeans(const ToolSet &tools, ProbeTool tool, const ProbePlan &plan, std::chrono::seconds wait);

/// What follows ProbeMeans::prefix for one step. Precondition: isProbeHost(step.host).
std::vector<std::string> stepArguments(const ProbeMeans &means, const ProbePlan::Step &step);

/// Whether the plan's destination is a DNS server asked over UDP: then a real query is sent.
bool asksDnsServer(const ProbePlan &plan);

/// "kubectl exec …": `command` in that container, quoted for a POSIX shell.
std::string kubectlCommand(const std::string &contextName, const ProbePlan &plan,
                           const std::string &container, const std::vector<std::string> &command);

/// One word as a POSIX shell reads it back.
std::string shellQuoted(std::string_view word);

} // namespace portolan
