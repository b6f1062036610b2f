#include "model/probe/prober.h"

#include "model/probe/probe_host.h"

#include <algorithm>
#include <set>

namespace portolan {

namespace {

constexpr std::string_view ourContainers = "portolan-";

std::string joined(const std::vector<std::string> &parts)
{
    std::string all;
    for (const std::string &part : parts)
        all += (all.empty() ? "" : ", ") + part;
    return all;
}

class Planner
{
public:
    Planner(const ClusterState &state, const ProbeRequest &request) : m_state(state)
    {
        m_plan.request = request;
    }

    Result<ProbePlan> plan();

private:
    Result<void> planSource();
    Result<void> pickContainer(const Pod &pod);
    Result<void> planDestination();
    Result<void> planService(const Service &service);
    Result<void> planExternalName(const Service &service);
    Result<const ServicePort *> pickPort(const Service &service);
    void planName(const Service &service);
    void planEndpoints(const Service &service, const ServicePort &port);
    std::vector<ProbePlan::Step> usableEndpoints(const Service &service, const ServicePort &port) const;
    void remarkOnEndpoints(const Service &service, const std::vector<ProbePlan::Step> &usable);
    Result<void> planPod(const Pod &pod);
    Result<void> planAddress(const std::string &host, const ObjectRef &endpoint);
    void add(ProbeStepKind kind, std::string host, std::uint16_t port, ObjectRef endpoint = {})
    {
        m_plan.steps.push_back({kind, std::move(host), port, std::move(endpoint)});
    }
    Error error(ErrorCode code, std::string detail) const
    {
        return {code, std::move(detail), m_plan.request.destination.toString()};
    }

    const ClusterState &m_state;
    const Pod *m_source = nullptr;
    ProbePlan m_plan;
};

Result<ProbePlan> Planner::plan()
{
    ProbeRequest &request = m_plan.request;
    if (request.protocol == Protocol::Sctp)
        return error(ErrorCode::Unsupported, "SCTP cannot be probed");
    if (request.method == ProbeMethod::Udp)
        request.protocol = Protocol::Udp;
    else if (request.protocol == Protocol::Udp && request.method == ProbeMethod::Tcp)
        request.method = ProbeMethod::Udp;
    if (auto done = planSource(); !done)
        return done.error();
    if (auto done = planDestination(); !done)
        return done.error();
    return std::move(m_plan);
}

Result<void> Planner::planSource()
{
    const ObjectRef &ref = m_plan.request.source;
    if (ref.kind != ObjectKind::Pod)
        return Error{ErrorCode::InvalidInput, "a probe starts in a pod", ref.toString()};
    m_source = m_state.pods.find(ref.ns, ref.name);
    if (!m_source)
        return Error{ErrorCode::NotFound, "the source pod is not in the cluster", ref.toString()};
    if (m_source->phase != PodPhase::Running) {
        std::string detail = "the source pod does not run: " + std::string(podPhaseName(m_source->phase));
        if (!m_source->reason.empty())
            detail += ", " + m_source->reason;
        return Error{ErrorCode::Conflict, detail, ref.toString()};
    }
    return pickContainer(*m_source);
}

Result<void> Planner::pickContainer(const Pod &pod)
{
    const std::string &wanted = m_plan.request.container;
    const Container *picked = nullptr;
    for (const Container &container : pod.containers) {
        if (container.role == Container::Role::Ephemeral && container.running &&
            container.name.starts_with(ourContainers)) {
            m_plan.spareContainer = container.name;
            m_plan.spareImage = container.image;
        }
        const bool isFirstApp =
            wanted.empty() && !picked && container.role == Container::Role::App && container.running;
        if (isFirstApp || (!wanted.empty() && container.name == wanted))
            picked = &container;
    }
    const std::string where = m_plan.request.source.toString();
    if (!picked && wanted.starts_with(ourContainers)) {
        // Just added: the watch may not have told of it yet.
        m_plan.container = wanted;
        return {};
    }
    if (!picked && wanted.empty())
        return Error{ErrorCode::Conflict, "no container of the source pod runs", where};
    if (!picked)
        return Error{ErrorCode::NotFound, "the pod has no container \"" + wanted + "\"", where};
    if (!picked->running)
        return Error{ErrorCode::Conflict,
                     "container \"" + wanted + "\" does not run" +
                         (picked->reason.empty() ? "" : ": " + picked->reason),
                     where};
    m_plan.container = picked->name;
    m_plan.image = picked->image;
    m_plan.request.container = picked->name;
    return {};
}

Result<void> Planner::planDestination()
{
    const ObjectRef &ref = m_plan.request.destination;
    if (ref.kind == ObjectKind::Service) {
        const Service *service = m_state.services.find(ref.ns, ref.name);
        return service ? planService(*service)
                       : error(ErrorCode::NotFound, "the service is not in the cluster");
    }
    if (ref.kind == ObjectKind::Pod) {
        const Pod *pod = m_state.pods.find(ref.ns, ref.name);
        return pod ? planPod(*pod) : error(ErrorCode::NotFound, "the pod is not in the cluster");
    }
    if (ref.kind == ObjectKind::Node) {
        const Node *node = m_state.nodes.find("", ref.name);
        if (!node)
            return error(ErrorCode::NotFound, "the node is not in the cluster");
        if (node->internalIps.empty())
            return error(ErrorCode::Conflict, "the node has no internal address");
        return planAddress(node->internalIps.front(), ref);
    }
    if (ref.kind == ObjectKind::Other && ref.type == "Address")
        return planAddress(ref.name, {});
    return error(ErrorCode::InvalidInput, "not a service, pod, node or address");
}

Result<void> Planner::planAddress(const std::string &host, const ObjectRef &endpoint)
{
    if (!isProbeHost(host))
        return error(ErrorCode::InvalidInput, "neither a name nor an address");
    if (m_plan.request.port == 0 && m_plan.request.method != ProbeMethod::Dns)
        return error(ErrorCode::InvalidInput, "which port?");
    add(ProbeStepKind::Address, host, m_plan.request.port, endpoint);
    return {};
}

Result<void> Planner::planPod(const Pod &pod)
{
    if (m_plan.request.method == ProbeMethod::Dns)
        return error(ErrorCode::InvalidInput, "a pod has no name in DNS that could be probed");
    if (pod.ips.empty())
        return error(ErrorCode::Conflict, "the pod has no address yet");
    return planAddress(pod.ips.front(), refOf(pod));
}

Result<void> Planner::planService(const Service &service)
{
    if (service.type == ServiceType::ExternalName)
        return planExternalName(service);
    if (m_plan.request.method == ProbeMethod::Dns) {
        planName(service);
        return {};
    }
    const auto port = pickPort(service);
    if (!port)
        return port.error();
    m_plan.request.port = (*port)->port;
    planName(service);
    if (!service.isHeadless()) {
        for (const std::string &ip : service.clusterIps)
            add(ProbeStepKind::ClusterIp, ip, (*port)->port);
    }
    planEndpoints(service, **port);
    if (m_plan.steps.empty())
        return error(ErrorCode::Conflict, "nothing to probe: " + joined(m_plan.remarks));
    return {};
}

Result<void> Planner::planExternalName(const Service &service)
{
    if (!isProbeHost(service.externalName))
        return error(ErrorCode::InvalidInput, "its externalName is no host name");
    if (m_plan.request.method != ProbeMethod::Dns && m_plan.request.port == 0) {
        const auto port = pickPort(service);
        if (!port)
            return port.error();
        m_plan.request.port = (*port)->port;
    }
    planName(service);
    add(ProbeStepKind::Address, service.externalName, m_plan.request.port);
    return {};
}

Result<const ServicePort *> Planner::pickPort(const Service &service)
{
    const ProbeRequest &request = m_plan.request;
    const ServicePort *found = nullptr;
    std::size_t candidates = 0;
    std::vector<std::string> all;
    for (const ServicePort &port : service.ports) {
        all.push_back(std::to_string(port.port) + "/" + std::string(protocolName(port.protocol)));
        if (port.protocol == request.protocol && (request.port == 0 || port.port == request.port)) {
            found = &port;
            ++candidates;
        }
    }
    if (candidates == 1)
        return found;
    const std::string has = all.empty() ? "it has none" : "it has " + joined(all);
    if (request.port == 0)
        return error(ErrorCode::InvalidInput, "which port? " + has);
    return error(ErrorCode::InvalidInput, "no port " + std::to_string(request.port) + "/" +
                                              std::string(protocolName(request.protocol)) + ": " + has);
}

/// The name, unless the pod does not ask the cluster's DNS: then it could not resolve, and need not.
void Planner::planName(const Service &service)
{
    const bool asksClusterDns =
        m_source->dnsPolicy != "Default" && !(m_source->hostNetwork && m_source->dnsPolicy == "ClusterFirst");
    if (asksClusterDns || m_plan.request.method == ProbeMethod::Dns)
        add(ProbeStepKind::Name, service.meta.name + "." + service.meta.ns + ".svc", m_plan.request.port);
    else
        m_plan.remarks.push_back("the source pod does not use the cluster's DNS, so the name is not tried");
}

void Planner::planEndpoints(const Service &service, const ServicePort &port)
{
    auto usable = usableEndpoints(service, port);
    remarkOnEndpoints(service, usable);
    if (usable.size() > maxProbedEndpoints) {
        m_plan.endpointsLeftOut = usable.size() - maxProbedEndpoints;
        usable.resize(maxProbedEndpoints);
    }
    m_plan.steps.insert(m_plan.steps.end(), usable.begin(), usable.end());
}

std::vector<ProbePlan::Step> Planner::usableEndpoints(const Service &service, const ServicePort &port) const
{
    // Of a dual-stack service the endpoints of its first family: the others are the same pods.
    const bool headless = service.isHeadless() || service.clusterIps.empty();
    const bool wantsIpv6 = !headless && service.clusterIps.front().find(':') != std::string::npos;
    std::vector<ProbePlan::Step> ready;
    std::vector<ProbePlan::Step> draining;
    std::set<std::string> seen;
    for (const auto &slice : m_state.endpointSlices.inNamespace(service.meta.ns)) {
        if (slice->serviceName != service.meta.name ||
            (!headless && (slice->addressType == "IPv6") != wantsIpv6))
            continue;
        const auto match = std::find_if(slice->ports.begin(), slice->ports.end(), [&](const EndpointPort &p) {
            return p.name == port.name && p.protocol == port.protocol;
        });
        if (match == slice->ports.end())
            continue;
        for (const Endpoint &endpoint : slice->endpoints) {
            if (endpoint.addresses.empty() || !isProbeHost(endpoint.addresses.front()))
                continue;
            ObjectRef pod;
            if (!endpoint.podName.empty())
                pod = {ObjectKind::Pod, "Pod", endpoint.podNs, endpoint.podName};
            const std::string key = pod.isValid() ? pod.toString() : endpoint.addresses.front();
            const bool isReady = endpoint.ready || service.publishNotReadyAddresses;
            if ((!isReady && !(endpoint.serving && endpoint.terminating)) || !seen.insert(key).second)
                continue;
            const std::uint16_t number = match->number != 0 ? match->number : port.port;
            (isReady ? ready : draining)
                .push_back({ProbeStepKind::Endpoint, endpoint.addresses.front(), number, pod});
        }
    }
    return ready.empty() ? draining : ready;
}

void Planner::remarkOnEndpoints(const Service &service, const std::vector<ProbePlan::Step> &usable)
{
    for (const ReadGap &gap : m_state.gaps) {
        if (gap.resource.objectKind() != ObjectKind::EndpointSlice ||
            (!gap.ns.empty() && gap.ns != service.meta.ns))
            continue;
        m_plan.remarks.push_back("its endpoints could not be read: " + gap.reason.oneLine());
        return;
    }
    if (usable.empty())
        m_plan.remarks.push_back("the service has no ready endpoint");
    if (service.internalTrafficPolicy != "Local" || usable.empty())
        return;
    const bool hasLocal = std::any_of(usable.begin(), usable.end(), [&](const ProbePlan::Step &step) {
        const Pod *pod = m_state.pods.find(step.endpoint.ns, step.endpoint.name);
        return pod && pod->nodeName == m_source->nodeName;
    });
    if (!hasLocal)
        m_plan.remarks.push_back("its internalTrafficPolicy is Local and no endpoint is on node " +
                                 m_source->nodeName);
}

} // namespace

Result<ProbePlan> planProbe(const ClusterState &state, const ProbeRequest &request)
{
    return Planner(state, request).plan();
}

ProbePlan burst(const ProbePlan &plan, unsigned times)
{
    ProbePlan repeated = plan;
    repeated.repeat = std::clamp(times, 1U, maxBurst);
    if (repeated.steps.size() > 1)
        repeated.steps.resize(1);
    return repeated;
}

} // namespace portolan
