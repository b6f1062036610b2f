#pragma once

#include <chrono>
#include <cstdint>
#include <random>

namespace portolan::kube {

/// The waits between attempts: 0.8 s, doubling up to 30 s, each lengthened by up to its own length of
/// jitter so that many clients do not come back together; from the start again when nothing failed for two
/// minutes (client-go's reflector: 800 ms, 30 s, factor 2, jitter 1, reset after 2 min).
class Backoff
{
public:
    using Instant = std::chrono::steady_clock::time_point;

    explicit Backoff(std::uint64_t seed);

    /// How long to wait now. `serverAsks` is what Retry-After said: waited for where it is longer, but
    /// never more than five minutes.
    std::chrono::milliseconds next(Instant now, std::chrono::milliseconds serverAsks = {});

private:
    std::mt19937_64 m_random;
    std::chrono::milliseconds m_length{0};
    Instant m_last;
};

} // namespace portolan::kube
