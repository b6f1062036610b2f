#include "model/policy/wg_policy_peers.h"

#include <map>

namespace portolan::policy {

namespace {

Predicate podsPeer(const SpecField &pods)
{
    pods.onlyKnows({"namespaceSelector", "podSelector"});
    for (const char *name : {"namespaceSelector", "podSelector"}) {
        if (!pods.at(name))
            pods.at(name).fault("is missing");
    }
    return Predicate::allOf({Predicate::kind(podsOnly),
                             pods.at("namespaceSelector").labelSelector(TextOf::NamespaceLabel),
                             pods.at("podSelector").labelSelector(TextOf::OwnLabel)});
}

Predicate namespacesPeer(const SpecField &namespaces)
{
    return Predicate::kind(podsOnly) && namespaces.labelSelector(TextOf::NamespaceLabel);
}

Predicate networksPeer(const SpecField &networks)
{
    const std::size_t faults = networks.faultCount();
    std::vector<IpRange> ranges;
    if (networks.elements().empty())
        networks.fault("names no network");
    for (const SpecField &network : networks.elements()) {
        const auto range = network.network();
        if (range && network.text().find('/') == std::string::npos)
            network.fault("is an address, and no network");
        else if (range)
            ranges.push_back(*range);
    }
    const Predicate known = Predicate::inBlocks(std::move(ranges));
    // Which addresses the others mean, nobody can tell.
    return networks.faultCount() == faults
               ? known
               : known || Predicate::always().atMostMaybe("a network is not understood");
}

/// The part of a peer that is understood; nothing where its type is not known.
std::optional<Predicate> onePeer(const SpecField &peer, Direction direction)
{
    const std::size_t faults = peer.faultCount();
    std::vector<Predicate> parts;
    if (const SpecField field = peer.at("namespaces"))
        parts.push_back(namespacesPeer(field));
    if (const SpecField field = peer.at("pods"))
        parts.push_back(podsPeer(field));
    if (direction == Direction::Egress) {
        if (const SpecField field = peer.at("nodes"))
            parts.push_back(Predicate::kind(hosts) && field.labelSelector(TextOf::NodeLabel));
        if (const SpecField field = peer.at("networks"))
            parts.push_back(networksPeer(field));
        if (const SpecField field = peer.at("domainNames"))
            parts.push_back(Predicate::kind(kindBit(EndpointKind::External))
                                .atMostMaybe("domain names are not looked up"));
    }
    if (parts.empty()) {
        peer.fault("is a peer of a type that is not known");
        return std::nullopt;
    }
    if (parts.size() > 1)
        peer.fault("is a peer of more than one type");
    Predicate any = Predicate::anyOf(std::move(parts));
    return peer.faultCount() == faults ? any : any.atMostMaybe("a peer is not understood");
}

} // namespace

Predicate wgSubject(const SpecField &subject)
{
    const std::size_t faults = subject.faultCount();
    subject.onlyKnows({"namespaces", "pods"});
    const SpecField namespaces = subject.at("namespaces");
    const SpecField pods = subject.at("pods");
    if (bool(namespaces) == bool(pods))
        subject.fault("names neither namespaces nor pods, or both");
    if (subject.faultCount() != faults)
        return Predicate::kind(podsOnly).atMostMaybe("the subject of " + subject.object().name +
                                                     " is not understood");
    Predicate predicate = namespaces ? namespacesPeer(namespaces) : podsPeer(pods);
    if (subject.faultCount() != faults)
        return Predicate::kind(podsOnly).atMostMaybe("the subject of " + subject.object().name +
                                                     " is not understood");
    return predicate;
}

WgPeers wgPeers(const SpecField &peers, Direction direction)
{
    WgPeers result;
    std::vector<Predicate> any;
    const auto list = peers.elements();
    if (list.empty()) {
        peers.fault("names no peer");
        any.push_back(Predicate::maybe("a rule names no peer"));
    }
    for (const SpecField &peer : list) {
        if (auto one = onePeer(peer, direction))
            any.push_back(std::move(*one));
        else
            ++result.unknownTypes;
    }
    result.predicate = Predicate::anyOf(std::move(any));
    return result;
}

std::uint32_t wgAdminTier(OrderedPolicies &out)
{
    return out.tier({"kube-admin", tiers::admin, TierEnd::Pass, false, true});
}

std::uint32_t wgBaselineTier(OrderedPolicies &out)
{
    return out.tier({"kube-baseline", tiers::baseline, TierEnd::Pass, false, true});
}

void reportEqualPriorities(const std::vector<const Policy *> &policies, OrderedPolicies &out)
{
    std::map<std::pair<std::uint32_t, double>, const Policy *> known;
    for (const Policy *policy : policies) {
        const auto [first, isNew] = known.try_emplace({policy->tier, policy->order}, policy);
        if (!isNew)
            out.fault(policy->object, "spec.priority",
                      "is also that of " + first->second->object.name + ": which comes first is not defined");
    }
}

bool mayIgnoreWgPolicies(Enforcer enforcer)
{
    return enforcer == Enforcer::Cilium;
}

namespace {

/// Makes a rule that has a peer of unknown type fail closed, as the API asks: an allowing one matches nothing
/// by that peer, any other denies everybody.
void failClosed(Rule &rule)
{
    if (rule.effect == RuleEffect::Allow)
        return; // the peers that are known still are
    rule.effect = RuleEffect::Deny;
    rule.peer = Predicate::always();
}

/// False: an API server would refuse it. (A peer of unknown type may be of a later version of the API.)
bool addWgRule(const SpecField &field, Direction direction, std::int32_t index, const WgRuleWords &words,
               Policy &policy)
{
    const std::size_t faults = field.faultCount();
    const char *peersKey = direction == Direction::Ingress ? "from" : "to";
    field.onlyKnows({"name", "action", peersKey, words.portsKey});
    Rule rule;
    rule.index = index;
    rule.path = field.path();
    const auto effect = words.effectOf(field.at("action"));
    if (const SpecField ports = field.at(words.portsKey); ports && !ports.elements().empty()) {
        TrafficMatch match;
        for (const SpecField &port : ports.elements())
            words.addPort(port, match);
        rule.traffic.push_back(std::move(match));
    }
    const bool understood = field.faultCount() == faults;
    WgPeers peers = wgPeers(field.at(peersKey), direction);
    rule.peer = std::move(peers.predicate);
    rule.effect = effect.value_or(RuleEffect::Allow);
    if (peers.unknownTypes > 0)
        failClosed(rule);
    const bool isTaken = field.faultCount() == faults + peers.unknownTypes;
    auto &rules = policy.rules[std::size_t(direction)];
    if (understood) {
        rules.push_back(std::move(rule));
        return isTaken;
    }
    // What a rule says that is not understood: anything.
    const std::string reason = field.path() + " of " + field.object().name + " is not understood";
    rule.traffic.clear();
    rule.peer = Predicate::maybe(reason);
    for (const RuleEffect any : {RuleEffect::Allow, RuleEffect::Deny, RuleEffect::Pass}) {
        rule.effect = any;
        rules.push_back(rule);
    }
    return false;
}

} // namespace

void addWgRules(const std::vector<SpecField> &ingress, const std::vector<SpecField> &egress,
                const WgRuleWords &words, Policy &policy)
{
    bool isTaken = true;
    for (const Direction direction : bothDirections) {
        const auto &list = direction == Direction::Ingress ? ingress : egress;
        for (std::size_t i = 0; i < list.size(); ++i)
            isTaken &= addWgRule(list[i], direction, std::int32_t(i), words, policy);
    }
    if (!isTaken && !words.isValidated)
        policy.subject = policy.subject.atMostMaybe(policy.object.toString() + " is not valid");
}

} // namespace portolan::policy
