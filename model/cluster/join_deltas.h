#pragma once

#include "model/cluster/cluster_delta.h"

namespace portolan {

/// Adds `next` to the delta before it, where one after the other would give the same: where it has upserts
/// alone, as most watch events do. False, and nothing is added, where it has more.
inline bool join(ClusterDelta &before, const ClusterDelta &next)
{
    if (!next.replacements.empty() || !next.removed.empty() || next.gaps || next.serverVersion)
        return false;
    before.upserts.insert(before.upserts.end(), next.upserts.begin(), next.upserts.end());
    return true;
}

} // namespace portolan
