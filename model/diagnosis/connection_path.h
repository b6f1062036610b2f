#pragma once

#include "model/cluster/node_network.h"
#include "model/policy/policy_model.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portolan {

/// Of the OSI layers those that a connection between pods can fail at.
enum class Layer : std::uint8_t { L2, L3, L4, L7 };

enum class CheckState : std::uint8_t {
    Good,
    Bad,
    Unknown, ///< not measured, or not to be told from what was read
};

/// One stop on the way of a connection, from its source to its destination.
struct PathHop
{
    enum class Kind : std::uint8_t {
        Pod,
        Node,
        Underlay, ///< what lies between two nodes: no object of the cluster
        Outside,  ///< an address that is none of the cluster's
    };
    Kind kind = Kind::Pod;
    ObjectRef object; ///< not valid: Underlay, Outside
    std::string name; ///< "web-7d9f"; "" for the underlay
    std::string address;
    std::string detail; ///< of a pod its namespace, of a node the network of its pods; "" where not known
    CheckState state = CheckState::Unknown;
    NodeJoin join =
        NodeJoin::Unknown; ///< of the underlay: what joins the two nodes, by the CNI's configuration
    friend bool operator==(const PathHop &, const PathHop &) = default;
};

/// One question about the way and what is known of it, as a value: ui turns `check` and `facts` into words.
struct PathCheck
{
    /// Stable key: "dns", "service", "policy-egress", "policy-ingress", "connection", "route", "mtu",
    /// "tunnel", "pod", "node".
    std::string_view check;
    Layer layer = Layer::L4;
    CheckState state = CheckState::Unknown;
    std::size_t hop = 0; ///< that it is about
    std::vector<std::pair<std::string, std::string>> facts;
    std::vector<ObjectRef> evidence;
    std::optional<ProbeStep> measured; ///< what tells it, where a probe does
};

/// Every hop of one connection, with what is known of each: the translation of the service, what policies say
/// at both ends, what the last probe measured. What nothing has measured is Unknown, never Good.
struct ConnectionPath
{
    ProbeRequest request; ///< with the port that was left open
    ObjectRef
        endpoint; ///< the pod at the end; of a service the one that was tried, or the first that is ready
    std::uint16_t port = 0; ///< of the endpoint
    std::vector<PathHop> hops;
    std::vector<PathCheck> checks;       ///< from L7 down to L2
    std::optional<std::size_t> brokenAt; ///< the first hop at which a check is Bad
    std::optional<WallTime> measuredAt;  ///< of the probe that `checks` quote
};

/// The way that a probe of `request` would take. Pure; safe from any thread; some microseconds for each
/// policy that selects an end.
///
/// Where the nodes differ, what is between them is one hop. Kubernetes' network model (every pod reaches
/// every pod without NAT) says what the hops are:
/// https://kubernetes.io/docs/concepts/cluster-administration/networking/
/// Errors: those of planProbe().
Result<ConnectionPath> connectionPath(const policy::PolicyModel &policies, const ProbeRequest &request);

} // namespace portolan
