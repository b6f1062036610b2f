#include "model/policy/policy_api.h"

#include <algorithm>
#include <array>

namespace portolan::policy {

std::span<const PolicyApi *const> policyApis()
{
    static const std::array<const PolicyApi *, 5> apis{
        &kubernetesNetworkPolicyApi(), &adminNetworkPolicyApi(), &clusterNetworkPolicyApi(),
        &ciliumNetworkPolicyApi(),     &calicoPolicyApi(),
    };
    return apis;
}

std::uint32_t standardTier(OrderedPolicies &out, Enforcer enforcer)
{
    // Cilium computes one union of NetworkPolicy and its own kinds in which deny wins.
    return out.tier({"default", tiers::standard, TierEnd::Deny, enforcer == Enforcer::Cilium,
                     enforcer == Enforcer::Calico});
}

Predicate unreadSubject(const ReadGap &gap)
{
    return gap.ns.empty() ? Predicate::always() : Predicate::namespaceIs(gap.ns);
}

std::string unreadReason(const ReadGap &gap)
{
    if (gap.reason.code == ErrorCode::InvalidInput) // a manifest
        return gap.reason.oneLine();
    return gap.resource.qualifiedName() + " could not be read" + (gap.ns.empty() ? "" : " in " + gap.ns);
}

bool anyObjectSays(const PolicyApi &api, const ClusterState &state, std::string_view word)
{
    return std::any_of(state.others.begin(), state.others.end(), [&](const auto &object) {
        return api.accepts(object->group, object->kind) && object->json &&
               object->json->find(word) != std::string::npos;
    });
}

OrderedPolicies compilePolicies(const CompileContext &context)
{
    OrderedPolicies out;
    for (const PolicyApi *api : policyApis()) {
        if (!api->isEnforcedBy(context.enforcer) || api->isSwitchedOff(context))
            continue;
        std::vector<const ApiObject *> objects;
        for (const auto &object : context.state.others) {
            if (api->accepts(object->group, object->kind))
                objects.push_back(object.get());
        }
        api->compile(objects, context, out);
        for (const ReadGap &gap : context.state.gaps) {
            if (api->accepts(gap.resource.group, gap.resource.kind))
                api->compileUnread(gap, context, out);
        }
    }
    if (!context.contested.empty())
        out.addUnknown(standardTier(out, context.enforcer), {}, "NetworkPolicy", Predicate::always(),
                       context.contested);
    out.finish();
    return out;
}

} // namespace portolan::policy
