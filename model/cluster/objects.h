#pragma once

#include "model/base/timestamp.h"
#include "model/cluster/label_selector.h"
#include "model/cluster/object_ref.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// Plain values decoded from API objects: only the fields that the chart needs. Objects are made by the
/// decoders, never changed afterwards, and travel as shared_ptr<const T> between threads.
/// Field names and defaults follow the Kubernetes API reference (v1.34).
namespace portolan {

struct OwnerRef
{
    std::string kind;
    std::string name;
    bool controller = false;
    friend bool operator==(const OwnerRef &, const OwnerRef &) = default;
};

struct ObjectMeta
{
    std::string ns;
    std::string name;
    std::string uid;
    std::string resourceVersion; ///< opaque: compared for equality alone
    WallTime created;
    bool terminating = false; ///< deletionTimestamp is set
    Labels labels;
    std::vector<OwnerRef> owners;
};

enum class Protocol : std::uint8_t { Tcp, Udp, Sctp };
/// "TCP", "UDP", "SCTP".
std::string_view protocolName(Protocol protocol);
std::optional<Protocol> protocolFromName(std::string_view name);

/// An IntOrString port: a number, or the name of a container port.
using PortRef = std::variant<std::uint16_t, std::string>;
std::string portRefText(const PortRef &port);

struct Namespace
{
    ObjectMeta meta;
    std::string phase;
};

struct Node
{
    ObjectMeta meta;
    std::vector<std::string> internalIps;
    std::vector<std::string> podCidrs;
    std::string kubeletVersion;
    std::string osImage;
    std::string kernelVersion;
    std::string containerRuntime;
    bool ready = false;
    std::string notReadyReason; ///< reason or message of the Ready condition where it is not True
    bool unschedulable = false;
    std::vector<Labels::Entry> networkAnnotations; ///< annotations of CNIs (flannel, calico, cilium)
};

struct ContainerPort
{
    std::string name;
    std::uint16_t number = 0;
    Protocol protocol = Protocol::Tcp;
    friend bool operator==(const ContainerPort &, const ContainerPort &) = default;
};

struct Container
{
    enum class Role : std::uint8_t { App, Init, Ephemeral };
    std::string name;
    std::string image;
    Role role = Role::App;
    std::vector<ContainerPort> ports;
    bool ready = false;
    bool running = false;
    std::int32_t restarts = 0;
    std::string reason; ///< waiting or terminated reason: CrashLoopBackOff, ImagePullBackOff, Completed…
};

enum class PodPhase : std::uint8_t { Pending, Running, Succeeded, Failed, Unknown };
std::string_view podPhaseName(PodPhase phase);

struct Pod
{
    ObjectMeta meta;
    std::string nodeName;
    std::string serviceAccount;
    PodPhase phase = PodPhase::Unknown;
    std::vector<std::string> ips; ///< status.podIPs; empty until the CNI gave one
    std::string hostIp;
    bool hostNetwork = false;
    bool ready = false;
    std::string reason; ///< why it is not ready: status.reason, condition reason or container reason
    std::string dnsPolicy;
    std::vector<Container> containers; ///< in spec order: init, app, then ephemeral
};

enum class ServiceType : std::uint8_t { ClusterIp, NodePort, LoadBalancer, ExternalName };
/// "ClusterIP", "NodePort", "LoadBalancer", "ExternalName".
std::string_view serviceTypeName(ServiceType type);

struct ServicePort
{
    std::string name;
    Protocol protocol = Protocol::Tcp;
    std::uint16_t port = 0;
    PortRef targetPort = std::uint16_t{0}; ///< as the API server fills it in: equal to port where unset
    std::uint16_t nodePort = 0;            ///< 0: none
    std::string appProtocol;
};

struct Service
{
    ObjectMeta meta;
    ServiceType type = ServiceType::ClusterIp;
    std::vector<std::string> clusterIps; ///< empty for ExternalName; {"None"} for headless
    std::string externalName;
    std::vector<Labels::Entry> selector; ///< empty: endpoints are managed by hand
    std::vector<ServicePort> ports;
    std::vector<std::string> externalIps;
    std::vector<std::string> loadBalancerAddresses; ///< status.loadBalancer.ingress: ip or hostname
    bool publishNotReadyAddresses = false;
    std::string externalTrafficPolicy; ///< "Cluster", "Local" or ""
    std::string internalTrafficPolicy;
    std::string sessionAffinity;

    bool isHeadless() const { return clusterIps.size() == 1 && clusterIps.front() == "None"; }
};

struct Endpoint
{
    std::vector<std::string> addresses;
    bool ready = true; ///< conditions.ready, nil counts as true
    bool serving = true;
    bool terminating = false;
    std::string nodeName;
    std::string podNs; ///< targetRef, where it is a Pod
    std::string podName;
};

struct EndpointPort
{
    std::string name;
    Protocol protocol = Protocol::Tcp;
    std::uint16_t number = 0; ///< 0: all ports
};

/// discovery.k8s.io/v1 EndpointSlice, and core/v1 Endpoints where slices are missing.
struct EndpointSlice
{
    ObjectMeta meta;
    bool legacyEndpoints = false; ///< made from core/v1 Endpoints
    std::string serviceName;      ///< label kubernetes.io/service-name
    std::string addressType;
    std::vector<EndpointPort> ports;
    std::vector<Endpoint> endpoints;
};

struct IpBlock
{
    std::string cidr;
    std::vector<std::string> except;
};

struct PolicyPeer
{
    std::optional<LabelSelector> podSelector;
    std::optional<LabelSelector> namespaceSelector;
    std::optional<IpBlock> ipBlock;
};

struct PolicyPort
{
    Protocol protocol = Protocol::Tcp;
    std::optional<PortRef> port; ///< absent: every port of that protocol
    std::optional<std::uint16_t> endPort;
};

struct PolicyRule
{
    std::vector<PolicyPeer> peers; ///< empty: any peer
    std::vector<PolicyPort> ports; ///< empty: any port
};

/// networking.k8s.io/v1 NetworkPolicy. policyTypes are resolved: Ingress always where the field is
/// missing, Egress where egress rules exist.
struct NetworkPolicy
{
    ObjectMeta meta;
    LabelSelector podSelector;
    bool isolatesIngress = false;
    bool isolatesEgress = false;
    std::vector<PolicyRule> ingress;
    std::vector<PolicyRule> egress;
    std::shared_ptr<const std::string> json; ///< the object as the server sent it, without managedFields
};

struct IngressBackend
{
    std::string serviceName;
    PortRef servicePort = std::uint16_t{0};
};

struct IngressPath
{
    std::string host; ///< "" is every host
    std::string path;
    std::string pathType;
    IngressBackend backend;
};

struct Ingress
{
    ObjectMeta meta;
    std::string className;
    std::vector<IngressPath> paths;
    std::optional<IngressBackend> defaultBackend;
    std::vector<std::string> tlsSecretNames; ///< names only; a secret is never read
    std::vector<std::string> loadBalancerAddresses;
};

/// Whatever owns pods: Deployment, ReplicaSet, StatefulSet, DaemonSet, Job, CronJob.
struct Workload
{
    ObjectMeta meta;
    std::string kind;
    std::int32_t desired = 0; ///< replicas, or desired number scheduled
    std::int32_t ready = 0;
    LabelSelector selector;
    Labels templateLabels;
};

/// core/v1 Event about one of the kinds above.
struct ClusterEvent
{
    ObjectMeta meta;
    std::string involvedKind;
    std::string involvedNs;
    std::string involvedName;
    std::string type; ///< "Normal" or "Warning"
    std::string reason;
    std::string message;
    std::int32_t count = 1;
    WallTime lastSeen;
};

/// An object of a kind without a type of its own; what it means comes from model/policy and diagnosis.
struct ApiObject
{
    std::string group;
    std::string version;
    std::string kind;
    ObjectMeta meta;
    std::shared_ptr<const std::string> json; ///< as the server sent it, without managedFields
};

using AnyObject = std::variant<std::shared_ptr<const Namespace>, std::shared_ptr<const Node>,
                               std::shared_ptr<const Pod>, std::shared_ptr<const Service>,
                               std::shared_ptr<const EndpointSlice>, std::shared_ptr<const NetworkPolicy>,
                               std::shared_ptr<const Ingress>, std::shared_ptr<const Workload>,
                               std::shared_ptr<const ClusterEvent>, std::shared_ptr<const ApiObject>>;

/// The name of an object; precondition: the pointer is not null.
ObjectRef refOf(const AnyObject &object);
ObjectRef refOf(const Namespace &);
ObjectRef refOf(const Node &);
ObjectRef refOf(const Pod &);
ObjectRef refOf(const Service &);
ObjectRef refOf(const EndpointSlice &);
ObjectRef refOf(const NetworkPolicy &);
ObjectRef refOf(const Ingress &);
ObjectRef refOf(const Workload &);
ObjectRef refOf(const ClusterEvent &);
ObjectRef refOf(const ApiObject &);
const ObjectMeta &metaOf(const AnyObject &object);

} // namespace portolan
