#include "model/graph/cluster_index.h"

#include "model/policy/policy_kinds.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>

namespace portolan::graph {

namespace {

constexpr std::string_view nameLabel = "kubernetes.io/metadata.name";

const OwnerRef *controllerOf(const ObjectMeta &meta)
{
    for (const OwnerRef &owner : meta.owners) {
        if (owner.controller)
            return &owner;
    }
    return nullptr;
}

bool isFinished(const Pod &pod)
{
    return pod.phase == PodPhase::Succeeded || pod.phase == PodPhase::Failed;
}

bool saysBroken(std::string_view reason)
{
    static constexpr std::array<std::string_view, 10> broken{"CrashLoopBackOff",
                                                             "ImagePullBackOff",
                                                             "ErrImagePull",
                                                             "Error",
                                                             "OOMKilled",
                                                             "ContainerCannotRun",
                                                             "CreateContainerConfigError",
                                                             "CreateContainerError",
                                                             "InvalidImageName",
                                                             "RunContainerError"};
    return std::find(broken.begin(), broken.end(), reason) != broken.end();
}

/// Kubernetes sets this label on every namespace; without the object it is all that is known.
Labels knownLabels(const Namespace *object, std::string_view name)
{
    if (object && object->meta.labels.find(nameLabel))
        return object->meta.labels;
    std::vector<Labels::Entry> entries;
    if (object)
        entries = object->meta.labels.entries();
    entries.emplace_back(nameLabel, name);
    return Labels(std::move(entries));
}

} // namespace

PodHealth healthOf(const Pod &pod)
{
    if (pod.phase == PodPhase::Succeeded)
        return PodHealth::Done;
    if (pod.phase == PodPhase::Failed || saysBroken(pod.reason))
        return PodHealth::Failed;
    if (std::any_of(pod.containers.begin(), pod.containers.end(), [](const Container &container) {
            return container.role != Container::Role::Ephemeral && !container.running &&
                   saysBroken(container.reason);
        }))
        return PodHealth::Failed;
    if (pod.phase == PodPhase::Pending)
        return PodHealth::Pending;
    return pod.ready && pod.phase == PodPhase::Running ? PodHealth::Ready : PodHealth::NotReady;
}

std::size_t ClusterIndex::KeyHash::operator()(const Key &key) const noexcept
{
    const std::hash<std::string_view> hashOf;
    std::size_t seed = hashOf(std::get<2>(key));
    for (const std::size_t part : {hashOf(std::get<0>(key)), hashOf(std::get<1>(key))})
        seed ^= part + 0x9e3779b97f4a7c15ULL + (seed << 6) + (seed >> 2);
    return seed;
}

ClusterIndex::ClusterIndex(const ClusterState &state) : m_state(state)
{
    collectNamespaces();
    collectWorkloads();
    assignPods();
    sortWorkloads();
}

void ClusterIndex::collectNamespaces()
{
    std::map<std::string_view, const Namespace *> names;
    for (const auto &object : m_state.namespaces)
        names.emplace(object->meta.name, object.get());
    const auto nameAll = [&names](const auto &table) {
        std::string_view last;
        for (const auto &object : table) {
            if (object->meta.ns != last && !object->meta.ns.empty())
                names.emplace(object->meta.ns, nullptr);
            last = object->meta.ns;
        }
    };
    nameAll(m_state.pods);
    nameAll(m_state.services);
    nameAll(m_state.networkPolicies);
    nameAll(m_state.ingresses);
    nameAll(m_state.workloads);
    m_namespaces.reserve(names.size());
    for (const auto &[name, object] : names) {
        NamespaceEntry entry;
        entry.name = name;
        entry.ref = {ObjectKind::Namespace, "Namespace", {}, std::string(name)};
        entry.group = groupIdOf(entry.ref);
        entry.object = object;
        entry.labels = knownLabels(object, name);
        entry.policyCount = std::uint32_t(policy::countPolicies(m_state, name));
        entry.pods = m_state.pods.inNamespace(name);
        m_namespaces.push_back(std::move(entry));
    }
}

std::uint32_t ClusterIndex::entryFor(ObjectKind kind, std::string_view ns, std::string_view type,
                                     std::string_view name)
{
    const auto known = m_entries.find({ns, type, name});
    if (known != m_entries.end())
        return known->second;
    WorkloadEntry entry;
    entry.ref = {kind, std::string(type), std::string(ns), std::string(name)};
    entry.node = nodeIdOf(kind == ObjectKind::Pod ? NodeKind::Pod : NodeKind::Workload, entry.ref);
    entry.ns = namespaceAt(ns);
    const auto object = m_objects.find({ns, type, name});
    entry.object = object == m_objects.end() ? nullptr : object->second;
    const auto place = std::uint32_t(m_workloads.size());
    m_workloads.push_back(std::move(entry));
    m_entries.emplace(Key{ns, type, name}, place);
    return place;
}

void ClusterIndex::collectWorkloads()
{
    m_objects.reserve(m_state.workloads.size());
    for (const auto &object : m_state.workloads)
        m_objects.emplace(Key{object->meta.ns, object->kind, object->meta.name}, object.get());
    for (const auto &object : m_state.workloads) {
        // What something else made is shown as its maker.
        if (!controllerOf(object->meta))
            entryFor(ObjectKind::Workload, object->meta.ns, object->kind, object->meta.name);
    }
}

std::uint32_t ClusterIndex::topOf(const Pod &pod)
{
    const OwnerRef *top = nullptr;
    const OwnerRef *owner = controllerOf(pod.meta);
    // Bounded: a hostile object could own itself.
    for (int depth = 0; owner && owner->kind != "Node" && depth < 8; ++depth) {
        top = owner;
        const auto object = m_objects.find({pod.meta.ns, owner->kind, owner->name});
        owner = object == m_objects.end() ? nullptr : controllerOf(object->second->meta);
    }
    if (!top)
        return entryFor(ObjectKind::Pod, pod.meta.ns, "Pod", pod.meta.name);
    return entryFor(ObjectKind::Workload, pod.meta.ns, top->kind, top->name);
}

void ClusterIndex::assignPods()
{
    m_workloadAt.assign(m_state.pods.size(), none);
    // Pods of one owner mostly follow one another, so the owner is looked up once for all of them.
    const Pod *last = nullptr;
    std::uint32_t lastTop = none;
    const auto pods = m_state.pods.all();
    for (std::size_t i = 0; i < pods.size(); ++i) {
        const Pod &pod = *pods[i];
        if (isFinished(pod)) {
            ++m_finishedPods;
            continue;
        }
        const bool sameOwner = last && m_workloads[lastTop].ref.kind == ObjectKind::Workload &&
                               last->meta.ns == pod.meta.ns && last->meta.owners == pod.meta.owners;
        const std::uint32_t top = sameOwner ? lastTop : topOf(pod);
        m_workloads[top].pods.push_back(&pod);
        m_workloadAt[i] = top;
        lastTop = top;
        last = &pod;
    }
}

void ClusterIndex::sortWorkloads()
{
    std::vector<std::uint32_t> order(m_workloads.size());
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(), [this](std::uint32_t a, std::uint32_t b) {
        const ObjectRef &x = m_workloads[a].ref;
        const ObjectRef &y = m_workloads[b].ref;
        return std::tie(x.ns, x.name, x.type) < std::tie(y.ns, y.name, y.type);
    });
    std::vector<std::uint32_t> placeOf(order.size());
    std::vector<WorkloadEntry> sorted;
    sorted.reserve(order.size());
    for (const std::uint32_t old : order) {
        placeOf[old] = std::uint32_t(sorted.size());
        sorted.push_back(std::move(m_workloads[old]));
    }
    m_workloads = std::move(sorted);
    for (auto &[key, place] : m_entries)
        place = placeOf[place];
    for (std::uint32_t &place : m_workloadAt)
        place = place == none ? none : placeOf[place];
    for (std::uint32_t i = 0; i < m_workloads.size(); ++i) {
        NamespaceEntry &ns = m_namespaces[m_workloads[i].ns];
        if (ns.endWorkload == 0)
            ns.firstWorkload = i;
        ns.endWorkload = i + 1;
    }
}

std::uint32_t ClusterIndex::namespaceAt(std::string_view name) const
{
    const auto at = std::lower_bound(
        m_namespaces.begin(), m_namespaces.end(), name,
        [](const NamespaceEntry &entry, std::string_view wanted) { return entry.name < wanted; });
    return at != m_namespaces.end() && at->name == name ? std::uint32_t(at - m_namespaces.begin()) : none;
}

std::uint32_t ClusterIndex::placeOfPod(std::string_view ns, std::string_view name) const
{
    const std::uint32_t space = namespaceAt(ns);
    if (space == none)
        return none;
    const auto &pods = m_namespaces[space].pods;
    const auto at =
        std::lower_bound(pods.begin(), pods.end(), name,
                         [](const auto &p, std::string_view wanted) { return p->meta.name < wanted; });
    const bool found = at != pods.end() && (*at)->meta.name == name;
    return found ? std::uint32_t(&*at - m_state.pods.all().data()) : none;
}

std::uint32_t ClusterIndex::workloadOf(const Pod &pod) const
{
    return workloadOfPod(pod.meta.ns, pod.meta.name);
}

std::uint32_t ClusterIndex::workloadOfPod(std::string_view ns, std::string_view name) const
{
    const std::uint32_t place = placeOfPod(ns, name);
    return place == none ? none : m_workloadAt[place];
}

std::uint32_t ClusterIndex::workloadAt(std::string_view ns, std::string_view kind,
                                       std::string_view name) const
{
    const auto at = m_entries.find({ns, kind, name});
    return at == m_entries.end() ? none : at->second;
}

const Pod *ClusterIndex::pod(std::string_view ns, std::string_view name) const
{
    const std::uint32_t place = placeOfPod(ns, name);
    return place == none ? nullptr : m_state.pods.all()[place].get();
}

const Pod *ClusterIndex::podWithIp(std::string_view ip) const
{
    if (!m_podOfIp) {
        m_podOfIp.emplace();
        m_podOfIp->reserve(m_state.pods.size());
        for (const auto &pod : m_state.pods) {
            if (pod->hostNetwork || isFinished(*pod))
                continue;
            for (const std::string &own : pod->ips)
                m_podOfIp->emplace(own, pod.get());
        }
    }
    const auto at = m_podOfIp->find(ip);
    return at == m_podOfIp->end() ? nullptr : at->second;
}

bool ClusterIndex::isUnread(ObjectKind kind, std::string_view ns) const
{
    return portolan::isUnread(m_state, kind, ns);
}

} // namespace portolan::graph
