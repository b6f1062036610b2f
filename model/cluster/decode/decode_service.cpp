#include "model/cluster/decode/decode_object.h"

namespace portolan::decoding {

namespace {

ServiceType decodeServiceType(Cursor value)
{
    const std::string_view name = value.text();
    if (name.empty())
        return ServiceType::ClusterIp;
    for (const ServiceType type : {ServiceType::ClusterIp, ServiceType::NodePort, ServiceType::LoadBalancer,
                                   ServiceType::ExternalName}) {
        if (serviceTypeName(type) == name)
            return type;
    }
    value.odd("\"" + std::string(name) + "\" is no type of Service that is known here");
}

std::vector<ServicePort> decodePorts(Cursor list)
{
    std::vector<ServicePort> ports;
    list.elements([&](Cursor element) {
        ServicePort &port = ports.emplace_back();
        element.fields([&](std::string_view key, Cursor field) {
            if (key == "name")
                field.read(port.name);
            else if (key == "protocol")
                port.protocol = decodeProtocol(field);
            else if (key == "port")
                port.port = field.integer<std::uint16_t>();
            else if (key == "targetPort")
                port.targetPort = decodePortRef(field);
            else if (key == "nodePort")
                port.nodePort = field.integer<std::uint16_t>();
            else if (key == "appProtocol")
                field.read(port.appProtocol);
        });
        const bool unset = port.targetPort == PortRef(std::uint16_t{0}) || port.targetPort == PortRef("");
        if (unset)
            port.targetPort = port.port;
    });
    return ports;
}

void decodeSpec(Cursor spec, Service &service)
{
    std::string clusterIp;
    spec.fields([&](std::string_view key, Cursor field) {
        if (key == "type")
            service.type = decodeServiceType(field);
        else if (key == "clusterIPs")
            service.clusterIps = decodeTexts(field);
        else if (key == "clusterIP")
            field.read(clusterIp);
        else if (key == "externalName")
            field.read(service.externalName);
        else if (key == "selector")
            service.selector = decodeTextMap(field);
        else if (key == "ports")
            service.ports = decodePorts(field);
        else if (key == "externalIPs")
            service.externalIps = decodeTexts(field);
        else if (key == "publishNotReadyAddresses")
            service.publishNotReadyAddresses = field.boolean();
        else if (key == "externalTrafficPolicy")
            field.read(service.externalTrafficPolicy);
        else if (key == "internalTrafficPolicy")
            field.read(service.internalTrafficPolicy);
        else if (key == "sessionAffinity")
            field.read(service.sessionAffinity);
    });
    // Servers before dual-stack fill in clusterIP alone.
    if (service.clusterIps.empty() && !clusterIp.empty())
        service.clusterIps.push_back(clusterIp);
    if (service.type == ServiceType::ExternalName)
        service.clusterIps.clear();
}

} // namespace

AnyObject decodeService(ObjectCursor object, Context &context)
{
    auto service = std::make_shared<Service>();
    object.fields([&](std::string_view key, Cursor field) {
        if (key == "metadata") {
            service->meta = decodeMeta(field, context);
        } else if (key == "spec") {
            decodeSpec(field, *service);
        } else if (key == "status") {
            field.fields([&](std::string_view name, Cursor value) {
                if (name == "loadBalancer")
                    service->loadBalancerAddresses = decodeLoadBalancer(value);
            });
        }
    });
    return std::shared_ptr<const Service>(std::move(service));
}

} // namespace portolan::decoding
