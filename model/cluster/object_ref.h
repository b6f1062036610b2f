#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace portolan {

/// The kinds that have a type of their own here; every other kind is an ApiObject of kind Other.
enum class ObjectKind : std::uint8_t {
    Namespace,
    Node,
    Pod,
    Service,
    EndpointSlice,
    NetworkPolicy,
    Ingress,
    Workload, ///< Deployment, ReplicaSet, StatefulSet, DaemonSet, Job, CronJob, ReplicationController
    Event,
    Other, ///< what discovery found: Cilium, Calico, Gateway API, Admin/ClusterNetworkPolicy
};

/// Names one object of a cluster. `type` is the API kind as Kubernetes spells it ("Deployment"), and for
/// Other with its group ("CiliumNetworkPolicy.cilium.io"). Endpoints appear as EndpointSlice objects with
/// type "Endpoints". `ns` is empty for cluster-scoped objects.
struct ObjectRef
{
    ObjectKind kind = ObjectKind::Other;
    std::string type;
    std::string ns;
    std::string name;

    bool isValid() const { return !name.empty(); }
    /// "Pod shop/web-1", "Node node-a": for messages and for tables.
    std::string toString() const;

    friend auto operator<=>(const ObjectRef &, const ObjectRef &) = default;
};

/// One resource that an API server serves, as discovery names it; the unit that is listed and watched.
struct ResourceType
{
    std::string group;   ///< "" for core
    std::string version; ///< "v1"
    std::string kind;    ///< "Pod"
    std::string plural;  ///< "pods"
    bool namespaced = true;

    /// The kind of object that its items become here.
    ObjectKind objectKind() const;
    /// Whether its items may become that. Kind "*" stands for every kind of the group; of the core group for
    /// everything.
    bool mayHold(ObjectKind object) const;
    /// ObjectRef::type of its items: kind, and with ".group" for Other.
    std::string objectType() const;
    /// "pods", "networkpolicies.networking.k8s.io": as kubectl names it.
    std::string qualifiedName() const;

    friend auto operator<=>(const ResourceType &, const ResourceType &) = default;
};

} // namespace portolan

template<>
struct std::hash<portolan::ObjectRef>
{
    std::size_t operator()(const portolan::ObjectRef &ref) const noexcept;
};
