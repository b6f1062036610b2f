#include "model/graph/policy_reach.h"

#include <algorithm>

namespace portolan::graph {

namespace {

Match ruleMatch(const PolicyIndex &index, const CompiledRule &rule, const Variant &peer)
{
    if (rule.anyPeer)
        return Match::Yes;
    Match best = Match::No;
    for (const CompiledPeer &one : rule.peers)
        best = std::max(best, index.matches(one, peer));
    return best;
}

using RulesOf = std::vector<CompiledRule> CompiledPolicy::*;

/// Adds what the policies `selecting` open between peer and destination. `certain`: that they select.
void addOpened(const PolicyIndex &index, const std::vector<std::uint32_t> &selecting, RulesOf rules,
               const Variant &peer, const Variant &destination, bool certain, OneWay &way)
{
    for (const std::uint32_t place : selecting) {
        bool matched = false;
        for (const CompiledRule &rule : index.policies()[place].*rules) {
            const Match match = ruleMatch(index, rule, peer);
            if (match == Match::No)
                continue;
            const Ports opened = portsOn(rule, destination);
            matched = matched || !opened.possible.isEmpty();
            way.ports.possible.add(opened.possible);
            if (match == Match::Yes && certain)
                way.ports.sure.add(opened.sure);
        }
        if (matched)
            way.because.push_back(place);
    }
}

OneWay oneWay(const PolicyIndex &index, const std::vector<std::uint32_t> &selecting,
              const std::vector<std::uint32_t> &maybe, RulesOf rules, const Variant &peer,
              const Variant &destination)
{
    OneWay way;
    way.isolated = !selecting.empty();
    if (!way.isolated)
        way.ports.possible = PortSet::all();
    if (!way.isolated && maybe.empty())
        way.ports.sure = PortSet::all();
    addOpened(index, selecting, rules, peer, destination, true, way);
    addOpened(index, maybe, rules, peer, destination, false, way);
    std::sort(way.because.begin(), way.because.end());
    return way;
}

struct PairPorts
{
    Ports ports;
    bool isolated = false;
    std::vector<std::uint32_t> because;
};

PairPorts pairPorts(const PolicyIndex &index, const Variant &from, const Variant &to)
{
    const OneWay in = ingressOf(index, from, to);
    const OneWay out = egressOf(index, from, to);
    PairPorts pair;
    pair.ports = {in.ports.sure.common(out.ports.sure), in.ports.possible.common(out.ports.possible)};
    pair.isolated = in.isolated || out.isolated;
    pair.because = in.because;
    pair.because.insert(pair.because.end(), out.because.begin(), out.because.end());
    return pair;
}

} // namespace

Ports portsOn(const CompiledRule &rule, const Variant &destination)
{
    Ports ports{rule.ports, rule.ports};
    if (!rule.hasNamed)
        return ports;
    for (const PolicyPort &port : rule.source->ports) {
        const auto *name = port.port ? std::get_if<std::string>(&*port.port) : nullptr;
        if (!name)
            continue;
        // Without a pod there is nothing to look the name up in.
        if (destination.pods.empty())
            ports.possible.add(port.protocol, 1, 65535);
        for (const ContainerPort &own : destination.namedPorts) {
            if (own.name == *name && own.protocol == port.protocol) {
                ports.sure.add(own.protocol, own.number, own.number);
                ports.possible.add(own.protocol, own.number, own.number);
            }
        }
    }
    return ports;
}

OneWay ingressOf(const PolicyIndex &index, const Variant &from, const Variant &to)
{
    return oneWay(index, to.ingress, to.maybeIngress, &CompiledPolicy::ingress, from, to);
}

OneWay egressOf(const PolicyIndex &index, const Variant &from, const Variant &to)
{
    return oneWay(index, from.egress, from.maybeEgress, &CompiledPolicy::egress, to, to);
}

Reach reachOf(const PolicyIndex &index, std::uint32_t from, std::uint32_t to)
{
    Reach reach;
    PortSet sureSomewhere;
    PortSet sureEverywhere = PortSet::all();
    PortSet possible;
    for (const Variant &source : index.variantsOf(from)) {
        for (const Variant &destination : index.variantsOf(to)) {
            const PairPorts pair = pairPorts(index, source, destination);
            sureSomewhere.add(pair.ports.sure);
            sureEverywhere = sureEverywhere.common(pair.ports.sure);
            possible.add(pair.ports.possible);
            reach.isolated = reach.isolated || pair.isolated;
            reach.because.insert(reach.because.end(), pair.because.begin(), pair.because.end());
        }
    }
    std::sort(reach.because.begin(), reach.because.end());
    reach.because.erase(std::unique(reach.because.begin(), reach.because.end()), reach.because.end());
    const bool certain = !index.isUncertain(index.cluster().workloads()[from].ns) &&
                         !index.isUncertain(index.cluster().workloads()[to].ns);
    if (!sureEverywhere.isEmpty() && !sureSomewhere.isEmpty()) {
        reach.verdict = certain ? EdgeVerdict::Allowed : EdgeVerdict::Unknown;
        reach.ports = sureEverywhere;
    } else if (!sureSomewhere.isEmpty()) {
        reach.verdict = certain ? EdgeVerdict::Mixed : EdgeVerdict::Unknown;
        reach.ports = sureSomewhere;
    } else if (!possible.isEmpty()) {
        reach.verdict = EdgeVerdict::Unknown;
        reach.ports = possible;
    } else {
        reach.verdict = certain ? EdgeVerdict::Denied : EdgeVerdict::Unknown;
    }
    return reach;
}

EdgeVerdict verdictFor(const PolicyIndex &index, std::uint32_t from, std::uint32_t to, Protocol protocol,
                       std::uint16_t port)
{
    const auto sources = index.variantsOf(from);
    const auto destinations = index.variantsOf(to);
    if (sources.empty() || destinations.empty())
        return EdgeVerdict::NotApplicable;
    const auto &workloads = index.cluster().workloads();
    if (index.isUncertain(workloads[from].ns) || index.isUncertain(workloads[to].ns))
        return EdgeVerdict::Unknown;
    bool allowed = false;
    bool denied = false;
    for (const Variant &source : sources) {
        for (const Variant &destination : destinations) {
            const Ports ports = pairPorts(index, source, destination).ports;
            if (ports.sure.contains(protocol, port))
                allowed = true;
            else if (ports.possible.contains(protocol, port))
                return EdgeVerdict::Unknown;
            else
                denied = true;
        }
    }
    return allowed && denied ? EdgeVerdict::Mixed : allowed ? EdgeVerdict::Allowed : EdgeVerdict::Denied;
}

} // namespace portolan::graph
