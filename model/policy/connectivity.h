#pragma once

#include "model/cluster/object_ref.h"
#include "model/policy/policy_model.h"

#include <map>
#include <string>
#include <vector>

/// What policies allow between workloads, and between workloads and addresses outside, over all ports.
namespace portolan::policy {

/// Ports first to last of one protocol, both included.
struct PortSpan
{
    IpProtocol protocol = protocol::tcp;
    std::uint16_t first = 1;
    std::uint16_t last = 65535;
    friend auto operator<=>(const PortSpan &, const PortSpan &) = default;
};

/// Sorted, apart from one another. TCP, UDP and SCTP alone.
using PortSpans = std::vector<PortSpan>;
/// "all", "none", "TCP 80, 443, 8000-9000; UDP all".
std::string portSpansText(const PortSpans &spans);
bool isEveryPort(const PortSpans &spans);
/// Those of `a` that are not in `b`.
PortSpans withoutSpans(const PortSpans &a, const PortSpans &b);

/// A workload (or a pod without one), or a range of addresses outside.
struct Party
{
    ObjectRef workload; ///< not valid for addresses
    std::string range;  ///< "10.0.0.0-10.0.0.255"; "" for a workload
    std::string text() const;
    friend auto operator<=>(const Party &, const Party &) = default;
};

/// One ordered pair. What is in neither list is denied.
struct Connectivity
{
    Party from;
    Party to;
    PortSpans allowed;      ///< for every pair of their pods
    PortSpans unknown;      ///< not known, or not the same for all their pods
    bool isLeftOut = false; ///< not asked about, for ConnectivityReport::tooLarge; all is unknown
    friend bool operator==(const Connectivity &, const Connectivity &) = default;
};

struct ConnectivityReport
{
    std::vector<Connectivity> pairs; ///< by from, then to
    /// False: policies name so many ranges of addresses, or ports beside them, that what is outside was left
    /// out.
    bool hasOutside = true;
    /// Policies with so many rules and ports that listing the pairs for which they hold would take hours.
    std::vector<ObjectRef> tooLarge;
};

/// All ordered pairs, a workload with several pods and itself among them.
ConnectivityReport connectivityOf(const PolicyModel &model);

/// A pair whose verdict is not the same in two clusters, and who decided. One of the two may be a range of
/// addresses outside.
struct ConnectivityChange
{
    Party from;
    Party to;
    PortSpans nowAllowed;
    PortSpans nowDenied;
    PortSpans nowUnknown;
    std::vector<Decision> before; ///< what decided about the first of these ports
    std::vector<Decision> after;
};

struct ConnectivityDiff
{
    std::vector<ConnectivityChange> changes;
    std::vector<Party> onlyBefore; ///< workloads that the other cluster does not have
    std::vector<Party> onlyAfter;
    std::vector<ObjectRef> tooLarge; ///< of both; pairs that one of them left out are not compared
};

ConnectivityDiff connectivityDiff(const PolicyModel &before, const PolicyModel &after);

} // namespace portolan::policy
