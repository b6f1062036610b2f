#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace portolan {

/// Programs that can answer a probe. The variants of nc share a name and little else: they are told
/// apart by their help text.
enum class ProbeTool : std::uint8_t {
    NcOpenbsd,
    Ncat,
    NcTraditional,
    NcBusybox,     ///< with -z
    NcBusyboxExec, ///< without -z, but with -e: connects, then runs `true`
    Bash,          ///< its /dev/tcp and /dev/udp
    Python3,
    Curl,
    Wget, ///< GNU
    WgetBusybox,
    Getent,
    Dig,
    Nslookup,        ///< of BIND: follows the search list
    NslookupBusybox, ///< asks one server for one absolute name
};
/// The program's name as people know it: "nc", "bash", "python3"…
std::string_view probeToolName(ProbeTool tool);

/// What an image has, found out by one exec.
struct ToolSet
{
    /// How a fixed script is started: {"sh", "-c"}, {"busybox", "sh", "-c"}…; empty without a shell, then
    /// programs are started directly, one exec each.
    std::vector<std::string> shell;
    std::vector<ProbeTool> tools;
    /// timeout(1) that bounds a command and leaves nothing behind. busybox's does not count: its watcher
    /// becomes a child of the container's first process, which seldom reaps, so that every use leaves a
    /// zombie in the pod. Tools without a limit of their own are then bounded in other ways or not used.
    bool hasTimeout = false;
    std::string ncProgram = "nc"; ///< "ncat" or "netcat" where it is called so

    bool canCut = false; ///< has `head`, which bounds what a peer may print

    bool has(ProbeTool tool) const;
    bool empty() const { return tools.empty(); }
};

/// Looks for every tool; prints lines that begin with its first parameter (the mark).
std::string_view detectionScript();

/// Reads what detectionScript() printed. Lines without the mark are help texts of the program named
/// before. `complete` is set where the last line came.
ToolSet parseDetection(std::string_view output, std::string_view mark, bool &complete);

/// Which nc a help text belongs to; by `found` false where it is none that is known.
bool ncVariant(std::string_view help, ProbeTool &found);

} // namespace portolan
