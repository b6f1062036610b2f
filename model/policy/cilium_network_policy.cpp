#include "model/policy/cilium_settings.h"
#include "model/policy/cilium_world.h"
#include "model/policy/policy_api.h"
#include "model/policy/spec_reader.h"
#include "model/policy/state_changes.h"

#include <algorithm>

namespace portolan::policy {

namespace {

/// CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy, cilium.io/v2. They and NetworkPolicy are one
/// union: a deny that matches wins, then an allow, and what a policy that turns default deny on selects is
/// closed otherwise (Cilium's documents, "Policy Enforcement Modes" and "Deny Policies").
class CiliumNetworkPolicyApi final : public PolicyApi
{
public:
    bool accepts(std::string_view group, std::string_view kind) const override
    {
        return (group == "cilium.io" &&
                (kind == "CiliumNetworkPolicy" || kind == "CiliumClusterwideNetworkPolicy" ||
                 kind == "CiliumCIDRGroup" || kind == "CiliumNodeConfig")) ||
               (group.empty() && kind == "ConfigMap");
    }
    bool isEnforcedBy(Enforcer enforcer) const override { return enforcer == Enforcer::Cilium; }
    bool isSelfContained(std::string_view kind) const override
    {
        return kind == "CiliumNetworkPolicy" || kind == "CiliumClusterwideNetworkPolicy";
    }
    bool looksDifferent(const ClusterState &before, const ClusterState &after) const override;
    void compile(std::span<const ApiObject *const> objects, const CompileContext &context,
                 OrderedPolicies &out) const override;
    void compileUnread(const ReadGap &gap, const CompileContext &context,
                       OrderedPolicies &out) const override;
};

/// Reads one object: `spec`, and each entry of `specs`, is a policy of its own.
class PolicyReader
{
public:
    PolicyReader(const ApiObject &object, const CiliumWorld &world, const CompileContext &context,
                 OrderedPolicies &out)
        : m_object(object),
          m_ref(refOf(object)),
          m_world(world),
          m_out(out),
          m_tier(standardTier(out, context.enforcer)),
          m_mark(out.faults.size())
    {
        if (object.kind == "CiliumNetworkPolicy")
            m_ns = object.meta.ns.empty() ? "default" : object.meta.ns;
    }

    void read()
    {
        const bool understood = readSpec(m_object, m_out, [this](const SpecField &root) {
            std::vector<SpecField> entries = root.at("specs").elements();
            if (root.at("spec"))
                entries.insert(entries.begin(), root.at("spec"));
            if (entries.empty())
                root.fault("has neither spec nor specs");
            for (const SpecField &entry : entries)
                readEntry(entry);
            add(root.faultCount() == m_mark);
        });
        if (!understood)
            addUnknown(m_ns.empty() ? Predicate::always() : Predicate::namespaceIs(m_ns));
    }

private:
    void addUnknown(const Predicate &subject)
    {
        m_out.addUnknown(m_tier, m_ref, m_object.kind, subject, notUnderstood(m_ref, m_out, m_mark));
    }

    void readEntry(const SpecField &entry)
    {
        entry.onlyKnows({"endpointSelector", "nodeSelector", "ingress", "ingressDeny", "egress", "egressDeny",
                         "labels", "enableDefaultDeny", "description", "log"});
        m_plain = policyFor(entry);
        m_conditional = m_plain;
        // Without a condition first: what one rule allows in full, another's L7 rules do not narrow.
        m_conditional.order = 2000;
        bool hasRules = false;
        for (const Direction direction : bothDirections)
            hasRules |= readDirection(entry, direction);
        m_subjects.push_back(m_plain.subject);
        if (hasRules)
            collectPolicies();
        else
            m_empty.push_back(entry.path());
    }

    /// One entry that Cilium refuses takes the object with it: none of them is known to hold then. Of those
    /// without a section it is known that they close nothing.
    void add(bool isUnderstood)
    {
        if (isUnderstood && (m_empty.empty() || m_policies.empty())) {
            for (Policy &policy : m_policies)
                m_out.add(std::move(policy));
        } else {
            for (const Predicate &subject : m_subjects)
                addUnknown(subject);
        }
        for (const std::string &path : m_empty)
            m_out.fault(m_ref, path,
                        "has no rule in ingress, ingressDeny, egress or egressDeny, and is left out");
        for (const std::string &warning : m_warnings) {
            const std::size_t end = warning.find('\n');
            m_out.fault(m_ref, warning.substr(0, end), warning.substr(end + 1));
        }
    }

    Policy policyFor(const SpecField &entry)
    {
        Policy policy;
        policy.object = m_ref;
        policy.kind = m_object.kind;
        policy.tier = m_tier;
        policy.order = 1000;
        policy.tieBreak = m_object.meta.name + "/" + m_object.meta.ns + "/" + m_object.kind;
        policy.subject = subjectOf(entry);
        return policy;
    }

    Predicate subjectOf(const SpecField &entry)
    {
        const SpecField pods = entry.at("endpointSelector"), nodes = entry.at("nodeSelector");
        if (bool(pods) == bool(nodes))
            entry.fault(pods ? "has both endpointSelector and nodeSelector"
                             : "has neither endpointSelector nor nodeSelector");
        if (!nodes)
            return ciliumSubject(pods, m_ns, m_world);
        if (!m_ns.empty())
            nodes.fault("has no place in a namespaced policy");
        const Predicate selected = Predicate::kind(hosts) && nodes.labelSelector(TextOf::NodeLabel);
        if (m_world.isConfigKnown)
            return m_world.hasHostFirewall ? selected : Predicate::never();
        return selected.atMostMaybe("whether Cilium's host firewall is on is not known");
    }

    /// Whether the entry has rules of that direction.
    bool readDirection(const SpecField &entry, Direction direction)
    {
        const std::string name = direction == Direction::Ingress ? "ingress" : "egress";
        const auto allows = entry.at(name).elements(), denies = entry.at(name + "Deny").elements();
        const bool hasRules = !allows.empty() || !denies.empty();
        entry.at("enableDefaultDeny").onlyKnows({"ingress", "egress"});
        const bool isolates = entry.at("enableDefaultDeny").at(name).boolean(hasRules);
        m_plain.isolates[std::size_t(direction)] = m_conditional.isolates[std::size_t(direction)] =
            isolates && hasRules;
        for (std::size_t i = 0; i < denies.size(); ++i)
            readRule(denies[i], i, RuleEffect::Deny, direction);
        for (std::size_t i = 0; i < allows.size(); ++i)
            readRule(allows[i], i, RuleEffect::Allow, direction);
        return hasRules;
    }

    void checkFields(const SpecField &rule, Direction direction)
    {
        if (direction == Direction::Ingress)
            rule.onlyKnows({"fromEndpoints", "fromRequires", "fromCIDR", "fromCIDRSet", "fromEntities",
                            "fromGroups", "fromNodes", "toPorts", "icmps", "authentication"});
        else
            rule.onlyKnows({"toEndpoints", "toRequires", "toCIDR", "toCIDRSet", "toEntities", "toServices",
                            "toGroups", "toNodes", "toFQDNs", "toPorts", "icmps", "authentication"});
    }

    void readRule(const SpecField &field, std::size_t index, RuleEffect effect, Direction direction)
    {
        checkFields(field, direction);
        CiliumPeers peers =
            ciliumPeers(field, direction == Direction::Ingress ? "from" : "to", m_ns, m_world);
        m_warnings.insert(m_warnings.end(), peers.warnings.begin(), peers.warnings.end());
        const CiliumTraffics traffics = ciliumTraffic(field, m_world);
        m_warnings.insert(m_warnings.end(), traffics.warnings.begin(), traffics.warnings.end());
        // Neither peers nor ports: default deny is on, and nothing matches.
        if (!peers.isNamed && !traffics.isNamed)
            return;
        const std::string mode = field.at("authentication").at("mode").text("disabled");
        if (mode == "always-fail" && effect == RuleEffect::Allow)
            return; // it lets nobody through
        if (!peers.isNamed)
            peers.any.push_back({Predicate::always()});
        for (const CiliumPeer &peer : merged(std::move(peers.any))) {
            Rule rule;
            rule.effect = effect;
            rule.index = std::int32_t(index);
            rule.path = field.path();
            rule.peer = peer.who;
            rule.locality = peer.locality;
            if (mode != "disabled")
                rule.condition = "both ends authenticate";
            addRules(rule, traffics, direction);
        }
    }

    /// Alternatives of one locality as one.
    static std::vector<CiliumPeer> merged(std::vector<CiliumPeer> peers)
    {
        std::vector<CiliumPeer> list;
        for (const Locality locality : {Locality::Any, Locality::SameNode, Locality::OtherNode}) {
            std::vector<Predicate> any;
            for (CiliumPeer &peer : peers) {
                if (peer.locality == locality)
                    any.push_back(std::move(peer.who));
            }
            if (!any.empty())
                list.push_back({Predicate::anyOf(std::move(any)), locality});
        }
        return list;
    }

    void addRules(const Rule &rule, const CiliumTraffics &traffics, Direction direction)
    {
        const auto add = [&](Rule one) {
            Policy &policy = one.condition.empty() ? m_plain : m_conditional;
            policy.rules[std::size_t(direction)].push_back(std::move(one));
        };
        if (!traffics.isNamed)
            add(rule);
        for (const CiliumTraffic &traffic : traffics.any) {
            Rule one = rule;
            one.traffic.push_back(traffic.match);
            if (!traffic.condition.empty())
                one.condition += (one.condition.empty() ? "" : ", ") + traffic.condition;
            add(std::move(one));
        }
    }

    void collectPolicies()
    {
        const bool hasConditions = !m_conditional.rules[0].empty() || !m_conditional.rules[1].empty();
        if (hasConditions) {
            // The end of the tier is told once.
            m_conditional.isolates = {false, false};
            m_policies.push_back(std::move(m_conditional));
        }
        m_policies.push_back(std::move(m_plain));
    }

    const ApiObject &m_object;
    const ObjectRef m_ref;
    const CiliumWorld &m_world;
    OrderedPolicies &m_out;
    const std::uint32_t m_tier;
    const std::size_t m_mark; ///< the faults before this object's
    std::string m_ns;
    Policy m_plain;
    Policy m_conditional;
    std::vector<Policy> m_policies; ///< of all entries
    std::vector<Predicate> m_subjects;
    std::vector<std::string> m_empty; ///< the paths of entries without a section
    std::vector<std::string> m_warnings;
};

/// As CiliumWorld reads them.
std::vector<const EndpointSlice *> apiServerSlices(const ClusterState &state)
{
    std::vector<const EndpointSlice *> slices;
    for (const auto &slice : state.endpointSlices.inNamespace("default")) {
        if (slice->serviceName == "kubernetes")
            slices.push_back(slice.get());
    }
    return slices;
}

std::vector<const ApiObject *> ciliumNodes(const ClusterState &state)
{
    std::vector<const ApiObject *> nodes;
    for (const auto &object : state.others) {
        if (object->group == "cilium.io" && object->kind == "CiliumNode")
            nodes.push_back(object.get());
    }
    return nodes;
}

/// As CiliumWorld reads them. Nodes change often, and their networks hardly ever.
bool sameNetworks(const ClusterState &before, const ClusterState &after)
{
    const auto same = [](const auto &a, const auto &b) { return a == b || a->podCidrs == b->podCidrs; };
    const bool sameNodes =
        std::equal(before.nodes.begin(), before.nodes.end(), after.nodes.begin(), after.nodes.end(), same);
    return (sameNodes && ciliumNodes(before) == ciliumNodes(after)) ||
           ciliumPodNetworks(before) == ciliumPodNetworks(after);
}

bool CiliumNetworkPolicyApi::looksDifferent(const ClusterState &before, const ClusterState &after) const
{
    if (!sameNetworks(before, after) || apiServerSlices(before) != apiServerSlices(after))
        return true;
    const bool sameServices = sameObjects(before.services, after.services) &&
                              sameObjects(before.endpointSlices, after.endpointSlices);
    return !sameServices && anyObjectSays(*this, after, "toServices");
}

/// What the settings do to everybody, whatever the policies say.
void addSettings(const CiliumSettings &settings, const CompileContext &context, OrderedPolicies &out)
{
    if (!settings.unclear.empty())
        out.addUnknown(standardTier(out, context.enforcer), settings.config, "ConfigMap",
                       Predicate::kind(podsOnly), settings.unclear);
    if (settings.mode != CiliumSettings::Mode::Always)
        return;
    Policy closed;
    closed.object = settings.config;
    closed.kind = "ConfigMap";
    closed.tier = standardTier(out, context.enforcer);
    closed.order = 1000;
    closed.tieBreak = settings.config.name;
    closed.subject = Predicate::kind(podsOnly);
    closed.isolates = {true, true};
    out.add(std::move(closed));
}

void CiliumNetworkPolicyApi::compile(std::span<const ApiObject *const> objects, const CompileContext &context,
                                     OrderedPolicies &out) const
{
    if (objects.empty())
        return;
    const CiliumSettings settings = ciliumSettings(objects);
    out.asksOwnNode = settings.asksOwnNode;
    addSettings(settings, context, out);
    const CiliumWorld world = CiliumWorld::read(objects, context, out);
    for (const ApiObject *object : objects) {
        if (object->kind == "CiliumNetworkPolicy" || object->kind == "CiliumClusterwideNetworkPolicy")
            PolicyReader(*object, world, context, out).read();
    }
}

void CiliumNetworkPolicyApi::compileUnread(const ReadGap &gap, const CompileContext &context,
                                           OrderedPolicies &out) const
{
    if (gap.resource.group == "cilium.io" && gap.resource.kind != "CiliumCIDRGroup" &&
        gap.resource.kind != "CiliumNodeConfig")
        out.addUnknown(standardTier(out, context.enforcer), {}, gap.resource.kind, unreadSubject(gap),
                       unreadReason(gap));
}

} // namespace

const PolicyApi &ciliumNetworkPolicyApi()
{
    static const CiliumNetworkPolicyApi api;
    return api;
}

} // namespace portolan::policy
