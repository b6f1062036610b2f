#include "model/policy/policies_update.h"

#include "model/policy/cilium_version.h"

#include "model/policy/state_changes.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace portolan::policy {

namespace {

constexpr std::size_t mostChanges = 64;

/// Objects that are compiled together, and whose policies and faults are theirs alone: those of one kind and
/// name, whatever the API group (Calico serves an object in two), and however often files repeat it.
using Unit = std::tuple<std::string_view, std::string_view, std::string_view>;

template<class T>
Unit unitOf(const T &object, std::string_view kind)
{
    return {kind, object.meta.ns, object.meta.name};
}

/// One API's changed objects, and what has to be compiled in their stead.
class ChangedUnits
{
public:
    ChangedUnits(const PolicyApi &api, const ClusterState &before, const CompileContext &next)
        : m_api(api),
          m_before(before),
          m_next(next)
    {
    }

    /// False: the object says something about others.
    bool add(const ObjectChange<ApiObject> &change)
    {
        for (const ApiObject *object : {change.before, change.after}) {
            if (!object || !m_api.accepts(object->group, object->kind))
                continue;
            if (!m_api.isSelfContained(object->kind))
                return false;
            m_units.insert(unitOf(*object, object->kind));
        }
        return true;
    }
    void add(const ObjectChange<NetworkPolicy> &change)
    {
        for (const NetworkPolicy *policy : {change.before, change.after}) {
            if (policy)
                m_units.insert(unitOf(*policy, "NetworkPolicy"));
        }
    }
    bool isEmpty() const { return m_units.empty(); }

    /// Every object that the units had or have.
    std::set<ObjectRef> refs() const
    {
        std::set<ObjectRef> refs;
        for (const auto &[kind, ns, name] : m_units) {
            for (const ClusterState *state : {&m_before, &m_next.state}) {
                for (const auto &object : state->others.inNamespace(ns)) {
                    if (object->meta.name == name && object->kind == kind &&
                        m_api.accepts(object->group, object->kind))
                        refs.insert(refOf(*object));
                }
            }
            if (m_api.accepts("networking.k8s.io", kind))
                refs.insert({ObjectKind::NetworkPolicy, "NetworkPolicy", std::string(ns), std::string(name)});
        }
        return refs;
    }

    /// The units alone, beside what is no policy of its own.
    OrderedPolicies compile() const
    {
        ClusterState scope;
        scope.namespaces = m_next.state.namespaces;
        scope.nodes = m_next.state.nodes;
        scope.services = m_next.state.services;
        scope.endpointSlices = m_next.state.endpointSlices;
        scope.gaps = m_next.state.gaps;
        std::vector<std::shared_ptr<const NetworkPolicy>> typed;
        for (const auto &[kind, ns, name] : m_units) {
            if (!m_api.accepts("networking.k8s.io", kind))
                continue;
            for (const auto &policy : m_next.state.networkPolicies.inNamespace(ns)) {
                if (policy->meta.name == name)
                    typed.push_back(policy);
            }
        }
        scope.networkPolicies = ObjectTable<NetworkPolicy>(std::move(typed));
        std::vector<const ApiObject *> objects;
        for (const auto &object : m_next.state.others) {
            if (m_api.accepts(object->group, object->kind) &&
                (!m_api.isSelfContained(object->kind) || m_units.contains(unitOf(*object, object->kind))))
                objects.push_back(object.get());
        }
        OrderedPolicies out;
        m_api.compile(objects, {scope, m_next.enforcer, m_next.isValidated}, out);
        out.finish();
        return out;
    }

private:
    const PolicyApi &m_api;
    const ClusterState &m_before;
    const CompileContext &m_next;
    std::set<Unit> m_units;
};

/// Collects what goes and what comes, then makes the next list.
class PolicyEditor
{
public:
    explicit PolicyEditor(const OrderedPolicies &before) : m_before(before) {}

    /// False: a tier is not there yet, or is another one.
    bool exchange(const std::set<ObjectRef> &refs, OrderedPolicies compiled)
    {
        m_gone.insert(refs.begin(), refs.end());
        for (std::size_t p = 0; p < compiled.policies.size(); ++p) {
            if (!refs.contains(compiled.policies[p].object))
                continue; // of an object that only said what others mean
            const Tier &tier = compiled.tierList[compiled.policies[p].tier];
            const auto known = std::find_if(m_before.tierList.begin(), m_before.tierList.end(),
                                            [&](const Tier &one) { return one.name == tier.name; });
            if (known == m_before.tierList.end() || !(*known == tier))
                return false;
            Policy policy = compiled.policies[p];
            policy.tier = std::uint32_t(known - m_before.tierList.begin());
            m_come.push_back(std::move(policy));
        }
        for (PolicyFault &fault : compiled.faults) {
            if (refs.contains(fault.object))
                m_faults.push_back(std::move(fault));
        }
        return true;
    }

    std::optional<UpdatedPolicies> finish()
    {
        const auto &old = m_before.policies;
        std::stable_sort(m_come.begin(), m_come.end(), comesBefore);
        auto next = std::make_shared<OrderedPolicies>();
        next->tierList = m_before.tierList;
        next->hosts = m_before.hosts;
        next->sctpIsDropped = m_before.sctpIsDropped;
        next->asksOwnNode = m_before.asksOwnNode;
        UpdatedPolicies result;
        PolicyShift &shift = result.shift.emplace();
        shift.placeAfter.assign(old.size(), PolicyShift::gone);
        next->policies.reserve(old.size() + m_come.size());
        auto coming = m_come.begin();
        const auto place = [&] { return std::uint32_t(next->policies.size()); };
        for (std::uint32_t p = 0; p < old.size(); ++p) {
            if (m_gone.contains(old[p].object)) {
                shift.removed.push_back(p);
                continue;
            }
            for (; coming != m_come.end() && comesBefore(*coming, old[p]); ++coming) {
                shift.added.push_back(place());
                next->policies.emplace_back(*coming);
            }
            shift.placeAfter[p] = place();
            next->policies.share(old, p);
        }
        for (; coming != m_come.end(); ++coming) {
            shift.added.push_back(place());
            next->policies.emplace_back(*coming);
        }
        if (!hasSameTiers(*next, shift) || hasTies(*next, shift))
            return std::nullopt;
        std::copy_if(m_before.faults.begin(), m_before.faults.end(), std::back_inserter(next->faults),
                     [&](const PolicyFault &fault) { return !m_gone.contains(fault.object); });
        std::move(m_faults.begin(), m_faults.end(), std::back_inserter(next->faults));
        result.policies = std::move(next);
        return result;
    }

private:
    /// A tier that nothing stands in any more would not be there.
    bool hasSameTiers(const OrderedPolicies &next, const PolicyShift &shift) const
    {
        return std::all_of(shift.removed.begin(), shift.removed.end(), [&](std::uint32_t place) {
            const std::uint32_t tier = m_before.policies[place].tier;
            return std::any_of(next.policies.begin(), next.policies.end(),
                               [&](const Policy &policy) { return policy.tier == tier; });
        });
    }

    /// Of ties that are undefined both ends are told: the fault of one is the matter of the other.
    bool hasTies(const OrderedPolicies &next, const PolicyShift &shift) const
    {
        const auto isTied = [&](const Policy &one, const OrderedPolicies &among) {
            return among.tierList[one.tier].tiesAreUndefined &&
                   std::any_of(among.policies.begin(), among.policies.end(), [&](const Policy &other) {
                       return &other != &one && other.tier == one.tier && other.order == one.order &&
                              other.tieGroup != one.tieGroup;
                   });
        };
        return std::any_of(shift.removed.begin(), shift.removed.end(),
                           [&](std::uint32_t place) { return isTied(m_before.policies[place], m_before); }) ||
               std::any_of(shift.added.begin(), shift.added.end(),
                           [&](std::uint32_t place) { return isTied(next.policies[place], next); });
    }

    const OrderedPolicies &m_before;
    std::set<ObjectRef> m_gone;
    std::vector<Policy> m_come;
    std::vector<PolicyFault> m_faults;
};

} // namespace

std::optional<UpdatedPolicies> updatedPolicies(const std::shared_ptr<const OrderedPolicies> &policies,
                                               const ClusterState &before, const CompileContext &next)
{
    const auto typed = changesBetween(before.networkPolicies, next.state.networkPolicies, mostChanges);
    const auto others = changesBetween(before.others, next.state.others, mostChanges);
    if (typed.size() > mostChanges || others.size() > mostChanges || before.gaps != next.state.gaps)
        return std::nullopt;
    if (next.enforcer == Enforcer::Cilium && ciliumVersion(before) != ciliumVersion(next.state))
        return std::nullopt;
    PolicyEditor editor(*policies);
    bool isChanged = false;
    for (const PolicyApi *api : policyApis()) {
        // What switches one on or off is an object of another, and makes all of them anew.
        if (!api->isEnforcedBy(next.enforcer) || api->isSwitchedOff(next))
            continue;
        if (api->looksDifferent(before, next.state))
            return std::nullopt;
        ChangedUnits units(*api, before, next);
        if (api->accepts("networking.k8s.io", "NetworkPolicy")) {
            for (const auto &change : typed)
                units.add(change);
        }
        for (const auto &change : others) {
            if (!units.add(change))
                return std::nullopt;
        }
        if (units.isEmpty())
            continue;
        isChanged = true;
        // Calico's host endpoints: policies meet in what is forwarded.
        if (!policies->hosts.empty() || !editor.exchange(units.refs(), units.compile()))
            return std::nullopt;
    }
    if (!isChanged)
        return UpdatedPolicies{policies, std::nullopt};
    return editor.finish();
}

} // namespace portolan::policy
