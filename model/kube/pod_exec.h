#pragma once

#include "model/base/cancel_token.h"
#include "model/base/result.h"
#include "model/kube/credentials.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace portolan::kube {

struct ExecRequest
{
    std::string ns;
    std::string pod;
    std::string container;                      ///< always named: a pod of several containers demands it
    std::vector<std::string> command;           ///< argv; never a built shell string
    std::chrono::milliseconds deadline{15'000}; ///< ours, besides the timeout that the command carries
    std::size_t maxOutput = 64 << 10;           ///< of each stream; more is cut and said
};

/// What an exec gave. No `exitCode` means that the server never told how it ended: an unknown end, never
/// a success.
struct ExecOutcome
{
    std::string out;
    std::string err;
    bool truncated = false;
    std::optional<int> exitCode;
    std::string statusMessage; ///< message of the channel-3 Status where it is no plain exit
    std::chrono::microseconds elapsed{0};
};

/// Runs commands in containers. The seam that probes are tested at. Implementations are safe to call
/// from several threads at once; exec() blocks until the end, the deadline or the cancel.
class PodExec
{
public:
    virtual ~PodExec() = default;
    /// Errors: PermissionDenied (pods/exec), NotFound (pod, container), Timeout, Cancelled, Unavailable,
    /// Protocol. A command that ran and failed is an outcome, no error.
    virtual Result<ExecOutcome> exec(const ExecRequest &request, const CancelToken &cancel) = 0;
};

/// Exec over WebSocket (RFC 6455) with libcurl's CONNECT_ONLY: subprotocols v5.channel.k8s.io and
/// v4.channel.k8s.io (KEP-4006), ping every 5 s, one connection per exec.
std::unique_ptr<PodExec> makeWebSocketExec(std::shared_ptr<CredentialSource> credentials);

struct EphemeralContainerRequest
{
    std::string ns;
    std::string pod;
    std::string targetContainer;
    std::string name;
    std::string image;
};

/// Adds an ephemeral container to the pod (strategic-merge PATCH of pods/ephemeralcontainers) and waits
/// until it runs, or says why it does not. It stays in the pod until the pod is deleted; the caller has
/// asked the user. Its security context satisfies PodSecurity "restricted".
Result<void> addEphemeralContainer(CredentialSource &credentials, const EphemeralContainerRequest &request,
                                   const CancelToken &cancel);

} // namespace portolan::kube
