#include "tests/fakes/sample_frame.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace portolan::fakes {

namespace {

using Healths = std::vector<PodHealth>;
constexpr auto R = PodHealth::Ready;
constexpr auto N = PodHealth::NotReady;
constexpr auto F = PodHealth::Failed;
constexpr auto P = PodHealth::Pending;

ObjectRef namespaceRef(const std::string &name)
{
    return {ObjectKind::Namespace, "Namespace", "", name};
}

/// Places nodes and lines by hand and keeps graph and layout in step.
class SampleMap
{
public:
    explicit SampleMap(const MapFonts &fonts) : m_fonts(fonts) {}

    void group(const std::string &name, const Rect &place, std::uint32_t policies, bool open = false)
    {
        GraphGroup group;
        group.object = namespaceRef(name);
        group.id = groupIdOf(group.object);
        group.label = name;
        group.policyCount = policies;
        group.openToAll = open;
        layout.groups[group.id] = place;
        graph.groups.push_back(std::move(group));
    }

    NodeId workload(const std::string &ns, const std::string &name, const std::string &type, Point at,
                    const Healths &healths, bool ingress, bool egress)
    {
        GraphNode node;
        node.object = {ObjectKind::Workload, type, ns, name};
        node.detail = type;
        for (std::size_t i = 0; i < healths.size(); ++i) {
            const ObjectRef pod{ObjectKind::Pod, "Pod", ns, name + "-" + std::to_string(i)};
            node.pods.push_back({pod, healths[i]});
        }
        node.ingressIsolated = ingress;
        node.egressIsolated = egress;
        return add(std::move(node), ns, name, at);
    }

    NodeId service(const std::string &ns, const std::string &name, const std::string &ports, Point at,
                   bool empty = false)
    {
        GraphNode node;
        node.kind = NodeKind::Service;
        node.object = {ObjectKind::Service, "Service", ns, name};
        node.detail = ports;
        node.withoutEndpoints = empty;
        return add(std::move(node), ns, name, at);
    }

    NodeId other(NodeKind kind, const ObjectRef &object, const std::string &ns, const std::string &label,
                 const std::string &detail, Point at)
    {
        GraphNode node;
        node.kind = kind;
        node.object = object;
        node.detail = detail;
        return add(std::move(node), ns, label, at);
    }

    /// A line from one side of a card to a side of the other; `bend` moves both controls down.
    EdgeId edge(NodeId from, NodeId to, EdgeKind kind, EdgeVerdict verdict, std::vector<EdgePort> ports,
                double bend = 0)
    {
        GraphEdge edge;
        edge.id = edgeIdOf(kind, from, to);
        edge.from = from;
        edge.to = to;
        edge.kind = kind;
        edge.verdict = verdict;
        edge.ports = std::move(ports);
        setProbe(edge);
        layout.edges[edge.id] = pathBetween(layout.nodes[from], layout.nodes[to], bend);
        graph.edges.push_back(edge);
        return edge.id;
    }

    void remove(NodeId id)
    {
        std::erase_if(graph.nodes, [id](const GraphNode &n) { return n.id == id; });
        layout.nodes.erase(id);
        for (const GraphEdge &e : graph.edges) {
            if (e.from == id || e.to == id)
                layout.edges.erase(e.id);
        }
        std::erase_if(graph.edges, [id](const GraphEdge &e) { return e.from == id || e.to == id; });
    }

    TopologyGraph graph;
    LayoutResult layout;

private:
    NodeId add(GraphNode node, const std::string &ns, const std::string &label, Point at)
    {
        node.id = nodeIdOf(node.kind,
                           node.object.isValid() ? node.object : ObjectRef{ObjectKind::Other, "", ns, label});
        node.label = label;
        if (!ns.empty())
            node.group = groupIdOf(namespaceRef(ns));
        const Size size = nodeSize(node, m_fonts);
        layout.nodes[node.id] = {at.x, at.y, size.width, size.height};
        m_places[node.id] = graph.nodes.size();
        graph.nodes.push_back(node);
        return node.id;
    }

    const GraphNode &find(NodeId id) const { return graph.nodes[m_places.at(id)]; }

    void setProbe(GraphEdge &edge) const
    {
        const GraphNode &from = find(edge.from), &to = find(edge.to);
        if (from.pods.empty())
            return;
        edge.probe.source = from.pods.front().pod;
        edge.probe.destination = to.pods.empty() ? to.object : to.pods.front().pod;
        if (!edge.ports.empty())
            edge.probe.port = edge.ports.front().number;
    }

    static EdgePath pathBetween(const Rect &from, const Rect &to, double bend)
    {
        Point a{from.right(), from.center().y}, b{to.x, to.center().y};
        EdgePath path;
        if (to.y >= from.bottom() && to.x < from.right() && from.x < to.right()) { // straight down
            a = {from.x + from.width * 0.5, from.bottom()};
            b = {a.x, to.y};
            path.points = {a, {a.x, (a.y + b.y) / 2}, {a.x, (a.y + b.y) / 2}, b};
        } else {
            if (to.right() < from.x) {
                a.x = from.x;
                b.x = to.right();
            }
            const double middle = (a.x + b.x) / 2;
            path.points = {a, {middle, a.y + bend}, {middle, b.y + bend}, b};
        }
        const auto at = [&](double Point::*c) {
            const auto &p = path.points;
            return (p[0].*c + 3 * p[1].*c + 3 * p[2].*c + p[3].*c) / 8;
        };
        path.labelAt = {at(&Point::x), at(&Point::y)};
        return path;
    }

    const MapFonts &m_fonts;
    std::unordered_map<NodeId, std::size_t> m_places; ///< in graph.nodes, while nothing was removed
};

EdgePort tcp(std::uint16_t number)
{
    return {number, 0, Protocol::Tcp, ""};
}

struct SampleNodes
{
    NodeId world, ingress, web, checkout, catalog, cart, gateway, ledger, postgres, redis, coredns, block;
    NodeId webService, checkoutService, cartService, catalogService;
};

void addBoxes(SampleMap &map)
{
    map.group("edge", {112, 150, 206, 214}, 1);
    map.group("shop", {358, 60, 430, 336}, 5);
    map.group("payments", {832, 60, 206, 250}, 3);
    map.group("kube-system", {112, 446, 436, 150}, 0, true);
    map.group("data", {602, 446, 436, 150}, 2);
}

SampleNodes addNodes(SampleMap &map, const SampleOptions &options)
{
    SampleNodes n;
    n.world = map.other(NodeKind::World, {}, "", "world", "", {22, 186});
    n.block = map.other(NodeKind::IpBlock, {ObjectKind::Other, "CIDR", "", "10.20.0.0/16"}, "",
                        "10.20.0.0/16", "except 10.20.9.0/24", {1080, 500});
    n.ingress = map.workload("edge", "ingress-nginx", "Deployment", {128, 188}, {R, R}, false, false);
    map.service("edge", "ingress-nginx", "lb 443", {140, 262});
    map.service("edge", "nodeport", "30443→8443", {140, 296});
    n.web = map.workload("shop", "web", "Deployment", {374, 100}, {R, R, R}, true, true);
    n.checkout = map.workload("shop", "checkout", "Deployment", {608, 100}, {R, R, R}, true, false);
    n.catalog = map.workload("shop", "catalog", "Deployment", {374, 230}, {R, R, N}, true, true);
    n.cart = map.workload("shop", "cart", "StatefulSet", {608, 230}, {R, R}, false, true);
    n.webService = map.service("shop", "web", "80", {386, 170});
    n.checkoutService = map.service("shop", "checkout", "8080", {620, 170});
    n.catalogService = map.service("shop", "catalog", "8080", {386, 304});
    map.service("shop", "promo", "80", {386, 346}, true);
    n.cartService = map.service("shop", "cart", "6379", {620, 304});
    n.gateway = map.workload("payments", "gateway", "Deployment", {856, 100}, {R, R}, true, true);
    n.ledger = map.workload("payments", "ledger", "StatefulSet", {856, 214}, {R, R, R}, true, false);
    n.postgres = map.workload("data", "postgres", "StatefulSet", {620, 492}, {R, R, R}, true, false);
    n.redis = map.workload("data", "redis", "StatefulSet", {856, 492}, {R, F}, true, false);
    n.coredns = map.workload("kube-system", "coredns", "Deployment", {130, 492}, {R, R}, false, false);
    map.workload("kube-system", options.longName, "DaemonSet", {352, 492}, {R, R, R, P, R}, false, false);
    return n;
}

struct SampleEdges
{
    EdgeId reached, failed, disagreeing, unclear;
};

SampleEdges addEdges(SampleMap &map, const SampleNodes &n)
{
    using enum EdgeKind;
    using enum EdgeVerdict;
    SampleEdges e;
    map.edge(n.world, n.ingress, PolicyPeer, Allowed, {tcp(443)});
    map.edge(n.ingress, n.web, PolicyPeer, Allowed, {tcp(80)});
    map.edge(n.web, n.webService, ServiceEndpoint, NotApplicable, {});
    map.edge(n.checkout, n.checkoutService, ServiceEndpoint, NotApplicable, {});
    map.edge(n.catalog, n.catalogService, ServiceEndpoint, NotApplicable, {});
    map.edge(n.cart, n.cartService, ServiceEndpoint, NotApplicable, {});
    e.disagreeing = map.edge(n.web, n.checkout, PolicyPeer, Allowed, {tcp(8080)});
    e.reached = map.edge(n.catalog, n.cart, PolicyPeer, Allowed, {tcp(6379)});
    e.unclear = map.edge(n.checkout, n.gateway, PolicyPeer, Mixed, {tcp(9443)});
    e.failed = map.edge(n.catalog, n.ledger, PolicyPeer, Denied, {tcp(5432)}, 130);
    map.edge(n.gateway, n.ledger, PolicyPeer, Allowed, {});
    map.edge(n.cart, n.redis, PolicyPeer, Allowed, {tcp(6379)});
    map.edge(n.ledger, n.postgres, PolicyPeer, Allowed, {tcp(5432)});
    map.edge(n.catalog, n.coredns, PolicyPeer, Allowed, {{53, 0, Protocol::Udp, ""}});
    map.edge(n.redis, n.block, PolicyPeer, Unknown, {});
    map.edge(n.postgres, n.redis, Observed, NotApplicable, {tcp(5432)});
    return e;
}

ProbeResult probeOn(const TopologyGraph &graph, EdgeId id, ProbeOutcome outcome, int microseconds)
{
    const auto edge =
        std::find_if(graph.edges.begin(), graph.edges.end(), [id](const GraphEdge &e) { return e.id == id; });
    ProbeResult result;
    result.request = edge->probe;
    result.outcome = outcome;
    result.elapsed = std::chrono::microseconds(microseconds);
    result.at = sampleProbeTime();
    result.tool = "nc";
    return result;
}

std::vector<Finding> sampleFindings(const TopologyGraph &graph)
{
    std::vector<Finding> findings;
    for (const GraphNode &node : graph.nodes) {
        if (node.withoutEndpoints)
            findings.push_back({"service-without-endpoints", Severity::Problem, node.object, {}, {}});
    }
    findings.push_back({"namespace-open-to-all", Severity::Warning, namespaceRef("kube-system"), {}, {}});
    return findings;
}

ClusterStatePtr sampleState(const SampleOptions &options, const TopologyGraph &graph, const SampleEdges &e)
{
    auto state = std::make_shared<ClusterState>();
    state->info = {options.source, options.contextName, "v1.34.4", "https://192.0.2.1:6443", {}};
    if (options.source != SourceKind::Live)
        state->info.recordedAt = sampleNow();
    if (options.unreadablePolicies) {
        const ResourceType policies{"networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", true};
        state->gaps.push_back({policies, "data", {ErrorCode::PermissionDenied, "forbidden", "data"}});
    }
    state->probes = {probeOn(graph, e.disagreeing, ProbeOutcome::Timeout, 2'000'000),
                     probeOn(graph, e.reached, ProbeOutcome::Reached, 1'830),
                     probeOn(graph, e.failed, ProbeOutcome::Timeout, 2'000'000),
                     probeOn(graph, e.unclear, ProbeOutcome::Unknown, 900)};
    return state;
}

TopologyFramePtr framed(SampleMap map, ClusterStatePtr state, std::vector<Finding> findings)
{
    auto frame = std::make_shared<TopologyFrame>();
    indexGraph(map.graph);
    frame->graph = std::make_shared<TopologyGraph>(std::move(map.graph));
    frame->layout = std::make_shared<LayoutResult>(std::move(map.layout));
    frame->nodeFacts = state ? nodeFactsOf(*state) : nullptr;
    frame->state = std::move(state);
    frame->findings = std::make_shared<std::vector<Finding>>(std::move(findings));
    frame->generation = 1;
    return frame;
}

} // namespace

WallTime sampleProbeTime()
{
    return WallTime(std::chrono::milliseconds(1'795'357'800'000)); // 2026-11-22 14:30 UTC
}

WallTime sampleNow()
{
    return sampleProbeTime() + std::chrono::seconds(127);
}

TopologyFramePtr sampleFrame(const MapFonts &fonts, const SampleOptions &options)
{
    SampleMap map(fonts);
    addBoxes(map);
    const SampleNodes nodes = addNodes(map, options);
    const SampleEdges edges = addEdges(map, nodes);
    ClusterStatePtr state = sampleState(options, map.graph, edges);
    if (options.withoutRedis)
        map.remove(nodes.redis);
    map.graph.omissions.totalNamespaces = 6;
    map.graph.omissions.hiddenNamespaces = options.hideMonitoring ? 1 : 0;
    map.graph.omissions.finishedPods = 3;
    map.layout.bounds = {22, 60, 1230, 536};
    std::vector<Finding> findings = sampleFindings(map.graph);
    return framed(std::move(map), std::move(state), std::move(findings));
}

TopologyFramePtr largeFrame(const MapFonts &fonts, int namespaces, int perNamespace)
{
    SampleMap map(fonts);
    const int across = int(std::ceil(std::sqrt(namespaces * 1.6)));
    const int columns = int(std::ceil(std::sqrt(double(perNamespace))));
    const double width = columns * 200.0 + 40, height = columns * 90.0 + 60;
    std::vector<NodeId> all;
    for (int g = 0; g < namespaces; ++g) {
        const std::string name = "team-" + std::to_string(g);
        const int row = g / across;
        const Point corner{(g % across) * (width + 40), row * (height + 40)};
        map.group(name, {corner.x, corner.y, width, height}, 2);
        for (int i = 0; i < perNamespace; ++i) {
            const int line = i / columns;
            const Point at{corner.x + 20 + (i % columns) * 200, corner.y + 45 + line * 90};
            all.push_back(
                map.workload(name, "app-" + std::to_string(i), "Deployment", at, {R, R, N}, true, false));
        }
    }
    // A linear walk with co-prime steps: near and far ends, the same in every run.
    for (std::size_t i = 0; i < all.size() && all.size() > 8; ++i) {
        for (const std::size_t step : {std::size_t(1), std::size_t(all.size() / 3 + 7)})
            map.edge(all[i], all[(i + step) % all.size()], EdgeKind::PolicyPeer,
                     step == 1 ? EdgeVerdict::Allowed : EdgeVerdict::Denied, {tcp(8080)});
    }
    map.layout.bounds = {0, 0, across * (width + 40), std::ceil(double(namespaces) / across) * (height + 40)};
    auto state = std::make_shared<ClusterState>();
    state->info.contextName = "large";
    return framed(std::move(map), std::move(state), {});
}

} // namespace portolan::fakes
