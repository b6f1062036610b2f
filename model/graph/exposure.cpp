#include "model/graph/exposure.h"

#include "model/graph/probe_choice.h"

#include <algorithm>
#include <map>

namespace portolan::graph {

namespace {

GraphEdge edgeBetween(EdgeKind kind, NodeId from, NodeId to)
{
    GraphEdge edge;
    edge.kind = kind;
    edge.from = from;
    edge.to = to;
    edge.id = edgeIdOf(kind, from, to);
    return edge;
}

void addPort(GraphEdge &edge, const EdgePort &port)
{
    if (std::find(edge.ports.begin(), edge.ports.end(), port) == edge.ports.end())
        edge.ports.push_back(port);
}

GraphEdge endpointEdge(Reaches &reaches, const ServiceEntry &service, const Backing &backing)
{
    GraphEdge edge = edgeBetween(EdgeKind::ServiceEndpoint, service.node,
                                 reaches.cluster().workloads()[backing.workload].node);
    for (const ServedPort &port : backing.ports)
        addPort(edge, {port.podPort, 0, port.protocol, {}});
    edge.because.push_back(refOf(*service.object));
    for (const EndpointSlice *slice : service.slices)
        edge.because.push_back(refOf(*slice));
    edge.probe = chooseServiceProbe(reaches, service);
    return edge;
}

bool isOpenToWorld(const Service &service)
{
    return service.type == ServiceType::NodePort || service.type == ServiceType::LoadBalancer ||
           !service.externalIps.empty();
}

/// Port numbers as the world sees them: the node's for a NodePort service, else the service's own.
GraphEdge worldToService(const ServiceEntry &service)
{
    GraphEdge edge = edgeBetween(EdgeKind::IngressService, worldId(), service.node);
    for (const ServicePort &port : service.object->ports) {
        const bool byNode = service.object->type == ServiceType::NodePort && port.nodePort != 0;
        addPort(edge, {byNode ? port.nodePort : port.port, 0, port.protocol, {}});
    }
    edge.because.push_back(refOf(*service.object));
    return edge;
}

EdgePort servicePort(const Service &service, const PortRef &wanted)
{
    if (const auto *number = std::get_if<std::uint16_t>(&wanted))
        return {*number, 0, Protocol::Tcp, {}};
    const std::string &name = std::get<std::string>(wanted);
    for (const ServicePort &port : service.ports) {
        if (port.name == name)
            return {port.port, 0, port.protocol, name};
    }
    return {0, 0, Protocol::Tcp, name};
}

void addIngressEdges(const Ingress &ingress, const ServiceIndex &services, std::vector<GraphEdge> &edges)
{
    const ObjectRef ref = refOf(ingress);
    const NodeId node = nodeIdOf(NodeKind::Ingress, ref);
    std::map<NodeId, GraphEdge> own;
    const auto add = [&](const IngressBackend &backend) {
        const ServiceEntry *service = services.service(ingress.meta.ns, backend.serviceName);
        if (!service)
            return;
        auto at = own.find(service->node);
        if (at == own.end()) {
            at = own.emplace(service->node, edgeBetween(EdgeKind::IngressService, node, service->node)).first;
            at->second.because = {ref, refOf(*service->object)};
        }
        addPort(at->second, servicePort(*service->object, backend.servicePort));
    };
    for (const IngressPath &path : ingress.paths)
        add(path.backend);
    if (ingress.defaultBackend)
        add(*ingress.defaultBackend);
    for (auto &[to, edge] : own)
        edges.push_back(std::move(edge));

    GraphEdge outside = edgeBetween(EdgeKind::IngressService, worldId(), node);
    outside.ports.push_back({std::uint16_t(ingress.tlsSecretNames.empty() ? 80 : 443), 0, Protocol::Tcp, {}});
    outside.because.push_back(ref);
    edges.push_back(std::move(outside));
}

} // namespace

NodeId worldId()
{
    return nodeIdOf(NodeKind::World, {});
}

std::vector<GraphEdge> exposureEdges(Reaches &reaches, const ServiceIndex &services)
{
    std::vector<GraphEdge> edges;
    for (const ServiceEntry &service : services.services()) {
        for (const Backing &backing : service.backings)
            edges.push_back(endpointEdge(reaches, service, backing));
        if (isOpenToWorld(*service.object))
            edges.push_back(worldToService(service));
    }
    for (const auto &ingress : reaches.cluster().state().ingresses)
        addIngressEdges(*ingress, services, edges);
    return edges;
}

} // namespace portolan::graph
