#include "model/policy/policy_api.h"

namespace portolan::policy {

namespace {

constexpr auto notRead = "Cilium's policies are not evaluated yet";

/// Cilium's kinds are not read yet: whatever they may be about is unknown.
class CiliumNetworkPolicyApi final : public PolicyApi
{
public:
    bool accepts(std::string_view group, std::string_view kind) const override
    {
        return group == "cilium.io" &&
               (kind == "CiliumNetworkPolicy" || kind == "CiliumClusterwideNetworkPolicy");
    }
    bool isEnforcedBy(Enforcer enforcer) const override { return enforcer == Enforcer::Cilium; }
    void compile(std::span<const ApiObject *const> objects, const CompileContext &context,
                 OrderedPolicies &out) const override
    {
        for (const ApiObject *object : objects)
            out.addUnknown(standardTier(out, context.enforcer), refOf(*object), object->kind,
                           object->meta.ns.empty() ? Predicate::always()
                                                   : Predicate::namespaceIs(object->meta.ns),
                           notRead);
    }
    void compileUnread(const ReadGap &gap, const CompileContext &context, OrderedPolicies &out) const override
    {
        out.addUnknown(standardTier(out, context.enforcer), {}, gap.resource.kind, unreadSubject(gap),
                       unreadReason(gap));
    }
};

} // namespace

const PolicyApi &ciliumNetworkPolicyApi()
{
    static const CiliumNetworkPolicyApi api;
    return api;
}

} // namespace portolan::policy
