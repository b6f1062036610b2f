#pragma once

#include "model/graph/policy_index.h"

#include <vector>

namespace portolan::graph {

/// Ports that are admitted for certain, and those that may be. sure is a part of possible.
struct Ports
{
    PortSet sure;
    PortSet possible;
};

/// What the policies of one direction say of one pair.
struct OneWay
{
    bool isolated = false; ///< a policy selects the pod in this direction, for certain
    Ports ports;
    std::vector<std::uint32_t> because; ///< policies with a rule that matches, in order
};

/// Ports that a rule opens on a destination; names are looked up in its containers.
Ports portsOn(const CompiledRule &rule, const Variant &destination);

/// What `to`'s ingress policies admit from `from`, and what `from`'s egress policies admit to `to`.
OneWay ingressOf(const PolicyIndex &index, const Variant &from, const Variant &to);
OneWay egressOf(const PolicyIndex &index, const Variant &from, const Variant &to);

/// Both directions over all pods of two workloads.
struct Reach
{
    EdgeVerdict verdict = EdgeVerdict::Denied;
    PortSet ports;                      ///< see GraphEdge::ports; empty for Denied
    bool isolated = false;              ///< some policy selects an end in the direction that matters
    std::vector<std::uint32_t> because; ///< policies that admit something, in order
};
Reach reachOf(const PolicyIndex &index, std::uint32_t from, std::uint32_t to);

/// The verdict for one port of a pair; NotApplicable where an end takes no part in policies.
EdgeVerdict verdictFor(const PolicyIndex &index, std::uint32_t from, std::uint32_t to, Protocol protocol,
                       std::uint16_t port);

} // namespace portolan::graph
