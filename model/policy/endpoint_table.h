#pragma once

#include "model/cluster/cluster_state.h"
#include "model/policy/endpoint.h"
#include "model/policy/ordered_policies.h"
#include "model/policy/state_changes.h"

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace portolan::policy {

/// A place in an EndpointTable.
using EndpointId = std::uint32_t;
inline constexpr EndpointId noEndpoint = std::numeric_limits<EndpointId>::max();

/// One step from the pods of a table to those of a later one.
struct PodSplice
{
    EndpointId at = 0; ///< in the earlier table: the pod that goes, or the one that it is put before
    bool removes = false;
    const Pod *added = nullptr; ///< nullptr: none
};

/// The ends of connections that a cluster has: its pods, in order of (namespace, name), then its nodes.
///
/// Finished pods take no part, nor do pods that wait for an address. A pod that runs without a known address
/// (from a manifest) does. A pod on the host's network is its node. Keeps the state alive; immutable; safe
/// from any thread.
class EndpointTable
{
public:
    /// `isWhole`: what the state does not hold does not exist (service accounts, in a folder of manifests).
    EndpointTable(ClusterStatePtr state, const std::vector<HostIdentity> &identities, bool isWhole);

    /// How the pods of this table become those of a later state, in order; nothing where they do not in steps
    /// that are told apart.
    std::optional<std::vector<PodSplice>> splices(std::span<const ObjectChange<Pod>> changes) const;
    /// The table of a later state in which nothing but these pods differs, and nodes in what is not looked at
    /// here. nullptr where the nodes are others: the table has to be made anew. `changes`, `splices`: of the
    /// pods, see splices().
    std::shared_ptr<const EndpointTable> updated(ClusterStatePtr next,
                                                 std::span<const ObjectChange<Pod>> changes,
                                                 std::span<const PodSplice> splices) const;

    const ClusterState &state() const { return *m_state; }
    std::size_t size() const { return m_pods.size() + m_hosts->list.size(); }
    std::size_t podCount() const { return m_pods.size(); }
    /// Precondition: id < podCount().
    const Pod &pod(EndpointId id) const { return *m_pods[id]; }
    /// Made anew at each call; views into the state.
    Endpoint endpoint(EndpointId id) const;
    /// A pod that need not be in the table, as it would be seen. Views into the pod.
    Endpoint podEndpoint(const Pod &pod) const;
    /// An address that belongs to no pod and no node.
    static Endpoint external(const IpRange::Address &address);

    /// The pod of that name; its node where it is on the host's network. noEndpoint where there is none or it
    /// takes no part.
    EndpointId find(std::string_view ns, std::string_view name) const;
    /// The pods of the workload of that name, of whatever kind; {} where there is none.
    std::vector<EndpointId> podsOfWorkload(std::string_view ns, std::string_view name) const;
    /// The pod or node that has the address. The first call sorts all addresses.
    EndpointId withAddress(const IpRange::Address &address) const;
    /// The one family that all addresses of the endpoint are of.
    enum class Family : std::uint8_t { Unknown, V4, V6, Several };
    Family family(EndpointId id) const { return m_families[id]; }

private:
    using Name = std::pair<std::string_view, std::string_view>;
    struct Hosts
    {
        std::vector<Endpoint> list;
        std::map<Name, std::size_t> ofPods; ///< pods on a host's network: a place in the list
    };
    using ServiceAccounts = std::map<Name, const Labels *>;

    EndpointTable(const EndpointTable &before, ClusterStatePtr next);
    std::shared_ptr<const Hosts> makeHosts() const;
    static bool takesPart(const Pod &pod);
    static Family familyOf(const Pod &pod);
    static Family familyOf(std::size_t addresses, bool firstIsV6);
    void findFamilies();
    void splicePods(const EndpointTable &before, std::span<const PodSplice> splices);
    void sortAddresses() const;
    EndpointId hostId(std::size_t place) const { return EndpointId(m_pods.size() + place); }

    ClusterStatePtr m_state;
    const bool m_isWhole;
    std::vector<HostIdentity> m_identities;
    std::vector<const Pod *> m_pods;
    std::shared_ptr<const Hosts> m_hosts; ///< shared by tables of states with the same nodes
    std::vector<Family> m_families;
    mutable std::once_flag m_addressesSorted;
    mutable std::vector<std::pair<IpRange::Address, EndpointId>> m_addresses;
    std::shared_ptr<const ServiceAccounts> m_serviceAccounts;
};

/// The addresses of a pod, those that parse.
std::vector<IpRange::Address> addressesOf(const std::vector<std::string> &texts);

} // namespace portolan::policy
