#pragma once

#include "model/cluster/cluster_state.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portolan {

/// How a packet of a pod gets from one machine to another.
enum class NodeJoin : std::uint8_t {
    Unknown,
    Vxlan,
    Geneve,
    Ipip,
    WireGuard,     ///< Flannel's and Calico's: the tunnel itself, and not encryption of another one
    Bgp,           ///< not encapsulated; each machine tells the others its routes (full mesh)
    Routes,        ///< not encapsulated; the machines have routes to one another's pods
    NetworkRoutes, ///< not encapsulated; the network between them knows the pods (a cloud's, or routers)
};

/// "VXLAN", "BGP", "route": short, as people who know it say it; "" for Unknown.
std::string_view joinLabel(NodeJoin join);
/// For machines: "vxlan", "networkRoutes", "unknown".
std::string_view joinName(NodeJoin join);

/// Why it cannot be told, or not wholly.
enum class JoinDoubt : std::uint8_t {
    None,
    NoAgent,        ///< no CNI agent is known here
    SeveralAgents,  ///< and which of them joins the machines is not known
    NotRead,        ///< `subject` could not be read, or is not there
    NotUnderstood,  ///< `subject` has a value that is not known here
    Differs,        ///< `subject` are of several minds, or make some machines differ
    NotTold,        ///< the agent decides by itself, or by what the API does not show
    PerhapsDirect,  ///< within a subnet perhaps by plain routes: `subject` could not be read
    PerhapsBgp,     ///< whether BGP makes the routes is not known: `subject` could not be read
    SubnetsUnknown, ///< of a pair: whether both are in one subnet, and with it whether they are encapsulated
};

/// A maximum size of packets as it is configured. What the interfaces really have no API tells.
struct ConfiguredMtu
{
    enum class Kind : std::uint8_t {
        NotRead, ///< `source` says what could not be read; "" where nothing is known that would tell
        Auto,    ///< each machine takes what its own interface allows
        Given,
    };
    Kind kind = Kind::NotRead;
    int bytes = 0;
    std::string source; ///< "ConfigMap kube-system/calico-config: veth_mtu"
    friend bool operator==(const ConfiguredMtu &, const ConfiguredMtu &) = default;
};

enum class JoinEncryption : std::uint8_t { None, WireGuard, Ipsec };

/// What joins the machines of a cluster, by the configuration of its CNI. Where that does not tell, it is
/// unknown, with the reason: nothing is taken for granted because it is usual.
///
/// The rules are the projects' documents: Calico "Overlay networking" and IPPool, FelixConfiguration and
/// BGPConfiguration of its reference; Cilium "Routing" and its agent's options; Flannel "Backends".
struct NodeNetwork
{
    NodeJoin join = NodeJoin::Unknown;
    /// Encapsulated between subnets alone (Calico's CrossSubnet, Flannel's DirectRouting); `within` is what
    /// joins machines of one subnet.
    bool isCrossSubnet = false;
    NodeJoin within = NodeJoin::Unknown;
    std::string provider; ///< "Calico"; "" where none is known
    JoinDoubt doubt = JoinDoubt::NoAgent;
    std::string subject; ///< of the doubt: "kube-flannel-cfg", "IPPool"
    JoinEncryption encryption = JoinEncryption::None;
    std::vector<ObjectRef> because; ///< the objects that say so, where they are objects of the state
    ConfiguredMtu mtu;
    friend bool operator==(const NodeNetwork &, const NodeNetwork &) = default;
};

/// Pure; looks at workloads, nodes, the objects of the CNIs and, for Calico, the addresses of pods.
NodeNetwork nodeNetwork(const ClusterState &state);

/// What joins two machines.
struct PairJoin
{
    NodeJoin join = NodeJoin::Unknown;
    JoinDoubt doubt = JoinDoubt::None;
    friend bool operator==(const PairJoin &, const PairJoin &) = default;
};

/// The same in both directions. Whether two machines are in one subnet is told by what Calico notes on them
/// (projectcalico.org/IPv4Address, an address with its prefix), else it is not known.
PairJoin joinOf(const NodeNetwork &network, const Node &a, const Node &b);

/// The networks that a machine's pods have their addresses from, by who gives them out: CiliumNode, Calico's
/// BlockAffinity, else Node.spec.podCIDRs unless a pod of the node has an address outside of them (other
/// IPAMs leave that field as it is).
class PodNetworks
{
public:
    explicit PodNetworks(const ClusterState &state);
    ~PodNetworks();
    PodNetworks(PodNetworks &&) noexcept;
    PodNetworks &operator=(PodNetworks &&) noexcept;

    /// Empty where it is not known. The first family that the node names comes first.
    std::vector<std::string> of(const Node &node) const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace portolan
