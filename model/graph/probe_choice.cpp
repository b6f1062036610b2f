#include "model/graph/probe_choice.h"

#include <algorithm>

namespace portolan::graph {

namespace {

constexpr std::uint32_t mostNeighbours = 16; // looked at for a service's probe

const Pod *askingPod(const WorkloadEntry &workload)
{
    for (const Pod *pod : workload.pods) {
        if (pod->phase == PodPhase::Running && pod->ready && !pod->meta.terminating)
            return pod;
    }
    return nullptr;
}

const Pod *answeringPod(const WorkloadEntry &workload)
{
    if (const Pod *ready = askingPod(workload))
        return ready;
    for (const Pod *pod : workload.pods) {
        if (!pod->ips.empty())
            return pod;
    }
    return nullptr;
}

ProbeMethod methodFor(Protocol protocol, std::uint16_t port)
{
    if (protocol == Protocol::Udp)
        return port == 53 ? ProbeMethod::Dns : ProbeMethod::Udp;
    return ProbeMethod::Tcp;
}

bool admits(const std::vector<EdgePort> &ports, Protocol protocol, std::uint16_t number)
{
    return ports.empty() || std::any_of(ports.begin(), ports.end(), [&](const EdgePort &port) {
               const std::uint16_t last = std::max(port.number, port.endNumber);
               return port.protocol == protocol &&
                      (port.number == 0 || (port.number <= number && number <= last));
           });
}

/// Sets the destination and port; false where there is none to ask. There is no tool for SCTP.
bool aim(ProbeRequest &request, ObjectRef destination, Protocol protocol, std::uint16_t port)
{
    if (port == 0 || protocol == Protocol::Sctp)
        return false;
    request.destination = std::move(destination);
    request.protocol = protocol;
    request.port = port;
    request.method = methodFor(protocol, port);
    return true;
}

bool aimAtService(ProbeRequest &request, const ServiceIndex &services, std::uint32_t destination,
                  const std::vector<EdgePort> &ports)
{
    for (const std::uint32_t place : services.servicesOf(destination)) {
        const ServiceEntry &service = services.services()[place];
        for (const Backing &backing : service.backings) {
            if (backing.workload != destination)
                continue;
            for (const ServedPort &served : backing.ports) {
                if (admits(ports, served.protocol, served.podPort) &&
                    aim(request, refOf(*service.object), served.protocol, served.servicePort))
                    return true;
            }
        }
    }
    return false;
}

bool aimAtPod(ProbeRequest &request, const WorkloadEntry &workload, const std::vector<EdgePort> &ports)
{
    const Pod *pod = answeringPod(workload);
    if (!pod)
        return false;
    for (const EdgePort &port : ports) {
        if (aim(request, refOf(*pod), port.protocol, port.number))
            return true;
    }
    for (const Container &container : pod->containers) {
        for (const ContainerPort &port : container.ports) {
            if (admits(ports, port.protocol, port.number) &&
                aim(request, refOf(*pod), port.protocol, port.number))
                return true;
        }
    }
    return false;
}

bool isBehind(const ServiceEntry &service, std::uint32_t workload)
{
    return std::any_of(service.backings.begin(), service.backings.end(),
                       [&](const Backing &backing) { return backing.workload == workload; });
}

/// False where policies deny it for every pod behind the port.
bool mayReach(Reaches &reaches, std::uint32_t from, const ServiceEntry &service, const ServicePort &port)
{
    for (const Backing &backing : service.backings) {
        for (const ServedPort &served : backing.ports) {
            if (served.servicePort == port.port && served.protocol == port.protocol &&
                reaches.verdict(from, backing.workload, served.protocol, served.podPort) !=
                    EdgeVerdict::Denied)
                return true;
        }
    }
    return false;
}

const Pod *neighbourOf(Reaches &reaches, const ServiceEntry &service, const ServicePort &port)
{
    const NamespaceEntry &space = reaches.cluster().namespaces()[service.ns];
    const Pod *any = nullptr;
    std::uint32_t looked = 0;
    for (const bool behind : {false, true}) {
        for (std::uint32_t i = space.firstWorkload; i < space.endWorkload && looked < mostNeighbours; ++i) {
            const Pod *pod = askingPod(reaches.cluster().workloads()[i]);
            if (!pod || isBehind(service, i) != behind)
                continue;
            ++looked;
            if (mayReach(reaches, i, service, port))
                return pod;
            any = any ? any : pod;
        }
    }
    return any;
}

} // namespace

ProbeRequest chooseProbe(const ClusterIndex &cluster, const ServiceIndex &services,
                         std::span<const std::uint32_t> sources, std::uint32_t destination,
                         const std::vector<EdgePort> &ports)
{
    const Pod *source = nullptr;
    for (std::size_t i = 0; !source && i < sources.size(); ++i) {
        if (sources[i] != destination || sources.size() == 1)
            source = askingPod(cluster.workloads()[sources[i]]);
    }
    if (!source)
        return {};
    ProbeRequest request;
    if (!aimAtService(request, services, destination, ports) &&
        !aimAtPod(request, cluster.workloads()[destination], ports))
        return {};
    request.source = refOf(*source);
    return request;
}

ProbeRequest chooseServiceProbe(Reaches &reaches, const ServiceEntry &service)
{
    for (const ServicePort &port : service.object->ports) {
        ProbeRequest request;
        if (!aim(request, refOf(*service.object), port.protocol, port.port))
            continue;
        const Pod *source = neighbourOf(reaches, service, port);
        if (!source)
            return {};
        request.source = refOf(*source);
        return request;
    }
    return {};
}

} // namespace portolan::graph
