#include "model/graph/observed_edges.h"

#include "model/graph/exposure.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <unordered_map>

namespace portolan::graph {

namespace {

constexpr std::size_t mostPorts = 8;        // of one line; a scan of ports is no picture
constexpr std::size_t mostFlowLines = 2000; // that are drawn for traffic alone

/// Where a probe went: the node on the map, and, where that is a workload, the port that its pods see.
struct Target
{
    NodeId node;
    std::uint32_t workload = none;
    std::uint16_t port = 0;
};

bool covers(const GraphEdge &edge, Protocol protocol, std::uint16_t number)
{
    return edge.ports.empty() || std::any_of(edge.ports.begin(), edge.ports.end(), [&](const EdgePort &port) {
               const std::uint16_t last = std::max(port.number, port.endNumber);
               return port.protocol == protocol &&
                      (port.number == 0 || (port.number <= number && number <= last));
           });
}

EdgeVerdict together(EdgeVerdict a, EdgeVerdict b)
{
    if (a == b)
        return a;
    return a == EdgeVerdict::Unknown || b == EdgeVerdict::Unknown ? EdgeVerdict::Unknown : EdgeVerdict::Mixed;
}

class ObservedDrawer
{
public:
    ObservedDrawer(Reaches &reaches, const ServiceIndex &services, const std::vector<GraphEdge> &drawn)
        : m_reaches(reaches),
          m_cluster(reaches.cluster()),
          m_services(services)
    {
        for (const GraphEdge &edge : drawn) {
            m_drawn.emplace(std::pair(edge.from, edge.to), &edge);
            if (edge.probe.source.isValid())
                m_asked.emplace(questionOf(edge.probe));
        }
    }

    ObservedDrawing draw()
    {
        for (const ProbeResult &probe : m_cluster.state().probes)
            add(probe.request);
        ObservedDrawing drawing;
        if (const FlowLogPtr &log = m_cluster.state().flows)
            drawing.flowsNotDrawn = log->leftOut + addFlows(*log);
        for (auto &[ids, edge] : m_edges)
            drawing.edges.push_back(std::move(edge));
        for (auto &[id, node] : m_outside)
            drawing.nodes.push_back(std::move(node));
        for (auto &[edge, flows] : m_traffic)
            drawing.traffic.push_back({edge, std::move(flows)});
        return drawing;
    }

private:
    /// How many of them are not drawn.
    std::uint32_t addFlows(const FlowLog &log)
    {
        for (const auto &machine : m_cluster.state().nodes)
            m_machines.insert(machine->internalIps.begin(), machine->internalIps.end());
        std::uint32_t notDrawn = 0;
        for (std::uint32_t i = 0; i < log.flows.size(); ++i) {
            const EdgeId edge = edgeFor(log.flows[i]);
            if (edge.isValid())
                m_traffic[edge].push_back(i);
            else
                ++notDrawn;
        }
        return notDrawn;
    }

    /// The line that the traffic goes along, drawn already or new; not valid where it has none.
    EdgeId edgeFor(const ObservedFlow &flow)
    {
        const Pod *source = podOf(flow.source);
        const std::uint32_t from = source ? m_cluster.workloadOf(*source) : none;
        if (source ? from == none : !isOutside(flow.source))
            return {};
        const NodeId fromNode = source ? m_cluster.workloads()[from].node : worldId();
        ProbeRequest request{{}, {}, flow.destination, flow.port, flow.protocol, methodOf(flow)};
        if (source && flow.protocol != Protocol::Sctp) // no tool asks that
            request.source = refOf(*source);
        Target target{worldId(), none, flow.port};
        if (!isOutside(flow.destination))
            target = isOnMap(flow.destination) ? targetOf(request) : Target{};
        if (!target.node.isValid() || target.node == fromNode)
            return {};
        if (const auto drawn = m_drawn.find({fromNode, target.node});
            drawn != m_drawn.end() && covers(*drawn->second, request.protocol, target.port))
            return drawn->second->id;
        if (!m_edges.contains({fromNode, target.node}) && m_edges.size() >= mostFlowLines)
            return {};
        return addEdge(request, from, fromNode, target);
    }

    static ProbeMethod methodOf(const ObservedFlow &flow)
    {
        return flow.protocol != Protocol::Udp ? ProbeMethod::Tcp
               : flow.port == 53              ? ProbeMethod::Dns
                                              : ProbeMethod::Udp;
    }

    const Pod *podOf(const ObjectRef &end) const
    {
        return end.kind == ObjectKind::Pod ? m_cluster.pod(end.ns, end.name) : m_cluster.podWithIp(end.name);
    }

    /// An address that is nobody's in the cluster. A pod's that is gone looks the same; but logs name pods.
    bool isOutside(const ObjectRef &end) const
    {
        return end.type == "Address" && !m_machines.contains(end.name) && !m_cluster.podWithIp(end.name) &&
               !serviceWithIp(end.name);
    }

    bool isOnMap(const ObjectRef &end) const
    {
        return end.kind == ObjectKind::Pod || m_cluster.podWithIp(end.name) || serviceWithIp(end.name);
    }

    const ServiceEntry *serviceWithIp(std::string_view ip) const
    {
        if (!m_serviceOfIp) {
            m_serviceOfIp.emplace();
            for (const ServiceEntry &service : m_services.services()) {
                for (const std::string &one : service.object->clusterIps)
                    m_serviceOfIp->emplace(one, &service);
            }
        }
        const auto found = m_serviceOfIp->find(ip);
        return found == m_serviceOfIp->end() ? nullptr : found->second;
    }

    void add(const ProbeRequest &request)
    {
        const Pod *source = m_cluster.pod(request.source.ns, request.source.name);
        const std::uint32_t from = source ? m_cluster.workloadOf(*source) : none;
        const Target target = targetOf(request);
        if (from == none || !target.node.isValid() || target.workload == from)
            return;
        const NodeId fromNode = m_cluster.workloads()[from].node;
        // The question of a line that stands for many pods: its answer belongs to that line.
        if (m_asked.contains(questionOf(request)))
            return;
        const auto drawn = m_drawn.find({fromNode, target.node});
        if (drawn != m_drawn.end() && covers(*drawn->second, request.protocol, target.port))
            return;
        if (target.workload == none)
            addOutside(request, target);
        addEdge(request, from, fromNode, target);
    }

    EdgeId addEdge(const ProbeRequest &request, std::uint32_t from, NodeId fromNode, const Target &target)
    {
        const EdgeVerdict verdict =
            from == none || target.workload == none
                ? EdgeVerdict::NotApplicable
                : m_reaches.verdict(from, target.workload, request.protocol, target.port);
        const auto [at, isNew] = m_edges.try_emplace({fromNode, target.node});
        GraphEdge &edge = at->second;
        if (isNew) {
            edge.kind = EdgeKind::Observed;
            edge.from = fromNode;
            edge.to = target.node;
            edge.id = edgeIdOf(edge.kind, edge.from, edge.to);
            edge.verdict = verdict;
            edge.probe = request;
        }
        const EdgePort port{target.port, 0, request.protocol, {}};
        const bool known = std::find(edge.ports.begin(), edge.ports.end(), port) != edge.ports.end();
        if (!known && edge.ports.size() < mostPorts) {
            edge.ports.push_back(port);
            edge.verdict = together(edge.verdict, verdict);
        }
        return edge.id;
    }

    Target targetOf(const ProbeRequest &request) const
    {
        const ObjectRef &destination = request.destination;
        if (destination.kind == ObjectKind::Pod) {
            const Pod *pod = m_cluster.pod(destination.ns, destination.name);
            return pod ? podTarget(*pod, request.port) : Target{};
        }
        if (destination.kind == ObjectKind::Service) {
            const ServiceEntry *service = m_services.service(destination.ns, destination.name);
            return service ? serviceTarget(*service, request) : Target{};
        }
        if (const Pod *pod = m_cluster.podWithIp(destination.name))
            return podTarget(*pod, request.port);
        if (const ServiceEntry *service = serviceWithIp(destination.name))
            return serviceTarget(*service, request);
        return {nodeIdOf(NodeKind::IpBlock, addressRef(request)), none, request.port};
    }

    Target podTarget(const Pod &pod, std::uint16_t port) const
    {
        const std::uint32_t workload = m_cluster.workloadOf(pod);
        return workload == none ? Target{} : Target{m_cluster.workloads()[workload].node, workload, port};
    }

    /// Policies are about pods and their ports, after the service's translation.
    Target serviceTarget(const ServiceEntry &service, const ProbeRequest &request) const
    {
        if (service.backings.empty())
            return {service.node, none, request.port};
        const Backing &backing = service.backings.front();
        Target target{m_cluster.workloads()[backing.workload].node, backing.workload, request.port};
        for (const ServedPort &port : backing.ports) {
            if (port.servicePort == request.port && port.protocol == request.protocol && port.podPort != 0)
                target.port = port.podPort;
        }
        return target;
    }

    using Question = std::tuple<ObjectRef, ObjectRef, std::uint16_t, Protocol>;
    static Question questionOf(const ProbeRequest &request)
    {
        return {request.source, request.destination, request.port, request.protocol};
    }

    static ObjectRef addressRef(const ProbeRequest &request)
    {
        return {ObjectKind::Other, "Address", {}, request.destination.name};
    }

    void addOutside(const ProbeRequest &request, const Target &target)
    {
        if (request.destination.kind == ObjectKind::Service)
            return; // its pill is on the map
        GraphNode node;
        node.id = target.node;
        node.kind = NodeKind::IpBlock;
        node.object = addressRef(request);
        node.label = request.destination.name;
        m_outside.emplace(node.id, std::move(node));
    }

    Reaches &m_reaches;
    const ClusterIndex &m_cluster;
    const ServiceIndex &m_services;
    std::map<std::pair<NodeId, NodeId>, const GraphEdge *> m_drawn;
    std::set<Question> m_asked;
    std::map<std::pair<NodeId, NodeId>, GraphEdge> m_edges;
    std::map<NodeId, GraphNode> m_outside;
    std::set<std::string_view> m_machines; ///< addresses of nodes
    mutable std::optional<std::unordered_map<std::string_view, const ServiceEntry *>> m_serviceOfIp;
    std::map<EdgeId, std::vector<std::uint32_t>> m_traffic;
};

} // namespace

ObservedDrawing drawObserved(Reaches &reaches, const ServiceIndex &services,
                             const std::vector<GraphEdge> &drawn)
{
    return ObservedDrawer(reaches, services, drawn).draw();
}

} // namespace portolan::graph
