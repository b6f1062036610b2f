#pragma once

#include "model/graph/port_set.h"
#include "model/policy/policy_model.h"
#include "model/policy/verdict_rows.h"

#include <array>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace portolan::graph {

/// Every port of TCP, UDP and SCTP, without what is not carried: whatever may be open at all.
PortSet everyPort(const policy::PolicyModel &model);

/// What one direction's policies say over all ports, of one group of subjects and several peers.
struct PeerPorts
{
    PortSet some;    ///< allowed for a peer at least
    PortSet all;     ///< allowed for every peer
    PortSet unknown; ///< cannot be told for a peer at least
};

/// Destination ports among which no rule tells a difference: first to last of one protocol.
struct PortStretch
{
    Protocol protocol = Protocol::Tcp;
    std::uint16_t first = 1;
    std::uint16_t last = 65535;
    policy::Traffic traffic() const { return {policy::ipProtocol(protocol), first}; }
};

/// Where stretches begin, besides at port 1. For TCP, UDP and SCTP.
class PortCuts
{
public:
    /// What a rule names by number; names mean the ports of that name in `named`.
    void add(const policy::Rule &rule, const std::vector<const ContainerPort *> &named);
    void add(const PortCuts &other);
    std::vector<PortStretch> stretches() const;

private:
    void cut(policy::IpProtocol protocol, std::uint16_t first, std::uint16_t last);
    std::array<std::set<std::uint16_t>, 3> m_starts; // by Protocol
};

/// The ports of a rule on a destination, and whether any of it is by name.
PortSet portsOfRule(const policy::Rule &rule, const policy::Endpoint &destination);
bool namesPorts(const policy::Rule &rule);

/// Verdicts of whole subject groups over everyPort(): what VerdictRows says of one port, asked for each
/// stretch that the group's own rules make. Answers for pods and for addresses outside (no own node, no two
/// families). Kept as long as this lives; not thread-safe; refers to the model.
class GroupPorts
{
public:
    explicit GroupPorts(const policy::PolicyModel &model) : m_model(model), m_everything(everyPort(model)) {}

    const policy::PolicyModel &model() const { return m_model; }
    const PortSet &everything() const { return m_everything; }
    const policy::SubjectGroup &group(policy::Direction direction, std::uint32_t place) const
    {
        return m_model.classified().groups[std::size_t(direction)].groups()[place];
    }
    std::uint32_t groupOf(policy::Direction direction, policy::ClassId id) const
    {
        return m_model.classified().groups[std::size_t(direction)].groupOf(id);
    }
    PeerPorts ask(policy::Direction direction, std::uint32_t group, const policy::ClassBits &peers);
    const PortCuts &cutsOf(policy::Direction direction, std::uint32_t group);

private:
    struct Stretch
    {
        PortStretch ports;
        policy::VerdictRow row;
    };
    const std::vector<Stretch> &stretchesOf(policy::Direction direction, std::uint32_t group);
    /// Every container port of the cluster that has one of the names.
    const std::vector<const ContainerPort *> &namedPorts();

    const policy::PolicyModel &m_model;
    const PortSet m_everything;
    std::array<std::vector<std::vector<Stretch>>, 2> m_stretches; // by Direction and group
    std::array<std::map<std::uint32_t, PortCuts>, 2> m_cuts;      // the same
    std::map<policy::Traffic, policy::VerdictRows> m_rows;
    std::vector<const ContainerPort *> m_named;
    bool m_hasNamed = false;
};

} // namespace portolan::graph
