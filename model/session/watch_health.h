#pragma once

#include "model/session/session.h"

namespace portolan {

/// The phase of a live session, from how its watches are doing. `synced`: every readable resource has
/// been listed once.
SessionPhase livePhase(const std::vector<kube::WatchStatus> &watches, bool synced,
                       const std::optional<Error> &problem);

/// How old the oldest part of the picture may be: for a broken watch the time since it was last heard
/// of, else zero.
std::chrono::milliseconds staleness(const std::vector<kube::WatchStatus> &watches,
                                    std::chrono::steady_clock::time_point now);

} // namespace portolan
