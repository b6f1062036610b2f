#include "model/cluster/objects.h"
#include "model/policy/verdict_rows.h"

#include <algorithm>

namespace portolan::policy {

namespace {

constexpr std::array<IpProtocol, 4> withPorts{protocol::tcp, protocol::udp, protocol::sctp,
                                              protocol::udpLite};

void addCuts(std::vector<std::uint16_t> &cuts, std::uint16_t first, std::uint16_t last)
{
    cuts.push_back(first);
    if (last < 65535)
        cuts.push_back(std::uint16_t(last + 1));
}

/// Adds to the locality and the cuts what a policy brings; the cuts are not sorted yet.
void addTraffic(const Policy &policy, ClassifiedPolicies &to)
{
    const auto cut = [&](IpProtocol wanted, std::uint16_t first, std::uint16_t last) {
        for (const IpProtocol one : withPorts) {
            if (wanted == PortRange::anyProtocol || wanted == one)
                addCuts(to.portCuts[one], first, last);
        }
    };
    for (const auto &rules : policy.rules) {
        for (const Rule &rule : rules) {
            to.usesLocality |= rule.locality != Locality::Any;
            for (const TrafficMatch &match : rule.traffic) {
                for (const PortRange &range : match.ports)
                    cut(range.protocol, range.first, range.last);
            }
        }
    }
}

void sortCuts(ClassifiedPolicies &in)
{
    for (const IpProtocol one : withPorts) {
        auto &cuts = in.portCuts[one];
        std::sort(cuts.begin(), cuts.end());
        cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
    }
}

RulePeers updatedPeers(const RulePeers &before, const OrderedPolicies &after, const PolicyShift &shift,
                       const PredicateSets &sets, Direction direction)
{
    std::vector<std::uint32_t> placeBefore(after.policies.size(), PolicyShift::gone);
    for (std::uint32_t p = 0; p < shift.placeAfter.size(); ++p) {
        if (shift.placeAfter[p] != PolicyShift::gone)
            placeBefore[shift.placeAfter[p]] = p;
    }
    RulePeers peers;
    for (std::uint32_t p = 0; p < placeBefore.size(); ++p) {
        if (placeBefore[p] == PolicyShift::gone)
            peers.add(after.policies[p], direction, sets);
        else
            peers.add(before[placeBefore[p]]);
    }
    return peers;
}

} // namespace

void RulePeers::add(const Policy &policy, Direction direction, const PredicateSets &sets)
{
    for (const Rule &rule : policy.rules[std::size_t(direction)])
        m_peers.push_back(&sets.of(rule.peer));
    m_begins.push_back(std::uint32_t(m_peers.size()));
}

ClassifiedPolicies::ClassifiedPolicies(std::shared_ptr<const OrderedPolicies> policies,
                                       std::shared_ptr<const EndpointTable> table)
    : ordered(std::move(policies)),
      classes(std::move(table), Mentions(*ordered)),
      sets(classes),
      groups{SubjectGroups(*ordered, classes, sets, Direction::Ingress),
             SubjectGroups(*ordered, classes, sets, Direction::Egress)}
{
    for (const Policy &policy : ordered->policies) {
        for (const Direction direction : bothDirections)
            peers[std::size_t(direction)].add(policy, direction, sets);
        addTraffic(policy, *this);
    }
    classes.forEachNamedPort([&](const ContainerPort &port) {
        addCuts(portCuts[ipProtocol(port.protocol)], port.number, port.number);
    });
    sortCuts(*this);
}

ClassifiedPolicies::ClassifiedPolicies(const ClassifiedPolicies &before, EndpointClasses classesAfter,
                                       std::shared_ptr<const OrderedPolicies> after, const PolicyShift *shift)
    : ordered(std::move(after)),
      classes(std::move(classesAfter)),
      sets(before.sets),
      groups(before.groups),
      peers(before.peers),
      usesLocality(before.usesLocality),
      portCuts(before.portCuts)
{
    if (!shift)
        return;
    for (const Direction direction : bothDirections) {
        const auto d = std::size_t(direction);
        groups[d] = before.groups[d].updated(*before.ordered, *ordered, *shift, classes, sets, direction);
        peers[d] = updatedPeers(before.peers[d], *ordered, *shift, sets, direction);
    }
    for (const std::uint32_t place : shift->added)
        addTraffic(ordered->policies[place], *this);
    sortCuts(*this);
}

Traffic representativeOf(const ClassifiedPolicies &policies, const Traffic &traffic)
{
    if (std::find(withPorts.begin(), withPorts.end(), traffic.protocol) == withPorts.end())
        return traffic;
    const auto &cuts = policies.portCuts[traffic.protocol];
    const auto after = std::upper_bound(cuts.begin(), cuts.end(), traffic.port);
    Traffic representative = traffic;
    representative.port = after == cuts.begin() ? 0 : *std::prev(after);
    return representative;
}

} // namespace portolan::policy
