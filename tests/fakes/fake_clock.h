#pragma once

#include "model/base/clock.h"

#include <mutex>

namespace portolan::fakes {

/// A clock that stands still until it is told to go on. Thread-safe.
class FakeClock final : public Clock
{
public:
    explicit FakeClock(WallTime wall = WallTime{std::chrono::hours(24 * 365 * 56)}) : m_wall(wall) {}

    Instant now() const override
    {
        const std::lock_guard lock(m_mutex);
        return m_now;
    }
    WallTime wallNow() const override
    {
        const std::lock_guard lock(m_mutex);
        return m_wall;
    }
    void advance(std::chrono::milliseconds by)
    {
        const std::lock_guard lock(m_mutex);
        m_now += by;
        m_wall += by;
    }

private:
    mutable std::mutex m_mutex;
    Instant m_now{std::chrono::hours(1)};
    WallTime m_wall;
};

} // namespace portolan::fakes
