#pragma once

#include "model/kube/pod_exec.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace portolan::kube {

/// How one container of a pod is doing, as its status tells.
struct ContainerProgress
{
    enum class State { Absent, Waiting, Running, Terminated };
    State state = State::Absent;
    std::string reason;
    std::string message;

    /// Waiting, and nothing but a change from outside will let it start (ImagePullBackOff…).
    bool isStuck() const;
};

/// Of the ephemeral container `name` in a pod's JSON. One that is in the spec without a status waits.
/// Error Protocol: no pod.
Result<ContainerProgress> ephemeralProgress(std::string_view podJson, const std::string &name);

/// The strategic-merge patch for pods/ephemeralcontainers.
std::string ephemeralPatch(const EphemeralContainerRequest &request, const std::string &name);

/// addEphemeralContainer() over any way to send a request; looks at the pod every `interval`.
Result<std::string>
addEphemeralContainer(const std::function<Result<HttpResponse>(const HttpRequest &)> &perform,
                      const EphemeralContainerRequest &request, std::chrono::milliseconds interval,
                      const CancelToken &cancel);

} // namespace portolan::kube
