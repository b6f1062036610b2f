#include "model/graph/policy_index.h"

#include <algorithm>
#include <array>

namespace portolan::graph {

namespace {

constexpr std::string_view nameLabel = "kubernetes.io/metadata.name";

void addKeys(const LabelSelector &selector, std::vector<std::string_view> &keys)
{
    for (const Labels::Entry &entry : selector.matchLabels)
        keys.push_back(entry.first);
    for (const LabelRequirement &requirement : selector.matchExpressions)
        keys.push_back(requirement.key);
}

void sortUnique(std::vector<std::string_view> &names)
{
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
}

bool asksOnlyForTheName(const LabelSelector &selector)
{
    std::vector<std::string_view> keys;
    addKeys(selector, keys);
    return std::all_of(keys.begin(), keys.end(), [](std::string_view key) { return key == nameLabel; });
}

/// Policies of other APIs that the verdict would need: a verdict without them could be wrong.
bool isForeignPolicy(const ApiObject &object)
{
    struct Foreign
    {
        std::string_view group;
        std::string_view kind;
    };
    static constexpr std::array<Foreign, 9> foreign{{
        {"crd.projectcalico.org", "NetworkPolicy"},
        {"projectcalico.org", "NetworkPolicy"},
        {"crd.projectcalico.org", "GlobalNetworkPolicy"},
        {"projectcalico.org", "GlobalNetworkPolicy"},
        {"cilium.io", "CiliumNetworkPolicy"},
        {"cilium.io", "CiliumClusterwideNetworkPolicy"},
        {"policy.networking.k8s.io", "AdminNetworkPolicy"},
        {"policy.networking.k8s.io", "BaselineAdminNetworkPolicy"},
        {"policy.networking.k8s.io", "ClusterNetworkPolicy"},
    }};
    // Calico's API server shows every Kubernetes NetworkPolicy once more under this prefix.
    if (object.meta.name.starts_with("knp.default."))
        return false;
    return std::any_of(foreign.begin(), foreign.end(),
                       [&](const Foreign &f) { return f.group == object.group && f.kind == object.kind; });
}

Match blockMatch(const CompiledPeer &peer, const Variant &pod, BlockRule rule)
{
    if (rule == BlockRule::OutsideOnly || !peer.block)
        return Match::No;
    std::size_t inside = 0;
    std::size_t addresses = 0;
    for (const Pod *one : pod.pods) {
        for (const std::string &ip : one->ips) {
            const auto address = IpRange::parse(ip);
            if (!address)
                continue;
            ++addresses;
            const bool cut = std::any_of(peer.except.begin(), peer.except.end(),
                                         [&](const IpRange &range) { return range.contains(*address); });
            inside += peer.block->contains(*address) && !cut ? 1 : 0;
        }
    }
    if (inside == 0)
        return Match::No;
    return inside == addresses && rule == BlockRule::MatchesPods ? Match::Yes : Match::Maybe;
}

} // namespace

BlockRule blockRuleOf(const ClusterIndex &cluster)
{
    for (const WorkloadEntry &entry : cluster.workloads()) {
        if (entry.ref.type != "DaemonSet")
            continue;
        if (entry.ref.name == "calico-node" || entry.ref.name == "canal")
            return BlockRule::MatchesPods;
        if (entry.ref.name == "cilium")
            return BlockRule::OutsideOnly;
    }
    return BlockRule::Unknown;
}

PolicyIndex::PolicyIndex(const ClusterIndex &cluster) : m_cluster(cluster), m_blockRule(blockRuleOf(cluster))
{
    compilePolicies();
    findUncertain();
    makeVariants();
}

void PolicyIndex::compilePolicies()
{
    const ClusterState &state = m_cluster.state();
    m_policiesOf.resize(m_cluster.namespaces().size());
    m_policies.reserve(state.networkPolicies.size());
    for (const auto &object : state.networkPolicies) {
        CompiledPolicy policy;
        policy.object = object.get();
        policy.ref = refOf(*object);
        policy.ns = m_cluster.namespaceAt(object->meta.ns);
        if (policy.ns == none)
            continue;
        policy.understood = object->podSelector.isUnderstood();
        addKeys(object->podSelector, m_keys);
        for (const PolicyRule &rule : object->ingress)
            policy.ingress.push_back(compileRule(rule, policy.ns));
        for (const PolicyRule &rule : object->egress)
            policy.egress.push_back(compileRule(rule, policy.ns));
        auto &[first, end] = m_policiesOf[policy.ns];
        if (end == 0)
            first = std::uint32_t(m_policies.size());
        end = std::uint32_t(m_policies.size() + 1);
        m_policies.push_back(std::move(policy));
    }
    sortUnique(m_keys);
    sortUnique(m_portNames);
}

CompiledRule PolicyIndex::compileRule(const PolicyRule &rule, std::uint32_t ns)
{
    CompiledRule compiled;
    compiled.source = &rule;
    compiled.anyPeer = rule.peers.empty();
    for (const PolicyPeer &peer : rule.peers)
        compiled.peers.push_back(compilePeer(peer, ns));
    if (rule.ports.empty())
        compiled.ports = PortSet::all();
    for (const PolicyPort &port : rule.ports) {
        if (!port.port) {
            compiled.ports.add(port.protocol, 1, 65535);
        } else if (const auto *number = std::get_if<std::uint16_t>(&*port.port)) {
            compiled.ports.add(port.protocol, *number, port.endPort.value_or(*number));
        } else {
            compiled.hasNamed = true;
            m_portNames.push_back(std::get<std::string>(*port.port));
        }
    }
    return compiled;
}

CompiledPeer PolicyIndex::compilePeer(const PolicyPeer &peer, std::uint32_t ns)
{
    CompiledPeer compiled;
    compiled.source = &peer;
    if (peer.ipBlock) {
        compiled.block = IpRange::parse(peer.ipBlock->cidr);
        for (const std::string &text : peer.ipBlock->except) {
            if (const auto range = IpRange::parse(text))
                compiled.except.push_back(*range);
        }
        return compiled;
    }
    if (peer.podSelector) {
        addKeys(*peer.podSelector, m_keys);
        compiled.understood = peer.podSelector->isUnderstood();
    }
    if (!peer.namespaceSelector) {
        compiled.namespaces = {ns};
        return compiled;
    }
    const LabelSelector &selector = *peer.namespaceSelector;
    compiled.everyNamespace = selector.isEmpty();
    compiled.understood = compiled.understood && selector.isUnderstood();
    const auto &namespaces = m_cluster.namespaces();
    const auto known = m_namespacesBySelector.try_emplace(selector.toString());
    for (std::uint32_t i = 0; known.second && i < namespaces.size(); ++i) {
        if (selector.matches(namespaces[i].labels))
            known.first->second.push_back(i);
    }
    compiled.namespaces = known.first->second;
    // Of a namespace that cannot be read, only the name is known.
    if (!asksOnlyForTheName(selector) &&
        std::any_of(namespaces.begin(), namespaces.end(), [](const NamespaceEntry &n) { return !n.object; }))
        compiled.understood = false;
    return compiled;
}

void PolicyIndex::findUncertain()
{
    const auto &namespaces = m_cluster.namespaces();
    m_uncertain.resize(namespaces.size());
    for (std::size_t i = 0; i < namespaces.size(); ++i)
        m_uncertain[i] = m_cluster.isUnread(ObjectKind::NetworkPolicy, namespaces[i].name);
    for (const auto &object : m_cluster.state().others) {
        if (!isForeignPolicy(*object))
            continue;
        const std::uint32_t ns = m_cluster.namespaceAt(object->meta.ns);
        if (ns != none)
            m_uncertain[ns] = true;
        else if (object->meta.ns.empty())
            m_uncertain.assign(m_uncertain.size(), true);
    }
}

std::vector<Labels::Entry> PolicyIndex::projected(const Labels &labels) const
{
    std::vector<Labels::Entry> kept;
    for (const Labels::Entry &entry : labels.entries()) {
        if (std::binary_search(m_keys.begin(), m_keys.end(), std::string_view(entry.first)))
            kept.push_back(entry);
    }
    return kept;
}

std::vector<ContainerPort> PolicyIndex::namedPortsOf(const Pod &pod) const
{
    std::vector<ContainerPort> ports;
    for (const Container &container : pod.containers) {
        for (const ContainerPort &port : container.ports) {
            if (std::binary_search(m_portNames.begin(), m_portNames.end(), std::string_view(port.name)))
                ports.push_back(port);
        }
    }
    return ports;
}

void PolicyIndex::makeVariants()
{
    for (std::uint32_t i = 0; i < m_cluster.workloads().size(); ++i) {
        m_firstVariant.push_back(std::uint32_t(m_variants.size()));
        addVariants(i);
    }
    m_firstVariant.push_back(std::uint32_t(m_variants.size()));
    for (Variant &variant : m_variants)
        select(variant);
}

void PolicyIndex::addVariants(std::uint32_t workload)
{
    const WorkloadEntry &entry = m_cluster.workloads()[workload];
    struct Known
    {
        std::vector<Labels::Entry> labels;
        std::size_t variant;
    };
    std::vector<Known> known;
    const auto add = [&](const Labels &labels, std::vector<ContainerPort> ports) -> Variant & {
        std::vector<Labels::Entry> own = projected(labels);
        for (const Known &k : known) {
            if (k.labels == own && m_variants[k.variant].namedPorts == ports)
                return m_variants[k.variant];
        }
        known.push_back({own, m_variants.size()});
        Variant variant;
        variant.workload = workload;
        variant.ns = entry.ns;
        variant.labels = Labels(std::move(own));
        variant.namedPorts = std::move(ports);
        m_variants.push_back(std::move(variant));
        return m_variants.back();
    };
    for (const Pod *pod : entry.pods) {
        if (!pod->hostNetwork)
            add(pod->meta.labels, namedPortsOf(*pod)).pods.push_back(pod);
    }
    if (entry.pods.empty() && entry.object)
        add(entry.object->templateLabels, {});
}

void PolicyIndex::select(Variant &variant)
{
    const auto [first, end] = m_policiesOf[variant.ns];
    for (std::uint32_t i = first; i < end; ++i) {
        const CompiledPolicy &policy = m_policies[i];
        const bool selected = policy.object->podSelector.matches(variant.labels);
        if (policy.understood && !selected)
            continue;
        if (policy.object->isolatesIngress)
            (policy.understood ? variant.ingress : variant.maybeIngress).push_back(i);
        if (policy.object->isolatesEgress)
            (policy.understood ? variant.egress : variant.maybeEgress).push_back(i);
    }
}

std::span<const Variant> PolicyIndex::variantsOf(std::uint32_t workload) const
{
    const std::uint32_t first = m_firstVariant[workload];
    return {m_variants.data() + first, m_firstVariant[workload + 1] - first};
}

Match PolicyIndex::matches(const CompiledPeer &peer, const Variant &pod) const
{
    if (peer.source->ipBlock)
        return blockMatch(peer, pod, m_blockRule);
    if (!peer.understood)
        return Match::Maybe;
    if (!peer.everyNamespace && !std::binary_search(peer.namespaces.begin(), peer.namespaces.end(), pod.ns))
        return Match::No;
    return !peer.source->podSelector || peer.source->podSelector->matches(pod.labels) ? Match::Yes
                                                                                      : Match::No;
}

} // namespace portolan::graph
