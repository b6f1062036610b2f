#pragma once

#include "model/policy/predicate_sets.h"
#include "model/policy/shared_list.h"

#include <cstdint>
#include <limits>
#include <unordered_map>
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

/// From one list of policies to a later one.
struct PolicyShift
{
    static constexpr std::uint32_t gone = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> placeAfter; ///< by place before
    std::vector<std::uint32_t> removed;    ///< places before, ascending
    std::vector<std::uint32_t> added;      ///< places after, ascending
};

/// Whether those whom the policy selects may be held back by it, besides what other policies do.
bool mayHoldBack(const OrderedPolicies &policies, const Policy &policy, Direction direction);

class SubjectGroups
{
public:
    SubjectGroups(const OrderedPolicies &policies, const EndpointClasses &classes, const PredicateSets &sets,
                  Direction direction);

    /// The groups under a later list of policies; those that it does not touch are shared.
    SubjectGroups updated(const OrderedPolicies &before, const OrderedPolicies &after,
                          const PolicyShift &shift, const EndpointClasses &classes, const PredicateSets &sets,
                          Direction direction) const;

    const SharedList<SubjectGroup> &groups() const { return m_groups; }
    std::uint32_t groupOf(ClassId id) const { return m_groupOf[id]; }

private:
    SubjectGroups() = default;

    SharedList<SubjectGroup> m_groups;
    std::vector<std::uint32_t> m_groupOf;
};

/// Whether the policy takes part in verdicts of that direction.
bool matters(const Policy &policy, Direction direction);

/// Tells the classes that one policy list selects apart by what the policies' rules ask of the subject.
class SubjectQuestions
{
public:
    SubjectQuestions(const OrderedPolicies &policies, const PredicateSets &sets, Direction direction);

    /// What the policy adds to the signature of a class that it selects.
    void add(std::uint32_t policy, bool isCertain, ClassId id, std::vector<std::uint32_t> &signature);
    /// The rules of the policy look named ports up in the subject.
    bool asksPorts(std::uint32_t policy) { return of(policy).namedPorts; }

private:
    struct Questions
    {
        std::vector<const TriBits *> answers;
        bool namedPorts = false;
    };
    const Questions &of(std::uint32_t policy);

    const OrderedPolicies &m_policies;
    const PredicateSets &m_sets;
    const std::size_t m_direction;
    std::unordered_map<std::uint32_t, Questions> m_known;
};

/// For maps by signature.
struct SignatureHash
{
    std::size_t operator()(const std::vector<std::uint32_t> &signature) const noexcept;
};

} // namespace portolan::policy
