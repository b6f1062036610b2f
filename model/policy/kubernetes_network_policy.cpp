#include "model/policy/policy_api.h"
#include "model/policy/spec_reader.h"

namespace portolan::policy {

namespace {

/// networking.k8s.io/v1. Semantics: the API reference of NetworkPolicySpec.
class NetworkPolicyApi final : public PolicyApi
{
public:
    bool accepts(std::string_view group, std::string_view kind) const override
    {
        return group == "networking.k8s.io" && kind == "NetworkPolicy";
    }
    bool isEnforcedBy(Enforcer enforcer) const override { return enforcer != Enforcer::None; }
    void compile(std::span<const ApiObject *const> objects, const CompileContext &context,
                 OrderedPolicies &out) const override;
    void compileUnread(const ReadGap &gap, const CompileContext &context,
                       OrderedPolicies &out) const override;
};

PortRange portRange(const PolicyPort &port)
{
    PortRange range;
    range.protocol = ipProtocol(port.protocol);
    if (port.port) {
        range.first = std::get<std::uint16_t>(*port.port);
        range.last = port.endPort.value_or(range.first);
    }
    return range;
}

TrafficMatch portsMatch(const std::vector<PolicyPort> &ports)
{
    TrafficMatch match;
    for (const PolicyPort &port : ports) {
        if (port.port && std::holds_alternative<std::string>(*port.port))
            match.named.push_back({ipProtocol(port.protocol), std::get<std::string>(*port.port)});
        else
            match.ports.push_back(portRange(port));
    }
    return match;
}

Predicate blockPeer(const IpBlock &block, const NetworkPolicy &policy, const std::string &path,
                    Enforcer enforcer, OrderedPolicies &out)
{
    std::vector<IpRange> except;
    const auto parse = [&](const std::string &text, const std::string &field) {
        const auto range = IpRange::parse(text);
        if (!range)
            out.fault(refOf(policy), field, "is no network: \"" + withoutControlCharacters(text) + "\"");
        return range;
    };
    bool understood = true;
    const auto range = parse(block.cidr, path + ".ipBlock.cidr");
    for (std::size_t i = 0; i < block.except.size(); ++i) {
        if (const auto part = parse(block.except[i], path + ".ipBlock.except[" + std::to_string(i) + "]"))
            except.push_back(*part);
        else
            understood = false;
    }
    // Cilium's ipcache knows pods and nodes by identity, and a CIDR is the identity of what is outside.
    const Predicate reach =
        Predicate::kind(enforcer == Enforcer::Cilium ? kindBit(EndpointKind::External) : anyKind);
    if (!range)
        return reach.atMostMaybe("an ipBlock is no network");
    Predicate peer = reach && Predicate::inBlocks({*range}) && !Predicate::inBlocks(std::move(except));
    return understood ? peer : peer.atMostMaybe("an ipBlock's except is no network");
}

Predicate peerPredicate(const PolicyPeer &peer, const NetworkPolicy &policy, const std::string &path,
                        Enforcer enforcer, OrderedPolicies &out)
{
    if (peer.ipBlock && (peer.podSelector || peer.namespaceSelector)) {
        out.fault(refOf(policy), path, "has an ipBlock beside a selector");
        return Predicate::maybe("a peer has an ipBlock beside a selector");
    }
    if (peer.ipBlock)
        return blockPeer(*peer.ipBlock, policy, path, enforcer, out);
    if (!peer.podSelector && !peer.namespaceSelector) {
        out.fault(refOf(policy), path, "names no peer");
        return Predicate::maybe("a peer names nothing");
    }
    std::vector<Predicate> parts{Predicate::kind(podsOnly)};
    parts.push_back(peer.namespaceSelector
                        ? selectorPredicate(*peer.namespaceSelector, TextOf::NamespaceLabel)
                        : Predicate::namespaceIs(policy.meta.ns));
    if (peer.podSelector)
        parts.push_back(selectorPredicate(*peer.podSelector, TextOf::OwnLabel));
    return Predicate::allOf(std::move(parts));
}

std::vector<Rule> compileRules(const std::vector<PolicyRule> &rules, const NetworkPolicy &policy,
                               Direction direction, Enforcer enforcer, OrderedPolicies &out)
{
    const bool in = direction == Direction::Ingress;
    std::vector<Rule> compiled;
    compiled.reserve(rules.size());
    for (std::size_t i = 0; i < rules.size(); ++i) {
        Rule &rule = compiled.emplace_back();
        rule.index = std::int32_t(i);
        rule.path = (in ? "spec.ingress[" : "spec.egress[") + std::to_string(i) + "]";
        std::vector<Predicate> peers;
        for (std::size_t p = 0; p < rules[i].peers.size(); ++p)
            peers.push_back(peerPredicate(rules[i].peers[p], policy,
                                          rule.path + (in ? ".from[" : ".to[") + std::to_string(p) + "]",
                                          enforcer, out));
        rule.peer = peers.empty() ? Predicate::always() : Predicate::anyOf(std::move(peers));
        if (!rules[i].ports.empty())
            rule.traffic.push_back(portsMatch(rules[i].ports));
    }
    return compiled;
}

void compileTyped(const NetworkPolicy &policy, Enforcer enforcer, std::uint32_t tier, OrderedPolicies &out)
{
    Policy compiled;
    compiled.object = refOf(policy);
    compiled.kind = "NetworkPolicy";
    compiled.tier = tier;
    compiled.order = 1000; // where Calico puts them in its default tier
    compiled.tieBreak = policy.meta.name + "/" + policy.meta.ns + "/NetworkPolicy";
    compiled.subject = Predicate::allOf({Predicate::kind(podsOnly), Predicate::namespaceIs(policy.meta.ns),
                                         selectorPredicate(policy.podSelector, TextOf::OwnLabel)});
    compiled.isolates = {policy.isolatesIngress, policy.isolatesEgress};
    if (policy.isolatesIngress)
        compiled.rules[0] = compileRules(policy.ingress, policy, Direction::Ingress, enforcer, out);
    if (policy.isolatesEgress)
        compiled.rules[1] = compileRules(policy.egress, policy, Direction::Egress, enforcer, out);
    out.add(std::move(compiled));
}

void NetworkPolicyApi::compile(std::span<const ApiObject *const> objects, const CompileContext &context,
                               OrderedPolicies &out) const
{
    if (context.state.networkPolicies.empty() && objects.empty())
        return;
    const std::uint32_t tier = standardTier(out, context.enforcer);
    for (const auto &policy : context.state.networkPolicies)
        compileTyped(*policy, context.enforcer, tier, out);
    // Those that came from files and do not decode: an API server would have refused them.
    for (const ApiObject *object : objects) {
        const std::string reason = "NetworkPolicy " + object->meta.name + " is not valid";
        out.addUnknown(tier, refOf(*object), object->kind, Predicate::namespaceIs(object->meta.ns), reason);
    }
}

void NetworkPolicyApi::compileUnread(const ReadGap &gap, const CompileContext &context,
                                     OrderedPolicies &out) const
{
    out.addUnknown(standardTier(out, context.enforcer), {}, gap.resource.kind, unreadSubject(gap),
                   unreadReason(gap));
}

} // namespace

const PolicyApi &kubernetesNetworkPolicyApi()
{
    static const NetworkPolicyApi api;
    return api;
}

} // namespace portolan::policy
