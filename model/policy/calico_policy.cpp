#include "model/policy/calico_hosts.h"
#include "model/policy/calico_rules.h"
#include "model/policy/policy_api.h"
#include "model/policy/spec_reader.h"
#include "model/policy/state_changes.h"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

namespace portolan::policy {

namespace {

constexpr std::string_view policyKinds[] = {"NetworkPolicy", "GlobalNetworkPolicy", "StagedNetworkPolicy",
                                            "StagedGlobalNetworkPolicy", "StagedKubernetesNetworkPolicy"};
constexpr std::string_view otherKinds[] = {"Tier",         "NetworkSet", "GlobalNetworkSet",
                                           "HostEndpoint", "Profile",    "FelixConfiguration"};

template<std::size_t Size>
bool isAmong(std::string_view kind, const std::string_view (&kinds)[Size])
{
    return std::find(std::begin(kinds), std::end(kinds), kind) != std::end(kinds);
}

bool isStaged(const ApiObject &object)
{
    return object.kind.starts_with("Staged");
}

/// Calico's own kinds, of both API groups: crd.projectcalico.org/v1 and projectcalico.org/v3.
class CalicoPolicyApi final : public PolicyApi
{
public:
    bool accepts(std::string_view group, std::string_view kind) const override
    {
        return (group == "crd.projectcalico.org" || group == "projectcalico.org") &&
               (isAmong(kind, policyKinds) || isAmong(kind, otherKinds));
    }
    bool isEnforcedBy(Enforcer enforcer) const override { return enforcer == Enforcer::Calico; }
    /// With host endpoints policies meet in what is forwarded: whoever asks looks for these first.
    bool isSelfContained(std::string_view kind) const override { return isAmong(kind, policyKinds); }
    bool looksDifferent(const ClusterState &before, const ClusterState &after) const override
    {
        return !sameObjects(before.namespaces, after.namespaces) ||
               (!sameObjects(before.endpointSlices, after.endpointSlices) &&
                anyObjectSays(*this, after, "services"));
    }
    void compile(std::span<const ApiObject *const> objects, const CompileContext &context,
                 OrderedPolicies &out) const override;
    void compileUnread(const ReadGap &gap, const CompileContext &context,
                       OrderedPolicies &out) const override;
};

/// For what may be asked before everything else.
std::uint32_t calicoFirstTier(OrderedPolicies &out)
{
    return out.tier({"unread", -std::numeric_limits<double>::infinity(), TierEnd::Pass, false, false});
}

/// A server with Calico's API server serves each object twice; the aggregated API is the one for people.
std::vector<const ApiObject *> withoutDoubles(std::span<const ApiObject *const> objects)
{
    std::map<std::tuple<std::string_view, std::string_view, std::string_view>, const ApiObject *> unique;
    for (const ApiObject *object : objects) {
        const auto [place, isNew] =
            unique.try_emplace({object->kind, object->meta.ns, object->meta.name}, object);
        if (!isNew && object->group == "projectcalico.org")
            place->second = object;
    }
    std::vector<const ApiObject *> list;
    for (const auto &[key, object] : unique)
        list.push_back(object);
    return list;
}

/// Reads one policy object.
class PolicyReader
{
public:
    PolicyReader(const ApiObject &object, const CalicoEndpoints &endpoints, const CompileContext &context,
                 OrderedPolicies &out)
        : m_object(object),
          m_endpoints(endpoints),
          m_context(context),
          m_out(out),
          m_mark(out.faults.size())
    {
        m_policy.object = refOf(object);
        m_policy.kind = object.kind;
        // By name within a kind. Between kinds Felix's versions differ: names had the namespace in front.
        m_policy.tieGroup = "projectcalico.org/" + object.kind;
        m_policy.tieBreak = object.meta.name + "/" + object.meta.ns;
        m_policy.isPending = isStaged(object);
    }

    void read(std::vector<CalicoForwardPolicy> &forward)
    {
        m_forward = &forward;
        const bool understood =
            readSpec(m_object, m_out, [this](const SpecField &root) { readSpecOf(root.at("spec")); });
        if (!understood)
            addUnknown();
    }

private:
    bool isNamespaced() const { return !m_object.meta.ns.empty(); }

    void addUnknown()
    {
        if (isStaged(m_object))
            return;
        const Predicate own = isNamespaced() ? Predicate::namespaceIs(m_object.meta.ns) : Predicate::always();
        m_out.addUnknown(standardTier(m_out, m_context.enforcer), m_policy.object, m_policy.kind, own,
                         notUnderstood(m_policy.object, m_out, m_mark));
    }

    void readSpecOf(const SpecField &spec)
    {
        if (m_object.kind == "StagedKubernetesNetworkPolicy") {
            readStagedKubernetes(spec);
            return;
        }
        spec.onlyKnows({"tier", "order", "selector", "types", "ingress", "egress", "serviceAccountSelector",
                        "namespaceSelector", "doNotTrack", "preDNAT", "applyOnForward", "performanceHints",
                        "stagedAction"});
        readTier(spec);
        m_policy.order = spec.at("order").real().value_or(std::numeric_limits<double>::infinity());
        const CalicoSelector selector = readSelector(spec);
        readTypes(spec);
        readUse(spec);
        m_isOpen = spec.faultCount() != m_mark;
        readRules(spec);
        m_hasOddRule = spec.faultCount() != m_mark;
        place(selector, spec.at("applyOnForward").boolean(false));
    }

    void readStagedKubernetes(const SpecField &spec)
    {
        m_policy.tier = standardTier(m_out, m_context.enforcer);
        m_policy.order = 1000;
        m_policy.subject =
            Predicate::allOf({Predicate::kind(podsOnly), Predicate::namespaceIs(m_object.meta.ns),
                              spec.at("podSelector").labelSelector(TextOf::OwnLabel)});
        const std::vector<std::string> types = spec.at("policyTypes").texts();
        const auto has = [&](const char *type) {
            return std::find(types.begin(), types.end(), type) != types.end();
        };
        const bool byRules = types.empty();
        m_policy.isolates = {byRules || has("Ingress"),
                             byRules ? !spec.at("egress").elements().empty() : has("Egress")};
        m_out.add(std::move(m_policy));
    }

    void readTier(const SpecField &spec)
    {
        m_tierName = spec.at("tier").text("default");
        if (m_tierName == "default" || m_tierName.empty()) {
            m_tierName = "default";
            m_tierOrder = tiers::standard;
            m_policy.tier = standardTier(m_out, m_context.enforcer);
            return;
        }
        const auto &known = m_endpoints.world().tiers;
        const auto found = known.find(m_tierName);
        if (found == known.end()) {
            // Calico leaves policies of a tier that is not there out; where it stands is not known either.
            spec.at("tier").fault("names a tier that is not there: \"" +
                                  withoutControlCharacters(m_tierName) + "\"");
            m_policy.tier = standardTier(m_out, m_context.enforcer);
            return;
        }
        m_tierOrder = found->second.order;
        m_policy.tier = m_out.tier({m_tierName, found->second.order, found->second.end, false, true});
    }

    CalicoSelector readSelector(const SpecField &spec) const
    {
        std::vector<CalicoSelector> parts;
        if (isNamespaced())
            parts.push_back(CalicoSelector::equals(calico::namespaceKey, m_object.meta.ns));
        else if (const auto namespaces = calicoSelector(spec.at("namespaceSelector")))
            parts.push_back(
                namespaces->withKeyPrefix(calico::namespacePrefix).withAllMeaning(calico::namespaceKey));
        if (isNamespaced() && spec.at("namespaceSelector"))
            spec.at("namespaceSelector").fault("has no place in a namespaced policy");
        if (const auto own = calicoSelector(spec.at("selector")))
            parts.push_back(*own);
        if (const auto accounts = calicoSelector(spec.at("serviceAccountSelector"))) {
            const CalicoSelector prefixed = accounts->withKeyPrefix(calico::serviceAccountPrefix);
            parts.push_back(isNamespaced() ? prefixed : prefixed.withAllMeaning(calico::serviceAccountKey));
        }
        return CalicoSelector::allOf(std::move(parts));
    }

    /// No types: Ingress, but for a policy that has egress rules alone; with both kinds of rules both.
    void readTypes(const SpecField &spec)
    {
        bool in = false, eg = false;
        for (const SpecField &type : spec.at("types").elements()) {
            const std::string word = type.text();
            bool &isNamed = word == "Egress" ? eg : in;
            if (word != "Ingress" && word != "Egress")
                type.fault("is neither Ingress nor Egress");
            else if (isNamed)
                type.fault("is there twice");
            isNamed = true;
        }
        if (!in && !eg) {
            // Calico's clients fill types in. An object that was stored beside them came to Felix without,
            // and Felix takes it for both directions (policy_sorter.go, "no Types").
            const bool isStoredRaw = m_object.group == "crd.projectcalico.org" && !m_object.meta.uid.empty();
            eg = isStoredRaw || !spec.at("egress").elements().empty();
            in = isStoredRaw || !eg || !spec.at("ingress").elements().empty();
        }
        m_policy.isolates = {in, eg};
    }

    void readUse(const SpecField &spec)
    {
        const bool untracked = spec.at("doNotTrack").boolean(false);
        const bool preDnat = spec.at("preDNAT").boolean(false);
        if (!untracked && !preDnat)
            return;
        m_use = untracked ? CalicoHostUse::Untracked : CalicoHostUse::PreDnat;
        if (isNamespaced() || (untracked && preDnat))
            spec.at("preDNAT").fault(isNamespaced() ? "has no place in a namespaced policy"
                                                    : "stands beside doNotTrack");
        if (!spec.at("applyOnForward").boolean(false))
            spec.at("applyOnForward").fault("has to be true with doNotTrack and with preDNAT");
        if (preDnat && (m_policy.isolates[1] || !spec.at("egress").elements().empty()))
            spec.at("egress").fault("has no place in a policy with preDNAT");
    }

    void readRules(const SpecField &spec)
    {
        const CalicoRuleScope scope{m_endpoints, m_context, m_object.meta.ns};
        if (m_policy.isolates[0])
            m_policy.rules[0] = calicoRules(spec.at("ingress"), Direction::Ingress, scope);
        if (m_policy.isolates[1])
            m_policy.rules[1] = calicoRules(spec.at("egress"), Direction::Egress, scope);
    }

    void place(const CalicoSelector &selector, bool appliesOnForward)
    {
        if (m_use == CalicoHostUse::Normal) {
            m_policy.subject = m_endpoints.selected(selector);
        } else {
            // Both stages exist for host endpoints alone.
            std::vector<Predicate> hosts;
            for (const CalicoWorld::Host *host : m_endpoints.hosts(selector))
                hosts.push_back(CalicoEndpoints::hostItself(*host));
            m_policy.subject = Predicate::anyOf(std::move(hosts));
            m_policy.tier = calicoHostTier(m_use, m_tierName, m_tierOrder, m_out);
        }
        const bool mayForward = appliesOnForward && !isNamespaced() && !m_endpoints.world().hosts.empty();
        if (m_isOpen || (m_hasOddRule && mayForward)) {
            // Of what is forwarded, too, it may be the first that is asked.
            if (!m_policy.isPending)
                m_out.addUnknown(mayForward ? calicoFirstTier(m_out) : m_policy.tier, m_policy.object,
                                 m_policy.kind, mayForward ? Predicate::always() : m_policy.subject,
                                 notUnderstood(m_policy.object, m_out, m_mark));
            return;
        }
        if (m_hasOddRule)
            m_policy.subject = m_policy.subject.atMostMaybe(notUnderstood(m_policy.object, m_out, m_mark));
        const auto hosts = m_endpoints.hosts(selector);
        if (mayForward && !m_policy.isPending && !hosts.empty())
            m_forward->push_back({m_policy, m_use, hosts});
        // Neither stage drops what no rule matched.
        if (m_use != CalicoHostUse::Normal)
            m_policy.isolates = {false, false};
        m_out.add(std::move(m_policy));
    }

    const ApiObject &m_object;
    const CalicoEndpoints &m_endpoints;
    const CompileContext &m_context;
    OrderedPolicies &m_out;
    const std::size_t m_mark; ///< the faults before this object's
    std::vector<CalicoForwardPolicy> *m_forward = nullptr;
    Policy m_policy;
    CalicoHostUse m_use = CalicoHostUse::Normal;
    std::string m_tierName;
    double m_tierOrder = tiers::standard;
    bool m_isOpen = false; ///< something besides the rules is not understood
    /// Or something in them. Felix leaves a policy that its validator refuses out as a whole, and so does
    /// Calico's API server: whether the policy is there is not known.
    bool m_hasOddRule = false;
};

/// What no rule of the default tier matched may be denied there or go on.
void addPassingDefaultTier(const ObjectRef &tier, const CompileContext &context, OrderedPolicies &out)
{
    out.fault(tier, "spec.defaultAction",
              "is Pass in tier default, which versions of Calico take differently");
    Policy policy;
    policy.object = tier;
    policy.kind = "Tier";
    policy.tier = standardTier(out, context.enforcer);
    policy.tieGroup = "~";
    policy.subject = Predicate::kind(podsOnly);
    Rule rule;
    rule.effect = RuleEffect::Pass;
    rule.index = -1;
    rule.path = "spec.defaultAction";
    rule.peer = Predicate::maybe("whether tier default ends with Pass depends on Calico's version");
    policy.rules = {std::vector{rule}, std::vector{rule}};
    out.add(std::move(policy));
}

void CalicoPolicyApi::compile(std::span<const ApiObject *const> objects, const CompileContext &context,
                              OrderedPolicies &out) const
{
    if (objects.empty())
        return;
    const std::vector<const ApiObject *> unique = withoutDoubles(objects);
    const CalicoWorld world = CalicoWorld::read(unique, context, out);
    const CalicoEndpoints endpoints(world);
    if (world.passingDefaultTier)
        addPassingDefaultTier(*world.passingDefaultTier, context, out);
    std::vector<CalicoForwardPolicy> forward;
    for (const ApiObject *object : unique) {
        if (isAmong(object->kind, policyKinds))
            PolicyReader(*object, endpoints, context, out).read(forward);
    }
    addCalicoHostDefaults(endpoints, context, out);
    addCalicoForward(std::move(forward), out);
}

void CalicoPolicyApi::compileUnread(const ReadGap &gap, const CompileContext &, OrderedPolicies &out) const
{
    const std::string &kind = gap.resource.kind;
    if (kind.starts_with("Staged") || kind == "FelixConfiguration" || kind.ends_with("NetworkSet"))
        return;
    // Which tier it stands in is unread as well: it may be the first.
    const std::uint32_t first = calicoFirstTier(out);
    if (kind == "HostEndpoint" || kind == "Profile")
        out.addUnknown(first, {}, kind, Predicate::kind(hosts), unreadReason(gap));
    else if (kind != "Tier")
        out.addUnknown(first, {}, kind, unreadSubject(gap) && Predicate::kind(podsOnly), unreadReason(gap));
}

} // namespace

const PolicyApi &calicoPolicyApi()
{
    static const CalicoPolicyApi api;
    return api;
}

} // namespace portolan::policy
