#pragma once

#include "model/base/error.h"
#include "model/cluster/probe_result.h"

#include <optional>
#include <vector>

namespace portolan::ui {

enum class ProbeRepeat : std::uint8_t { Once, Every, Burst };

inline constexpr int burstSize = 50;

/// What is going on with the probes of one question. A value that ProbeController hands out.
struct ProbeActivity
{
    ProbeRequest request;
    bool running = false;
    ProbeRepeat repeat = ProbeRepeat::Once;
    int done = 0;
    int wanted = 1;               ///< of a burst
    int everySeconds = 0;         ///< of ProbeRepeat::Every
    bool active = false;          ///< running, or waiting for the next turn
    std::vector<ProbeStep> steps; ///< of the running probe, as they finish
    std::optional<Error> error;   ///< why the last one gave no result
    friend bool operator==(const ProbeActivity &a, const ProbeActivity &b)
    {
        return a.request == b.request && a.running == b.running && a.repeat == b.repeat && a.done == b.done &&
               a.wanted == b.wanted && a.everySeconds == b.everySeconds && a.active == b.active &&
               a.steps.size() == b.steps.size() && a.error == b.error;
    }
};

} // namespace portolan::ui
