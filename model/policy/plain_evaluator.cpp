#include "model/policy/plain_evaluator.h"

#include "model/cluster/objects.h"

#include <algorithm>
#include <set>

namespace portolan::policy {

namespace {

bool hasPorts(IpProtocol protocol)
{
    return protocol == protocol::tcp || protocol == protocol::udp || protocol == protocol::sctp ||
           protocol == protocol::udpLite;
}

bool inRange(const PortRange &range, const Traffic &traffic)
{
    return hasPorts(traffic.protocol) &&
           (range.protocol == PortRange::anyProtocol || range.protocol == traffic.protocol) &&
           range.first <= traffic.port && traffic.port <= range.last;
}

bool isNamed(const NamedPort &named, const Traffic &traffic, const Endpoint &destination)
{
    return std::any_of(
        destination.namedPorts.begin(), destination.namedPorts.end(), [&](const ContainerPort *port) {
            const IpProtocol own = ipProtocol(port->protocol);
            return port->name == named.name && own == traffic.protocol && port->number == traffic.port &&
                   (named.protocol == PortRange::anyProtocol || named.protocol == own);
        });
}

bool inIcmp(const IcmpMatch &match, const Traffic &traffic)
{
    return match.protocol == traffic.protocol && (match.type < 0 || match.type == traffic.icmpType) &&
           (match.code < 0 || match.code == traffic.icmpCode);
}

/// One direction of one connection, walked.
class Walk
{
public:
    Walk(const OrderedPolicies &policies, Direction direction, const Connection &c)
        : m_policies(policies),
          m_direction(direction),
          m_connection(c),
          m_subject(direction == Direction::Ingress ? c.destination : c.source),
          m_peer(direction == Direction::Ingress ? c.source : c.destination),
          m_subjectAddress(direction == Direction::Ingress ? c.destinationAddress : c.sourceAddress),
          m_peerAddress(direction == Direction::Ingress ? c.sourceAddress : c.destinationAddress)
    {
    }

    Outcome run()
    {
        auto policy = m_policies.policies.begin();
        bool live = true;
        for (std::uint32_t t = 0; t < m_policies.tierList.size() && live; ++t) {
            std::vector<Selected> selected;
            for (; policy != m_policies.policies.end() && policy->tier <= t; ++policy) {
                if (policy->isPending || policy->tier < t)
                    continue;
                if (const Tri match = policy->subject.matches(m_subject, m_subjectAddress); match != Tri::No)
                    selected.push_back({&*policy, match});
            }
            live = walkTier(m_policies.tierList[t], selected);
        }
        if (live)
            conclude(RuleEffect::Allow, {m_direction, {}, {}, -1, {}, Decision::Effect::Default, true, {}});
        if (m_canAllow && m_canDeny)
            return Outcome::Unknown;
        return m_canDeny ? Outcome::Deny : Outcome::Allow;
    }

    /// By one that names the traffic, not by isolation.
    bool isDeniedByRule() const
    {
        return std::any_of(m_decisions.begin(), m_decisions.end(),
                           [](const Decision &by) { return by.effect == Decision::Effect::Denies; });
    }
    const std::vector<Decision> &decisions() const { return m_decisions; }
    const std::set<std::string> &reasons() const { return m_reasons; }

private:
    struct Selected
    {
        const Policy *policy;
        Tri match;
    };

    /// Whether the walk may go on with the next tier.
    bool walkTier(const Tier &tier, const std::vector<Selected> &selected)
    {
        bool open = true; // it may be that no rule so far matched
        m_passed = false;
        if (tier.denyFirst) {
            open = walkRules(selected, open, true, false);
            open = open && walkRules(selected, open, false, true);
        } else {
            open = walkInOrder(tier, selected);
        }
        return (open && !endsHere(tier, selected)) || m_passed;
    }

    bool walkInOrder(const Tier &tier, const std::vector<Selected> &selected)
    {
        if (!tier.tiesAreUndefined)
            return walkRules(selected, true, true, true);
        bool open = true;
        for (auto first = selected.begin(); first != selected.end() && open;) {
            const auto end = std::find_if(first, selected.end(), [&](const Selected &other) {
                return other.policy->order != first->policy->order;
            });
            // Of groups without a defined order each may be the first: all are asked.
            bool stillOpen = true;
            while (first != end) {
                const auto groupEnd = std::find_if(first, end, [&](const Selected &other) {
                    return other.policy->tieGroup != first->policy->tieGroup;
                });
                stillOpen &= walkRules({first, groupEnd}, true, true, true);
                first = groupEnd;
            }
            open = stillOpen;
        }
        return open;
    }

    bool walkRules(const std::vector<Selected> &selected, bool open, bool denies, bool others)
    {
        for (auto s = selected.begin(); s != selected.end() && open; ++s) {
            for (const Rule &rule : s->policy->rules[std::size_t(m_direction)]) {
                const bool isDeny = rule.effect == RuleEffect::Deny;
                if (rule.effect == RuleEffect::Log || !(isDeny ? denies : others))
                    continue;
                const Tri hit = matches(rule);
                const Tri match = both(s->match, hit);
                if (match == Tri::No)
                    continue;
                noteReasons(*s, rule, match);
                conclude(rule.effect, decision(*s->policy, rule, match));
                open &= match != Tri::Yes;
                if (hit == Tri::Yes)
                    break; // of this policy no other rule decides, if it selects the subject
            }
        }
        return open;
    }

    Tri matches(const Rule &rule) const
    {
        if (rule.locality != Locality::Any) {
            const bool same = !m_subject.nodeName.empty() && m_subject.nodeName == m_peer.nodeName;
            if (same != (rule.locality == Locality::SameNode))
                return Tri::No;
        }
        Tri match =
            both(rule.subject.matches(m_subject, m_subjectAddress), rule.peer.matches(m_peer, m_peerAddress));
        for (const TrafficMatch &traffic : rule.traffic)
            match = both(match, policy::matches(traffic, m_connection.traffic, m_connection.destination));
        return match;
    }

    /// Whether the tier's end applies for certain.
    bool endsHere(const Tier &tier, const std::vector<Selected> &selected)
    {
        Tri isolated = Tri::No;
        for (const Selected &s : selected) {
            if (!s.policy->isolates[std::size_t(m_direction)])
                continue;
            if (tier.end == TierEnd::Deny) {
                Decision by = decision(*s.policy, {}, s.match);
                by.rule = -1;
                by.path.clear();
                by.effect = Decision::Effect::Isolates;
                m_canDeny = true;
                m_decisions.push_back(std::move(by));
                if (s.match == Tri::Maybe)
                    s.policy->subject.reasons(m_subject, m_subjectAddress, m_reasons);
            }
            isolated = either(isolated, s.match);
        }
        return tier.end == TierEnd::Deny && isolated == Tri::Yes;
    }

    Decision decision(const Policy &policy, const Rule &rule, Tri match) const
    {
        return {m_direction,       policy.kind,   policy.object,
                rule.index,        rule.path,     Decision::Effect::Allows,
                match == Tri::Yes, rule.condition};
    }

    void conclude(RuleEffect effect, Decision by)
    {
        if (effect == RuleEffect::Allow)
            m_canAllow = true;
        else if (effect == RuleEffect::Deny) {
            m_canDeny = true;
            by.effect = Decision::Effect::Denies;
        } else {
            m_passed = true;
            by.effect = Decision::Effect::Passes;
        }
        // The two rules of an unknown policy are one thing to people.
        const bool told = !m_decisions.empty() && by.rule < 0 && !by.isCertain &&
                          m_decisions.back().object == by.object && m_decisions.back().kind == by.kind;
        if (!told)
            m_decisions.push_back(std::move(by));
    }

    void noteReasons(const Selected &s, const Rule &rule, Tri match)
    {
        if (match != Tri::Maybe)
            return;
        s.policy->subject.reasons(m_subject, m_subjectAddress, m_reasons);
        rule.subject.reasons(m_subject, m_subjectAddress, m_reasons);
        rule.peer.reasons(m_peer, m_peerAddress, m_reasons);
        for (const TrafficMatch &traffic : rule.traffic) {
            if (!traffic.unknown.empty())
                m_reasons.insert(traffic.unknown);
        }
    }

    const OrderedPolicies &m_policies;
    const Direction m_direction;
    const Connection &m_connection;
    const Endpoint &m_subject;
    const Endpoint &m_peer;
    const std::size_t m_subjectAddress;
    const std::size_t m_peerAddress;
    bool m_passed = false;
    bool m_canAllow = false;
    bool m_canDeny = false;
    std::vector<Decision> m_decisions;
    std::set<std::string> m_reasons;
};

std::string joined(const std::set<std::string> &parts)
{
    std::string text;
    for (const std::string &part : parts)
        text += (text.empty() ? "" : "; ") + part;
    return text;
}

} // namespace

Tri matches(const TrafficMatch &match, const Traffic &traffic, const Endpoint &destination)
{
    if (!match.unknown.empty())
        return Tri::Maybe;
    const bool found =
        std::find(match.protocols.begin(), match.protocols.end(), traffic.protocol) !=
            match.protocols.end() ||
        std::any_of(match.ports.begin(), match.ports.end(),
                    [&](const PortRange &range) { return inRange(range, traffic); }) ||
        std::any_of(match.named.begin(), match.named.end(),
                    [&](const NamedPort &named) { return isNamed(named, traffic, destination); }) ||
        std::any_of(match.icmp.begin(), match.icmp.end(),
                    [&](const IcmpMatch &icmp) { return inIcmp(icmp, traffic); });
    return found != match.negated ? Tri::Yes : Tri::No;
}

std::vector<std::pair<std::size_t, std::size_t>> commonFamilies(const Endpoint &source,
                                                                const Endpoint &destination)
{
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    if (source.addresses.empty() || destination.addresses.empty()) {
        const std::size_t count = std::max(source.addresses.size(), destination.addresses.size());
        for (std::size_t i = 0; i < std::max<std::size_t>(count, 1); ++i)
            pairs.emplace_back(source.addresses.empty() ? 0 : i, destination.addresses.empty() ? 0 : i);
        return pairs;
    }
    for (std::size_t s = 0; s < source.addresses.size(); ++s) {
        for (std::size_t d = 0; d < destination.addresses.size(); ++d) {
            if (source.addresses[s].v6 == destination.addresses[d].v6)
                pairs.emplace_back(s, d);
        }
    }
    return pairs;
}

namespace {

bool isHost(const Endpoint &e)
{
    return e.kind == EndpointKind::Node || e.kind == EndpointKind::HostEndpoint;
}

} // namespace

bool mayBeOnOneNode(const Endpoint &source, const Endpoint &destination, Direction direction)
{
    return direction == Direction::Ingress && isHost(source) && destination.kind == EndpointKind::Pod &&
           (source.nodeName.empty() || destination.nodeName.empty());
}

std::optional<Decision::Effect> exemption(const Endpoint &source, const Endpoint &destination,
                                          Direction direction, Enforcer enforcer, bool asksOwnNode)
{
    const auto isPod = [](const Endpoint &e) { return e.kind == EndpointKind::Pod; };
    if (source.ref.isValid() && source.ref == destination.ref)
        return Decision::Effect::Self;
    const bool sameNode = !source.nodeName.empty() && source.nodeName == destination.nodeName;
    if (sameNode && isHost(source) && isPod(destination) && direction == Direction::Ingress && !asksOwnNode)
        return Decision::Effect::OwnNode;
    if (sameNode && isPod(source) && isHost(destination) && direction == Direction::Egress &&
        enforcer == Enforcer::Generic)
        return Decision::Effect::OwnNode;
    return std::nullopt;
}

PlainEvaluator::PlainEvaluator(const OrderedPolicies &policies, Enforcer enforcer)
    : m_policies(policies),
      m_enforcer(enforcer)
{
}

Verdict PlainEvaluator::verdict(const Connection &c) const
{
    Verdict verdict;
    std::set<std::string> reasons;
    for (const Direction direction : {Direction::Egress, Direction::Ingress}) {
        Outcome &outcome = direction == Direction::Ingress ? verdict.ingress : verdict.egress;
        const auto exempt = exemption(c.source, c.destination, direction, m_enforcer, m_policies.asksOwnNode);
        const bool isSelf = exempt == Decision::Effect::Self;
        Walk walk(m_policies, direction, c);
        if (!isSelf)
            outcome = walk.run();
        // A rule that denies by name is none of the isolation that a pod's own node is exempt from.
        const bool isNamed = !isSelf && walk.isDeniedByRule() && m_enforcer != Enforcer::Calico;
        const bool isExempt = isSelf || (exempt && !isNamed);
        if (isExempt) {
            outcome = Outcome::Allow;
            verdict.by.push_back({direction, {}, {}, -1, {}, *exempt, true, {}});
        } else {
            verdict.by.insert(verdict.by.end(), walk.decisions().begin(), walk.decisions().end());
        }
        const auto doubt = [&](std::string why) {
            outcome = Outcome::Unknown;
            reasons.insert(std::move(why));
        };
        if (!exempt && outcome == Outcome::Deny && !walk.isDeniedByRule() &&
            mayBeOnOneNode(c.source, c.destination, direction))
            doubt("the source may be the pod's own node");
        if (outcome == Outcome::Allow && !isSelf && !m_policies.carries(c.traffic.protocol))
            doubt(m_policies.sctpIsDropped);
        if (outcome == Outcome::Unknown)
            reasons.insert(walk.reasons().begin(), walk.reasons().end());
        for (const Decision &by : walk.decisions()) {
            if (outcome == Outcome::Allow && !isExempt && !by.condition.empty())
                reasons.insert("if " + by.condition);
        }
    }
    verdict.outcome = combined(verdict.ingress, verdict.egress);
    if (verdict.outcome != Outcome::Deny)
        verdict.reason = joined(reasons);
    if (verdict.outcome == Outcome::Unknown && verdict.reason.empty())
        verdict.reason = "policies of equal priority or order disagree";
    return verdict;
}

Verdict PlainEvaluator::verdict(const Endpoint &source, const Endpoint &destination,
                                const Traffic &traffic) const
{
    const auto families = commonFamilies(source, destination);
    if (families.empty()) {
        Verdict none;
        none.outcome = Outcome::Unknown;
        none.reason = "the two have no address family in common";
        return none;
    }
    Verdict result;
    for (std::size_t i = 0; i < families.size(); ++i) {
        Verdict one = verdict({source, destination, families[i].first, families[i].second, traffic});
        if (i == 0) {
            result = std::move(one);
        } else if (one.outcome != result.outcome) {
            result.outcome = Outcome::Unknown;
            result.reason = "IPv4 and IPv6 differ";
            result.by.insert(result.by.end(), one.by.begin(), one.by.end());
        }
    }
    return result;
}

} // namespace portolan::policy
