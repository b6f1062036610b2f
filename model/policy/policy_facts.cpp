#include "model/policy/policy_facts.h"

#include "model/policy/peer_counter.h"
#include "model/policy/policy_kinds.h"

#include <algorithm>

namespace portolan::policy {

namespace {

/// The parts of one object, by themselves: few classes tell all of it.
OrderedPolicies onlyOf(const OrderedPolicies &all, const ObjectRef &object)
{
    OrderedPolicies own;
    own.tierList = all.tierList;
    for (const Policy &policy : all.policies) {
        if (policy.object == object)
            own.add(policy);
    }
    return own;
}

/// Whether two compiled rules are one rule to people.
bool isSameRule(const RuleFacts &facts, const Rule &rule)
{
    return facts.path == rule.path && facts.effect == rule.effect && facts.traffic == rule.traffic &&
           facts.condition == rule.condition && facts.locality == rule.locality;
}

void addRules(PolicyFacts &facts, const Policy &policy, Direction direction, PeerCounter &counter,
              const CancelToken &cancel)
{
    const std::vector<Rule> &rules = policy.rules[std::size_t(direction)];
    for (std::size_t i = 0; i < rules.size() && !cancel.isCancelled();) {
        const Rule &first = rules[i];
        RuleFacts rule{direction,
                       first.effect,
                       first.path,
                       first.traffic,
                       first.condition,
                       first.locality,
                       first.subject != Predicate::always(),
                       {}};
        std::vector<const Predicate *> peers;
        for (; i < rules.size() && isSameRule(rule, rules[i]); ++i)
            peers.push_back(&rules[i].peer);
        if (++facts.ruleCount > PolicyFacts::mostRules)
            continue;
        rule.peers = counter.peers(peers);
        facts.rules.push_back(std::move(rule));
    }
}

} // namespace

PolicyFacts policyFacts(const std::shared_ptr<const PolicyModel> &model, const ObjectRef &object,
                        const CancelToken &cancel)
{
    PolicyFacts facts;
    for (const PolicyFault &fault : model->policies().faults) {
        if (fault.object == object && ++facts.faultCount <= PolicyFacts::mostFaults)
            facts.faults.push_back(fault);
    }
    const OrderedPolicies own = onlyOf(model->policies(), object);
    facts.podsAreKnown = !isUnread(model->endpoints().state(), ObjectKind::Pod, object.ns);
    if (own.policies.empty() || cancel.isCancelled())
        return facts;
    const Policy &main = own.policies.front();
    facts.isCompiled = true;
    facts.kind = main.kind;
    facts.tier = hasTiers(object) ? own.tierList[main.tier].name : std::string();
    facts.isPending = main.isPending;
    PeerCounter counter({model, &model->endpoints()}, own);
    std::vector<const Predicate *> subjects;
    for (const Policy &policy : own.policies) {
        subjects.push_back(&policy.subject);
        for (std::size_t d = 0; d < 2; ++d)
            facts.isolates[d] |= policy.isolates[d];
    }
    const PeerFacts selected = counter.peers(subjects);
    facts.selected = selected.pods;
    facts.selectedNodes = selected.nodes;
    for (const Direction direction : bothDirections) {
        for (const Policy &policy : own.policies)
            addRules(facts, policy, direction, counter, cancel);
    }
    return facts;
}

} // namespace portolan::policy
