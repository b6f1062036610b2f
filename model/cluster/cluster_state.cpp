#include "model/cluster/cluster_state.h"

#include "model/cluster/read_gaps.h"

#include <algorithm>
#include <array>
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

/// What a delta does to the table of T.
template<class T>
class TableChange
{
public:
    using Ptr = std::shared_ptr<const T>;

    explicit TableChange(const ClusterDelta &delta)
    {
        for (const Replacement &replacement : delta.replacements) {
            if (replacement.resource.objectKind() == kindOf<T>())
                m_scopes.push_back({replacement.resource.objectType(), replacement.ns});
        }
        for (const ObjectRef &ref : delta.removed) {
            if (ref.kind == kindOf<T>() && m_gone.insert(ref).second)
                m_goneNames.insert(ref.name);
        }
        gather(delta);
    }

    bool isEmpty() const { return m_scopes.empty() && m_gone.empty() && m_fresh.empty(); }

    /// Both sides are sorted: one merge, in which a fresh object takes the place of an old one.
    ObjectTable<T> appliedTo(const ObjectTable<T> &before) const
    {
        std::vector<Ptr> merged;
        merged.reserve(before.size() + m_fresh.size());
        auto fresh = m_fresh.begin();
        for (const Ptr &old : before) {
            for (; fresh != m_fresh.end() && ObjectTable<T>::less(**fresh, *old); ++fresh)
                merged.push_back(*fresh);
            const bool renewed = fresh != m_fresh.end() && !ObjectTable<T>::less(*old, **fresh);
            if (!renewed && !isGone(*old))
                merged.push_back(old);
        }
        merged.insert(merged.end(), fresh, m_fresh.end());
        return ObjectTable<T>(std::move(merged));
    }

private:
    struct Scope
    {
        std::string type;
        std::string ns;
    };

    void gather(const ClusterDelta &delta)
    {
        const auto take = [this](const AnyObject &object) {
            if (const Ptr *pointer = std::get_if<Ptr>(&object))
                m_fresh.push_back(*pointer);
        };
        for (const Replacement &replacement : delta.replacements) {
            for (const AnyObject &object : replacement.objects)
                take(object);
        }
        std::erase_if(m_fresh, [this](const Ptr &object) { return isRemoved(*object); });
        for (const AnyObject &object : delta.upserts)
            take(object);
        const auto less = [](const Ptr &a, const Ptr &b) { return ObjectTable<T>::less(*a, *b); };
        std::stable_sort(m_fresh.begin(), m_fresh.end(), less);
        // Of equal objects the last one stays: unique() over the reversed range keeps the first it meets.
        const auto kept = std::unique(m_fresh.rbegin(), m_fresh.rend(),
                                      [&](const Ptr &a, const Ptr &b) { return !less(b, a); });
        m_fresh.erase(m_fresh.begin(), kept.base());
    }

    /// By name first: making a reference of each of 150,000 pods would cost more than all the rest.
    bool isRemoved(const T &object) const
    {
        return m_goneNames.contains(object.meta.name) && m_gone.contains(refOf(object));
    }

    bool isGone(const T &object) const
    {
        return isRemoved(object) || std::any_of(m_scopes.begin(), m_scopes.end(), [&](const Scope &scope) {
                   return (scope.ns.empty() || scope.ns == object.meta.ns) &&
                          scope.type == refOf(object).type;
               });
    }

    std::vector<Scope> m_scopes; ///< replaced as a whole
    std::unordered_set<ObjectRef> m_gone;
    std::unordered_set<std::string> m_goneNames;
    std::vector<Ptr> m_fresh; ///< sorted, each object once
};

/// The table of T after the delta; the same table where the delta does not touch its kind.
template<class T>
ObjectTable<T> changedTable(const ObjectTable<T> &before, const ClusterDelta &delta)
{
    const TableChange<T> change(delta);
    return change.isEmpty() ? before : change.appliedTo(before);
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

bool ReadGap::isAbout(ObjectKind kind, std::string_view in) const
{
    const bool isInNone = kind == ObjectKind::Namespace || kind == ObjectKind::Node;
    return (ns.empty() || (!isInNone && (in.empty() || ns == in))) && resource.mayHold(kind);
}

bool isLeftOut(const ReadGap &gap)
{
    return gap.resource.kind == "*" && gap.reason.code == ErrorCode::Unsupported;
}

bool mayBeMore(const ClusterState &state, ObjectKind kind)
{
    return std::any_of(state.gaps.begin(), state.gaps.end(),
                       [&](const ReadGap &gap) { return !isLeftOut(gap) && gap.isAbout(kind, {}); });
}

bool isUnread(const ClusterState &state, ObjectKind kind, std::string_view ns)
{
    return std::any_of(state.gaps.begin(), state.gaps.end(),
                       [&](const ReadGap &gap) { return gap.isAbout(kind, ns); });
}

std::string mayBeUnreadPod(const ClusterState &state, const IpRange::Address &address)
{
    const auto gap = std::find_if(state.gaps.begin(), state.gaps.end(), [](const ReadGap &one) {
        return one.isAbout(ObjectKind::Pod, {}) || one.isAbout(ObjectKind::Namespace, {});
    });
    if (gap == state.gaps.end())
        return {};
    static const std::array inside{*IpRange::parse("10.0.0.0/8"), *IpRange::parse("172.16.0.0/12"),
                                   *IpRange::parse("192.168.0.0/16"), *IpRange::parse("100.64.0.0/10"),
                                   *IpRange::parse("fc00::/7")};
    const IpRange asked = IpRange::ofAddress(address);
    const auto holds = [&asked](const IpRange &range) { return range.contains(asked); };
    const bool isPods = std::any_of(state.nodes.begin(), state.nodes.end(), [&](const auto &node) {
        return std::any_of(node->podCidrs.begin(), node->podCidrs.end(), [&](const std::string &text) {
            const auto range = IpRange::parse(text);
            return range && holds(*range);
        });
    });
    if (!isPods && std::none_of(inside.begin(), inside.end(), holds))
        return {};
    return asked.toString() + " may be a pod's: the pods" +
           (gap->ns.empty() ? "" : " of namespace " + gap->ns) + " could not be read";
}

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

ClusterStatePtr withFlows(const ClusterStatePtr &state, FlowLogPtr flows)
{
    auto next = state ? std::make_shared<ClusterState>(*state) : std::make_shared<ClusterState>();
    next->flows = std::move(flows);
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
