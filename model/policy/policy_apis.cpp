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

std::vector<ReadGap> policyGaps(const ReadGap &gap)
{
    const auto isRead = [&](const ResourceType &type) {
        return std::any_of(policyApis().begin(), policyApis().end(),
                           [&](const PolicyApi *api) { return api->accepts(type.group, type.kind); });
    };
    if (gap.resource.kind != "*")
        return isRead(gap.resource) ? std::vector{gap} : std::vector<ReadGap>();
    constexpr std::pair<const char *, const char *> kinds[] = {
        {"networking.k8s.io", "NetworkPolicy"},
        {"policy.networking.k8s.io", "AdminNetworkPolicy"},
        {"policy.networking.k8s.io", "BaselineAdminNetworkPolicy"},
        {"policy.networking.k8s.io", "ClusterNetworkPolicy"},
        {"cilium.io", "CiliumNetworkPolicy"},
        {"crd.projectcalico.org", "NetworkPolicy"},
        {"projectcalico.org", "NetworkPolicy"},
    };
    std::vector<ReadGap> gaps;
    for (const auto &[group, kind] : kinds) {
        const bool isClusterwide = group == std::string_view("policy.networking.k8s.io");
        if ((!gap.resource.group.empty() && gap.resource.group != group) ||
            (isClusterwide && !gap.ns.empty()))
            continue;
        gaps.push_back(gap);
        gaps.back().resource.group = group;
        gaps.back().resource.kind = kind;
    }
    return gaps;
}

namespace {

/// Calico's API server serves what the CRDs hold: that it is gone hides nothing where these could be read.
bool isServedElsewhere(const ReadGap &gap, const ClusterState &state)
{
    return gap.resource.kind == "*" && gap.resource.group == "projectcalico.org" &&
           std::any_of(state.others.begin(), state.others.end(),
                       [](const auto &object) { return object->group == "crd.projectcalico.org"; });
}

} // namespace

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
            if (isServedElsewhere(gap, context.state))
                continue;
            for (const ReadGap &kind : policyGaps(gap)) {
                if (api->accepts(kind.resource.group, kind.resource.kind))
                    api->compileUnread(kind, context, out);
            }
        }
    }
    if (!context.contested.empty())
        out.addUnknown(standardTier(out, context.enforcer), {}, "NetworkPolicy", Predicate::always(),
                       context.contested);
    out.finish();
    return out;
}

} // namespace portolan::policy
