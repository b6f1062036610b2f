#pragma once

#include "model/kube/pod_exec.h"

namespace portolan::kube {

/// Times and bounds of one exec; tests shorten them.
struct ExecTuning
{
    std::chrono::milliseconds pingInterval{5'000}; ///< as client-go pings
    std::chrono::milliseconds heartbeat{15'000};   ///< without a byte for this long the server is gone
    std::chrono::milliseconds connectLimit{10'000};
    std::chrono::milliseconds closeGrace{500};       ///< for late output and the Close after the Status
    std::size_t maxMessage = std::size_t{1} << 20;   ///< servers send 32 KiB at most
    std::size_t maxReceived = std::size_t{64} << 20; ///< output past it ends the exec
};

/// "/api/v1/namespaces/NS/pods/POD/exec?container=…&stdout=true&stderr=true&command=…".
/// Error InvalidInput: a part is missing.
Result<std::string> execPath(const ExecRequest &request);

/// One exec with one credential on one connection of its own; blocks. Errors as PodExec::exec(), and
/// Unauthorized.
Result<ExecOutcome> execOnce(const ClusterAccess &access, const Credential &credential,
                             const ExecRequest &request, const ExecTuning &tuning, const CancelToken &cancel);

} // namespace portolan::kube
