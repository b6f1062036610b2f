#pragma once

#include "model/base/timestamp.h"

#include <chrono>

namespace portolan {

/// Where time comes from, so that backoff, deadlines and ages can be tested without waiting.
/// Implementations are safe to call from any thread.
class Clock
{
public:
    using Instant = std::chrono::steady_clock::time_point;

    virtual ~Clock() = default;
    /// Monotonic time, for durations and deadlines.
    virtual Instant now() const = 0;
    /// Calendar time (UTC), for what people read.
    virtual WallTime wallNow() const = 0;
};

/// The machine's clock; lives as long as the program.
const Clock &systemClock();

} // namespace portolan
