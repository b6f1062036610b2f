#pragma once

#include "model/cluster/cluster_state.h"

namespace portolan {

/// Of a namespace that nobody asked for: what is in it is unknown, and not missing from a count.
bool isLeftOut(const ReadGap &gap);

/// Whether there may be more objects of that kind, in what was asked for, than were read.
bool mayBeMore(const ClusterState &state, ObjectKind kind);

} // namespace portolan
