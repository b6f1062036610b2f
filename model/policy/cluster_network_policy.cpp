#include "model/policy/wg_policy_peers.h"

namespace portolan::policy {

namespace {

/// policy.networking.k8s.io/v1alpha2: ClusterNetworkPolicy, tiers Admin and Baseline. Semantics: the API
/// reference of network-policy-api 0.2.
class ClusterNetworkPolicyApi final : public PolicyApi
{
public:
    bool accepts(std::string_view group, std::string_view kind) const override
    {
        return group == "policy.networking.k8s.io" && kind == "ClusterNetworkPolicy";
    }
    bool isEnforcedBy(Enforcer enforcer) const override { return enforcer != Enforcer::None; }
    bool isSelfContained(std::string_view) const override { return true; }
    bool looksDifferent(const ClusterState &, const ClusterState &) const override { return false; }
    void compile(std::span<const ApiObject *const> objects, const CompileContext &context,
                 OrderedPolicies &out) const override;
    void compileUnread(const ReadGap &gap, const CompileContext &, OrderedPolicies &out) const override
    {
        for (const std::uint32_t tier : {wgAdminTier(out), wgBaselineTier(out)})
            out.addUnknown(tier, {}, gap.resource.kind, Predicate::kind(podsOnly), unreadReason(gap));
    }
};

std::optional<RuleEffect> effectOf(const SpecField &action)
{
    const std::string word = action.text();
    if (word == "Accept")
        return RuleEffect::Allow;
    if (word == "Deny")
        return RuleEffect::Deny;
    if (word == "Pass")
        return RuleEffect::Pass;
    action.fault("is an action that is not known: \"" + word + "\"");
    return std::nullopt;
}

PortRange portRange(const SpecField &port, IpProtocol protocol)
{
    port.onlyKnows({"number", "range"});
    const SpecField range = port.at("range");
    const auto number = port.at("number").number(1, 65535);
    if (bool(number) == bool(range)) {
        port.fault("names neither a number nor a range, or both");
        return {protocol, 1, 0};
    }
    if (number)
        return {protocol, std::uint16_t(*number), std::uint16_t(*number)};
    range.onlyKnows({"start", "end"});
    const auto start = range.at("start").number(1, 65535);
    const auto end = range.at("end").number(1, 65535);
    if (!start || !end || *start > *end)
        range.fault("is no range of ports");
    return {protocol, std::uint16_t(start.value_or(1)), std::uint16_t(end.value_or(0))};
}

void addProtocol(const SpecField &field, TrafficMatch &match)
{
    static const std::pair<const char *, IpProtocol> names[] = {
        {"tcp", protocol::tcp}, {"udp", protocol::udp}, {"sctp", protocol::sctp}};
    field.onlyKnows({"tcp", "udp", "sctp", "destinationNamedPort"});
    std::size_t count = 0;
    for (const auto &[name, number] : names) {
        const SpecField one = field.at(name);
        if (!one)
            continue;
        ++count;
        one.onlyKnows({"destinationPort"});
        if (const SpecField port = one.at("destinationPort"))
            match.ports.push_back(portRange(port, number));
        else
            match.protocols.push_back(number);
    }
    if (const SpecField named = field.at("destinationNamedPort")) {
        ++count;
        match.named.push_back({PortRange::anyProtocol, named.text()});
    }
    if (count != 1)
        field.fault("names no protocol, or more than one");
}

struct ReadPolicy
{
    Policy policy;
    bool isValid = true; ///< as a whole; what is odd in single rules is in these
};

ReadPolicy readPolicy(const ApiObject &object, const SpecField &root, bool isValidated, OrderedPolicies &out)
{
    ReadPolicy read;
    Policy &policy = read.policy;
    policy.object = refOf(object);
    policy.kind = object.kind;
    policy.tieGroup = object.meta.name;
    const std::size_t faults = root.faultCount();
    root.onlyKnows({"apiVersion", "kind", "metadata", "spec", "status"});
    const SpecField spec = root.at("spec");
    spec.onlyKnows({"tier", "priority", "subject", "ingress", "egress"});
    const std::string tier = spec.at("tier").text();
    if (tier != "Admin" && tier != "Baseline")
        spec.at("tier").fault("is neither Admin nor Baseline");
    policy.tier = tier == "Baseline" ? wgBaselineTier(out) : wgAdminTier(out);
    const auto priority = spec.at("priority").number(0, 1000);
    if (!priority)
        spec.at("priority").fault("is missing or not understood");
    policy.order = double(priority.value_or(0));
    const auto ingress = spec.at("ingress").elements();
    const auto egress = spec.at("egress").elements();
    read.isValid = root.faultCount() == faults;
    policy.subject = wgSubject(spec.at("subject"));
    const WgRuleWords words{"protocols", addProtocol, effectOf, isValidated};
    addWgRules(ingress, egress, words, policy);
    return read;
}

void ClusterNetworkPolicyApi::compile(std::span<const ApiObject *const> objects,
                                      const CompileContext &context, OrderedPolicies &out) const
{
    std::vector<Policy> read;
    for (const ApiObject *object : objects) {
        std::optional<ReadPolicy> one;
        readSpec(*object, out,
                 [&](const SpecField &root) { one = readPolicy(*object, root, context.isValidated, out); });
        if (one && one->isValid && !mayIgnoreWgPolicies(context.enforcer)) {
            read.push_back(std::move(one->policy));
            continue;
        }
        const std::string why = one && one->isValid
                                    ? "whether Cilium enforces " + object->kind + " is not known"
                                    : object->kind + " " + object->meta.name + " is not valid";
        // Of which tier it is may be what is not understood: it is put first.
        out.addUnknown(wgAdminTier(out), refOf(*object), object->kind,
                       one ? one->policy.subject : Predicate::kind(podsOnly), why);
    }
    std::vector<const Policy *> compared;
    for (const Policy &policy : read)
        compared.push_back(&policy);
    reportEqualPriorities(compared, out);
    for (Policy &policy : read)
        out.add(std::move(policy));
}

} // namespace

const PolicyApi &clusterNetworkPolicyApi()
{
    static const ClusterNetworkPolicyApi api;
    return api;
}

} // namespace portolan::policy
