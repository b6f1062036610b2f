#include "model/policy/policy_groups.h"

#include <algorithm>
#include <unordered_map>

namespace portolan::policy {

namespace {

bool matters(const Policy &policy, Direction direction)
{
    const auto d = std::size_t(direction);
    return !policy.isPending && (policy.isolates[d] || !policy.rules[d].empty());
}

/// What rules ask of the subject besides their policy's selector.
struct SubjectQuestions
{
    std::vector<Predicate> predicates;
    bool namedPorts = false; ///< the subject is where the names are looked up
};

SubjectQuestions questionsOf(const Policy &policy, Direction direction)
{
    SubjectQuestions questions;
    for (const Rule &rule : policy.rules[std::size_t(direction)]) {
        if (rule.subject.op() != Predicate::Op::Always)
            questions.predicates.push_back(rule.subject);
        for (const TrafficMatch &match : rule.traffic)
            questions.namedPorts |= direction == Direction::Ingress && !match.named.empty();
    }
    return questions;
}

struct SignatureHash
{
    std::size_t operator()(const std::vector<std::uint32_t> &signature) const noexcept
    {
        std::size_t seed = signature.size();
        for (const std::uint32_t part : signature)
            seed ^= part + 0x9e3779b97f4a7c15ULL + (seed << 6) + (seed >> 2);
        return seed;
    }
};

} // namespace

SubjectGroups::SubjectGroups(const OrderedPolicies &policies, const EndpointClasses &classes,
                             PredicateSets &sets, Direction direction)
    : m_groupOf(classes.count())
{
    // Per class: the policies, and the answers to what their rules ask of it.
    std::vector<std::vector<std::uint32_t>> signatures(classes.count());
    std::vector<bool> asksPorts(classes.count());
    for (std::uint32_t p = 0; p < policies.policies.size(); ++p) {
        const Policy &policy = policies.policies[p];
        if (!matters(policy, direction))
            continue;
        const TriBits &subjects = sets.of(policy.subject);
        const SubjectQuestions questions = questionsOf(policy, direction);
        std::vector<const TriBits *> answers;
        for (const Predicate &predicate : questions.predicates)
            answers.push_back(&sets.of(predicate));
        const auto add = [&](ClassId c, bool isCertain) {
            signatures[c].push_back(p * 2 + (isCertain ? 1 : 0));
            for (const TriBits *answer : answers)
                signatures[c].push_back(answer->yes.test(c) ? 2 : answer->maybe.test(c) ? 1 : 0);
            if (questions.namedPorts)
                asksPorts[c] = true;
        };
        subjects.yes.forEach([&](ClassId c) { add(c, true); });
        subjects.maybe.forEach([&](ClassId c) { add(c, false); });
    }
    std::unordered_map<std::vector<std::uint32_t>, std::uint32_t, SignatureHash> known;
    for (ClassId c = 0; c < classes.count(); ++c) {
        std::vector<std::uint32_t> signature = signatures[c];
        if (asksPorts[c])
            signature.push_back(classes.portsOf(c));
        const auto [entry, isNew] = known.try_emplace(std::move(signature), std::uint32_t(m_groups.size()));
        if (isNew) {
            SubjectGroup &group = m_groups.emplace_back();
            group.representative = c;
        }
        m_groupOf[c] = entry->second;
        m_groups[entry->second].classes.push_back(c);
    }
    // The signature mixes policies with answers: the plain list is taken from the sets once per group.
    for (std::uint32_t p = 0; p < policies.policies.size(); ++p) {
        if (!matters(policies.policies[p], direction))
            continue;
        const TriBits &subjects = sets.of(policies.policies[p].subject);
        const auto add = [&](ClassId c, bool isCertain) {
            SubjectGroup &group = m_groups[m_groupOf[c]];
            if (group.representative == c)
                group.policies.push_back({p, isCertain});
        };
        subjects.yes.forEach([&](ClassId c) { add(c, true); });
        subjects.maybe.forEach([&](ClassId c) { add(c, false); });
    }
}

} // namespace portolan::policy
