#include "model/diagnosis/rules/rules.h"

#include <algorithm>
#include <set>

namespace portolan::rules {

namespace {

/// Kinds of other policy APIs. What they select is not evaluated here, so that where one could select a
/// pod of the namespace nothing is claimed.
bool isPolicyOfAnotherApi(const ApiObject &object)
{
    static const std::set<std::string, std::less<>> kinds{
        "AdminNetworkPolicy",  "BaselineAdminNetworkPolicy",     "ClusterNetworkPolicy",
        "CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy", "GlobalNetworkPolicy",
        "NetworkPolicy",
    };
    return kinds.contains(object.kind);
}

bool mayBeSelectedElsewhere(const ClusterState &state, const std::string &ns)
{
    return std::any_of(state.others.begin(), state.others.end(), [&](const auto &object) {
        return isPolicyOfAnotherApi(*object) && (object->meta.ns.empty() || object->meta.ns == ns);
    });
}

} // namespace

void namespaceOpenToAll(const FindingContext &context, Findings &findings)
{
    const ClusterState &state = context.state();
    const bool everyKindRead = std::none_of(state.gaps.begin(), state.gaps.end(), [](const ReadGap &gap) {
        return gap.resource.objectKind() == ObjectKind::Other;
    });
    if (!everyKindRead)
        return;
    for (const auto &ns : state.namespaces) {
        const std::string &name = ns->meta.name;
        const std::size_t pods = context.pods(name, {}).size();
        if (pods == 0 || !context.canRead(ObjectKind::NetworkPolicy, name) ||
            mayBeSelectedElsewhere(state, name))
            continue;
        const auto policies = state.networkPolicies.inNamespace(name);
        const bool selected = std::any_of(policies.begin(), policies.end(), [&](const auto &policy) {
            return !policy->podSelector.isUnderstood() || context.hasPod(name, policy->podSelector);
        });
        if (selected)
            continue;
        Finding finding{"namespace-open-to-all", Severity::Warning, refOf(*ns), {}, {}};
        finding.facts = {{"pods", std::to_string(pods)}};
        findings.push_back(std::move(finding));
    }
}

} // namespace portolan::rules
