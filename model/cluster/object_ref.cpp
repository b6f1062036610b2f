#include "model/cluster/object_ref.h"

#include <array>

namespace portolan {

namespace {

struct KnownKind
{
    std::string_view group;
    std::string_view kind;
    ObjectKind objectKind;
};

constexpr std::array knownKinds{
    KnownKind{"", "Namespace", ObjectKind::Namespace},
    KnownKind{"", "Node", ObjectKind::Node},
    KnownKind{"", "Pod", ObjectKind::Pod},
    KnownKind{"", "Service", ObjectKind::Service},
    KnownKind{"", "Endpoints", ObjectKind::EndpointSlice},
    KnownKind{"", "ReplicationController", ObjectKind::Workload},
    KnownKind{"", "Event", ObjectKind::Event},
    KnownKind{"events.k8s.io", "Event", ObjectKind::Event},
    KnownKind{"discovery.k8s.io", "EndpointSlice", ObjectKind::EndpointSlice},
    KnownKind{"networking.k8s.io", "NetworkPolicy", ObjectKind::NetworkPolicy},
    KnownKind{"networking.k8s.io", "Ingress", ObjectKind::Ingress},
    KnownKind{"apps", "Deployment", ObjectKind::Workload},
    KnownKind{"apps", "ReplicaSet", ObjectKind::Workload},
    KnownKind{"apps", "StatefulSet", ObjectKind::Workload},
    KnownKind{"apps", "DaemonSet", ObjectKind::Workload},
    KnownKind{"batch", "Job", ObjectKind::Workload},
    KnownKind{"batch", "CronJob", ObjectKind::Workload},
};

} // namespace

std::string ObjectRef::toString() const
{
    return type + " " + (ns.empty() ? name : ns + "/" + name);
}

ObjectKind ResourceType::objectKind() const
{
    for (const KnownKind &known : knownKinds) {
        if (known.group == group && known.kind == kind)
            return known.objectKind;
    }
    return ObjectKind::Other;
}

bool ResourceType::mayHold(ObjectKind object) const
{
    if (kind != "*")
        return objectKind() == object;
    return group.empty() || std::any_of(knownKinds.begin(), knownKinds.end(), [&](const KnownKind &known) {
               return known.group == group && known.objectKind == object;
           });
}

std::string ResourceType::objectType() const
{
    return objectKind() == ObjectKind::Other && !group.empty() ? kind + "." + group : kind;
}

std::string ResourceType::qualifiedName() const
{
    return group.empty() ? plural : plural + "." + group;
}

} // namespace portolan

std::size_t std::hash<portolan::ObjectRef>::operator()(const portolan::ObjectRef &ref) const noexcept
{
    const std::hash<std::string> hashOf;
    std::size_t seed = hashOf(ref.name);
    for (const std::size_t part : {hashOf(ref.ns), hashOf(ref.type)})
        seed ^= part + 0x9e3779b97f4a7c15ULL + (seed << 6) + (seed >> 2);
    return seed;
}
