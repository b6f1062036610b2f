#include "model/policy/ordered_policies.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace portolan::policy {

bool comesBefore(const Policy &a, const Policy &b)
{
    return std::tie(a.tier, a.order, a.tieGroup, a.tieBreak, a.object) <
           std::tie(b.tier, b.order, b.tieGroup, b.tieBreak, b.object);
}

std::uint32_t OrderedPolicies::tier(const Tier &like)
{
    const auto known = std::find_if(tierList.begin(), tierList.end(),
                                    [&](const Tier &tier) { return tier.name == like.name; });
    if (known != tierList.end())
        return std::uint32_t(known - tierList.begin());
    tierList.push_back(like);
    return std::uint32_t(tierList.size() - 1);
}

Policy &OrderedPolicies::add(Policy policy)
{
    return policies.emplace_back(std::move(policy));
}

void OrderedPolicies::fault(const ObjectRef &object, std::string field, std::string text)
{
    faults.push_back({object, std::move(field), std::move(text)});
}

void OrderedPolicies::addUnknown(std::uint32_t tier, const ObjectRef &object, std::string kind,
                                 const Predicate &subject, const std::string &reason)
{
    Policy policy;
    policy.object = object;
    policy.kind = std::move(kind);
    policy.tier = tier;
    policy.order = -std::numeric_limits<double>::infinity();
    policy.tieBreak = object.ns + "/" + object.name;
    policy.subject = subject.atMostMaybe(reason);
    for (auto &rules : policy.rules) {
        for (const RuleEffect effect : {RuleEffect::Allow, RuleEffect::Deny}) {
            Rule rule;
            rule.effect = effect;
            rule.index = -1;
            rule.peer = Predicate::maybe(reason);
            rules.push_back(std::move(rule));
        }
    }
    add(std::move(policy));
}

void OrderedPolicies::finish()
{
    std::vector<std::uint32_t> order(tierList.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [this](std::uint32_t a, std::uint32_t b) {
        return std::pair(tierList[a].order, std::string_view(tierList[a].name)) <
               std::pair(tierList[b].order, std::string_view(tierList[b].name));
    });
    std::vector<std::uint32_t> place(order.size());
    std::vector<Tier> sorted;
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        place[order[i]] = i;
        sorted.push_back(std::move(tierList[order[i]]));
    }
    tierList = std::move(sorted);
    for (std::size_t i = 0; i < policies.size(); ++i)
        policies.edit(i).tier = place[policies[i].tier];
    policies.sort(comesBefore);
}

} // namespace portolan::policy
