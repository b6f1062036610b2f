#pragma once

#include "model/cluster/objects.h"
#include "model/policy/predicate.h"
#include "model/policy/shared_list.h"

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

/// The one form that every policy API is turned into and that the evaluators read.
///
/// A connection needs the source's egress and the destination's ingress. In each direction the *subject* is
/// the end whose policies are asked (source for egress, destination for ingress), the *peer* the other one.
/// Tiers are walked in order; in a tier its policies that select the subject, in order; in a policy its rules
/// of the direction, in list order:
///
/// - the first rule that matches decides: Allow and Deny end the walk, Pass goes on with the next tier, Log
///   goes on with the next rule;
/// - where no rule of a tier matched, and a policy of the tier that *isolates* in the direction selects the
///   subject, the tier's end applies: Deny ends the walk, Pass goes on with the next tier;
/// - a tier with `denyFirst` looks at all Deny rules of its policies before any other rule (a union in which
///   deny wins);
/// - past the last tier the connection is allowed.
///
/// What only may match leaves both ways open, and the verdict is unknown where they differ.
namespace portolan::policy {

enum class Direction : std::uint8_t { Ingress, Egress };
inline constexpr std::array bothDirections{Direction::Ingress, Direction::Egress};

/// IP protocol numbers (IANA).
using IpProtocol = std::uint8_t;
namespace protocol {
inline constexpr IpProtocol icmp = 1, tcp = 6, udp = 17, icmp6 = 58, sctp = 132, udpLite = 136;
}

constexpr IpProtocol ipProtocol(Protocol p)
{
    return p == Protocol::Tcp ? protocol::tcp : p == Protocol::Udp ? protocol::udp : protocol::sctp;
}

/// What is sent. For ICMP `port` is unused.
struct Traffic
{
    IpProtocol protocol = protocol::tcp;
    std::uint16_t port = 0;
    std::uint8_t icmpType = 0;
    std::uint8_t icmpCode = 0;
    friend auto operator<=>(const Traffic &, const Traffic &) = default;
};

/// Destination ports by number, of one protocol or of every protocol that has ports.
struct PortRange
{
    static constexpr IpProtocol anyProtocol = 0;
    IpProtocol protocol = protocol::tcp;
    std::uint16_t first = 0;
    std::uint16_t last = 65535;
    friend auto operator<=>(const PortRange &, const PortRange &) = default;
};

/// A container port's name, looked up in the destination pod. An IP peer has none: no match.
struct NamedPort
{
    IpProtocol protocol = PortRange::anyProtocol; ///< anyProtocol: the container port's own
    std::string name;
    friend auto operator<=>(const NamedPort &, const NamedPort &) = default;
};

struct IcmpMatch
{
    IpProtocol protocol = protocol::icmp; ///< icmp or icmp6
    std::int16_t type = -1;               ///< -1: any
    std::int16_t code = -1;
    friend auto operator<=>(const IcmpMatch &, const IcmpMatch &) = default;
};

/// A set of traffic: the union of what its lists name.
struct TrafficMatch
{
    std::vector<IpProtocol> protocols; ///< whole protocols
    std::vector<PortRange> ports;
    std::vector<NamedPort> named;
    std::vector<IcmpMatch> icmp;
    bool negated = false; ///< all but that (Calico's notPorts, notProtocol, notICMP)
    /// Not empty: whether it matches cannot be told, for this reason (a source port, say). The lists are then
    /// not looked at.
    std::string unknown;
    friend auto operator<=>(const TrafficMatch &, const TrafficMatch &) = default;
};

enum class RuleEffect : std::uint8_t { Allow, Deny, Pass, Log };

/// Where the peer has to be, seen from the subject.
enum class Locality : std::uint8_t { Any, SameNode, OtherNode };

struct Rule
{
    RuleEffect effect = RuleEffect::Allow;
    /// Its place in the object's list of that direction, from 0. Several compiled rules may share one.
    std::int32_t index = 0;
    /// Where it stands in the object: "spec.ingress[0]". For the lines that are highlighted.
    std::string path;
    Predicate peer;
    /// A condition on the subject besides the policy's (Calico matches both ends in each rule).
    Predicate subject = Predicate::always();
    /// Each of them has to match; {} is any traffic.
    std::vector<TrafficMatch> traffic;
    Locality locality = Locality::Any;
    /// Not empty: allowed, if this holds for the request ("HTTP GET /api"). The connection itself is allowed.
    std::string condition;
};

/// One policy object (or one entry of a policy object that has several) in one tier.
struct Policy
{
    ObjectRef object;
    std::string kind; ///< for people: "CiliumNetworkPolicy"
    std::uint32_t tier = 0;
    /// Ascending; equal ones by tieGroup and tieBreak. No order in the API: +infinity.
    double order = std::numeric_limits<double>::infinity();
    /// Policies of one order whose groups differ are in no order that is defined, where the tier says so.
    std::string tieGroup;
    std::string tieBreak;
    Predicate subject;
    /// By Direction: a selected subject that no rule of the tier matched gets the tier's end.
    std::array<bool, 2> isolates{false, false};
    std::array<std::vector<Rule>, 2> rules;
    /// Present and not enforced (Calico's Staged* kinds): listed, never evaluated.
    bool isPending = false;
};

enum class TierEnd : std::uint8_t { Deny, Pass };

struct Tier
{
    std::string name;
    double order = 0; ///< ascending; ties by name
    TierEnd end = TierEnd::Deny;
    bool denyFirst = false;
    /// Policies of equal order and of different tieGroups are in no order that is defined: where they
    /// disagree the verdict is unknown.
    bool tiesAreUndefined = false;
    friend bool operator==(const Tier &, const Tier &) = default;
};

/// Well-known tiers. Calico fixes these numbers; the other enforcers get the same places.
namespace tiers {
inline constexpr double admin = 1'000;          ///< AdminNetworkPolicy, ClusterNetworkPolicy tier Admin
inline constexpr double standard = 1'000'000;   ///< NetworkPolicy, Calico's default tier, Cilium's own kinds
inline constexpr double baseline = 10'000'000;  ///< BaselineAdminNetworkPolicy, tier Baseline
inline constexpr double profiles = 100'000'000; ///< what is asked when no tier decided: Calico's profiles
} // namespace tiers

/// The order of evaluation. Policies of one object that are equal in it stay as they were added.
bool comesBefore(const Policy &a, const Policy &b);

/// Something in a policy object that is wrong or not understood. The rest of the object is used; where its
/// meaning cannot be known the verdict is unknown.
struct PolicyFault
{
    ObjectRef object;
    std::string field; ///< "spec.ingress[0].from[1].ipBlock.cidr"
    std::string text;  ///< "is no network: \"10.0.0.0/33\""
    friend auto operator<=>(const PolicyFault &, const PolicyFault &) = default;
};

/// A host address that a policy API describes (Calico HostEndpoint): it becomes an endpoint with these
/// labels.
struct HostIdentity
{
    ObjectRef object;
    std::string nodeName;
    Labels labels;
    std::vector<IpRange> addresses; ///< {}: every address of the node
};

/// What all APIs together come to.
class OrderedPolicies
{
public:
    /// The tier of that name; made with `like`'s properties where it is not there yet.
    std::uint32_t tier(const Tier &like);
    Policy &add(Policy policy);
    void fault(const ObjectRef &object, std::string field, std::string text);

    /// A policy of which it is not known what it says: for subjects that match (Maybe is enough) the verdict
    /// is unknown unless an earlier tier decides.
    void addUnknown(std::uint32_t tier, const ObjectRef &object, std::string kind, const Predicate &subject,
                    const std::string &reason);

    /// Sorts policies by tier, order and tie-break. Called once, after the last add().
    void finish();

    std::vector<Tier> tierList;
    SharedList<Policy> policies; ///< shared with the policies of a later state, where they are the same
    std::vector<PolicyFault> faults;
    std::vector<HostIdentity> hosts;
    /// Not empty: why the enforcer's datapath drops SCTP, or may drop it, whatever policies say. What they
    /// allow of it is unknown then; what they deny is denied, and a pod reaches itself.
    std::string sctpIsDropped;
    /// A pod's own node needs an allow like anybody else (Cilium's allow-localhost=policy).
    bool asksOwnNode = false;
    bool carries(IpProtocol protocol) const { return protocol != protocol::sctp || sctpIsDropped.empty(); }
};

} // namespace portolan::policy
