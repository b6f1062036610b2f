#include "model/policy/cilium_settings.h"
#include "model/policy/cilium_version.h"
#include "model/policy/policy_api.h"
#include "model/policy/spec_reader.h"

#include <algorithm>

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
    bool isSwitchedOff(const CompileContext &context) const override
    {
        return context.enforcer == Enforcer::Cilium && !ciliumSettings(context.state).enforcesNetworkPolicies;
    }
    bool isSelfContained(std::string_view) const override { return true; }
    bool looksDifferent(const ClusterState &, const ClusterState &) const override { return false; }
    void compile(std::span<const ApiObject *const> objects, const CompileContext &context,
                 OrderedPolicies &out) const override;
    void compileUnread(const ReadGap &gap, const CompileContext &context,
                       OrderedPolicies &out) const override;
};

/// What enforces, as far as it changes what a NetworkPolicy means.
struct Reading
{
    Enforcer enforcer = Enforcer::Generic;
    bool hasPortRanges = true;
};

Reading readingOf(const CompileContext &context)
{
    const auto version = context.enforcer == Enforcer::Cilium ? ciliumVersion(context.state) : std::nullopt;
    return {context.enforcer, !version || *version >= firstWithPortRanges};
}

PortRange portRange(const PolicyPort &port, bool hasRanges)
{
    PortRange range;
    range.protocol = ipProtocol(port.protocol);
    if (port.port) {
        range.first = std::get<std::uint16_t>(*port.port);
        range.last = hasRanges ? port.endPort.value_or(range.first) : range.first;
    }
    return range;
}

TrafficMatch portsMatch(const std::vector<PolicyPort> &ports, bool hasRanges)
{
    TrafficMatch match;
    for (const PolicyPort &port : ports) {
        if (port.port && std::holds_alternative<std::string>(*port.port))
            match.named.push_back({ipProtocol(port.protocol), std::get<std::string>(*port.port)});
        else
            match.ports.push_back(portRange(port, hasRanges));
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

bool isOnlyNegations(const LabelSelector &selector)
{
    using Operator = LabelRequirement::Operator;
    return selector.matchLabels.empty() &&
           std::all_of(selector.matchExpressions.begin(), selector.matchExpressions.end(),
                       [](const LabelRequirement &requirement) {
                           return requirement.op == Operator::NotIn ||
                                  requirement.op == Operator::DoesNotExist;
                       });
}

/// Cilium matches selectors against identities, and nodes and what is outside have one without these labels:
/// a namespaceSelector (not the empty one, which asks for a namespace) of nothing but NotIn and DoesNotExist
/// lets them in. Measured with Cilium 1.15.19; its own kinds ask for a pod besides.
bool meansWhatIsNoPod(const PolicyPeer &peer, Enforcer enforcer)
{
    return enforcer == Enforcer::Cilium && peer.namespaceSelector && !peer.namespaceSelector->isEmpty() &&
           isOnlyNegations(*peer.namespaceSelector) &&
           (!peer.podSelector || isOnlyNegations(*peer.podSelector));
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
    Predicate pods = Predicate::allOf(std::move(parts));
    return meansWhatIsNoPod(peer, enforcer) ? pods || Predicate::kind(EndpointKinds(anyKind & ~podsOnly))
                                            : pods;
}

std::vector<Rule> compileRules(const std::vector<PolicyRule> &rules, const NetworkPolicy &policy,
                               Direction direction, const Reading &reading, OrderedPolicies &out)
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
                                          reading.enforcer, out));
        rule.peer = peers.empty() ? Predicate::always() : Predicate::anyOf(std::move(peers));
        if (!rules[i].ports.empty())
            rule.traffic.push_back(portsMatch(rules[i].ports, reading.hasPortRanges));
        for (std::size_t p = 0; p < rules[i].ports.size() && !reading.hasPortRanges; ++p) {
            if (rules[i].ports[p].endPort)
                out.fault(refOf(policy), rule.path + ".ports[" + std::to_string(p) + "].endPort",
                          "is not read by this version of Cilium: the first port alone is meant");
        }
    }
    return compiled;
}

void compileTyped(const NetworkPolicy &policy, const Reading &reading, std::uint32_t tier,
                  OrderedPolicies &out)
{
    Policy compiled;
    compiled.object = refOf(policy);
    compiled.kind = "NetworkPolicy";
    compiled.tier = tier;
    compiled.order = 1000; // where Calico puts them in its default tier
    compiled.tieGroup = "networking.k8s.io";
    compiled.tieBreak = policy.meta.name + "/" + policy.meta.ns;
    compiled.subject = Predicate::allOf({Predicate::kind(podsOnly), Predicate::namespaceIs(policy.meta.ns),
                                         selectorPredicate(policy.podSelector, TextOf::OwnLabel)});
    compiled.isolates = {policy.isolatesIngress, policy.isolatesEgress};
    if (policy.isolatesIngress)
        compiled.rules[0] = compileRules(policy.ingress, policy, Direction::Ingress, reading, out);
    if (policy.isolatesEgress)
        compiled.rules[1] = compileRules(policy.egress, policy, Direction::Egress, reading, out);
    out.add(std::move(compiled));
}

/// What an API server would refuse. Only asked of objects that no server has seen.
/// As the API server asks for (IANA_SVC_NAME of RFC 6335): a letter in it tells it from a number.
bool isPortName(std::string_view name)
{
    const auto isLetter = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto isAllowed = [&](char c) { return isLetter(c) || (c >= '0' && c <= '9') || c == '-'; };
    return name.size() <= 15 && std::all_of(name.begin(), name.end(), isAllowed) &&
           std::any_of(name.begin(), name.end(), isLetter) && name.front() != '-' && name.back() != '-' &&
           name.find("--") == std::string_view::npos;
}

void checkPort(const SpecField &port)
{
    port.onlyKnows({"protocol", "port", "endPort"});
    port.at("protocol").protocol();
    const SpecField number = port.at("port");
    if (number && !number.isText())
        number.number(1, 65535);
    else if (number && !isPortName(number.text()))
        number.fault("is no name of a port");
    const SpecField end = port.at("endPort");
    if (end && !number.isNumber())
        end.fault("needs a port that is a number");
    else if (end)
        end.number(number.number(1, 65535).value_or(1), 65535);
}

void checkBlock(const SpecField &block)
{
    block.onlyKnows({"cidr", "except"});
    const auto checked = [](const SpecField &field) {
        const auto range = field.network();
        if (!field || (range && field.text().find('/') == std::string::npos))
            field.fault(field ? "has no prefix length" : "is missing");
        return range;
    };
    const auto outer = checked(block.at("cidr"));
    for (const SpecField &except : block.at("except").elements()) {
        const auto inner = checked(except);
        if (outer && inner && (!outer->contains(*inner) || *outer == *inner))
            except.fault("is no part of " + outer->toString());
    }
}

void checkRules(const SpecField &rules, const char *peersKey)
{
    for (const SpecField &rule : rules.elements()) {
        rule.onlyKnows({peersKey, "ports"});
        for (const SpecField &port : rule.at("ports").elements())
            checkPort(port);
        for (const SpecField &peer : rule.at(peersKey).elements()) {
            peer.onlyKnows({"podSelector", "namespaceSelector", "ipBlock"});
            peer.at("podSelector").labelSelector(TextOf::OwnLabel);
            peer.at("namespaceSelector").labelSelector(TextOf::NamespaceLabel);
            const SpecField block = peer.at("ipBlock");
            const bool selects = peer.at("podSelector") || peer.at("namespaceSelector");
            if (block)
                checkBlock(block);
            if (bool(block) == selects)
                peer.fault(block ? "has an ipBlock beside a selector" : "names no peer");
        }
    }
}

/// Faults of the whole object; whom it selects, as far as that is understood.
Predicate checkPolicy(const SpecField &root, const std::string &ns)
{
    root.onlyKnows({"apiVersion", "kind", "metadata", "spec", "status"});
    const SpecField spec = root.at("spec");
    spec.onlyKnows({"podSelector", "ingress", "egress", "policyTypes"});
    for (const SpecField &type : spec.at("policyTypes").elements()) {
        if (type.text() != "Ingress" && type.text() != "Egress")
            type.fault("is neither Ingress nor Egress");
    }
    checkRules(spec.at("ingress"), "from");
    checkRules(spec.at("egress"), "to");
    const std::size_t before = spec.faultCount();
    const Predicate selected = spec.at("podSelector").labelSelector(TextOf::OwnLabel);
    const Predicate everyone = Predicate::kind(podsOnly) && Predicate::namespaceIs(ns);
    return spec.faultCount() == before ? everyone && selected : everyone;
}

/// True where the policy is one that an API server would take.
bool isAcceptable(const NetworkPolicy &policy, std::uint32_t tier, OrderedPolicies &out)
{
    Predicate subject = Predicate::namespaceIs(policy.meta.ns);
    const std::size_t before = out.faults.size();
    readSpec(refOf(policy), policy.json, out,
             [&](const SpecField &root) { subject = checkPolicy(root, policy.meta.ns); });
    if (out.faults.size() == before)
        return true;
    out.addUnknown(tier, refOf(policy), "NetworkPolicy", subject,
                   "NetworkPolicy " + policy.meta.ns + "/" + policy.meta.name + " is not valid");
    return false;
}

void NetworkPolicyApi::compile(std::span<const ApiObject *const> objects, const CompileContext &context,
                               OrderedPolicies &out) const
{
    if (context.state.networkPolicies.empty() && objects.empty())
        return;
    const std::uint32_t tier = standardTier(out, context.enforcer);
    const Reading reading = readingOf(context);
    for (const auto &policy : context.state.networkPolicies) {
        const bool checked = context.isValidated || !policy->json;
        if (checked || isAcceptable(*policy, tier, out))
            compileTyped(*policy, reading, tier, out);
    }
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
