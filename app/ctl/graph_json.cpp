#include "app/ctl/graph_json.h"

#include "model/policy/policy_kinds.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cmath>

namespace portolan::ctl {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array nodeKinds{"workload", "pod",   "service", "ingress",
                               "machine",  "world", "ipBlock", "podSet"};
static_assert(nodeKinds.size() == std::size_t(NodeKind::PodSet) + 1);
constexpr std::array edgeKinds{"serviceEndpoint", "ingressService", "policyPeer", "observed", "machineLink"};
static_assert(edgeKinds.size() == std::size_t(EdgeKind::MachineLink) + 1);
constexpr std::array verdicts{"", "allowed", "denied", "unknown", "mixed"};
static_assert(verdicts.size() == std::size_t(EdgeVerdict::Mixed) + 1);
constexpr std::array healths{"ready", "notReady", "failed", "pending", "done"};
static_assert(healths.size() == std::size_t(PodHealth::Done) + 1);

constexpr std::array doubts{"",        "noAgent", "severalAgents", "notRead",    "notUnderstood",
                            "differs", "notTold", "perhapsDirect", "perhapsBgp", "subnetsUnknown"};
static_assert(doubts.size() == std::size_t(JoinDoubt::SubnetsUnknown) + 1);
constexpr std::array mtuKinds{"notRead", "auto", "given"};
static_assert(mtuKinds.size() == std::size_t(ConfiguredMtu::Kind::Given) + 1);

template<class Id>
std::string idText(Id id)
{
    std::array<char, 17> text{};
    std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(id.value));
    return text.data();
}

template<std::size_t N, class Enum>
const char *word(const std::array<const char *, N> &words, Enum value)
{
    return words[std::size_t(value)];
}

/// Tenths of a pixel are enough, and every machine writes them alike.
double rounded(double value)
{
    return std::round(value * 10) / 10;
}

Json refJson(const ObjectRef &ref)
{
    return {{"kind", ref.type}, {"namespace", ref.ns}, {"name", ref.name}};
}

/// [x, y, width, height] in scene units.
Json rectJson(const Rect &rect)
{
    return {rounded(rect.x), rounded(rect.y), rounded(rect.width), rounded(rect.height)};
}

template<class Id>
void addPlace(Json &json, const std::unordered_map<Id, Rect> &places, const std::unordered_set<Id> &pinned,
              Id id)
{
    if (const auto at = places.find(id); at != places.end())
        json["rect"] = rectJson(at->second);
    if (pinned.contains(id))
        json["pinned"] = true;
}

/// A start point and cubic Bézier segments, as x and y in turn.
void addPath(Json &json, const LayoutResult &places, EdgeId id)
{
    const auto at = places.edges.find(id);
    if (at == places.edges.end())
        return;
    if (at->second.behind)
        json["behind"] = true;
    if (at->second.labelShown)
        json["labelAt"] = {rounded(at->second.labelAt.x), rounded(at->second.labelAt.y)};
    Json &path = json["path"] = Json::array();
    for (const Point &point : at->second.points) {
        path.push_back(rounded(point.x));
        path.push_back(rounded(point.y));
    }
}

Json nodeJson(const GraphNode &node, const ClusterState &state)
{
    Json json{{"id", idText(node.id)}, {"kind", word(nodeKinds, node.kind)}, {"label", node.label}};
    if (!node.detail.empty())
        json["detail"] = node.detail;
    if (!node.note.empty())
        json["note"] = node.note;
    if (node.object.isValid())
        json["object"] = refJson(node.object);
    if (node.group.isValid())
        json["group"] = idText(node.group);
    if (node.attachedTo.isValid())
        json["attachedTo"] = idText(node.attachedTo);
    for (const PodDot &dot : node.pods)
        json["pods"].push_back({{"name", dot.pod.name}, {"health", word(healths, dot.health)}});
    // Null where policies could not be read: nobody knows.
    const bool mayBeIsolated = policy::arePoliciesUnread(state, node.object.ns);
    json["ingressIsolated"] = node.ingressIsolated || !mayBeIsolated ? Json(node.ingressIsolated) : Json();
    json["egressIsolated"] = node.egressIsolated || !mayBeIsolated ? Json(node.egressIsolated) : Json();
    if (node.withoutEndpoints)
        json["withoutEndpoints"] = true;
    return json;
}

Json portJson(const EdgePort &port)
{
    Json json{{"protocol", protocolName(port.protocol)}};
    if (port.number != 0)
        json["port"] = port.number;
    if (port.endNumber != 0)
        json["endPort"] = port.endNumber;
    if (!port.name.empty())
        json["name"] = port.name;
    return json;
}

Json trafficJson(const FlowCounts &counts)
{
    Json json{
        {"forwarded", counts.forwarded}, {"dropped", counts.dropped}, {"last", formatRfc3339(counts.last)}};
    if (!counts.dropReason.empty())
        json["dropReason"] = counts.dropReason;
    return json;
}

Json edgeJson(const GraphEdge &edge)
{
    Json json{{"id", idText(edge.id)},
              {"from", idText(edge.from)},
              {"to", idText(edge.to)},
              {"kind", word(edgeKinds, edge.kind)}};
    if (edge.verdict != EdgeVerdict::NotApplicable)
        json["verdict"] = word(verdicts, edge.verdict);
    if (edge.kind == EdgeKind::MachineLink) {
        json["join"] = joinName(edge.join.join);
        return json;
    }
    json["ports"] = Json::array();
    for (const EdgePort &port : edge.ports)
        json["ports"].push_back(portJson(port));
    for (const ObjectRef &ref : edge.because)
        json["because"].push_back(refJson(ref));
    return json;
}

Json omissionsJson(const GraphOmissions &omissions)
{
    return {
        {"hiddenNamespaces", omissions.hiddenNamespaces}, {"totalNamespaces", omissions.totalNamespaces},
        {"finishedPods", omissions.finishedPods},         {"edgesToHidden", omissions.edgesToHidden},
        {"edgesOpenToAll", omissions.edgesOpenToAll},     {"edgesDeniedToMany", omissions.edgesDeniedToMany},
        {"machineLinks", omissions.machineLinks},         {"flowsNotDrawn", omissions.flowsNotDrawn},
        {"rulesForSctp", omissions.rulesForSctp},         {"unreadResources", omissions.unreadResources}};
}

/// What joins the machines; what is not known is named as such, never left out.
Json networkJson(const NodeNetwork &network)
{
    Json json{{"join", joinName(network.join)}};
    if (network.isCrossSubnet)
        json["withinSubnet"] = joinName(network.within);
    if (!network.provider.empty())
        json["provider"] = network.provider;
    if (network.doubt != JoinDoubt::None)
        json["doubt"] = {{"why", word(doubts, network.doubt)}, {"subject", network.subject}};
    if (network.encryption != JoinEncryption::None)
        json["encryption"] = network.encryption == JoinEncryption::WireGuard ? "wireGuard" : "ipsec";
    Json mtu{{"configured", word(mtuKinds, network.mtu.kind)}};
    if (network.mtu.kind == ConfiguredMtu::Kind::Given)
        mtu["bytes"] = network.mtu.bytes;
    if (!network.mtu.source.empty())
        mtu["source"] = network.mtu.source;
    json["mtu"] = std::move(mtu);
    for (const ObjectRef &ref : network.because)
        json["because"].push_back(refJson(ref));
    return json;
}

} // namespace

Json gapsJson(const ClusterState &state)
{
    Json unread = Json::array();
    for (const ReadGap &gap : state.gaps)
        unread.push_back({{"resource", gap.resource.qualifiedName()},
                          {"namespace", gap.ns},
                          {"reason", gap.reason.oneLine()}});
    return unread;
}

std::string graphJson(const ClusterState &state, const TopologyGraph &graph, const LayoutResult *places)
{
    const ClusterInfo &info = state.info;
    Json json;
    json["context"] = info.contextName;
    if (info.source != SourceKind::Live)
        json["recordedAt"] = formatRfc3339(info.recordedAt);
    json["view"] = graph.view == GraphView::Nodes ? "nodes" : "services";
    json["policiesAreEnforced"] = graph.policiesAreEnforced;
    if (graph.network)
        json["network"] = networkJson(*graph.network);
    json["groups"] = Json::array();
    for (const GraphGroup &group : graph.groups) {
        Json &added = json["groups"].emplace_back(Json{{"id", idText(group.id)},
                                                       {"label", group.label},
                                                       {"policies", group.policyCount},
                                                       {"openToAll", group.openToAll}});
        if (policy::arePoliciesUnread(state, group.object.name))
            added["policies"] = group.policyCount > 0 ? Json(group.policyCount) : Json();
        if (places)
            addPlace(added, places->groups, places->pinnedGroups, group.id);
    }
    json["nodes"] = Json::array();
    for (const GraphNode &node : graph.nodes) {
        Json &added = json["nodes"].emplace_back(nodeJson(node, state));
        if (places)
            addPlace(added, places->nodes, places->pinnedNodes, node.id);
    }
    json["edges"] = Json::array();
    for (const GraphEdge &edge : graph.edges) {
        Json &added = json["edges"].emplace_back(edgeJson(edge));
        if (const EdgeTraffic *traffic = graph.trafficOn(edge.id))
            added["observed"] = trafficJson(countsOf(*traffic, *state.flows));
        if (places)
            addPath(added, *places, edge.id);
    }
    if (places)
        json["bounds"] = rectJson(places->bounds);
    json["notDrawn"] = omissionsJson(graph.omissions);
    json["notReadable"] = gapsJson(state);
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace portolan::ctl
