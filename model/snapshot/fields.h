#pragma once

#include "model/cluster/cluster_delta.h"
#include "model/cluster/probe_result.h"

#include <array>
#include <concepts>
#include <string_view>
#include <type_traits>

/// What of each type a snapshot holds, once for writing and reading: describe(visit, value) calls
/// visit(name, member) for every member. Each names all members in a structured binding, so that a member
/// that is added to a type does not compile here until somebody has thought of it. A third argument is
/// the member's default where that is not the zero of its type: defaults are not written.
namespace portolan::snapshot {

/// T or const T.
template<class Given, class T>
concept Like = std::same_as<std::remove_const_t<Given>, T>;

/// The words that stand for the values of an enumeration, in their order.
template<class Enum>
inline constexpr std::array<std::string_view, 0> enumNames{};
template<>
inline constexpr std::array<std::string_view, 3> enumNames<Protocol>{"TCP", "UDP", "SCTP"};
template<>
inline constexpr std::array<std::string_view, 5> enumNames<PodPhase>{"Pending", "Running", "Succeeded",
                                                                     "Failed", "Unknown"};
template<>
inline constexpr std::array<std::string_view, 3> enumNames<Container::Role>{"app", "init", "ephemeral"};
template<>
inline constexpr std::array<std::string_view, 4> enumNames<ServiceType>{"ClusterIP", "NodePort",
                                                                        "LoadBalancer", "ExternalName"};
template<>
inline constexpr std::array<std::string_view, 5> enumNames<LabelRequirement::Operator>{
    "In", "NotIn", "Exists", "DoesNotExist", "Unknown"};
template<>
inline constexpr std::array<std::string_view, 10> enumNames<ObjectKind>{
    "Namespace",     "Node",    "Pod",      "Service", "EndpointSlice",
    "NetworkPolicy", "Ingress", "Workload", "Event",   "Other"};
template<>
inline constexpr std::array<std::string_view, 7> enumNames<ProbeOutcome>{
    "REACHED", "REFUSED", "TIMEOUT", "NO_ROUTE", "DNS", "TOOL_MISSING", "UNKNOWN"};
template<>
inline constexpr std::array<std::string_view, 4> enumNames<ProbeMethod>{"tcp", "udp", "http", "dns"};
template<>
inline constexpr std::array<std::string_view, 4> enumNames<ProbeStepKind>{"name", "clusterIP", "endpoint",
                                                                          "address"};
template<>
inline constexpr std::array<std::string_view, 13> enumNames<ErrorCode>{
    "Cancelled",        "Timeout",     "NotFound", "InvalidInput", "Unauthorized",
    "PermissionDenied", "Unavailable", "Expired",  "Protocol",     "Unsupported",
    "TooLarge",         "Conflict",    "Io"};

template<class Visit, Like<OwnerRef> T>
void describe(Visit &&visit, T &value)
{
    auto &[kind, name, controller] = value;
    visit("kind", kind);
    visit("name", name);
    visit("controller", controller);
}

template<class Visit, Like<ObjectMeta> T>
void describe(Visit &&visit, T &value)
{
    auto &[ns, name, uid, resourceVersion, created, terminating, labels, owners] = value;
    visit("ns", ns);
    visit("name", name);
    visit("uid", uid);
    visit("resourceVersion", resourceVersion);
    visit("created", created);
    visit("terminating", terminating);
    visit("labels", labels);
    visit("owners", owners);
}

template<class Visit, Like<LabelRequirement> T>
void describe(Visit &&visit, T &value)
{
    auto &[key, op, values] = value;
    visit("key", key);
    visit("op", op);
    visit("values", values);
}

template<class Visit, Like<LabelSelector> T>
void describe(Visit &&visit, T &value)
{
    auto &[matchLabels, matchExpressions] = value;
    visit("matchLabels", matchLabels);
    visit("matchExpressions", matchExpressions);
}

template<class Visit, Like<Namespace> T>
void describe(Visit &&visit, T &value)
{
    auto &[meta, phase] = value;
    visit("meta", meta);
    visit("phase", phase);
}

template<class Visit, Like<Node> T>
void describe(Visit &&visit, T &value)
{
    auto &[meta, internalIps, podCidrs, kubeletVersion, osImage, kernelVersion, containerRuntime, ready,
           notReadyReason, unschedulable, networkAnnotations] = value;
    visit("meta", meta);
    visit("internalIps", internalIps);
    visit("podCidrs", podCidrs);
    visit("kubeletVersion", kubeletVersion);
    visit("osImage", osImage);
    visit("kernelVersion", kernelVersion);
    visit("containerRuntime", containerRuntime);
    visit("ready", ready);
    visit("notReadyReason", notReadyReason);
    visit("unschedulable", unschedulable);
    visit("networkAnnotations", networkAnnotations);
}

template<class Visit, Like<ContainerPort> T>
void describe(Visit &&visit, T &value)
{
    auto &[name, number, protocol] = value;
    visit("name", name);
    visit("number", number);
    visit("protocol", protocol);
}

template<class Visit, Like<Container> T>
void describe(Visit &&visit, T &value)
{
    auto &[name, image, role, ports, ready, running, restarts, reason] = value;
    visit("name", name);
    visit("image", image);
    visit("role", role);
    visit("ports", ports);
    visit("ready", ready);
    visit("running", running);
    visit("restarts", restarts);
    visit("reason", reason);
}

template<class Visit, Like<Pod> T>
void describe(Visit &&visit, T &value)
{
    auto &[meta, nodeName, serviceAccount, phase, ips, hostIp, hostNetwork, ready, reason, dnsPolicy,
           containers] = value;
    visit("meta", meta);
    visit("nodeName", nodeName);
    visit("serviceAccount", serviceAccount);
    visit("phase", phase);
    visit("ips", ips);
    visit("hostIp", hostIp);
    visit("hostNetwork", hostNetwork);
    visit("ready", ready);
    visit("reason", reason);
    visit("dnsPolicy", dnsPolicy);
    visit("containers", containers);
}

template<class Visit, Like<ServicePort> T>
void describe(Visit &&visit, T &value)
{
    auto &[name, protocol, port, targetPort, nodePort, appProtocol] = value;
    visit("name", name);
    visit("protocol", protocol);
    visit("port", port);
    visit("targetPort", targetPort);
    visit("nodePort", nodePort);
    visit("appProtocol", appProtocol);
}

template<class Visit, Like<Service> T>
void describe(Visit &&visit, T &value)
{
    auto &[meta, type, clusterIps, externalName, selector, ports, externalIps, loadBalancerAddresses,
           publishNotReadyAddresses, externalTrafficPolicy, internalTrafficPolicy, sessionAffinity] = value;
    visit("meta", meta);
    visit("type", type);
    visit("clusterIps", clusterIps);
    visit("externalName", externalName);
    visit("selector", selector);
    visit("ports", ports);
    visit("externalIps", externalIps);
    visit("loadBalancerAddresses", loadBalancerAddresses);
    visit("publishNotReadyAddresses", publishNotReadyAddresses);
    visit("externalTrafficPolicy", externalTrafficPolicy);
    visit("internalTrafficPolicy", internalTrafficPolicy);
    visit("sessionAffinity", sessionAffinity);
}

template<class Visit, Like<Endpoint> T>
void describe(Visit &&visit, T &value)
{
    auto &[addresses, ready, serving, terminating, nodeName, podNs, podName] = value;
    visit("addresses", addresses);
    visit("ready", ready, true);
    visit("serving", serving, true);
    visit("terminating", terminating);
    visit("nodeName", nodeName);
    visit("podNs", podNs);
    visit("podName", podName);
}

template<class Visit, Like<EndpointPort> T>
void describe(Visit &&visit, T &value)
{
    auto &[name, protocol, number] = value;
    visit("name", name);
    visit("protocol", protocol);
    visit("number", number);
}

template<class Visit, Like<EndpointSlice> T>
void describe(Visit &&visit, T &value)
{
    auto &[meta, legacyEndpoints, serviceName, addressType, ports, endpoints] = value;
    visit("meta", meta);
    visit("legacyEndpoints", legacyEndpoints);
    visit("serviceName", serviceName);
    visit("addressType", addressType);
    visit("ports", ports);
    visit("endpoints", endpoints);
}

template<class Visit, Like<IpBlock> T>
void describe(Visit &&visit, T &value)
{
    auto &[cidr, except] = value;
    visit("cidr", cidr);
    visit("except", except);
}

template<class Visit, Like<PolicyPeer> T>
void describe(Visit &&visit, T &value)
{
    auto &[podSelector, namespaceSelector, ipBlock] = value;
    visit("podSelector", podSelector);
    visit("namespaceSelector", namespaceSelector);
    visit("ipBlock", ipBlock);
}

template<class Visit, Like<PolicyPort> T>
void describe(Visit &&visit, T &value)
{
    auto &[protocol, port, endPort] = value;
    visit("protocol", protocol);
    visit("port", port);
    visit("endPort", endPort);
}

template<class Visit, Like<PolicyRule> T>
void describe(Visit &&visit, T &value)
{
    auto &[peers, ports] = value;
    visit("peers", peers);
    visit("ports", ports);
}

template<class Visit, Like<NetworkPolicy> T>
void describe(Visit &&visit, T &value)
{
    auto &[meta, podSelector, isolatesIngress, isolatesEgress, ingress, egress, json] = value;
    visit("meta", meta);
    visit("podSelector", podSelector);
    visit("isolatesIngress", isolatesIngress);
    visit("isolatesEgress", isolatesEgress);
    visit("ingress", ingress);
    visit("egress", egress);
    visit("json", json);
}

template<class Visit, Like<IngressBackend> T>
void describe(Visit &&visit, T &value)
{
    auto &[serviceName, servicePort] = value;
    visit("serviceName", serviceName);
    visit("servicePort", servicePort);
}

template<class Visit, Like<IngressPath> T>
void describe(Visit &&visit, T &value)
{
    auto &[host, path, pathType, backend] = value;
    visit("host", host);
    visit("path", path);
    visit("pathType", pathType);
    visit("backend", backend);
}

template<class Visit, Like<Ingress> T>
void describe(Visit &&visit, T &value)
{
    auto &[meta, className, paths, defaultBackend, tlsSecretNames, loadBalancerAddresses] = value;
    visit("meta", meta);
    visit("className", className);
    visit("paths", paths);
    visit("defaultBackend", defaultBackend);
    visit("tlsSecretNames", tlsSecretNames);
    visit("loadBalancerAddresses", loadBalancerAddresses);
}

template<class Visit, Like<Workload> T>
void describe(Visit &&visit, T &value)
{
    auto &[meta, kind, desired, ready, selector, templateLabels] = value;
    visit("meta", meta);
    visit("kind", kind);
    visit("desired", desired);
    visit("ready", ready);
    visit("selector", selector);
    visit("templateLabels", templateLabels);
}

template<class Visit, Like<ClusterEvent> T>
void describe(Visit &&visit, T &value)
{
    auto &[meta, involvedKind, involvedNs, involvedName, type, reason, message, count, lastSeen] = value;
    visit("meta", meta);
    visit("involvedKind", involvedKind);
    visit("involvedNs", involvedNs);
    visit("involvedName", involvedName);
    visit("type", type);
    visit("reason", reason);
    visit("message", message);
    visit("count", count, 1);
    visit("lastSeen", lastSeen);
}

template<class Visit, Like<ApiObject> T>
void describe(Visit &&visit, T &value)
{
    auto &[group, version, kind, meta, json] = value;
    visit("group", group);
    visit("version", version);
    visit("kind", kind);
    visit("meta", meta);
    visit("json", json);
}

template<class Visit, Like<ObjectRef> T>
void describe(Visit &&visit, T &value)
{
    auto &[kind, type, ns, name] = value;
    visit("kind", kind);
    visit("type", type);
    visit("ns", ns);
    visit("name", name);
}

template<class Visit, Like<ResourceType> T>
void describe(Visit &&visit, T &value)
{
    auto &[group, version, kind, plural, namespaced] = value;
    visit("group", group);
    visit("version", version);
    visit("kind", kind);
    visit("plural", plural);
    visit("namespaced", namespaced, true);
}

template<class Visit, Like<Error> T>
void describe(Visit &&visit, T &value)
{
    auto &[code, detail, where] = value;
    visit("code", code);
    visit("detail", detail);
    visit("where", where);
}

template<class Visit, Like<ReadGap> T>
void describe(Visit &&visit, T &value)
{
    auto &[resource, ns, reason] = value;
    visit("resource", resource);
    visit("ns", ns);
    visit("reason", reason);
}

template<class Visit, Like<ProbeRequest> T>
void describe(Visit &&visit, T &value)
{
    auto &[source, container, destination, port, protocol, method] = value;
    visit("source", source);
    visit("container", container);
    visit("destination", destination);
    visit("port", port);
    visit("protocol", protocol);
    visit("method", method);
}

template<class Visit, Like<ProbeStep> T>
void describe(Visit &&visit, T &value)
{
    auto &[kind, host, port, endpoint, outcome, elapsed, command, kubectl, output, note] = value;
    visit("kind", kind);
    visit("host", host);
    visit("port", port);
    visit("endpoint", endpoint);
    visit("outcome", outcome);
    visit("elapsed", elapsed);
    visit("command", command);
    visit("kubectl", kubectl);
    visit("output", output);
    visit("note", note);
}

template<class Visit, Like<ProbeResult> T>
void describe(Visit &&visit, T &value)
{
    auto &[request, outcome, elapsed, at, tool, steps, detail] = value;
    visit("request", request);
    visit("outcome", outcome);
    visit("elapsed", elapsed);
    visit("at", at);
    visit("tool", tool);
    visit("steps", steps);
    visit("detail", detail);
}

template<class Visit, Like<ObservedFlow> T>
void describe(Visit &&visit, T &value)
{
    auto &[source, destination, port, protocol, forwarded, dropped, forwardedAt, droppedAt, dropReason,
           since] = value;
    visit("source", source);
    visit("destination", destination);
    visit("port", port);
    visit("protocol", protocol, Protocol::Tcp);
    visit("forwarded", forwarded);
    visit("dropped", dropped);
    visit("forwardedAt", forwardedAt);
    visit("droppedAt", droppedAt);
    visit("dropReason", dropReason);
    visit("since", since);
}

template<class Visit, Like<FlowLogPart> T>
void describe(Visit &&visit, T &value)
{
    auto &[node, since, records, lost, problem] = value;
    visit("node", node);
    visit("since", since);
    visit("records", records);
    visit("lost", lost);
    visit("problem", problem);
}

/// Without its flows, which have lines of their own.
template<class Visit, Like<FlowLog> T>
void describe(Visit &&visit, T &value)
{
    visit("teller", value.teller);
    visit("readAt", value.readAt);
    visit("parts", value.parts);
    visit("leftOut", value.leftOut);
}

/// Types that have a describe(): written as objects.
template<class T>
concept Described = requires(T &value)
{
    describe([](auto &&...) {}, value);
};

} // namespace portolan::snapshot
