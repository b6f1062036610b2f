#include "model/policy/class_traits.h"

#include <algorithm>
#include <functional>
#include <unordered_set>

namespace portolan::policy {

namespace {

/// Calls `eachLeaf` with every atom that the policy looks at, once each while `seen` lives, and `eachName`
/// with every named port.
template<class EachLeaf, class EachName>
void visitMentions(const Policy &policy, std::unordered_set<Predicate> &seen, EachLeaf eachLeaf,
                   EachName eachName)
{
    const std::function<void(const Predicate &)> visit = [&](const Predicate &predicate) {
        if (predicate.op() == Predicate::Op::Always || !seen.insert(predicate).second)
            return;
        eachLeaf(predicate);
        for (const Predicate &part : predicate.parts())
            visit(part);
    };
    visit(policy.subject);
    for (const auto &rules : policy.rules) {
        for (const Rule &rule : rules) {
            visit(rule.peer);
            visit(rule.subject);
            for (const TrafficMatch &match : rule.traffic) {
                for (const NamedPort &named : match.named)
                    eachName(named.name);
            }
        }
    }
}

} // namespace

Mentions::Mentions(const OrderedPolicies &policies)
{
    std::unordered_set<Predicate> seen;
    for (const Policy &policy : policies.policies)
        visitMentions(
            policy, seen, [this](const Predicate &predicate) { addLeaf(predicate); },
            [this](const std::string &name) { portNames.insert(name); });
}

bool Mentions::cover(const Policy &policy) const
{
    std::unordered_set<Predicate> seen;
    Mentions own;
    visitMentions(
        policy, seen, [&own](const Predicate &predicate) { own.addLeaf(predicate); },
        [&own](const std::string &name) { own.portNames.insert(name); });
    const auto includes = [](const auto &all, const auto &part) {
        return std::includes(all.begin(), all.end(), part.begin(), part.end());
    };
    return includes(texts, own.texts) && includes(blocks, own.blocks) && includes(portNames, own.portNames);
}

void Mentions::addLeaf(const Predicate &predicate)
{
    if (predicate.op() == Predicate::Op::Text)
        texts.emplace(predicate.textOf(), predicate.key());
    blocks.insert(predicate.blocks().begin(), predicate.blocks().end());
}

} // namespace portolan::policy
