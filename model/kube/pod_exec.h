#pragma once

#include "model/base/cancel_token.h"
#include "model/base/result.h"
#include "model/kube/credentials.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
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
    /// Each piece of stdout as it comes, on the thread that called exec(); at most maxOutput in all.
    std::function<void(std::string_view)> onStdout;
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
    std::string targetContainer; ///< whose processes it sees; "" for none
    std::string name;            ///< "portolan-probe", say; a number is appended where it is used up
    std::string image;
    std::chrono::milliseconds deadline{120'000}; ///< until it runs, the image's pull included
};

/// How long an ephemeral container of ours lives before its process ends by itself.
constexpr std::chrono::hours ephemeralContainerLife{4};

/// Adds an ephemeral container to the pod (strategic-merge PATCH of pods/ephemeralcontainers) and waits
/// until it runs; gives the name to exec in. One of that name which still runs is used again, nothing is
/// added then. It stays in the pod until the pod is deleted; the caller has asked the user. Its security
/// context satisfies PodSecurity "restricted". It only sleeps, for ephemeralContainerLife.
/// Errors: PermissionDenied (missing rights, or PodSecurity and other admission, with the server's
/// message), NotFound (the pod), Unsupported (the server has no ephemeral containers), Unavailable with
/// the reason why it does not start (ImagePullBackOff…), Timeout, Cancelled.
Result<std::string> addEphemeralContainer(CredentialSource &credentials,
                                          const EphemeralContainerRequest &request,
                                          const CancelToken &cancel);

} // namespace portolan::kube
