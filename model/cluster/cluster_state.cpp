#include "model/cluster/cluster_state.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

namespace portolan {

namespace {

constexpr std::size_t keptProbes = 500;

/// Calls `visit(table)` for the tables of every kind.
template<class State, class Visit>
void forEachTable(State &state, Visit visit)
{
    visit(state.namespaces);
    visit(state.nodes);
    visit(state.pods);
    visit(state.services);
    visit(state.endpointSlices);
    visit(state.networkPolicies);
    visit(state.ingresses);
    visit(state.workloads);
    visit(state.events);
    visit(state.others);
}

template<class T>
constexpr ObjectKind kindOf();
template<>
constexpr ObjectKind kindOf<Namespace>()
{
    return ObjectKind::Namespace;
}
template<>
constexpr ObjectKind kindOf<Node>()
{
    return ObjectKind::Node;
}
template<>
constexpr ObjectKind kindOf<Pod>()
{
    return ObjectKind::Pod;
}
template<>
constexpr ObjectKind kindOf<Service>()
{
    return ObjectKind::Service;
}
template<>
constexpr ObjectKind kindOf<EndpointSlice>()
{
    return ObjectKind::EndpointSlice;
}
template<>
constexpr ObjectKind kindOf<NetworkPolicy>()
{
    return ObjectKind::NetworkPolicy;
}
template<>
constexpr ObjectKind kindOf<Ingress>()
{
    return ObjectKind::Ingress;
}
template<>
constexpr ObjectKind kindOf<Workload>()
{
    return ObjectKind::Workload;
}
template<>
constexpr ObjectKind kindOf<ClusterEvent>()
{
    return ObjectKind::Event;
}
template<>
constexpr ObjectKind kindOf<ApiObject>()
{
    return ObjectKind::Other;
}

bool inScope(const Replacement &replacement, const ObjectRef &ref)
{
    return replacement.resource.objectType() == ref.type &&
           (replacement.ns.empty() || replacement.ns == ref.ns);
}

/// The table of T after the delta; the same table where the delta does not touch its kind.
template<class T>
ObjectTable<T> changedTable(const ObjectTable<T> &before, const ClusterDelta &delta)
{
    using Ptr = std::shared_ptr<const T>;
    std::vector<const Replacement *> replacements;
    for (const Replacement &replacement : delta.replacements) {
        if (replacement.resource.objectKind() == kindOf<T>())
            replacements.push_back(&replacement);
    }
    std::unordered_set<ObjectRef> gone;
    for (const ObjectRef &ref : delta.removed) {
        if (ref.kind == kindOf<T>())
            gone.insert(ref);
    }
    std::unordered_map<ObjectRef, Ptr> fresh;
    const auto take = [&fresh](const AnyObject &object) {
        if (const Ptr *pointer = std::get_if<Ptr>(&object))
            fresh[refOf(**pointer)] = *pointer;
    };
    for (const Replacement *replacement : replacements) {
        for (const AnyObject &object : replacement->objects)
            take(object);
    }
    for (const ObjectRef &ref : gone)
        fresh.erase(ref);
    for (const AnyObject &object : delta.upserts)
        take(object);
    if (replacements.empty() && gone.empty() && fresh.empty())
        return before;

    std::vector<Ptr> kept;
    kept.reserve(before.size() + fresh.size());
    for (const Ptr &object : before) {
        const ObjectRef ref = refOf(*object);
        const bool replaced = std::any_of(replacements.begin(), replacements.end(),
                                          [&](const Replacement *r) { return inScope(*r, ref); });
        if (!replaced && !gone.contains(ref) && !fresh.contains(ref))
            kept.push_back(object);
    }
    for (auto &[ref, object] : fresh)
        kept.push_back(std::move(object));
    return ObjectTable<T>(std::move(kept));
}

const OwnerRef *controllerOf(const ObjectMeta &meta)
{
    const auto at =
        std::find_if(meta.owners.begin(), meta.owners.end(), [](const OwnerRef &o) { return o.controller; });
    return at == meta.owners.end() ? nullptr : &*at;
}

} // namespace

#define PORTOLAN_TABLE(T, member)                                                                            \
    template<>                                                                                               \
    const ObjectTable<T> &ClusterState::table<T>() const                                                     \
    {                                                                                                        \
        return member;                                                                                       \
    }                                                                                                        \
    template<>                                                                                               \
    ObjectTable<T> &ClusterState::table<T>()                                                                 \
    {                                                                                                        \
        return member;                                                                                       \
    }
PORTOLAN_TABLE(Namespace, namespaces)
PORTOLAN_TABLE(Node, nodes)
PORTOLAN_TABLE(Pod, pods)
PORTOLAN_TABLE(Service, services)
PORTOLAN_TABLE(EndpointSlice, endpointSlices)
PORTOLAN_TABLE(NetworkPolicy, networkPolicies)
PORTOLAN_TABLE(Ingress, ingresses)
PORTOLAN_TABLE(Workload, workloads)
PORTOLAN_TABLE(ClusterEvent, events)
PORTOLAN_TABLE(ApiObject, others)
#undef PORTOLAN_TABLE

ClusterStatePtr applied(const ClusterStatePtr &state, const ClusterDelta &delta)
{
    auto next = state ? std::make_shared<ClusterState>(*state) : std::make_shared<ClusterState>();
    forEachTable(*next, [&](auto &table) { table = changedTable(table, delta); });
    if (delta.gaps)
        next->gaps = *delta.gaps;
    if (delta.serverVersion)
        next->info.serverVersion = *delta.serverVersion;
    ++next->generation;
    return next;
}

ClusterStatePtr withProbe(const ClusterStatePtr &state, ProbeResult result)
{
    auto next = state ? std::make_shared<ClusterState>(*state) : std::make_shared<ClusterState>();
    next->probes.insert(next->probes.begin(), std::move(result));
    if (next->probes.size() > keptProbes)
        next->probes.resize(keptProbes);
    ++next->generation;
    return next;
}

ObjectRef topOwnerOf(const ClusterState &state, const Pod &pod)
{
    ObjectRef top = refOf(pod);
    const ObjectMeta *meta = &pod.meta;
    // Bounded: a hostile object could own itself.
    for (int depth = 0; meta && depth < 8; ++depth) {
        const OwnerRef *owner = controllerOf(*meta);
        if (!owner || owner->kind == "Node")
            break;
        top = {ObjectKind::Workload, owner->kind, pod.meta.ns, owner->name};
        const Workload *workload = state.workloads.find(top.ns, top.name, top.type);
        meta = workload ? &workload->meta : nullptr;
    }
    return top;
}

std::optional<AnyObject> findObject(const ClusterState &state, const ObjectRef &ref)
{
    std::optional<AnyObject> found;
    forEachTable(state, [&](const auto &table) {
        if (found)
            return;
        for (const auto &object : table.inNamespace(ref.ns)) {
            if (object->meta.name == ref.name && refOf(*object) == ref) {
                found = object;
                return;
            }
        }
    });
    return found;
}

} // namespace portolan
