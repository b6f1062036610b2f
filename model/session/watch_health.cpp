#include "model/session/watch_health.h"

#include <algorithm>

namespace portolan {

namespace {

using kube::WatchPhase;
using kube::WatchStatus;

bool isBroken(const WatchStatus &watch)
{
    return watch.phase == WatchPhase::BackingOff || watch.phase == WatchPhase::Failed;
}

bool neverAgain(const Error &problem)
{
    return problem.code == ErrorCode::Unauthorized || problem.code == ErrorCode::InvalidInput ||
           problem.code == ErrorCode::Unsupported || problem.code == ErrorCode::NotFound;
}

} // namespace

SessionPhase livePhase(const std::vector<WatchStatus> &watches, bool synced,
                       const std::optional<Error> &problem)
{
    if (problem) {
        if (neverAgain(*problem))
            return SessionPhase::Failed;
        return synced ? SessionPhase::Degraded : SessionPhase::Connecting;
    }
    if (synced)
        return std::any_of(watches.begin(), watches.end(), isBroken) ? SessionPhase::Degraded
                                                                     : SessionPhase::Live;
    return watches.empty() ? SessionPhase::Connecting : SessionPhase::Listing;
}

std::chrono::milliseconds staleness(const std::vector<WatchStatus> &watches,
                                    std::chrono::steady_clock::time_point now)
{
    std::chrono::milliseconds oldest{0};
    for (const WatchStatus &watch : watches) {
        if (isBroken(watch) && watch.lastHeard != std::chrono::steady_clock::time_point{})
            oldest = std::max(oldest,
                              std::chrono::duration_cast<std::chrono::milliseconds>(now - watch.lastHeard));
    }
    return oldest;
}

} // namespace portolan
