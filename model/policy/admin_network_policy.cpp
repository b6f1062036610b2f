#include "model/policy/wg_policy_peers.h"

namespace portolan::policy {

namespace {

/// policy.networking.k8s.io/v1alpha1: AdminNetworkPolicy and BaselineAdminNetworkPolicy. Semantics: the API
/// reference of network-policy-api 0.1.
class AdminNetworkPolicyApi final : public PolicyApi
{
public:
    bool accepts(std::string_view group, std::string_view kind) const override
    {
        return group == "policy.networking.k8s.io" &&
               (kind == "AdminNetworkPolicy" || kind == "BaselineAdminNetworkPolicy");
    }
    bool isEnforcedBy(Enforcer enforcer) const override { return enforcer != Enforcer::None; }
    bool isSelfContained(std::string_view) const override { return true; }
    bool looksDifferent(const ClusterState &, const ClusterState &) const override { return false; }
    void compile(std::span<const ApiObject *const> objects, const CompileContext &context,
                 OrderedPolicies &out) const override;
    void compileUnread(const ReadGap &gap, const CompileContext &, OrderedPolicies &out) const override
    {
        out.addUnknown(gap.resource.kind == "AdminNetworkPolicy" ? wgAdminTier(out) : wgBaselineTier(out), {},
                       gap.resource.kind, Predicate::kind(podsOnly), unreadReason(gap));
    }
};

std::optional<RuleEffect> effectOf(const SpecField &action, bool baseline)
{
    const std::string word = action.text();
    if (word == "Allow")
        return RuleEffect::Allow;
    if (word == "Deny")
        return RuleEffect::Deny;
    if (word == "Pass" && !baseline)
        return RuleEffect::Pass;
    action.fault("is an action that is not known: \"" + word + "\"");
    return std::nullopt;
}

void addPort(const SpecField &port, TrafficMatch &match)
{
    port.onlyKnows({"portNumber", "portRange", "namedPort"});
    if (int(bool(port.at("portNumber"))) + int(bool(port.at("portRange"))) + int(bool(port.at("namedPort"))) >
        1)
        port.fault("names a port in more than one way");
    if (const SpecField number = port.at("portNumber")) {
        number.onlyKnows({"protocol", "port"});
        const auto value = number.at("port").number(1, 65535);
        if (!value)
            number.fault("has no port");
        const IpProtocol proto = number.at("protocol").protocol().value_or(protocol::tcp);
        match.ports.push_back({proto, std::uint16_t(value.value_or(0)), std::uint16_t(value.value_or(0))});
    } else if (const SpecField range = port.at("portRange")) {
        range.onlyKnows({"protocol", "start", "end"});
        const auto start = range.at("start").number(1, 65535);
        const auto end = range.at("end").number(1, 65535);
        if (!start || !end || *start > *end)
            range.fault("is no range of ports");
        const IpProtocol proto = range.at("protocol").protocol().value_or(protocol::tcp);
        match.ports.push_back({proto, std::uint16_t(start.value_or(1)), std::uint16_t(end.value_or(0))});
    } else if (const SpecField named = port.at("namedPort")) {
        match.named.push_back({PortRange::anyProtocol, named.text()});
    } else {
        port.fault("names no port");
    }
}

struct ReadPolicy
{
    Policy policy;
    bool isValid = true; ///< as a whole; what is odd in single rules is in these
};

ReadPolicy readPolicy(const ApiObject &object, const SpecField &root, bool isValidated, OrderedPolicies &out)
{
    const bool baseline = object.kind == "BaselineAdminNetworkPolicy";
    ReadPolicy read;
    Policy &policy = read.policy;
    policy.object = refOf(object);
    policy.kind = object.kind;
    policy.tier = baseline ? wgBaselineTier(out) : wgAdminTier(out);
    policy.order = 0;
    policy.tieGroup = object.meta.name;
    const std::size_t faults = root.faultCount();
    root.onlyKnows({"apiVersion", "kind", "metadata", "spec", "status"});
    const SpecField spec = root.at("spec");
    if (baseline) {
        spec.onlyKnows({"subject", "ingress", "egress"});
    } else {
        spec.onlyKnows({"priority", "subject", "ingress", "egress"});
        const auto priority = spec.at("priority").number(0, 1000);
        if (!priority)
            spec.at("priority").fault("is missing or not understood");
        policy.order = double(priority.value_or(0));
    }
    const auto ingress = spec.at("ingress").elements();
    const auto egress = spec.at("egress").elements();
    read.isValid = root.faultCount() == faults;
    policy.subject = wgSubject(spec.at("subject"));
    const WgRuleWords words{"ports", addPort,
                            [baseline](const SpecField &action) { return effectOf(action, baseline); },
                            isValidated};
    addWgRules(ingress, egress, words, policy);
    return read;
}

void AdminNetworkPolicyApi::compile(std::span<const ApiObject *const> objects, const CompileContext &context,
                                    OrderedPolicies &out) const
{
    std::vector<Policy> read;
    for (const ApiObject *object : objects) {
        const bool baseline = object->kind == "BaselineAdminNetworkPolicy";
        const std::uint32_t tier = baseline ? wgBaselineTier(out) : wgAdminTier(out);
        const auto unknown = [&](const Predicate &subject, const std::string &why) {
            out.addUnknown(tier, refOf(*object), object->kind, subject, why);
        };
        if (baseline && object->meta.name != "default") {
            out.fault(refOf(*object), "metadata.name", "has to be \"default\"; any other is not enforced");
            continue;
        }
        std::optional<ReadPolicy> one;
        readSpec(*object, out,
                 [&](const SpecField &root) { one = readPolicy(*object, root, context.isValidated, out); });
        if (!one)
            unknown(Predicate::kind(podsOnly), object->kind + " " + object->meta.name + " is not readable");
        else if (mayIgnoreWgPolicies(context.enforcer))
            unknown(one->policy.subject, "whether Cilium enforces " + object->kind + " is not known");
        else if (!one->isValid)
            unknown(one->policy.subject, object->kind + " " + object->meta.name + " is not valid");
        else
            read.push_back(std::move(one->policy));
    }
    std::vector<const Policy *> compared;
    for (const Policy &policy : read)
        compared.push_back(&policy);
    reportEqualPriorities(compared, out);
    for (Policy &policy : read)
        out.add(std::move(policy));
}

} // namespace

const PolicyApi &adminNetworkPolicyApi()
{
    static const AdminNetworkPolicyApi api;
    return api;
}

} // namespace portolan::policy
