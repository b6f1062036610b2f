#pragma once

#include "model/base/timestamp.h"
#include "model/cluster/object_ref.h"
#include "model/cluster/objects.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

/// What traffic was seen in the cluster: the second of the three truths, beside what policies predict and
/// what a probe measured.
namespace portolan {

/// All records of a flow log about one kind of traffic: who asked whom on which port. It has the direction of
/// the connection; replies are not counted.
struct ObservedFlow
{
    /// A Pod, or (kind Other) an address: of type "Address" one outside of the cluster, or a service's
    /// ClusterIP; of type "ClusterAddress" what belongs to the cluster and is no pod: a node, its router, a
    /// health check.
    ObjectRef source;
    ObjectRef destination;  ///< the same
    std::uint16_t port = 0; ///< the destination's
    Protocol protocol = Protocol::Tcp;
    std::uint32_t forwarded = 0; ///< records that it arrived, or, where it goes outside, that it left
    std::uint32_t dropped = 0;
    WallTime forwardedAt; ///< of the latest such record
    WallTime droppedAt;
    std::string dropReason; ///< of the latest drop, as the log has it: "POLICY_DENIED"
    WallTime since;         ///< where the log begins that tells of it; the earliest of several nodes'
    friend bool operator==(const ObservedFlow &, const ObservedFlow &) = default;
};

/// Whether a policy is what dropped it, by the names of Hubble's DropReason (cilium/api/v1/flow/flow.proto).
bool isPolicyDrop(std::string_view reason);

/// What the log of one node gave. Logs are rings: what is older than `since` is not known.
struct FlowLogPart
{
    std::string node;
    WallTime since;            ///< its oldest record; not set where it has none
    std::uint32_t records = 0; ///< that were read
    std::uint32_t lost = 0;    ///< events that the log itself says it lost
    std::string problem;       ///< English: why nothing or not all could be read; ""
    friend bool operator==(const FlowLogPart &, const FlowLogPart &) = default;
};

/// A reading of all flow logs of a cluster. That a flow is not in it does not mean that there was none.
struct FlowLog
{
    std::string teller; ///< "Hubble"
    WallTime readAt;
    std::vector<FlowLogPart> parts; ///< in order of nodes
    /// In order of (source, destination, protocol, port), each once.
    std::vector<ObservedFlow> flows;
    std::uint32_t leftOut = 0; ///< records of more kinds of traffic than are kept

    /// How far back the log reaches on every node; not set where no node has records.
    WallTime since() const;
    bool isWhole() const; ///< every node told everything it knew
    friend bool operator==(const FlowLog &, const FlowLog &) = default;
};

using FlowLogPtr = std::shared_ptr<const FlowLog>;

/// Sums of several kinds of traffic.
struct FlowCounts
{
    std::uint64_t forwarded = 0;
    std::uint64_t dropped = 0;
    WallTime last;
    std::string dropReason; ///< of the latest drop
    WallTime droppedAt;
    WallTime since; ///< the earliest

    void add(const ObservedFlow &flow);
    friend bool operator==(const FlowCounts &, const FlowCounts &) = default;
};

/// How many records there were a minute, over the time that the logs of their nodes reach back from the
/// reading; 0 where they do not tell. Rings are of different lengths: a quiet node's goes back further.
double perMinute(const FlowCounts &counts, const FlowLog &log);

/// A bounded sum of records, in any order.
class FlowSum
{
public:
    static constexpr std::size_t usualBound = 50'000;
    explicit FlowSum(std::size_t mostKinds = usualBound) : m_mostKinds(mostKinds) {}

    /// The counts of `record` are added to those of its kind of traffic.
    void add(const ObservedFlow &record);
    /// Puts the sum into the log, in its order; what was left out is added to what it left out before.
    void moveInto(FlowLog &log);

private:
    using Kind = std::tuple<ObjectRef, ObjectRef, Protocol, std::uint16_t>;
    std::size_t m_mostKinds;
    std::map<Kind, ObservedFlow> m_flows;
    std::uint32_t m_leftOut = 0; ///< records, once there is no room for more kinds
};

} // namespace portolan
