#include "model/diagnosis/rules/rules.h"

#include "model/policy/policy_kinds.h"
#include "model/policy/verdict_rows.h"

#include <algorithm>
#include <set>

namespace portolan::rules {

namespace {

using policy::EndpointKind;

/// Whether a pod or a node is in the class.
bool hasMember(const policy::EndpointClasses &classes, policy::ClassId id)
{
    const EndpointKind kind = classes.kindOf(id);
    return kind == EndpointKind::Pod ? classes.podsIn(id) > 0 : kind != EndpointKind::External;
}

/// The objects of which a part selects somebody, or may.
std::set<ObjectRef> selectingObjects(const policy::PolicyModel &model)
{
    const policy::ClassifiedPolicies &classified = model.classified();
    std::vector<bool> selects(model.policies().policies.size());
    for (const policy::SubjectGroups &groups : classified.groups) {
        for (const policy::SubjectGroup &group : groups.groups()) {
            if (std::any_of(group.classes.begin(), group.classes.end(),
                            [&](policy::ClassId id) { return hasMember(classified.classes, id); })) {
                for (const policy::GroupPolicy &selected : group.policies)
                    selects[selected.policy] = true;
            }
        }
    }
    std::set<ObjectRef> objects;
    for (std::size_t i = 0; i < selects.size(); ++i) {
        if (selects[i])
            objects.insert(model.policies().policies[i].object);
    }
    return objects;
}

bool takesPart(const policy::Policy &policy)
{
    return policy::isPolicy(policy.object) && (policy::matters(policy, policy::Direction::Ingress) ||
                                               policy::matters(policy, policy::Direction::Egress));
}

} // namespace

void policySelectsNothing(const FindingContext &context, Findings &findings)
{
    const std::set<ObjectRef> selecting = selectingObjects(context.policies());
    std::set<ObjectRef> said;
    for (const policy::Policy &policy : context.policies().policies().policies) {
        const ObjectRef &object = policy.object;
        if (!takesPart(policy) || selecting.contains(object) ||
            !context.canRead(ObjectKind::Pod, object.ns) || !said.insert(object).second)
            continue;
        Finding finding{"policy-selects-nothing", Severity::Note, object, {}, {}};
        if (object.kind == ObjectKind::NetworkPolicy) {
            if (const auto own = context.state().networkPolicies.find(object.ns, object.name))
                finding.facts = {{"selector", own->podSelector.toString()}};
        }
        findings.push_back(std::move(finding));
    }
}

} // namespace portolan::rules
