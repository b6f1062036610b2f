#pragma once

#include "model/cluster/cluster_state.h"
#include "model/graph/topology_graph.h"

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace portolan::graph {

inline constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

/// What a card of the Services view stands for: a workload at the top of its owner chain, or a pod
/// without an owner.
struct WorkloadEntry
{
    ObjectRef ref;
    NodeId node;
    std::uint32_t ns = none;          ///< index into ClusterIndex::namespaces()
    const Workload *object = nullptr; ///< not there for bare pods and for owners that cannot be read
    std::vector<const Pod *> pods;    ///< those that run or will run, in name order
};

struct NamespaceEntry
{
    std::string_view name;
    ObjectRef ref;
    GroupId group;
    const Namespace *object = nullptr; ///< not there where namespaces cannot be read
    Labels labels;                     ///< kubernetes.io/metadata.name alone where there is no object
    std::uint32_t firstWorkload = 0;   ///< its workloads are [firstWorkload, endWorkload)
    std::uint32_t endWorkload = 0;
    std::uint32_t policyCount = 0;
    std::span<const std::shared_ptr<const Pod>> pods; ///< finished ones too, in name order
};

/// Looks into a ClusterState, made once per graph: O(objects) to make, O(1) or a binary search to ask. Refers
/// to the state, which must live longer. Used by one thread: some of it is made when it is asked for first.
class ClusterIndex
{
public:
    explicit ClusterIndex(const ClusterState &state);

    const ClusterState &state() const { return m_state; }
    /// Every namespace that exists or that some object names, in name order.
    const std::vector<NamespaceEntry> &namespaces() const { return m_namespaces; }
    /// In order of (namespace, name, type).
    const std::vector<WorkloadEntry> &workloads() const { return m_workloads; }
    std::uint32_t finishedPods() const { return m_finishedPods; }

    std::uint32_t namespaceAt(std::string_view name) const; ///< none where there is none
    /// The card that a pod belongs to; none for finished pods.
    std::uint32_t workloadOf(const Pod &pod) const;
    /// The same by the pod's place in the state.
    std::uint32_t workloadAtPlace(std::size_t place) const { return m_workloadAt[place]; }
    std::uint32_t workloadOfPod(std::string_view ns, std::string_view name) const;
    std::uint32_t workloadAt(std::string_view ns, std::string_view kind, std::string_view name) const;
    const Pod *pod(std::string_view ns, std::string_view name) const;
    /// The pod with that address; pods on the host's network have none of their own.
    const Pod *podWithIp(std::string_view ip) const;

    /// True where a resource of that kind could not be read in `ns` (or everywhere).
    bool isUnread(ObjectKind kind, std::string_view ns) const;

private:
    using Key = std::tuple<std::string_view, std::string_view, std::string_view>; // ns, kind, name
    struct KeyHash
    {
        std::size_t operator()(const Key &key) const noexcept;
    };

    void collectNamespaces();
    void collectWorkloads();
    void assignPods();
    void sortWorkloads();
    std::uint32_t topOf(const Pod &pod);
    std::uint32_t placeOfPod(std::string_view ns, std::string_view name) const;
    std::uint32_t entryFor(ObjectKind kind, std::string_view ns, std::string_view type,
                           std::string_view name);

    const ClusterState &m_state;
    std::vector<NamespaceEntry> m_namespaces;
    std::vector<WorkloadEntry> m_workloads;
    std::unordered_map<Key, const Workload *, KeyHash> m_objects;
    std::unordered_map<Key, std::uint32_t, KeyHash> m_entries;
    std::vector<std::uint32_t> m_workloadAt; ///< by place of a pod in the state
    /// Filled when an address is asked for: most clusters name the pod wherever they give its address.
    mutable std::optional<std::unordered_map<std::string_view, const Pod *>> m_podOfIp;
    std::uint32_t m_finishedPods = 0;
};

/// How a dot looks: from the pod's phase, readiness and the reason that its containers give.
PodHealth healthOf(const Pod &pod);

} // namespace portolan::graph
