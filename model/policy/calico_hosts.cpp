#include "model/policy/calico_hosts.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace portolan::policy {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
// Before every tier that an object can name; sums with a tier's order keep their sequence.
constexpr double failsafeOrder = -4e12;
constexpr double forwardOrder = -3e12;
constexpr double untrackedOrder = -2e12;
constexpr double preDnatOrder = -1e12;

Rule allowAll(std::int32_t index)
{
    Rule rule;
    rule.index = index;
    rule.peer = Predicate::always();
    return rule;
}

void addFailsafe(const CalicoWorld &world, OrderedPolicies &out)
{
    Policy policy;
    policy.kind = "FelixConfiguration";
    policy.object.name = "failsafe ports";
    policy.tier = out.tier({"failsafe", failsafeOrder, TierEnd::Pass, false, false});
    policy.subject = Predicate::kind(kindBit(EndpointKind::HostEndpoint));
    for (const Direction direction : bothDirections) {
        const auto &ports = world.failsafePorts[std::size_t(direction)];
        if (ports.empty())
            continue;
        Rule rule = allowAll(-1);
        TrafficMatch match;
        match.ports = ports;
        rule.traffic.push_back(std::move(match));
        policy.rules[std::size_t(direction)].push_back(std::move(rule));
    }
    out.add(std::move(policy));
}

/// Profiles that Calico knows without an object: those of namespaces, and the one that allows all.
bool isAllowAll(const std::string &profile)
{
    return profile.starts_with("kns.") || profile == "projectcalico-default-allow";
}

void readProfile(const std::string &name, const CalicoWorld::Host &host, const CalicoRuleScope &scope,
                 Policy &policy, OrderedPolicies &out)
{
    if (isAllowAll(name)) {
        for (auto &rules : policy.rules)
            rules.push_back(allowAll(-1));
        return;
    }
    const auto found = scope.endpoints.world().profiles.find(name);
    if (found == scope.endpoints.world().profiles.end()) {
        out.fault(host.object, "spec.profiles",
                  "names a profile that is not there: \"" + withoutControlCharacters(name) + "\"");
        return;
    }
    readSpec(*found->second, out, [&](const SpecField &root) {
        const std::pair<const char *, Direction> lists[] = {{"ingress", Direction::Ingress},
                                                            {"egress", Direction::Egress}};
        for (const auto &[list, direction] : lists) {
            auto &rules = policy.rules[std::size_t(direction)];
            for (Rule &rule : calicoRules(root.at("spec").at(list), direction, scope))
                rules.push_back(std::move(rule));
        }
    });
}

bool isOneTier(const std::vector<CalicoForwardPolicy> &policies)
{
    return std::all_of(policies.begin(), policies.end(), [&](const CalicoForwardPolicy &p) {
        return p.use == policies.front().use && p.policy.tier == policies.front().policy.tier &&
               p.use != CalicoHostUse::Untracked;
    });
}

/// Pods of the nodes whose hosts the policy selects.
Predicate podsBehind(const CalicoForwardPolicy &forward)
{
    std::vector<std::string> certain, open;
    for (const CalicoWorld::Host *host : forward.hosts)
        (host->isEveryInterface ? certain : open).push_back(host->node);
    const auto on = [](std::vector<std::string> nodes) {
        return nodes.empty() ? Predicate::never()
                             : Predicate::kind(podsOnly) &&
                                   Predicate::text(TextOf::NodeName, {}, TextTest::In, std::move(nodes));
    };
    return on(std::move(certain)) ||
           on(std::move(open))
               .atMostMaybe("whether the packet passes the host endpoint's interface is not known");
}

/// A rule with its sense turned for what is forwarded: allowed there, the pod's own policies are still to be
/// asked; denied there, nothing else matters.
Rule forwarded(Rule rule)
{
    if (rule.effect == RuleEffect::Allow)
        rule.effect = RuleEffect::Pass;
    rule.locality = Locality::OtherNode;
    return rule;
}

Policy forwardedExactly(const CalicoForwardPolicy &forward, std::uint32_t tier)
{
    Policy policy = forward.policy;
    policy.tier = tier;
    policy.subject = podsBehind(forward);
    policy.isolates = {false, false};
    for (auto &rules : policy.rules)
        std::transform(rules.begin(), rules.end(), rules.begin(), forwarded);
    return policy;
}

/// What no rule allowed ends at the host: after the last policy, for the subjects of all of them.
void addForwardEnd(const std::vector<CalicoForwardPolicy> &policies, std::uint32_t tier, OrderedPolicies &out)
{
    for (const CalicoForwardPolicy &forward : policies) {
        Policy end;
        end.object = forward.policy.object;
        end.kind = forward.policy.kind;
        end.tier = tier;
        end.tieGroup = "~"; // after every policy of that tier, infinite orders too
        end.subject = podsBehind(forward);
        for (const Direction direction : bothDirections) {
            if (!forward.policy.isolates[std::size_t(direction)])
                continue;
            Rule rule = allowAll(-1);
            rule.effect = RuleEffect::Deny;
            rule.locality = Locality::OtherNode;
            end.rules[std::size_t(direction)].push_back(std::move(rule));
        }
        out.add(std::move(end));
    }
}

void addForwardUnknown(const CalicoForwardPolicy &forward, std::uint32_t tier, OrderedPolicies &out)
{
    Policy policy;
    policy.object = forward.policy.object;
    policy.kind = forward.policy.kind;
    policy.tier = tier;
    policy.subject = podsBehind(forward);
    for (const Direction direction : bothDirections) {
        if (!forward.policy.isolates[std::size_t(direction)])
            continue;
        Rule rule = allowAll(-1);
        rule.effect = RuleEffect::Deny;
        rule.locality = Locality::OtherNode;
        rule.peer = Predicate::maybe("host endpoint policies with applyOnForward stand in several tiers or "
                                     "stages");
        policy.rules[std::size_t(direction)].push_back(std::move(rule));
    }
    out.add(std::move(policy));
}

} // namespace

std::uint32_t calicoHostTier(CalicoHostUse use, const std::string &name, double order, OrderedPolicies &out)
{
    const bool untracked = use == CalicoHostUse::Untracked;
    const double within = std::clamp(order, -1e11, 1e11);
    // Neither stage ends a packet's way by itself: what no rule matched goes on.
    return out.tier({(untracked ? "untracked/" : "pre-DNAT/") + name,
                     (untracked ? untrackedOrder : preDnatOrder) + within, TierEnd::Pass, false, false});
}

void addCalicoHostDefaults(const CalicoEndpoints &endpoints, const CompileContext &context,
                           OrderedPolicies &out)
{
    if (endpoints.world().hosts.empty())
        return;
    addFailsafe(endpoints.world(), out);
    const CalicoRuleScope scope{endpoints, context, {}};
    const std::uint32_t tier = out.tier({"~profiles", infinity, TierEnd::Deny, false, false});
    for (const CalicoWorld::Host &host : endpoints.world().hosts) {
        Policy policy;
        policy.object = host.object;
        policy.kind = "HostEndpoint";
        policy.tier = tier;
        policy.tieBreak = host.object.name;
        policy.subject = CalicoEndpoints::hostItself(host);
        policy.isolates = {true, true};
        for (const std::string &profile : host.profiles)
            readProfile(profile, host, scope, policy, out);
        out.add(std::move(policy));
    }
}

void addCalicoForward(std::vector<CalicoForwardPolicy> policies, OrderedPolicies &out)
{
    if (policies.empty())
        return;
    const std::uint32_t tier = out.tier({"forwarded", forwardOrder, TierEnd::Pass, false, false});
    if (!isOneTier(policies)) {
        for (const CalicoForwardPolicy &forward : policies)
            addForwardUnknown(forward, tier, out);
        return;
    }
    for (const CalicoForwardPolicy &forward : policies)
        out.add(forwardedExactly(forward, tier));
    if (policies.front().use == CalicoHostUse::Normal)
        addForwardEnd(policies, tier, out);
}

} // namespace portolan::policy
