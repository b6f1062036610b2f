#include "model/graph/observed_edges.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace portolan::graph {

namespace {

constexpr std::size_t mostPorts = 8; // of one line; a scan of ports is no picture

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
        for (auto &[ids, edge] : m_edges)
            drawing.edges.push_back(std::move(edge));
        for (auto &[id, node] : m_outside)
            drawing.nodes.push_back(std::move(node));
        return drawing;
    }

private:
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

    void addEdge(const ProbeRequest &request, std::uint32_t from, NodeId fromNode, const Target &target)
    {
        const EdgeVerdict verdict =
            target.workload == none ? EdgeVerdict::NotApplicable
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
        for (const ServiceEntry &service : m_services.services()) {
            const auto &ips = service.object->clusterIps;
            if (std::find(ips.begin(), ips.end(), destination.name) != ips.end())
                return serviceTarget(service, request);
        }
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
};

} // namespace

ObservedDrawing drawObserved(Reaches &reaches, const ServiceIndex &services,
                             const std::vector<GraphEdge> &drawn)
{
    return ObservedDrawer(reaches, services, drawn).draw();
}

} // namespace portolan::graph
