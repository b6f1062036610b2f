#include "model/graph/exposure.h"
#include "model/graph/observed_edges.h"
#include "model/graph/policy_edges.h"
#include "model/graph/service_index.h"
#include "model/graph/views.h"

#include <algorithm>

namespace portolan::graph {

namespace {

std::string portsText(const Service &service)
{
    constexpr std::size_t most = 3;
    std::string text;
    for (std::size_t i = 0; i < service.ports.size() && i < most; ++i) {
        const ServicePort &port = service.ports[i];
        text += i ? "," : "";
        if (service.type == ServiceType::NodePort && port.nodePort != 0)
            text += std::to_string(port.nodePort) + "→";
        text += std::to_string(port.port);
        if (port.protocol != Protocol::Tcp)
            text += "/" + std::string(protocolName(port.protocol));
    }
    if (service.ports.size() > most)
        text += " +" + std::to_string(service.ports.size() - most);
    return text;
}

std::string serviceDetail(const Service &service)
{
    if (service.type == ServiceType::ExternalName)
        return "→ " + service.externalName;
    if (service.type == ServiceType::LoadBalancer)
        return "lb " + portsText(service);
    return portsText(service);
}

std::string ingressDetail(const Ingress &ingress)
{
    std::vector<std::string> hosts;
    for (const IngressPath &path : ingress.paths) {
        const std::string host = path.host.empty() ? "*" : path.host;
        if (std::find(hosts.begin(), hosts.end(), host) == hosts.end())
            hosts.push_back(host);
    }
    if (hosts.empty())
        return "*";
    const std::string more = hosts.size() > 1 ? " +" + std::to_string(hosts.size() - 1) : "";
    return hosts.front() + more;
}

class ServicesView
{
public:
    ServicesView(const policy::PolicyModel &policies, const GraphOptions &options, TopologyGraph &graph)
        : m_options(options),
          m_graph(graph),
          m_cluster(policies.endpoints().state()),
          m_services(m_cluster),
          m_reaches(m_cluster, policies)
    {
    }

    void build()
    {
        addGroups();
        addWorkloads();
        addServices();
        addIngresses();
        for (GraphEdge &edge : exposureEdges(m_reaches, m_services))
            m_graph.edges.push_back(std::move(edge));
        addPolicies();
        addOutside();
        dropHidden();
    }

private:
    bool isHidden(std::uint32_t ns) const
    {
        return m_options.hiddenNamespaces.contains(std::string(m_cluster.namespaces()[ns].name));
    }

    void addGroups()
    {
        m_graph.omissions.totalNamespaces = std::uint32_t(m_cluster.namespaces().size());
        m_graph.omissions.finishedPods = m_cluster.finishedPods();
        for (std::uint32_t i = 0; i < m_cluster.namespaces().size(); ++i) {
            const NamespaceEntry &ns = m_cluster.namespaces()[i];
            GraphGroup group;
            group.id = ns.group;
            group.object = ns.ref;
            group.label = ns.name;
            group.policyCount = ns.policyCount;
            group.openToAll = isOpenToAll(i);
            group.folded = isHidden(i);
            m_graph.omissions.hiddenNamespaces += group.folded ? 1 : 0;
            m_graph.groups.push_back(std::move(group));
        }
    }

    void addWorkloads()
    {
        for (const WorkloadEntry &entry : m_cluster.workloads()) {
            GraphNode node;
            node.id = entry.node;
            node.kind = entry.ref.kind == ObjectKind::Pod ? NodeKind::Pod : NodeKind::Workload;
            node.object = entry.ref;
            node.group = m_cluster.namespaces()[entry.ns].group;
            node.label = entry.ref.name;
            node.detail = entry.ref.type;
            node.pods.reserve(entry.pods.size());
            for (const Pod *pod : entry.pods)
                node.pods.push_back({refOf(*pod), healthOf(*pod)});
            setIsolation(node, std::uint32_t(&entry - m_cluster.workloads().data()));
            m_graph.nodes.push_back(std::move(node));
        }
    }

    /// No policy applies to pods on the host's network.
    void setIsolation(GraphNode &node, std::uint32_t workload) const
    {
        const auto &pods = m_cluster.workloads()[workload].pods;
        if (std::any_of(pods.begin(), pods.end(), [](const Pod *pod) { return pod->hostNetwork; }))
            return;
        node.ingressIsolated = m_reaches.isIsolated(workload, policy::Direction::Ingress);
        node.egressIsolated = m_reaches.isIsolated(workload, policy::Direction::Egress);
    }

    /// Pods, and certainly no policy that isolates one of them for ingress.
    bool isOpenToAll(std::uint32_t ns) const
    {
        const NamespaceEntry &space = m_cluster.namespaces()[ns];
        bool pods = false;
        for (std::uint32_t i = space.firstWorkload; i < space.endWorkload; ++i) {
            pods = pods || (m_reaches.takesPart(i) && !m_cluster.workloads()[i].pods.empty());
            if (m_reaches.mayBeIsolated(i, policy::Direction::Ingress))
                return false;
        }
        return pods;
    }

    void addServices()
    {
        for (const ServiceEntry &entry : m_services.services()) {
            GraphNode node;
            node.id = entry.node;
            node.kind = NodeKind::Service;
            node.object = refOf(*entry.object);
            node.group = m_cluster.namespaces()[entry.ns].group;
            node.label = entry.object->meta.name;
            node.detail = serviceDetail(*entry.object);
            node.withoutEndpoints = entry.withoutEndpoints;
            if (entry.home != none)
                node.attachedTo = m_cluster.workloads()[entry.home].node;
            m_graph.nodes.push_back(std::move(node));
        }
    }

    void addIngresses()
    {
        for (const auto &ingress : m_cluster.state().ingresses) {
            GraphNode node;
            node.kind = NodeKind::Ingress;
            node.object = refOf(*ingress);
            node.id = nodeIdOf(node.kind, node.object);
            node.group = m_cluster.namespaces()[m_cluster.namespaceAt(ingress->meta.ns)].group;
            node.label = ingress->meta.name;
            node.detail = ingressDetail(*ingress);
            m_graph.nodes.push_back(std::move(node));
        }
    }

    void addPolicies()
    {
        PolicyDrawing policies = drawEnforced();
        m_graph.omissions.edgesDeniedToMany = policies.deniedToMany;
        m_graph.omissions.edgesOpenToAll = policies.openToAll;
        m_graph.omissions.edgesToSelf = policies.toSelf;
        m_graph.omissions.rulesForSctp = policies.forSctp;
        ObservedDrawing observed = drawObserved(m_reaches, m_services, policies.edges);
        m_graph.traffic = std::move(observed.traffic);
        m_graph.omissions.flowsNotDrawn = observed.flowsNotDrawn;
        for (std::vector<GraphNode> *nodes : {&policies.nodes, &observed.nodes})
            std::move(nodes->begin(), nodes->end(), std::back_inserter(m_graph.nodes));
        for (std::vector<GraphEdge> *edges : {&policies.edges, &observed.edges})
            std::move(edges->begin(), edges->end(), std::back_inserter(m_graph.edges));
    }

    PolicyDrawing drawEnforced()
    {
        const policy::PolicyModel &model = m_reaches.model();
        m_graph.policiesAreEnforced = model.enforcer().enforcer != policy::Enforcer::None;
        if (m_graph.policiesAreEnforced)
            return drawPolicies(m_reaches, m_services, true);
        // What the policies would come to, had they somebody who made them true.
        const ClusterStatePtr state(ClusterStatePtr(), &m_cluster.state());
        const auto meant = policy::PolicyModel::make(state, {.enforcer = policy::Enforcer::Generic});
        Reaches reaches(m_cluster, *meant);
        return drawPolicies(reaches, m_services, false);
    }

    /// The world, where something is open to it.
    void addOutside()
    {
        const NodeId world = worldId();
        const bool used = std::any_of(m_graph.edges.begin(), m_graph.edges.end(), [&](const GraphEdge &edge) {
            return edge.from == world || edge.to == world;
        });
        if (!used)
            return;
        GraphNode node;
        node.id = world;
        node.kind = NodeKind::World;
        node.label = "world";
        m_graph.nodes.push_back(std::move(node));
    }

    /// Hidden namespaces keep their (folded) group; their nodes go, and edges to them are counted.
    void dropHidden();

    const GraphOptions &m_options;
    TopologyGraph &m_graph;
    ClusterIndex m_cluster;
    ServiceIndex m_services;
    Reaches m_reaches;
};

void ServicesView::dropHidden()
{
    if (m_graph.omissions.hiddenNamespaces == 0)
        return;
    std::unordered_map<GroupId, bool> folded;
    for (const GraphGroup &group : m_graph.groups)
        folded[group.id] = group.folded;
    std::unordered_map<NodeId, bool> hidden;
    for (const GraphNode &node : m_graph.nodes)
        hidden[node.id] = node.group.isValid() && folded[node.group];
    const auto touchesHidden = [&](const GraphEdge &edge) { return hidden[edge.from] || hidden[edge.to]; };
    // An edge from the inside of what is hidden to its inside is not one "to hidden".
    for (const GraphEdge &edge : m_graph.edges) {
        if (hidden[edge.from] != hidden[edge.to])
            ++m_graph.omissions.edgesToHidden;
    }
    std::erase_if(m_graph.edges, touchesHidden);
    std::unordered_map<NodeId, bool> used;
    for (const GraphEdge &edge : m_graph.edges)
        used[edge.from] = used[edge.to] = true;
    std::erase_if(m_graph.nodes, [&](const GraphNode &node) {
        return hidden[node.id] || (!node.group.isValid() && !used[node.id]);
    });
}

} // namespace

void buildServicesView(const policy::PolicyModel &policies, const GraphOptions &options, TopologyGraph &graph)
{
    ServicesView(policies, options, graph).build();
}

} // namespace portolan::graph
