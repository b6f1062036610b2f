#pragma once

#include "model/cluster/probe_result.h"

#include <QString>

#include <span>

namespace portolan::ui {

/// What the latencies of some probes come to.
struct LatencySummary
{
    std::size_t reached = 0;
    std::size_t failed = 0; ///< refused, timed out, no route, name not resolved
    std::size_t unclear = 0;
    std::chrono::microseconds least{0}, median{0}, most{0}; ///< of those that reached
};
LatencySummary summaryOf(std::span<const ProbeResult> probes);

/// True for an outcome that is a failure; neither for Reached nor for what cannot be told.
bool isFailure(ProbeOutcome outcome);

/// "850 µs", "2.1 ms", "2 s".
QString durationText(std::chrono::microseconds duration);
/// "46 probes: 40 reached (0.8 ms to 12 ms, median 2.1 ms), 6 failed"; plain text, translated.
QString summaryText(const LatencySummary &summary);

} // namespace portolan::ui
