#pragma once

#include "model/base/result.h"
#include "model/cluster/flow_log.h"

#include <optional>
#include <string_view>

namespace portolan {

/// What one line of `hubble observe -o jsonpb` tells.
struct HubbleLine
{
    /// A flow that was dropped, arrived at its pod, or left a pod for the world outside, with a count of one.
    /// Nothing where the line tells of something else: a reply, a hop on the way, a packet whose direction is
    /// not known, ICMP, a request of layer 7, the verdict of a policy by itself.
    std::optional<ObservedFlow> record;
    WallTime at;            ///< when it was seen; not set where it does not say
    std::uint32_t lost = 0; ///< events that the log says it lost
};

/// Reads Cilium's flow.Flow as protobuf's JSON (api/v1/flow/flow.proto, observer/observer.proto;
/// releases 1.10 to 1.20). A packet is seen at several points of its way; that it was forwarded somewhere on
/// it does not mean that it arrived. Errors: InvalidInput (no JSON, or a name or address that cannot be one).
Result<HubbleLine> readHubbleLine(std::string_view line);

} // namespace portolan
