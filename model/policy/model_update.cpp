#include "model/policy/cilium_settings.h"
#include "model/policy/policies_update.h"
#include "model/policy/policy_model.h"
#include "model/policy/state_changes.h"
#include "model/policy/verdict_rows.h"

#include <algorithm>

namespace portolan::policy {

namespace {

constexpr std::size_t mostPods = 1024;
/// What changes leave behind (mentions, cuts, sets, classes without members) is dropped now and then.
constexpr std::uint32_t mostUpdates = 1000;
constexpr std::size_t mostSets = 100'000;

/// Labels of namespaces are part of what classes are.
bool areNamespacesAlike(const ClusterState &before, const ClusterState &after, const ClassTraits &traits)
{
    const auto changes = changesBetween(before.namespaces, after.namespaces, mostPods);
    return changes.size() <= mostPods &&
           std::all_of(changes.begin(), changes.end(), [&](const ObjectChange<Namespace> &change) {
               if (change.before && change.after && change.before->meta.labels == change.after->meta.labels)
                   return true;
               const Namespace &one = change.after ? *change.after : *change.before;
               const auto [first, end] = traits.classesOfNamespace(one.meta.name);
               return first == end;
           });
}

bool areServiceAccountsSame(const ClusterState &before, const ClusterState &after)
{
    const auto changes = changesBetween(before.others, after.others, mostPods);
    const auto isAccount = [](const ApiObject *object) {
        return object && object->group.empty() && object->kind == "ServiceAccount";
    };
    return changes.size() <= mostPods &&
           std::none_of(changes.begin(), changes.end(), [&](const ObjectChange<ApiObject> &change) {
               return isAccount(change.before) || isAccount(change.after);
           });
}

/// The classes of before with the endpoints of after; nothing where these are not enough.
std::optional<EndpointClasses> updatedClasses(const ClassifiedPolicies &before, ClusterStatePtr next)
{
    const EndpointTable &table = before.classes.table();
    const ClusterState &state = table.state();
    if (!areNamespacesAlike(state, *next, *before.classes.traits()) || !areServiceAccountsSame(state, *next))
        return std::nullopt;
    const auto changes = changesBetween(state.pods, next->pods, mostPods);
    const auto splices =
        changes.size() > mostPods ? std::optional<std::vector<PodSplice>>() : table.splices(changes);
    const auto updated = splices ? table.updated(std::move(next), changes, *splices) : nullptr;
    return updated ? before.classes.updated(updated, *splices) : std::nullopt;
}

bool areMentioned(const Mentions &mentions, const OrderedPolicies &policies, const PolicyShift &shift)
{
    return std::all_of(shift.added.begin(), shift.added.end(),
                       [&](std::uint32_t place) { return mentions.cover(policies.policies[place]); });
}

} // namespace

std::shared_ptr<const PolicyModel> PolicyModel::updated(ClusterStatePtr next) const
{
    const ClusterState &before = m_endpoints->state();
    DetectedEnforcer detected = m_enforcer;
    if (!m_options.enforcer)
        detected = detectEnforcer(*next);
    const bool dropsOther = sctpIsDroppedBy(detected, *next) != m_policies->sctpIsDropped;
    const bool isWorn = m_history.updates >= mostUpdates || m_classified->sets.size() > mostSets;
    if (isWorn || dropsOther || detected.enforcer != m_enforcer.enforcer || !detected.contested.empty() ||
        !m_enforcer.contested.empty())
        return make(std::move(next), m_options);
    auto policies = updatedPolicies(m_policies, before, {*next, detected.enforcer, !m_options.fromManifests});
    if (!policies)
        return make(std::move(next), m_options);

    std::shared_ptr<PolicyModel> model(new PolicyModel);
    model->m_options = m_options;
    model->m_enforcer = std::move(detected);
    model->m_policies = policies->policies;
    model->m_history = {true, false, m_history.updates + 1};
    auto classes = !policies->shift || areMentioned(m_classified->classes.mentions(), *policies->policies,
                                                    *policies->shift)
                       ? updatedClasses(*m_classified, next)
                       : std::nullopt;
    if (!classes) {
        model->classify(std::move(next));
        return model;
    }
    model->m_history.keptClasses = true;
    model->m_endpoints = classes->sharedTable();
    model->m_classified = std::make_unique<const ClassifiedPolicies>(
        *m_classified, std::move(*classes), model->m_policies, policies->shift ? &*policies->shift : nullptr);
    return model;
}

} // namespace portolan::policy
