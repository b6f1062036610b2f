#pragma once

#include "model/base/ip_range.h"
#include "model/graph/cluster_index.h"
#include "model/graph/port_set.h"

#include <span>
#include <string_view>
#include <vector>

namespace portolan::graph {

/// Yes and No are certain; Maybe where the policy says something that is not understood.
enum class Match : std::uint8_t { No, Maybe, Yes };

/// Pods of one workload that no policy of the cluster tells apart. A workload without pods has one, made
/// of its template. Pods on the host's network are in none: selectors do not match them.
struct Variant
{
    std::uint32_t workload = none;
    std::uint32_t ns = none;
    Labels labels;
    std::vector<const Pod *> pods;
    std::vector<ContainerPort> namedPorts; ///< those that some policy names
    std::vector<std::uint32_t> ingress;    ///< policies that isolate it, in order
    std::vector<std::uint32_t> egress;
    std::vector<std::uint32_t> maybeIngress; ///< policies of which it cannot be told
    std::vector<std::uint32_t> maybeEgress;
};

/// One entry of `from` or `to`, looked up.
struct CompiledPeer
{
    const PolicyPeer *source = nullptr;
    std::vector<std::uint32_t> namespaces; ///< places, sorted; {} for an ipBlock
    bool everyNamespace = false;
    bool understood = true;
    std::optional<IpRange> block;
    std::vector<IpRange> except;
};

struct CompiledRule
{
    const PolicyRule *source = nullptr;
    bool anyPeer = false;
    std::vector<CompiledPeer> peers;
    PortSet ports;         ///< those given by number
    bool hasNamed = false; ///< and some by name
};

struct CompiledPolicy
{
    const NetworkPolicy *object = nullptr;
    ObjectRef ref;
    std::uint32_t ns = none;
    bool understood = true; ///< its podSelector
    std::vector<CompiledRule> ingress;
    std::vector<CompiledRule> egress;
};

/// Whether an ipBlock admits pods whose address lies in it: enforcers differ.
enum class BlockRule : std::uint8_t { Unknown, MatchesPods, OutsideOnly };

/// NetworkPolicies (networking.k8s.io/v1) and whom they select, made once per graph. Semantics: the API
/// reference of NetworkPolicySpec; where an enforcer decides, Match::Maybe.
class PolicyIndex
{
public:
    explicit PolicyIndex(const ClusterIndex &cluster);

    const ClusterIndex &cluster() const { return m_cluster; }
    const std::vector<CompiledPolicy> &policies() const { return m_policies; }
    const std::vector<Variant> &variants() const { return m_variants; }
    std::span<const Variant> variantsOf(std::uint32_t workload) const;
    /// True for what takes part in policies at all: a workload with a variant.
    bool takesPart(std::uint32_t workload) const { return !variantsOf(workload).empty(); }

    Match matches(const CompiledPeer &peer, const Variant &pod) const;

    /// Why verdicts about pods of this namespace cannot be certain: policies that could not be read, or
    /// policies of kinds that are not evaluated here (Cilium, Calico, Admin and ClusterNetworkPolicy).
    bool isUncertain(std::uint32_t ns) const { return m_uncertain[ns]; }

private:
    void compilePolicies();
    CompiledRule compileRule(const PolicyRule &rule, std::uint32_t ns);
    CompiledPeer compilePeer(const PolicyPeer &peer, std::uint32_t ns);
    void findUncertain();
    void makeVariants();
    void addVariants(std::uint32_t workload);
    void select(Variant &variant);
    std::vector<Labels::Entry> projected(const Labels &labels) const;
    std::vector<ContainerPort> namedPortsOf(const Pod &pod) const;

    const ClusterIndex &m_cluster;
    BlockRule m_blockRule = BlockRule::Unknown;
    std::vector<CompiledPolicy> m_policies;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> m_policiesOf; // by namespace: [first, end)
    std::vector<std::string_view> m_keys;      // label keys that selectors mention, sorted
    std::vector<std::string_view> m_portNames; // port names that rules mention, sorted
    std::unordered_map<std::string, std::vector<std::uint32_t>> m_namespacesBySelector;
    std::vector<Variant> m_variants;           // in order of workloads
    std::vector<std::uint32_t> m_firstVariant; // by workload, and one past the end
    std::vector<bool> m_uncertain;
};

/// How the enforcer that runs here takes ipBlocks, by the agents that are found: Calico matches pods,
/// Cilium does not.
BlockRule blockRuleOf(const ClusterIndex &cluster);

} // namespace portolan::graph
