#pragma once

#include "model/policy/policy_facts.h"
#include "model/policy/predicate_sets.h"

#include <memory>
#include <vector>

namespace portolan::policy {

/// Counts and names the ends that predicates hold for. Not thread-safe.
class PeerCounter
{
public:
    /// `policies`: where all predicates that are asked about come from.
    PeerCounter(std::shared_ptr<const EndpointTable> table, const OrderedPolicies &policies);

    /// Those for which any of the predicates holds.
    PeerFacts peers(const std::vector<const Predicate *> &anyOf);

private:
    NamedPods namedPods(const std::vector<char> &yes, const std::vector<char> &maybe);
    void nameGroups(NamedPods &pods, const std::vector<char> &matched);
    void addRanges(PeerFacts &facts, const std::vector<char> &yes) const;

    std::shared_ptr<const EndpointTable> m_table;
    EndpointClasses m_classes;
    PredicateSets m_sets;
    std::vector<std::pair<IpRange::Address, IpRange::Address>> m_parts;
    std::vector<ObjectRef> m_groups;       ///< workloads and bare pods
    std::vector<std::uint32_t> m_groupOf;  ///< by EndpointId
    std::vector<std::size_t> m_namespaces; ///< where a namespace's pods begin, and the end of all
};

} // namespace portolan::policy
