#pragma once

#include "model/base/strong_id.h"
#include "model/cluster/flow_log.h"
#include "model/cluster/node_network.h"
#include "model/cluster/object_ref.h"
#include "model/cluster/objects.h"
#include "model/cluster/probe_result.h"
#include "model/policy/enforcer.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace portolan {

struct NodeTag;
struct EdgeTag;
struct GroupTag;
/// Identities are hashes of what they name (64-bit FNV-1a), so that the same thing has the same identity
/// in every frame, every run and every recording of a cluster.
using NodeId = StrongId<NodeTag>;
using EdgeId = StrongId<EdgeTag>;
using GroupId = StrongId<GroupTag>;

enum class GraphView : std::uint8_t {
    Services, ///< namespaces as boxes; workloads, services, ingresses
    Nodes,    ///< one box per machine, pods as dots
};

enum class NodeKind : std::uint8_t {
    Workload,
    Pod, ///< a pod without an owner: a card like a workload's
    Service,
    Ingress,
    Machine, ///< a Node; or, with an object that is not valid, the place of pods that are on no node
    World,   ///< everything outside of the cluster; at most one
    IpBlock, ///< a CIDR of a policy, or an address that a probe asked; stands outside of every box
    PodSet,  ///< many pods as one end of a policy's edge, see GraphNode::label
};

enum class PodHealth : std::uint8_t { Ready, NotReady, Failed, Pending, Done };

struct PodDot
{
    ObjectRef pod;
    PodHealth health = PodHealth::Pending;
    friend bool operator==(const PodDot &, const PodDot &) = default;
};

/// What a map shows as one card, pill or circle. Says what it means; how it looks is ui's affair and
/// where it stands is LayoutResult's.
struct GraphNode
{
    NodeId id;
    NodeKind kind = NodeKind::Workload;
    ObjectRef object; ///< what it stands for; not valid for World
    GroupId group;    ///< not valid: stands outside of every box
    /// The name. For a PodSet the label selector ("tier=web"), or "" for every pod: of the namespace
    /// where it has a group, of the cluster where it has none. For an IpBlock the CIDR.
    std::string label;
    /// Short second text. Workload: its kind ("Deployment"). Service: its ports ("80", "53/UDP,53",
    /// "30080→80" for a node port, "lb 443", "→ db.example.com" for an external name). Ingress: its hosts.
    /// Machine: "10.42.0.0/24 · 192.0.2.10", its pods' network where that is known and its address.
    /// IpBlock: its exceptions.
    std::string detail;
    std::string note; ///< beside the name. Machine: "MTU 1450", where one is configured
    std::vector<PodDot> pods;
    bool ingressIsolated = false; ///< for all its pods, policies let through only what they name
    bool egressIsolated = false;
    bool withoutEndpoints = false; ///< a Service that should have some and has none
    NodeId attachedTo;             ///< a Service belongs under this workload; ids of the same group
    friend bool operator==(const GraphNode &, const GraphNode &) = default;
};

/// A box around nodes: a namespace or a machine.
struct GraphGroup
{
    GroupId id;
    ObjectRef object;
    std::string label;
    std::uint32_t policyCount = 0;
    bool openToAll = false; ///< it has pods, and no policy isolates any of them for ingress
    bool folded = false;    ///< hidden by the user: drawn as nothing, counted in GraphOmissions
    friend bool operator==(const GraphGroup &, const GraphGroup &) = default;
};

enum class EdgeKind : std::uint8_t {
    ServiceEndpoint, ///< Service -> the workload whose pods are its endpoints
    IngressService,  ///< Ingress -> Service, and World -> Ingress
    /// Peer that a rule of a policy names -> selected workload (ingress), or the other way.
    PolicyPeer,
    Observed,    ///< a probe was made, or traffic seen, between two nodes that no other edge joins
    MachineLink, ///< what joins two machines, see GraphEdge::join; it has no direction
};

/// What the policies of all APIs say of an edge: the source's egress and the destination's ingress together.
enum class EdgeVerdict : std::uint8_t {
    NotApplicable, ///< no policy is asked; of a PolicyPeer: nothing enforces the policies
    Allowed,
    Denied,  ///< of a PolicyPeer: by a rule that says so
    Unknown, ///< cannot be told: an operator, a policy kind or an unread resource that is not understood
    Mixed,   ///< true of some of the pods that its ends stand for, and not of others
};

struct EdgePort
{
    std::uint16_t number = 0; ///< 0: every port
    std::uint16_t endNumber = 0;
    Protocol protocol = Protocol::Tcp;
    std::string name; ///< the port's name where a rule gives that
    friend bool operator==(const EdgePort &, const EdgePort &) = default;
};

struct GraphEdge
{
    EdgeId id;
    NodeId from;
    NodeId to;
    EdgeKind kind = EdgeKind::ServiceEndpoint;
    EdgeVerdict verdict = EdgeVerdict::NotApplicable;
    /// What is admitted (or denied, or asked); empty: any port. For Mixed: admitted for some pair of pods.
    std::vector<EdgePort> ports;
    std::vector<ObjectRef> because; ///< the objects that make this edge
    ProbeRequest probe;             ///< what a click on it asks; source not valid: not probeable
    PairJoin join;                  ///< of a MachineLink
    friend bool operator==(const GraphEdge &, const GraphEdge &) = default;
};

/// The observed traffic that goes along an edge.
struct EdgeTraffic
{
    EdgeId edge;
    std::vector<std::uint32_t> flows; ///< places in FlowLog::flows of the state, rising
    friend bool operator==(const EdgeTraffic &, const EdgeTraffic &) = default;
};

/// Of the log that the traffic's places are in.
FlowCounts countsOf(const EdgeTraffic &traffic, const FlowLog &log);

/// What the map does not draw, so that map and export can say it.
struct GraphOmissions
{
    std::uint32_t hiddenNamespaces = 0;
    std::uint32_t totalNamespaces = 0;
    std::uint32_t finishedPods = 0;  ///< Succeeded or Failed, left out of cards
    std::uint32_t edgesToHidden = 0; ///< edges with an end in a hidden namespace
    /// Ordered pairs of workloads that are open to one another by the absence of policy: not drawn.
    std::uint32_t edgesOpenToAll = 0;
    /// Pairs of workloads that a rule denies by name, where they are too many to draw.
    std::uint32_t edgesDeniedToMany = 0;
    std::uint32_t machineLinks = 0;  ///< pairs of machines, where they are too many to draw
    std::uint32_t edgesToSelf = 0;   ///< rules that admit the pods of one workload to one another
    std::uint32_t rulesForSctp = 0;  ///< for SCTP alone, where Cilium may drop it
    std::uint32_t flowsNotDrawn = 0; ///< kinds of observed traffic: of nodes, of pods that are gone, too many
    std::uint32_t unreadResources = 0;
    std::uint32_t filteredNodes = 0; ///< left out by the filter, see filteredGraph()
    std::uint32_t filteredEdges = 0;
    friend bool operator==(const GraphOmissions &, const GraphOmissions &) = default;
};

/// One view of a cluster. Nodes are ordered by (group, label, id), edges by (from, to, kind, id): equal
/// states give equal graphs.
struct TopologyGraph
{
    GraphView view = GraphView::Services;
    std::optional<policy::Enforcer> chosenEnforcer; ///< policies are read as it does, by the user's choice
    bool policiesAreEnforced = true;                ///< false: they are there, and nothing makes them true
    std::vector<GraphGroup> groups;
    std::vector<GraphNode> nodes;
    std::vector<GraphEdge> edges;
    std::vector<EdgeTraffic> traffic; ///< of edges that are here, in order of their ids
    GraphOmissions omissions;
    std::optional<NodeNetwork> network; ///< what joins the machines; of the Nodes view
    std::string filter;                 ///< as it was typed, see GraphFilter; "": everything is here
    /// Places in `nodes` and `edges` in order of id, where indexGraph() was called; makes look-ups fast.
    std::vector<std::uint32_t> nodeOrder;
    std::vector<std::uint32_t> edgeOrder;

    const GraphNode *node(NodeId id) const; ///< nullptr where there is none
    const GraphEdge *edge(EdgeId id) const;
    const GraphGroup *group(GroupId id) const;
    const EdgeTraffic *trafficOn(EdgeId id) const; ///< nullptr where none was seen

    friend bool operator==(const TopologyGraph &, const TopologyGraph &) = default;
};

using TopologyGraphPtr = std::shared_ptr<const TopologyGraph>;

/// Sorts groups (by label), nodes and edges as promised above, fills the orders of ids, and drops the traffic
/// of edges that are not there.
void indexGraph(TopologyGraph &graph);

NodeId nodeIdOf(NodeKind kind, const ObjectRef &object);
GroupId groupIdOf(const ObjectRef &object);
EdgeId edgeIdOf(EdgeKind kind, NodeId from, NodeId to);

} // namespace portolan
