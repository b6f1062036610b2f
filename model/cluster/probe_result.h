#pragma once

#include "model/base/timestamp.h"
#include "model/cluster/objects.h"

#include <chrono>
#include <string>
#include <vector>

namespace portolan {

/// What a probe measured. Unknown is never success: a silent end, a cut stream, an answer that no rule
/// knows (facts in model/probe/classify.h).
enum class ProbeOutcome : std::uint8_t { Reached, Refused, Timeout, NoRoute, Dns, ToolMissing, Unknown };
/// "REACHED", "REFUSED", "TIMEOUT", "NO_ROUTE", "DNS", "TOOL_MISSING", "UNKNOWN".
std::string_view probeOutcomeName(ProbeOutcome outcome);
std::optional<ProbeOutcome> probeOutcomeFromName(std::string_view name);

/// What is asked of the destination: a connection, a datagram, an HTTP answer, a name.
enum class ProbeMethod : std::uint8_t { Tcp, Udp, Http, Dns };
std::string_view probeMethodName(ProbeMethod method);
std::optional<ProbeMethod> probeMethodFromName(std::string_view name);

/// What of a destination a step tried.
enum class ProbeStepKind : std::uint8_t { Name, ClusterIp, Endpoint, Address };
std::string_view probeStepKindName(ProbeStepKind kind);

/// Who asks whom. `source` is a Pod; `destination` is a Service, a Pod, or (kind Other, type "Address")
/// a name or address outside.
struct ProbeRequest
{
    ObjectRef source;
    std::string container; ///< "" picks the first running app container
    ObjectRef destination;
    std::uint16_t port = 0; ///< the service's port, or the pod's
    Protocol protocol = Protocol::Tcp;
    ProbeMethod method = ProbeMethod::Tcp;
    friend bool operator==(const ProbeRequest &, const ProbeRequest &) = default;
};

/// One command in the source pod and what came of it.
struct ProbeStep
{
    ProbeStepKind kind = ProbeStepKind::Address;
    std::string host; ///< name or IP that was tried
    std::uint16_t port = 0;
    ObjectRef endpoint; ///< the pod behind it, for Endpoint
    ProbeOutcome outcome = ProbeOutcome::Unknown;
    std::chrono::microseconds elapsed{0}; ///< as measured in the pod where the tool tells, else around exec
    std::vector<std::string> command;     ///< exact argv
    std::string kubectl;                  ///< the equal kubectl command, quoted for a POSIX shell
    std::string output;                   ///< raw stdout and stderr, at most 64 KiB
    std::string note; ///< stable key of what the outcome cannot tell ("udp-silent"), or ""
};

/// Outcome of a whole probe: that of its decisive step (see ProbePlan), with every step as evidence.
struct ProbeResult
{
    ProbeRequest request;
    ProbeOutcome outcome = ProbeOutcome::Unknown;
    std::chrono::microseconds elapsed{0};
    WallTime at;
    std::string tool; ///< "nc", "bash", "python3"…; "" where none was found
    std::vector<ProbeStep> steps;
    std::string detail; ///< English: why Unknown, what failed
};

} // namespace portolan
