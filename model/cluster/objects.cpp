#include "model/cluster/objects.h"

#include "model/cluster/probe_result.h"

#include <array>

namespace portolan {

namespace {

/// The enumerator whose name stands at that place of a table.
template<class Enum, std::size_t N>
std::optional<Enum> named(const std::array<std::string_view, N> &names, std::string_view name)
{
    for (std::size_t i = 0; i < N; ++i) {
        if (names[i] == name)
            return static_cast<Enum>(i);
    }
    return std::nullopt;
}

constexpr std::array<std::string_view, 3> protocolNames{"TCP", "UDP", "SCTP"};
constexpr std::array<std::string_view, 5> podPhaseNames{"Pending", "Running", "Succeeded", "Failed",
                                                        "Unknown"};
constexpr std::array<std::string_view, 4> serviceTypeNames{"ClusterIP", "NodePort", "LoadBalancer",
                                                           "ExternalName"};
constexpr std::array<std::string_view, 7> outcomeNames{"REACHED", "REFUSED",      "TIMEOUT", "NO_ROUTE",
                                                       "DNS",     "TOOL_MISSING", "UNKNOWN"};
constexpr std::array<std::string_view, 4> methodNames{"tcp", "udp", "http", "dns"};
constexpr std::array<std::string_view, 4> stepKindNames{"name", "clusterIP", "endpoint", "address"};

ObjectRef refIn(ObjectKind kind, std::string type, const ObjectMeta &meta)
{
    return {kind, std::move(type), meta.ns, meta.name};
}

} // namespace

std::string_view protocolName(Protocol protocol)
{
    return protocolNames[std::size_t(protocol)];
}

std::optional<Protocol> protocolFromName(std::string_view name)
{
    return named<Protocol>(protocolNames, name);
}

std::string portRefText(const PortRef &port)
{
    if (const auto *number = std::get_if<std::uint16_t>(&port))
        return std::to_string(*number);
    return std::get<std::string>(port);
}

std::string_view podPhaseName(PodPhase phase)
{
    return podPhaseNames[std::size_t(phase)];
}

std::string_view serviceTypeName(ServiceType type)
{
    return serviceTypeNames[std::size_t(type)];
}

std::string_view probeOutcomeName(ProbeOutcome outcome)
{
    return outcomeNames[std::size_t(outcome)];
}

std::optional<ProbeOutcome> probeOutcomeFromName(std::string_view name)
{
    return named<ProbeOutcome>(outcomeNames, name);
}

std::string_view probeMethodName(ProbeMethod method)
{
    return methodNames[std::size_t(method)];
}

std::optional<ProbeMethod> probeMethodFromName(std::string_view name)
{
    return named<ProbeMethod>(methodNames, name);
}

std::string_view probeStepKindName(ProbeStepKind kind)
{
    return stepKindNames[std::size_t(kind)];
}

ObjectRef refOf(const AnyObject &object)
{
    return std::visit([](const auto &pointer) { return refOf(*pointer); }, object);
}

ObjectRef refOf(const Namespace &o)
{
    return refIn(ObjectKind::Namespace, "Namespace", o.meta);
}

ObjectRef refOf(const Node &o)
{
    return refIn(ObjectKind::Node, "Node", o.meta);
}

ObjectRef refOf(const Pod &o)
{
    return refIn(ObjectKind::Pod, "Pod", o.meta);
}

ObjectRef refOf(const Service &o)
{
    return refIn(ObjectKind::Service, "Service", o.meta);
}

ObjectRef refOf(const EndpointSlice &o)
{
    return refIn(ObjectKind::EndpointSlice, o.legacyEndpoints ? "Endpoints" : "EndpointSlice", o.meta);
}

ObjectRef refOf(const NetworkPolicy &o)
{
    return refIn(ObjectKind::NetworkPolicy, "NetworkPolicy", o.meta);
}

ObjectRef refOf(const Ingress &o)
{
    return refIn(ObjectKind::Ingress, "Ingress", o.meta);
}

ObjectRef refOf(const Workload &o)
{
    return refIn(ObjectKind::Workload, o.kind, o.meta);
}

ObjectRef refOf(const ClusterEvent &o)
{
    return refIn(ObjectKind::Event, "Event", o.meta);
}

ObjectRef refOf(const ApiObject &o)
{
    return refIn(ObjectKind::Other, o.group.empty() ? o.kind : o.kind + "." + o.group, o.meta);
}

const ObjectMeta &metaOf(const AnyObject &object)
{
    return std::visit([](const auto &pointer) -> const ObjectMeta & { return pointer->meta; }, object);
}

} // namespace portolan
