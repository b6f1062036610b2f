#include "model/policy/cilium_world.h"

#include <algorithm>
#include <array>

namespace portolan::policy {

namespace {

constexpr EndpointKinds outside = kindBit(EndpointKind::External);

/// A selector's key without its source: "k8s:app" and "any:app" are app, "reserved:host" stays whole.
struct Key
{
    std::string_view source = "any";
    std::string_view name;
};

Key keyOf(std::string_view text)
{
    const std::size_t colon = text.find(':');
    return colon == std::string_view::npos ? Key{"any", text}
                                           : Key{text.substr(0, colon), text.substr(colon + 1)};
}

constexpr std::string_view namespaceKey = "io.kubernetes.pod.namespace";
constexpr std::string_view namespaceLabels = "io.cilium.k8s.namespace.labels.";
constexpr std::string_view serviceAccountKey = "io.cilium.k8s.policy.serviceaccount";
constexpr std::string_view clusterKey = "io.cilium.k8s.policy.cluster";

/// Labels that Cilium leaves out of identities unless `labels` in its configuration says otherwise (its
/// documents, "Limiting Identity-Relevant Labels").
bool isLeftOut(std::string_view key)
{
    constexpr std::array<std::string_view, 6> whole{
        "pod-template-generation", "pod-template-hash", "controller-revision-hash",
        "controller-uid",          "etcd_node",         "job-name"};
    constexpr std::array<std::string_view, 6> starts{
        "io.kubernetes",       "kubernetes.io",       "k8s.io", "statefulset.kubernetes.io/",
        "apps.kubernetes.io/", "batch.kubernetes.io/"};
    return std::find(whole.begin(), whole.end(), key) != whole.end() ||
           std::any_of(starts.begin(), starts.end(),
                       [&](std::string_view s) { return key.starts_with(s); }) ||
           key.find("beta.kubernetes.io") != std::string_view::npos;
}

/// The test of one requirement on a pod's label.
Predicate podRequirement(std::string_view text, TextTest test, std::vector<std::string> values,
                         const CiliumWorld &world)
{
    const Key key = keyOf(text);
    if (key.source == "reserved")
        return Predicate::never();
    if (key.source != "any" && key.source != "k8s")
        return Predicate::maybe("labels of source " + std::string(key.source) + " are not known");
    if (key.name == namespaceKey)
        return Predicate::text(TextOf::NamespaceName, {}, test, std::move(values));
    if (key.name == serviceAccountKey)
        return Predicate::text(TextOf::ServiceAccountName, {}, test, std::move(values));
    if (key.name.starts_with(namespaceLabels))
        return Predicate::text(TextOf::NamespaceLabel, std::string(key.name.substr(namespaceLabels.size())),
                               test, std::move(values));
    if (key.name == clusterKey && test != TextTest::Exists && world.clusterName.empty())
        return Predicate::maybe("Cilium's name of the cluster is not known");
    if (key.name == clusterKey) // every pod that is known is of this cluster
        return meetsTest(world.clusterName, test, values) ? Predicate::always() : Predicate::never();
    const Predicate own = Predicate::text(TextOf::OwnLabel, std::string(key.name), test, std::move(values));
    return isLeftOut(key.name) ? own.atMostMaybe("Cilium leaves label " + std::string(key.name) +
                                                 " out unless it is told otherwise")
                               : own;
}

/// The requirements of a LabelSelector, each with its key.
std::vector<std::pair<std::string, Predicate>> requirements(const SpecField &selector,
                                                            const CiliumWorld &world)
{
    std::vector<std::pair<std::string, Predicate>> list;
    selector.onlyKnows({"matchLabels", "matchExpressions"});
    for (const auto &[key, value] : selector.at("matchLabels").members())
        list.emplace_back(key, podRequirement(key, TextTest::In, {value.text()}, world));
    for (const SpecField &expression : selector.at("matchExpressions").elements()) {
        expression.onlyKnows({"key", "operator", "values"});
        const std::string key = expression.at("key").text(), op = expression.at("operator").text();
        const std::vector<std::string> values = expression.at("values").texts();
        const bool isSet = op == "In" || op == "NotIn";
        if (!isSet && op != "Exists" && op != "DoesNotExist")
            expression.at("operator")
                .fault("is an operator that is not known: \"" + withoutControlCharacters(op) + "\"");
        else if (isSet == values.empty())
            expression.at("values").fault(isSet ? "is empty" : "has no meaning with " + op);
        const Predicate test = podRequirement(key, isSet ? TextTest::In : TextTest::Exists, values, world);
        list.emplace_back(key, op == "NotIn" || op == "DoesNotExist" ? !test : test);
    }
    return list;
}

Predicate blocks(std::vector<IpRange> ranges, EndpointKinds kinds = outside)
{
    return Predicate::kind(kinds) && Predicate::inBlocks(std::move(ranges));
}

/// What is not of the cluster; an address of the pods' networks that no pod has may be Cilium's own.
Predicate worldPeer(const CiliumWorld &world)
{
    const Predicate external = Predicate::kind(outside);
    if (world.podNetworks.empty())
        return external;
    const Predicate inside = Predicate::inBlocks(world.podNetworks);
    return (external && !inside) ||
           (external && inside)
               .atMostMaybe("an address of the pods' networks belongs to no pod that is known");
}

Predicate apiServerPeer(const CiliumWorld &world)
{
    const Predicate candidates = Predicate::kind(hosts | outside);
    if (world.apiServers.empty())
        return candidates.atMostMaybe("the endpoints of Service default/kubernetes are not known");
    return candidates && Predicate::inBlocks(world.apiServers);
}

/// Nothing where there is no such entity.
std::optional<std::vector<CiliumPeer>> entityNamed(std::string_view entity, const CiliumWorld &world)
{
    using Peers = std::vector<CiliumPeer>;
    const auto family = [&](const char *block) {
        return worldPeer(world) && Predicate::inBlocks({*IpRange::parse(block)});
    };
    if (entity == "all")
        return Peers{{Predicate::always()}};
    if (entity == "world")
        return Peers{{worldPeer(world)}};
    if (entity == "world-ipv4")
        return Peers{{family("0.0.0.0/0")}};
    if (entity == "world-ipv6")
        return Peers{{family("::/0")}};
    if (entity == "host")
        return Peers{{Predicate::kind(hosts), Locality::SameNode}};
    if (entity == "remote-node")
        return Peers{{Predicate::kind(hosts), Locality::OtherNode}};
    if (entity == "kube-apiserver")
        return Peers{{apiServerPeer(world)}};
    if (entity == "cluster" || entity == "cluster-mesh") {
        std::vector<CiliumPeer> peers{{Predicate::kind(podsOnly | hosts)}};
        if (!world.apiServers.empty())
            peers.push_back({blocks(world.apiServers)});
        if (!world.podNetworks.empty())
            peers.push_back(
                {blocks(world.podNetworks)
                     .atMostMaybe("an address of the pods' networks belongs to no pod that is known")});
        return peers;
    }
    // Cilium's own endpoints, and pods that have no labels yet: none of them is an end here.
    constexpr std::array<std::string_view, 5> never{"init", "health", "ingress", "unmanaged", "none"};
    return std::find(never.begin(), never.end(), entity) != never.end() ? std::optional(Peers{})
                                                                        : std::nullopt;
}

std::vector<CiliumPeer> entityPeers(const SpecField &field, const CiliumWorld &world)
{
    const std::string entity = field.text();
    if (auto peers = entityNamed(entity, world))
        return std::move(*peers);
    field.fault("is an entity that is not known: \"" + withoutControlCharacters(entity) + "\"");
    return {};
}

/// One element of fromEndpoints or toEndpoints.
std::vector<CiliumPeer> endpointPeers(const SpecField &selector, const std::string &ns,
                                      const CiliumWorld &world)
{
    const auto list = requirements(selector, world);
    bool namesNamespace = false, namesLabels = false, hasReserved = false;
    for (const auto &[text, predicate] : list) {
        const Key key = keyOf(text);
        hasReserved |= key.source == "reserved";
        namesNamespace |= key.name == namespaceKey;
        namesLabels |= key.name.starts_with(namespaceLabels);
    }
    if (hasReserved) {
        const auto entity = entityNamed(keyOf(list.front().first).name, world);
        if (list.size() > 1 || !entity || !selector.at("matchExpressions").elements().empty())
            return {{Predicate::maybe("a selector has reserved labels in a way that is not understood")}};
        return *entity;
    }
    std::vector<Predicate> parts{Predicate::kind(podsOnly)};
    for (const auto &[key, predicate] : list)
        parts.push_back(predicate);
    const Predicate everywhere = Predicate::allOf(std::move(parts));
    if (namesNamespace || ns.empty())
        return {{everywhere}};
    const Predicate inside = everywhere && Predicate::namespaceIs(ns);
    if (!namesLabels || (world.version && *world.version <= lastWithinNamespace))
        return {{inside}};
    if (!world.version || *world.version >= firstAcrossNamespaces)
        return {{everywhere}};
    return {{inside},
            {everywhere.atMostMaybe("whether labels of namespaces reach beyond the policy's own in this "
                                    "version of Cilium is not known")}};
}

EndpointKinds kindsByAddress(const CiliumWorld &world)
{
    return world.matchesNodesByAddress ? EndpointKinds(outside | hosts) : outside;
}

std::vector<CiliumPeer> groupPeers(const SpecField &element, const CiliumWorld &world,
                                   std::vector<std::string> &warnings)
{
    const std::string name = element.at("cidrGroupRef").text();
    const Predicate all = Predicate::kind(kindsByAddress(world));
    if (!world.unreadGroups.empty())
        return {{all.atMostMaybe(world.unreadGroups)}};
    std::vector<CiliumPeer> peers;
    bool isThere = false;
    const SpecField selector = element.at("cidrGroupSelector");
    const Predicate chosen = selector ? selector.labelSelector(TextOf::OwnLabel) : Predicate::never();
    for (const CiliumWorld::CidrGroup &group : world.cidrGroups) {
        policy::Endpoint labelled;
        labelled.labels = group.labels;
        if (selector ? chosen.matches(labelled, 0) != Tri::Yes : group.name != name)
            continue;
        isThere = true;
        peers.push_back({group.isUnderstood ? all && Predicate::inBlocks(group.blocks)
                                            : all.atMostMaybe("a CIDR group holds what is no network")});
    }
    if (!isThere && !selector)
        warnings.push_back("names a CiliumCIDRGroup that is not there: \"" + withoutControlCharacters(name) +
                           "\"");
    return peers;
}

std::vector<CiliumPeer> cidrSetPeers(const SpecField &element, const CiliumWorld &world,
                                     std::vector<std::string> &warnings)
{
    element.onlyKnows({"cidr", "cidrGroupRef", "cidrGroupSelector", "except"});
    const int named = int(bool(element.at("cidr"))) + int(bool(element.at("cidrGroupRef"))) +
                      int(bool(element.at("cidrGroupSelector")));
    if (named != 1)
        element.fault("needs one of cidr, cidrGroupRef and cidrGroupSelector");
    std::vector<IpRange> except;
    for (const SpecField &one : element.at("except").elements()) {
        if (const auto range = one.network())
            except.push_back(*range);
    }
    if (!element.at("cidr")) {
        std::vector<CiliumPeer> peers = groupPeers(element, world, warnings);
        for (CiliumPeer &peer : peers)
            peer.who = peer.who && !Predicate::inBlocks(except);
        return peers;
    }
    const auto range = element.at("cidr").network();
    if (!range)
        return {};
    if (element.at("cidr").text().find('/') == std::string::npos) // toCIDR alone takes single addresses
        element.at("cidr").fault("is an address, and no network");
    for (const IpRange &hole : except) {
        if (!range->contains(hole))
            element.at("except").fault("has a network outside of cidr: " + hole.toString());
    }
    return {{blocks({*range}, kindsByAddress(world)) && !Predicate::inBlocks(std::move(except))}};
}

/// toServices: a Service with a selector means the pods that have these labels, one without its endpoints.
std::vector<CiliumPeer> servicePeers(const SpecField &element, const std::string &ns,
                                     const CiliumWorld &world)
{
    element.onlyKnows({"k8sService", "k8sServiceSelector"});
    const SpecField byName = element.at("k8sService"), byLabel = element.at("k8sServiceSelector");
    const SpecField one = byName ? byName : byLabel;
    const std::string wanted = one.at("namespace").text(byName ? ns : "");
    const Predicate chosen =
        byLabel ? byLabel.at("selector").labelSelector(TextOf::OwnLabel) : Predicate::never();
    std::vector<CiliumPeer> peers;
    for (const auto &service : world.state->services) {
        policy::Endpoint labelled;
        labelled.labels = service->meta.labels;
        const bool isMeant = byName ? service->meta.name == byName.at("serviceName").text()
                                    : chosen.matches(labelled, 0) == Tri::Yes;
        if (!isMeant || (!wanted.empty() && service->meta.ns != wanted))
            continue;
        if (!service->selector.empty()) {
            std::vector<Predicate> parts{Predicate::kind(podsOnly), Predicate::namespaceIs(service->meta.ns)};
            for (const auto &[key, value] : service->selector)
                parts.push_back(Predicate::label(TextOf::OwnLabel, key, value));
            peers.push_back({Predicate::allOf(std::move(parts))});
            continue;
        }
        std::vector<IpRange> addresses;
        for (const auto &slice : world.state->endpointSlices.inNamespace(service->meta.ns)) {
            for (const portolan::Endpoint &endpoint : slice->endpoints) {
                for (const std::string &text : endpoint.addresses) {
                    const auto address = IpRange::parse(text);
                    if (address && slice->serviceName == service->meta.name)
                        addresses.push_back(*address);
                }
            }
        }
        peers.push_back({blocks(std::move(addresses), kindsByAddress(world))});
    }
    return peers;
}

std::vector<CiliumPeer> nodePeers(const SpecField &selector, const CiliumWorld &world)
{
    const Predicate nodes = Predicate::kind(hosts) && selector.labelSelector(TextOf::NodeLabel);
    if (world.isConfigKnown && world.hasNodeSelectors)
        return {{nodes, Locality::OtherNode}};
    return {
        {nodes.atMostMaybe("whether enable-node-selector-labels is on is not known"), Locality::OtherNode}};
}

} // namespace

Predicate ciliumSubject(const SpecField &selector, const std::string &ns, const CiliumWorld &world)
{
    std::vector<Predicate> parts{Predicate::kind(podsOnly)};
    if (!ns.empty())
        parts.push_back(Predicate::namespaceIs(ns));
    for (const auto &[text, predicate] : requirements(selector, world)) {
        // Cilium takes the policy's namespace whatever the selector says.
        if (ns.empty() || keyOf(text).name != namespaceKey)
            parts.push_back(predicate);
    }
    return Predicate::allOf(std::move(parts));
}

CiliumPeers ciliumPeers(const SpecField &rule, const std::string &way, const std::string &ns,
                        const CiliumWorld &world)
{
    CiliumPeers peers;
    int members = 0;
    const auto each = [&](const char *name, const auto &read) {
        const SpecField list = rule.at(way + name);
        if (list.isAbsent())
            return;
        peers.isNamed = true;
        const std::vector<SpecField> elements = list.elements();
        members += elements.empty() ? 0 : 1;
        for (const SpecField &element : elements) {
            for (CiliumPeer &peer : read(element))
                peers.any.push_back(std::move(peer));
        }
    };
    each("Endpoints", [&](const SpecField &e) { return endpointPeers(e, ns, world); });
    each("Entities", [&](const SpecField &e) { return entityPeers(e, world); });
    each("CIDR", [&](const SpecField &e) {
        const auto range = e.network();
        return range ? std::vector<CiliumPeer>{{blocks({*range}, kindsByAddress(world))}}
                     : std::vector<CiliumPeer>{};
    });
    each("CIDRSet", [&](const SpecField &e) {
        std::vector<std::string> warnings;
        auto found = cidrSetPeers(e, world, warnings);
        for (const std::string &text : warnings)
            peers.warnings.push_back(e.path() + "\n" + text);
        return found;
    });
    each("Nodes", [&](const SpecField &e) { return nodePeers(e, world); });
    each("Groups", [&](const SpecField &) {
        return std::vector<CiliumPeer>{
            {Predicate::kind(outside).atMostMaybe("a cloud's groups are not read")}};
    });
    if (way == "to") {
        each("Services", [&](const SpecField &e) { return servicePeers(e, ns, world); });
        each("FQDNs", [&](const SpecField &e) {
            e.onlyKnows({"matchName", "matchPattern"});
            if (e.at("matchName") && e.at("matchPattern"))
                e.fault("has both matchName and matchPattern");
            const std::string name = e.at("matchName").text() + e.at("matchPattern").text();
            return std::vector<CiliumPeer>{{Predicate::kind(outside).atMostMaybe(
                "which addresses " + withoutControlCharacters(name) + " has is not known without DNS data")}};
        });
    }
    if (members > 1)
        rule.fault("combines several " + way + "… fields");
    if (!rule.at(way + "Requires").elements().empty()) {
        peers.warnings.push_back(rule.path() + "." + way +
                                 "Requires\nis gone from Cilium: what it took away is not");
        for (CiliumPeer &peer : peers.any)
            peer.who = peer.who.atMostMaybe(way + "Requires narrows the rule in versions that still know it");
    }
    return peers;
}

} // namespace portolan::policy
