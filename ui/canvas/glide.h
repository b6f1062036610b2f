#pragma once

#include "model/session/topology_frame.h"

namespace portolan::ui {

/// `to` with its cards and boxes on their way from where `from` has them; `share` from 0 to 1 says how far.
/// Lines are left out: they are drawn once everything stands.
TopologyFramePtr frameBetween(const TopologyFrame &from, const TopologyFramePtr &to, double share);

} // namespace portolan::ui
