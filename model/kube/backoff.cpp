#include "model/kube/backoff.h"

#include <algorithm>

namespace portolan::kube {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds shortest = 800ms;
constexpr std::chrono::milliseconds longest = 30s;
constexpr std::chrono::milliseconds resetAfter = 2min;
constexpr std::chrono::milliseconds mostPatience = 5min;

} // namespace

Backoff::Backoff(std::uint64_t seed) : m_random(seed) {}

std::chrono::milliseconds Backoff::next(Instant now, std::chrono::milliseconds serverAsks)
{
    const bool fresh = m_length == 0ms || now - m_last > resetAfter + m_length;
    m_length = fresh ? shortest : std::min(m_length * 2, longest);
    m_last = now;
    std::uniform_int_distribution<std::int64_t> jitter(0, m_length.count());
    const auto wait = m_length + std::chrono::milliseconds(jitter(m_random));
    return std::max(wait, std::min(serverAsks, mostPatience));
}

} // namespace portolan::kube
