#pragma once

#include "model/policy/cilium_version.h"
#include "model/policy/ordered_policies.h"
#include "model/policy/policy_api.h"
#include "model/policy/predicate.h"
#include "model/policy/spec_reader.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace portolan::policy {

/// What Cilium's policies are read with besides themselves. Made once for each compilation.
struct CiliumWorld
{
    struct CidrGroup
    {
        std::string name;
        Labels labels;
        std::vector<IpRange> blocks;
        bool isUnderstood = true;
    };

    const ClusterState *state = nullptr;
    std::optional<CiliumVersion> version;
    std::vector<CidrGroup> cidrGroups;
    std::string unreadGroups;           ///< not empty: CIDR groups are missing, for this reason
    std::vector<IpRange> podNetworks;   ///< see ciliumPodNetworks()
    std::vector<IpRange> apiServers;    ///< endpoints of Service default/kubernetes
    bool isConfigKnown = false;         ///< the ConfigMap cilium-config was read
    std::string clusterName;            ///< cluster-name; "" where it is not known
    bool hasHostFirewall = false;       ///< enable-host-firewall
    bool hasNodeSelectors = false;      ///< enable-node-selector-labels
    bool matchesNodesByAddress = false; ///< policy-cidr-match-mode has "nodes"

    static CiliumWorld read(std::span<const ApiObject *const> objects, const CompileContext &context,
                            OrderedPolicies &out);
};

/// Where pods may have their addresses from, as texts, each once. Parses every CiliumNode.
std::vector<std::string> ciliumPodNetworks(const ClusterState &state);

/// One alternative of a rule's peers. Several of them are one `from` or `to`.
struct CiliumPeer
{
    Predicate who;
    Locality locality = Locality::Any;
};

/// What stands in a rule's from… and to… fields.
struct CiliumPeers
{
    std::vector<CiliumPeer> any;
    bool isNamed = false;              ///< false: the rule has no such field, every peer is meant
    std::vector<std::string> warnings; ///< of things that are read and yet worth a finding: "field\ntext"
};

/// `ns`: the policy's namespace, "" for a clusterwide policy. `way`: "from" or "to".
CiliumPeers ciliumPeers(const SpecField &rule, const std::string &way, const std::string &ns,
                        const CiliumWorld &world);

/// endpointSelector of a policy; for pods.
Predicate ciliumSubject(const SpecField &selector, const std::string &ns, const CiliumWorld &world);

/// toPorts and icmps: one entry for each toPorts element, with the condition that its L7 rules make.
struct CiliumTraffic
{
    TrafficMatch match;
    std::string condition;
};
struct CiliumTraffics
{
    std::vector<CiliumTraffic> any;
    bool isNamed = false;              ///< false: every port and protocol
    std::vector<std::string> warnings; ///< as those of CiliumPeers
};
CiliumTraffics ciliumTraffic(const SpecField &rule, const CiliumWorld &world);

} // namespace portolan::policy
