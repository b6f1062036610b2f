#include "model/policy/policy_api.h"

namespace portolan::policy {

namespace {

class AdminNetworkPolicyApi final : public PolicyApi
{
public:
    bool accepts(std::string_view group, std::string_view kind) const override
    {
        return group == "policy.networking.k8s.io" &&
               (kind == "AdminNetworkPolicy" || kind == "BaselineAdminNetworkPolicy");
    }
    bool isEnforcedBy(Enforcer enforcer) const override { return enforcer != Enforcer::None; }
    void compile(std::span<const ApiObject *const> objects, const CompileContext &,
                 OrderedPolicies &out) const override
    {
        for (const ApiObject *object : objects)
            out.addUnknown(out.tier({"kube-admin", tiers::admin, TierEnd::Pass, false, true}), refOf(*object),
                           object->kind, Predicate::always(), object->kind + " is not evaluated yet");
    }
    void compileUnread(const ReadGap &gap, const CompileContext &, OrderedPolicies &out) const override
    {
        out.addUnknown(out.tier({"kube-admin", tiers::admin, TierEnd::Pass, false, true}), {},
                       gap.resource.kind, Predicate::always(), unreadReason(gap));
    }
};

} // namespace

const PolicyApi &adminNetworkPolicyApi()
{
    static const AdminNetworkPolicyApi api;
    return api;
}

} // namespace portolan::policy
