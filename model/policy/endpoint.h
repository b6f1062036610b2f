#pragma once

#include "model/base/ip_range.h"
#include "model/cluster/label_selector.h"
#include "model/cluster/object_ref.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portolan {
struct ContainerPort;
}

namespace portolan::policy {

enum class EndpointKind : std::uint8_t {
    Pod,          ///< with an address of its own
    Node,         ///< a node's address; pods on the host's network are this too
    HostEndpoint, ///< a node's address that a Calico HostEndpoint describes
    External,     ///< any other address
};

/// A set of EndpointKind.
using EndpointKinds = std::uint8_t;
constexpr EndpointKinds kindBit(EndpointKind kind)
{
    return EndpointKinds(1U << unsigned(kind));
}
constexpr EndpointKinds operator|(EndpointKind a, EndpointKind b)
{
    return EndpointKinds(kindBit(a) | kindBit(b));
}
inline constexpr EndpointKinds podsOnly = kindBit(EndpointKind::Pod);
inline constexpr EndpointKinds hosts = EndpointKind::Node | EndpointKind::HostEndpoint;
inline constexpr EndpointKinds anyKind = podsOnly | hosts | kindBit(EndpointKind::External);

/// One end of a connection, as policies see it. Values only; views into the ClusterState that it was made of
/// are valid while that lives.
struct Endpoint
{
    EndpointKind kind = EndpointKind::External;
    ObjectRef ref; ///< the pod (or node); not valid for External
    std::string_view ns;
    std::string_view nodeName;
    std::string_view serviceAccount;
    Labels labels; ///< of the pod, the host endpoint; of a Node those of the node
    Labels namespaceLabels;
    bool namespaceIsKnown = true; ///< false: of its labels only kubernetes.io/metadata.name is known
    Labels nodeLabels;            ///< for Node and HostEndpoint
    /// Nothing where service accounts were not read.
    std::optional<Labels> serviceAccountLabels;
    std::vector<IpRange::Address> addresses; ///< of an IPv4/IPv6 pod two
    /// Container ports that have a name; owned by the Pod.
    std::vector<const ContainerPort *> namedPorts;
};

} // namespace portolan::policy
