#pragma once

#include "model/policy/policy_groups.h"
#include "model/policy/verdict.h"

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

namespace portolan::policy {

/// What a direction's policies say of one subject group and every peer class, for one kind of traffic.
struct VerdictRow
{
    ClassBits allowed;
    ClassBits unknown;
    bool allowsAll = false; ///< then the sets are empty

    Outcome at(ClassId peer) const
    {
        if (allowsAll || allowed.test(peer))
            return Outcome::Allow;
        return unknown.test(peer) ? Outcome::Unknown : Outcome::Deny;
    }
    friend bool operator==(const VerdictRow &, const VerdictRow &) = default;
};

/// For each policy and each of its rules of one direction: whom it matches as a peer.
class RulePeers
{
public:
    std::size_t size() const { return m_begins.size() - 1; }
    std::span<const TriBits *const> operator[](std::size_t policy) const
    {
        return {m_peers.data() + m_begins[policy], m_peers.data() + m_begins[policy + 1]};
    }

    /// Of the next policy.
    void add(std::span<const TriBits *const> peers)
    {
        m_peers.insert(m_peers.end(), peers.begin(), peers.end());
        m_begins.push_back(std::uint32_t(m_peers.size()));
    }
    void add(const Policy &policy, Direction direction, const PredicateSets &sets);

private:
    std::vector<const TriBits *> m_peers;
    std::vector<std::uint32_t> m_begins{0};
};

/// Everything about a cluster and its policies that does not depend on the traffic. Immutable once made; safe
/// from any thread.
struct ClassifiedPolicies
{
    ClassifiedPolicies(std::shared_ptr<const OrderedPolicies> policies,
                       std::shared_ptr<const EndpointTable> table);
    /// After a change that leaves every class what it is. `classes`: updated from those of `before`; `shift`:
    /// nullptr where the policies are the same.
    /// Precondition: before.classes.mentions() cover the policies.
    ClassifiedPolicies(const ClassifiedPolicies &before, EndpointClasses classesAfter,
                       std::shared_ptr<const OrderedPolicies> after, const PolicyShift *shift);

    std::shared_ptr<const OrderedPolicies> ordered;
    EndpointClasses classes;
    PredicateSets sets;
    std::array<SubjectGroups, 2> groups; ///< by Direction
    std::array<RulePeers, 2> peers;      ///< by Direction
    /// After changes of policies: whether one uses it or one did.
    bool usesLocality = false;
    /// Where ports begin to mean something else, per protocol; sorted. After changes maybe some more.
    std::array<std::vector<std::uint16_t>, 256> portCuts;
};

/// Rows for one kind of traffic, made when they are first asked for. Not thread-safe.
class VerdictRows
{
public:
    VerdictRows(const ClassifiedPolicies &policies, const Traffic &traffic);

    /// Of the group in that direction; `sameNode`: whether the two ends are on one node.
    const VerdictRow &row(Direction direction, std::uint32_t group, bool sameNode);
    /// The same for the caller to keep.
    VerdictRow make(Direction direction, std::uint32_t group, bool sameNode)
    {
        return make(direction, m_policies.groups[std::size_t(direction)].groups()[group], sameNode);
    }
    std::size_t bytes() const { return m_bytes; }

private:
    struct Walk;
    VerdictRow make(Direction direction, const SubjectGroup &group, bool sameNode);
    /// Whom a rule means, if its policy selects the group.
    TriBits matched(Direction direction, const SubjectGroup &group, std::uint32_t policy, std::size_t rule);
    /// For egress, where the peer is the destination: the peers for whom the named ports fit.
    const TriBits &namedMatch(const TrafficMatch &match);

    const ClassifiedPolicies &m_policies;
    const Traffic m_traffic;
    std::uint32_t m_words;
    std::array<std::array<std::vector<std::unique_ptr<VerdictRow>>, 2>, 2> m_rows; // direction, sameNode
    std::map<TrafficMatch, TriBits> m_named; ///< many policies name the same ports
    std::size_t m_bytes = 0;
};

/// The traffic that stands for all traffic that no rule tells apart from this one.
Traffic representativeOf(const ClassifiedPolicies &policies, const Traffic &traffic);

} // namespace portolan::policy
