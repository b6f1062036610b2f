#include "model/policy/policy_groups.h"

#include <algorithm>

namespace portolan::policy {

namespace {

using Policies = std::vector<GroupPolicy>;

/// The policies of a group at their places of after, without those that are gone.
Policies shifted(const Policies &policies, const PolicyShift &shift)
{
    Policies list;
    for (const GroupPolicy &one : policies) {
        if (shift.placeAfter[one.policy] != PolicyShift::gone)
            list.push_back({shift.placeAfter[one.policy], one.isCertain});
    }
    std::sort(list.begin(), list.end(),
              [](const GroupPolicy &a, const GroupPolicy &b) { return a.policy < b.policy; });
    return list;
}

/// The classes that a policy which went or came selects or may select.
std::vector<bool> touchedBy(const OrderedPolicies &before, const OrderedPolicies &after,
                            const PolicyShift &shift, const PredicateSets &sets, std::size_t count,
                            Direction direction)
{
    std::vector<bool> touched(count);
    const auto touch = [&](const Policy &policy) {
        if (!matters(policy, direction))
            return;
        const TriBits &subjects = sets.of(policy.subject);
        for (const ClassBits *bits : {&subjects.yes, &subjects.maybe})
            bits->forEach([&](ClassId c) { touched[c] = true; });
    };
    for (const std::uint32_t place : shift.removed)
        touch(before.policies[place]);
    for (const std::uint32_t place : shift.added)
        touch(after.policies[place]);
    return touched;
}

/// Finds the group that a class belongs to, among those that are there.
class GroupFinder
{
public:
    GroupFinder(const OrderedPolicies &policies, const EndpointClasses &classes, const PredicateSets &sets,
                Direction direction)
        : m_classes(classes),
          m_questions(policies, sets, direction)
    {
    }

    std::vector<std::uint32_t> signatureOf(const Policies &policies, ClassId id)
    {
        std::vector<std::uint32_t> signature;
        bool asksPorts = false;
        for (const GroupPolicy &one : policies) {
            m_questions.add(one.policy, one.isCertain, id, signature);
            asksPorts |= m_questions.asksPorts(one.policy);
        }
        if (asksPorts)
            signature.push_back(m_classes.portsOf(id));
        return signature;
    }

    void add(const SubjectGroup &group, std::uint32_t place)
    {
        m_byPolicies[hashOf(group.policies)].push_back({place, &group});
    }

    /// The group of equal signature, or nothing. Signatures of groups are worked out where policies are
    /// equal.
    std::optional<std::uint32_t> find(const Policies &policies, const std::vector<std::uint32_t> &signature)
    {
        const auto found = m_byPolicies.find(hashOf(policies));
        if (found == m_byPolicies.end())
            return std::nullopt;
        for (const auto &[place, group] : found->second) {
            if (group->policies == policies && signatureOf(policies, group->representative) == signature)
                return place;
        }
        return std::nullopt;
    }

private:
    struct Candidate
    {
        std::uint32_t place = 0;
        const SubjectGroup *group = nullptr;
    };

    static std::size_t hashOf(const Policies &policies)
    {
        std::size_t seed = policies.size();
        for (const GroupPolicy &one : policies)
            seed ^=
                one.policy * 2 + (one.isCertain ? 1 : 0) + 0x9e3779b97f4a7c15ULL + (seed << 6) + (seed >> 2);
        return seed;
    }

    const EndpointClasses &m_classes;
    SubjectQuestions m_questions;
    std::unordered_map<std::size_t, std::vector<Candidate>> m_byPolicies;
};

/// The policies that select a class after the change.
Policies policiesOf(ClassId id, const Policies &before, const OrderedPolicies &after,
                    const PolicyShift &shift, const PredicateSets &sets, Direction direction)
{
    Policies list = shifted(before, shift);
    for (const std::uint32_t place : shift.added) {
        if (!matters(after.policies[place], direction))
            continue;
        const TriBits &subjects = sets.of(after.policies[place].subject);
        const bool isCertain = subjects.yes.test(id);
        if (!isCertain && !subjects.maybe.test(id))
            continue;
        const auto at = std::find_if(list.begin(), list.end(),
                                     [&](const GroupPolicy &one) { return one.policy > place; });
        list.insert(at, {place, isCertain});
    }
    return list;
}

} // namespace

SubjectGroups SubjectGroups::updated(const OrderedPolicies &before, const OrderedPolicies &after,
                                     const PolicyShift &shift, const EndpointClasses &classes,
                                     const PredicateSets &sets, Direction direction) const
{
    const std::vector<bool> touched = touchedBy(before, after, shift, sets, m_groupOf.size(), direction);
    SubjectGroups next;
    next.m_groupOf.resize(m_groupOf.size());
    next.m_groups.reserve(m_groups.size() + 8);
    std::vector<std::uint32_t> orphans; // classes whose group has to be found
    const auto isTouched = [&](ClassId c) { return touched[c]; };
    for (std::size_t g = 0; g < m_groups.size(); ++g) {
        const SubjectGroup &group = m_groups[g];
        const bool isWhole = std::none_of(group.classes.begin(), group.classes.end(), isTouched);
        const bool isInPlace =
            std::all_of(group.policies.begin(), group.policies.end(),
                        [&](const GroupPolicy &one) { return shift.placeAfter[one.policy] == one.policy; });
        if (isWhole && isInPlace) {
            next.m_groups.share(m_groups, g);
        } else {
            SubjectGroup left{shifted(group.policies, shift), 0, {}};
            for (const ClassId c : group.classes)
                (isTouched(c) ? orphans : left.classes).push_back(c);
            if (left.classes.empty())
                continue;
            left.representative = left.classes.front();
            next.m_groups.emplace_back(std::move(left));
        }
        for (const ClassId c : next.m_groups.back().classes)
            next.m_groupOf[c] = std::uint32_t(next.m_groups.size() - 1);
    }
    GroupFinder finder(after, classes, sets, direction);
    for (std::uint32_t g = 0; g < next.m_groups.size() && !orphans.empty(); ++g)
        finder.add(next.m_groups[g], g);
    std::sort(orphans.begin(), orphans.end());
    std::vector<std::vector<ClassId>> joining(next.m_groups.size());
    for (const ClassId c : orphans) {
        Policies policies = policiesOf(c, m_groups[m_groupOf[c]].policies, after, shift, sets, direction);
        const auto signature = finder.signatureOf(policies, c);
        auto place = finder.find(policies, signature);
        if (!place) {
            place = std::uint32_t(next.m_groups.size());
            finder.add(next.m_groups.emplace_back({std::move(policies), c, {}}), *place);
            joining.emplace_back();
        }
        next.m_groupOf[c] = *place;
        joining[*place].push_back(c);
    }
    for (std::uint32_t g = 0; g < joining.size(); ++g) {
        if (joining[g].empty())
            continue;
        // Another group may share it: written anew, not into.
        SubjectGroup grown = next.m_groups[g];
        grown.classes.insert(grown.classes.end(), joining[g].begin(), joining[g].end());
        std::sort(grown.classes.begin(), grown.classes.end());
        grown.representative = grown.classes.front();
        next.m_groups.replace(g, std::move(grown));
    }
    return next;
}

} // namespace portolan::policy
