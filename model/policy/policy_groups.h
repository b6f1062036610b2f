#pragma once

#include "model/policy/predicate_sets.h"

#include <cstdint>
#include <vector>

namespace portolan::policy {

/// A policy that selects the classes of a group.
struct GroupPolicy
{
    std::uint32_t policy = 0; ///< index into OrderedPolicies::policies
    bool isCertain = true;
    friend bool operator==(const GroupPolicy &, const GroupPolicy &) = default;
};

/// Classes that are subject to the same policies in one direction, in a way that makes no difference to any
/// rule: one row of verdicts serves them all.
struct SubjectGroup
{
    std::vector<GroupPolicy> policies; ///< in the order of evaluation
    ClassId representative = 0;
    std::vector<ClassId> classes;
};

class SubjectGroups
{
public:
    SubjectGroups(const OrderedPolicies &policies, const EndpointClasses &classes, PredicateSets &sets,
                  Direction direction);

    const std::vector<SubjectGroup> &groups() const { return m_groups; }
    std::uint32_t groupOf(ClassId id) const { return m_groupOf[id]; }

private:
    std::vector<SubjectGroup> m_groups;
    std::vector<std::uint32_t> m_groupOf;
};

} // namespace portolan::policy
