#pragma once

#include "model/cluster/cluster_state.h"
#include "model/policy/endpoint.h"
#include "model/policy/ordered_policies.h"

#include <cstdint>
#include <limits>
#include <map>
#include <mutex>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace portolan::policy {

/// A place in an EndpointTable.
using EndpointId = std::uint32_t;
inline constexpr EndpointId noEndpoint = std::numeric_limits<EndpointId>::max();

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

    const ClusterState &state() const { return *m_state; }
    std::size_t size() const { return m_pods.size() + m_hosts.size(); }
    std::size_t podCount() const { return m_pods.size(); }
    /// Precondition: id < podCount().
    const Pod &pod(EndpointId id) const { return *m_pods[id]; }
    /// Made anew at each call; views into the state.
    Endpoint endpoint(EndpointId id) const;
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
    void addHosts(const std::vector<HostIdentity> &hosts);
    void addHostPods(const std::vector<const Pod *> &pods);
    Endpoint podEndpoint(const Pod &pod) const;
    void findFamilies();
    void sortAddresses() const;

    ClusterStatePtr m_state;
    const bool m_isWhole;
    std::vector<const Pod *> m_pods;
    std::vector<Endpoint> m_hosts;
    std::vector<Family> m_families;
    mutable std::once_flag m_addressesSorted;
    mutable std::vector<std::pair<IpRange::Address, EndpointId>> m_addresses;
    std::map<std::pair<std::string_view, std::string_view>, EndpointId> m_hostPods;
    std::map<std::pair<std::string_view, std::string_view>, const Labels *> m_serviceAccounts;
};

/// The addresses of a pod, those that parse.
std::vector<IpRange::Address> addressesOf(const std::vector<std::string> &texts);

} // namespace portolan::policy
