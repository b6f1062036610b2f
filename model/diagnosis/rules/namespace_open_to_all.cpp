#include "model/diagnosis/rules/rules.h"

#include "model/policy/policy_kinds.h"
#include "model/policy/verdict_rows.h"

#include <algorithm>

namespace portolan::rules {

namespace {

/// By group of subjects: whether a policy may hold back what comes in to its pods.
std::vector<bool> heldBackGroups(const policy::PolicyModel &model)
{
    const policy::OrderedPolicies &all = model.policies();
    const auto &groups = model.classified().groups[std::size_t(policy::Direction::Ingress)].groups();
    std::vector<bool> held;
    held.reserve(groups.size());
    for (const policy::SubjectGroup &group : groups) {
        held.push_back(std::any_of(group.policies.begin(), group.policies.end(), [&](const auto &selected) {
            return policy::mayHoldBack(all, all.policies[selected.policy], policy::Direction::Ingress);
        }));
    }
    return held;
}

bool readsEveryPolicyKind(const ClusterState &state)
{
    return std::none_of(state.gaps.begin(), state.gaps.end(),
                        [](const ReadGap &gap) { return gap.resource.objectKind() == ObjectKind::Other; });
}

/// A policy that the enforcer, who is guessed, is not known to look at, and that could select pods there.
bool mayBeSelectedElsewhere(const FindingContext &context, const std::string &ns)
{
    const policy::DetectedEnforcer &enforcer = context.policies().enforcer();
    const auto &others = context.state().others;
    return !enforcer.isCertain && std::any_of(others.begin(), others.end(), [&](const auto &object) {
        const ObjectRef ref = refOf(*object);
        return (ref.ns.empty() || ref.ns == ns) && policy::isPolicy(ref) &&
               !policy::isEnforcedBy(ref, enforcer.enforcer);
    });
}

} // namespace

void namespaceOpenToAll(const FindingContext &context, Findings &findings)
{
    const ClusterState &state = context.state();
    const policy::PolicyModel &model = context.policies();
    const bool isSaidOfAll =
        model.enforcer().enforcer == policy::Enforcer::None && policy::countPolicies(state) > 0;
    if (!readsEveryPolicyKind(state) || isSaidOfAll)
        return;
    const policy::EndpointClasses &classes = model.classified().classes;
    const policy::SubjectGroups &groups = model.classified().groups[std::size_t(policy::Direction::Ingress)];
    const std::vector<bool> heldBack = heldBackGroups(model);
    for (const auto &ns : state.namespaces) {
        const std::string &name = ns->meta.name;
        const auto [first, end] = classes.classesOfNamespace(name);
        std::size_t pods = 0;
        bool isHeldBack = false;
        for (policy::ClassId id = first; id < end && !isHeldBack; ++id) {
            pods += classes.podsIn(id);
            isHeldBack = classes.podsIn(id) > 0 && heldBack[groups.groupOf(id)];
        }
        if (pods == 0 || isHeldBack || !context.canRead(ObjectKind::NetworkPolicy, name) ||
            mayBeSelectedElsewhere(context, name))
            continue;
        Finding finding{"namespace-open-to-all", Severity::Warning, refOf(*ns), {}, {}};
        finding.facts = {{"pods", std::to_string(pods)}};
        findings.push_back(std::move(finding));
    }
}

} // namespace portolan::rules
