#include "model/graph/group_ports.h"

#include "model/policy/plain_evaluator.h"

#include <algorithm>
#include <tuple>

namespace portolan::graph {

namespace {

constexpr std::array protocols{Protocol::Tcp, Protocol::Udp, Protocol::Sctp};

} // namespace

PortSet everyPort(const policy::PolicyModel &model)
{
    PortSet ports;
    for (const Protocol one : protocols) {
        if (model.policies().carries(policy::ipProtocol(one)))
            ports.add(one, 1, 65535);
    }
    return ports;
}

void PortCuts::cut(policy::IpProtocol protocol, std::uint16_t first, std::uint16_t last)
{
    for (const Protocol one : protocols) {
        if (protocol != policy::PortRange::anyProtocol && protocol != policy::ipProtocol(one))
            continue;
        m_starts[std::size_t(one)].insert(first);
        if (last < 65535)
            m_starts[std::size_t(one)].insert(std::uint16_t(last + 1));
    }
}

void PortCuts::add(const policy::Rule &rule, const std::vector<const ContainerPort *> &named)
{
    for (const policy::TrafficMatch &match : rule.traffic) {
        for (const policy::PortRange &range : match.ports)
            cut(range.protocol, range.first, range.last);
        for (const policy::NamedPort &name : match.named) {
            for (const ContainerPort *port : named) {
                if (port->name == name.name)
                    cut(policy::ipProtocol(port->protocol), port->number, port->number);
            }
        }
    }
}

void PortCuts::add(const PortCuts &other)
{
    for (const Protocol one : protocols) {
        const auto &starts = other.m_starts[std::size_t(one)];
        m_starts[std::size_t(one)].insert(starts.begin(), starts.end());
    }
}

std::vector<PortStretch> PortCuts::stretches() const
{
    std::vector<PortStretch> list;
    for (const Protocol one : protocols) {
        list.push_back({one});
        for (const std::uint16_t start : m_starts[std::size_t(one)]) {
            if (start <= 1)
                continue;
            list.back().last = std::uint16_t(start - 1);
            list.push_back({one, start, 65535});
        }
    }
    return list;
}

bool namesPorts(const policy::Rule &rule)
{
    return std::any_of(rule.traffic.begin(), rule.traffic.end(),
                       [](const policy::TrafficMatch &match) { return !match.named.empty(); });
}

PortSet portsOfRule(const policy::Rule &rule, const policy::Endpoint &destination)
{
    if (rule.traffic.empty())
        return PortSet::all();
    PortCuts cuts;
    cuts.add(rule, destination.namedPorts);
    PortSet ports;
    for (const PortStretch &stretch : cuts.stretches()) {
        const bool meant = std::all_of(rule.traffic.begin(), rule.traffic.end(), [&](const auto &match) {
            return policy::matches(match, stretch.traffic(), destination) != policy::Tri::No;
        });
        if (meant)
            ports.add(stretch.protocol, stretch.first, stretch.last);
    }
    return ports;
}

const std::vector<const ContainerPort *> &GroupPorts::namedPorts()
{
    if (!m_hasNamed) {
        m_model.classified().classes.forEachNamedPort(
            [this](const ContainerPort &port) { m_named.push_back(&port); });
        const auto key = [](const ContainerPort *port) {
            return std::tie(port->name, port->protocol, port->number);
        };
        std::sort(m_named.begin(), m_named.end(), [&](auto *a, auto *b) { return key(a) < key(b); });
        const auto same = [&](auto *a, auto *b) { return key(a) == key(b); };
        m_named.erase(std::unique(m_named.begin(), m_named.end(), same), m_named.end());
        m_hasNamed = true;
    }
    return m_named;
}

const PortCuts &GroupPorts::cutsOf(policy::Direction direction, std::uint32_t place)
{
    const bool in = direction == policy::Direction::Ingress;
    const policy::SubjectGroup &subjects = group(direction, place);
    const auto &policies = m_model.policies().policies;
    const auto [known, isNew] = m_cuts[std::size_t(direction)].try_emplace(place);
    PortCuts &cuts = known->second;
    if (!isNew)
        return cuts;
    std::optional<policy::Endpoint> subject;
    for (const policy::GroupPolicy &selecting : subjects.policies) {
        for (const policy::Rule &rule : policies[selecting.policy].rules[std::size_t(direction)]) {
            // Names are looked up in the destination: the subject itself, or any peer.
            if (in && namesPorts(rule) && !subject)
                subject = m_model.classified().classes.representative(subjects.representative);
            static const std::vector<const ContainerPort *> nothing;
            cuts.add(rule, !namesPorts(rule) ? nothing : in ? subject->namedPorts : namedPorts());
        }
    }
    return cuts;
}

const std::vector<GroupPorts::Stretch> &GroupPorts::stretchesOf(policy::Direction direction,
                                                                std::uint32_t place)
{
    auto &groups = m_stretches[std::size_t(direction)];
    if (groups.empty())
        groups.resize(m_model.classified().groups[std::size_t(direction)].groups().size());
    std::vector<Stretch> &known = groups[place];
    if (!known.empty())
        return known;
    for (const PortStretch &stretch : cutsOf(direction, place).stretches()) {
        if (!m_everything.contains(stretch.protocol, stretch.first))
            continue;
        const policy::Traffic traffic = policy::representativeOf(m_model.classified(), stretch.traffic());
        auto &rows = m_rows.try_emplace(traffic, m_model.classified(), traffic).first->second;
        known.push_back({stretch, rows.make(direction, place, false)});
    }
    return known;
}

PeerPorts GroupPorts::ask(policy::Direction direction, std::uint32_t place, const policy::ClassBits &peers)
{
    if (group(direction, place).policies.empty())
        return {m_everything, m_everything, {}};
    PeerPorts ports;
    for (const auto &[stretch, row] : stretchesOf(direction, place)) {
        const auto add = [&ports = stretch](PortSet &set) {
            set.add(ports.protocol, ports.first, ports.last);
        };
        const bool every = row.allowsAll || policy::isWithin(peers, row.allowed);
        if (every)
            add(ports.all);
        if (every || policy::intersect(peers, row.allowed))
            add(ports.some);
        if (!every && policy::intersect(peers, row.unknown))
            add(ports.unknown);
    }
    return ports;
}

} // namespace portolan::graph
