#include "model/policy/policy_kinds.h"

#include "model/cluster/read_gaps.h"
#include "model/policy/policy_api.h"

#include <algorithm>

namespace portolan::policy {

namespace {

/// The API of a policy; nullptr for what is none.
const PolicyApi *apiOf(const ObjectRef &object)
{
    std::string_view kind = object.type;
    std::string_view group = "networking.k8s.io";
    if (object.kind == ObjectKind::Other) {
        const std::size_t dot = kind.find('.');
        group = dot == std::string_view::npos ? "" : kind.substr(dot + 1);
        kind = kind.substr(0, dot);
    } else if (object.kind != ObjectKind::NetworkPolicy) {
        return nullptr;
    }
    if (!kind.ends_with("NetworkPolicy"))
        return nullptr;
    for (const PolicyApi *api : policyApis()) {
        if (api->accepts(group, kind))
            return api;
    }
    return nullptr;
}

} // namespace

bool isPolicy(const ObjectRef &object)
{
    return apiOf(object) != nullptr;
}

namespace {

template<class Objects>
std::size_t countAmong(const Objects &others)
{
    return std::size_t(std::count_if(others.begin(), others.end(),
                                     [](const auto &object) { return isPolicy(refOf(*object)); }));
}

} // namespace

std::size_t countPolicies(const ClusterState &state)
{
    return state.networkPolicies.size() + countAmong(state.others);
}

std::size_t countPolicies(const ClusterState &state, std::string_view ns)
{
    return state.networkPolicies.inNamespace(ns).size() + countAmong(state.others.inNamespace(ns));
}

bool arePoliciesUnread(const ClusterState &state, std::string_view ns)
{
    return std::any_of(state.gaps.begin(), state.gaps.end(), [ns](const ReadGap &gap) {
        const bool isThere = gap.ns.empty() || (ns.empty() && !isLeftOut(gap)) || gap.ns == ns;
        return isThere && !policyGaps(gap).empty();
    });
}

bool isEnforcedBy(const ObjectRef &object, Enforcer enforcer)
{
    const PolicyApi *api = apiOf(object);
    return api && api->isEnforcedBy(enforcer);
}

std::optional<Enforcer> nativeEnforcer(const ObjectRef &object)
{
    for (const Enforcer enforcer : {Enforcer::Generic, Enforcer::Calico, Enforcer::Cilium}) {
        if (isEnforcedBy(object, enforcer))
            return enforcer;
    }
    return std::nullopt;
}

bool hasTiers(const ObjectRef &object)
{
    return object.kind == ObjectKind::Other &&
           (object.type.ends_with(".policy.networking.k8s.io") || object.type.ends_with("projectcalico.org"));
}

} // namespace portolan::policy
