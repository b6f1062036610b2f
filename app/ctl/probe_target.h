#pragma once

#include "model/base/result.h"
#include "model/cluster/cluster_state.h"

#include <string>

namespace portolan::ctl {

/// A source as it is typed: "ns/pod" or "ns/workload".
struct TypedSource
{
    std::string ns;
    std::string name;
};

Result<TypedSource> parseSource(const std::string &text);

/// A destination as it is typed: "ns/service-or-pod:port[/proto]", or "host:port[/proto]" for a name or
/// address outside. proto is tcp (default), udp, sctp, http or dns.
struct TypedTarget
{
    std::string ns; ///< "" for a name or address outside
    std::string name;
    std::uint16_t port = 0;
    Protocol protocol = Protocol::Tcp;
    ProbeMethod method = ProbeMethod::Tcp;
    friend bool operator==(const TypedTarget &, const TypedTarget &) = default;
};

Result<TypedTarget> parseTarget(const std::string &text);

/// The request that `source` ("ns/pod", or "ns/workload" for its first ready pod) and `target` mean in
/// this state. A service goes before a pod of the same name. Errors: InvalidInput, NotFound.
Result<ProbeRequest> resolveProbe(const ClusterState &state, const std::string &source,
                                  const TypedTarget &target);

} // namespace portolan::ctl
