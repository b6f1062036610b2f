#include "model/policy/policy_groups.h"

#include <algorithm>

namespace portolan::policy {

bool matters(const Policy &policy, Direction direction)
{
    const auto d = std::size_t(direction);
    return !policy.isPending && (policy.isolates[d] || !policy.rules[d].empty());
}

std::size_t SignatureHash::operator()(const std::vector<std::uint32_t> &signature) const noexcept
{
    std::size_t seed = signature.size();
    for (const std::uint32_t part : signature)
        seed ^= part + 0x9e3779b97f4a7c15ULL + (seed << 6) + (seed >> 2);
    return seed;
}

SubjectQuestions::SubjectQuestions(const OrderedPolicies &policies, const PredicateSets &sets,
                                   Direction direction)
    : m_policies(policies),
      m_sets(sets),
      m_direction(std::size_t(direction))
{
}

const SubjectQuestions::Questions &SubjectQuestions::of(std::uint32_t policy)
{
    const auto [known, isNew] = m_known.try_emplace(policy);
    Questions &questions = known->second;
    if (!isNew)
        return questions;
    for (const Rule &rule : m_policies.policies[policy].rules[m_direction]) {
        if (rule.subject.op() != Predicate::Op::Always)
            questions.answers.push_back(&m_sets.of(rule.subject));
        for (const TrafficMatch &match : rule.traffic)
            questions.namedPorts |= m_direction == std::size_t(Direction::Ingress) && !match.named.empty();
    }
    return questions;
}

void SubjectQuestions::add(std::uint32_t policy, bool isCertain, ClassId id,
                           std::vector<std::uint32_t> &signature)
{
    signature.push_back(policy * 2 + (isCertain ? 1 : 0));
    for (const TriBits *answer : of(policy).answers)
        signature.push_back(answer->yes.test(id) ? 2 : answer->maybe.test(id) ? 1 : 0);
}

bool mayHoldBack(const OrderedPolicies &policies, const Policy &policy, Direction direction)
{
    const auto &rules = policy.rules[std::size_t(direction)];
    return (policy.isolates[std::size_t(direction)] && policies.tierList[policy.tier].end == TierEnd::Deny) ||
           std::any_of(rules.begin(), rules.end(),
                       [](const Rule &rule) { return rule.effect == RuleEffect::Deny; });
}

SubjectGroups::SubjectGroups(const OrderedPolicies &policies, const EndpointClasses &classes,
                             const PredicateSets &sets, Direction direction)
    : m_groupOf(classes.count())
{
    // Per class: the policies, and the answers to what their rules ask of it.
    std::vector<std::vector<std::uint32_t>> signatures(classes.count());
    std::vector<bool> asksPorts(classes.count());
    SubjectQuestions questions(policies, sets, direction);
    for (std::uint32_t p = 0; p < policies.policies.size(); ++p) {
        const Policy &policy = policies.policies[p];
        if (!matters(policy, direction))
            continue;
        const TriBits &subjects = sets.of(policy.subject);
        const bool namedPorts = questions.asksPorts(p);
        const auto add = [&](ClassId c, bool isCertain) {
            questions.add(p, isCertain, c, signatures[c]);
            if (namedPorts)
                asksPorts[c] = true;
        };
        subjects.yes.forEach([&](ClassId c) { add(c, true); });
        subjects.maybe.forEach([&](ClassId c) { add(c, false); });
    }
    std::vector<SubjectGroup> groups;
    std::unordered_map<std::vector<std::uint32_t>, std::uint32_t, SignatureHash> known;
    for (ClassId c = 0; c < classes.count(); ++c) {
        std::vector<std::uint32_t> signature = std::move(signatures[c]);
        if (asksPorts[c])
            signature.push_back(classes.portsOf(c));
        const auto [entry, isNew] = known.try_emplace(std::move(signature), std::uint32_t(groups.size()));
        if (isNew)
            groups.emplace_back().representative = c;
        m_groupOf[c] = entry->second;
        groups[entry->second].classes.push_back(c);
    }
    // The signature mixes policies with answers: the plain list is taken from the sets once per group.
    for (std::uint32_t p = 0; p < policies.policies.size(); ++p) {
        if (!matters(policies.policies[p], direction))
            continue;
        const TriBits &subjects = sets.of(policies.policies[p].subject);
        const auto add = [&](ClassId c, bool isCertain) {
            SubjectGroup &group = groups[m_groupOf[c]];
            if (group.representative == c)
                group.policies.push_back({p, isCertain});
        };
        subjects.yes.forEach([&](ClassId c) { add(c, true); });
        subjects.maybe.forEach([&](ClassId c) { add(c, false); });
    }
    m_groups.reserve(groups.size());
    for (SubjectGroup &group : groups)
        m_groups.emplace_back(std::move(group));
}

} // namespace portolan::policy
