#include "model/policy/policy_model.h"

#include "model/policy/cilium_settings.h"
#include "model/policy/plain_evaluator.h"
#include "model/policy/policy_api.h"
#include "model/policy/verdict_rows.h"

namespace portolan::policy {

std::shared_ptr<const PolicyModel> PolicyModel::make(ClusterStatePtr state, const ModelOptions &options)
{
    DetectedEnforcer detected =
        options.enforcer ? DetectedEnforcer{*options.enforcer, true, "as asked for"} : detectEnforcer(*state);
    OrderedPolicies policies =
        compilePolicies({*state, detected.enforcer, !options.fromManifests, detected.contested});
    policies.sctpIsDropped = sctpIsDroppedBy(detected, *state);
    const auto model = of(std::move(state), std::move(policies), detected.enforcer, options.fromManifests);
    model->m_enforcer = std::move(detected);
    model->m_options = options;
    return model;
}

std::shared_ptr<PolicyModel> PolicyModel::of(ClusterStatePtr state, OrderedPolicies policies,
                                             Enforcer enforcer, bool fromManifests)
{
    std::shared_ptr<PolicyModel> model(new PolicyModel);
    model->m_enforcer = {enforcer, true, "as asked for"};
    model->m_policies = std::make_shared<const OrderedPolicies>(std::move(policies));
    model->m_options = {enforcer, fromManifests};
    model->classify(std::move(state));
    return model;
}

void PolicyModel::classify(ClusterStatePtr state)
{
    m_endpoints =
        std::make_shared<const EndpointTable>(std::move(state), m_policies->hosts, m_options.fromManifests);
    m_classified = std::make_unique<const ClassifiedPolicies>(m_policies, m_endpoints);
}

PolicyModel::~PolicyModel() = default;

Verdict PolicyModel::explain(const Endpoint &source, const Endpoint &destination,
                             const Traffic &traffic) const
{
    return PlainEvaluator(*m_policies, m_enforcer.enforcer).verdict(source, destination, traffic);
}

namespace {

/// Pods per egress group that a row allows, and that it leaves unknown.
struct Weights
{
    std::vector<std::uint64_t> allowed;
    std::vector<std::uint64_t> unknown;
};

Weights weigh(const ClassifiedPolicies &policies, const VerdictRow &row, std::size_t groups)
{
    Weights weights{std::vector<std::uint64_t>(groups), std::vector<std::uint64_t>(groups)};
    const SubjectGroups &egress = policies.groups[std::size_t(Direction::Egress)];
    const auto add = [&](std::vector<std::uint64_t> &to) {
        return [&](ClassId c) { to[egress.groupOf(c)] += policies.classes.podsIn(c); };
    };
    if (row.allowsAll) {
        for (ClassId c = 0; c < policies.classes.podClassCount(); ++c)
            add(weights.allowed)(c);
    } else {
        row.allowed.forEach(add(weights.allowed));
        row.unknown.forEach(add(weights.unknown));
    }
    return weights;
}

} // namespace

PairCounts PolicyModel::countPairs(const Traffic &traffic) const
{
    const ClassifiedPolicies &policies = *m_classified;
    VerdictRows rows(policies, representativeOf(policies, traffic));
    const auto &ingress = policies.groups[std::size_t(Direction::Ingress)].groups();
    const auto &egress = policies.groups[std::size_t(Direction::Egress)].groups();
    std::vector<const VerdictRow *> out;
    for (std::uint32_t e = 0; e < egress.size(); ++e)
        out.push_back(&rows.row(Direction::Egress, e, false));
    PairCounts counts;
    for (std::uint32_t g = 0; g < ingress.size(); ++g) {
        const Weights from = weigh(policies, rows.row(Direction::Ingress, g, false), egress.size());
        // Sources that no policy holds back reach every class of the group alike.
        std::uint64_t freeAllowed = 0;
        std::uint64_t freeUnknown = 0;
        std::vector<std::uint32_t> held;
        for (std::uint32_t e = 0; e < egress.size(); ++e) {
            if (out[e]->allowsAll) {
                freeAllowed += from.allowed[e];
                freeUnknown += from.unknown[e];
            } else if (from.allowed[e] != 0 || from.unknown[e] != 0) {
                held.push_back(e);
            }
        }
        for (const ClassId to : ingress[g].classes) {
            const std::uint64_t pods = policies.classes.podsIn(to);
            if (pods == 0)
                continue;
            std::uint64_t allowed = freeAllowed;
            std::uint64_t unknown = freeUnknown;
            for (const std::uint32_t e : held) {
                const bool isAllowed = out[e]->allowed.test(to);
                const bool isUnknown = !isAllowed && out[e]->unknown.test(to);
                allowed += isAllowed ? from.allowed[e] : 0;
                unknown += isAllowed || isUnknown ? from.unknown[e] : 0;
                unknown += isUnknown ? from.allowed[e] : 0;
            }
            counts.allowed += pods * allowed;
            counts.unknown += pods * unknown;
        }
    }
    // A pod and itself is no pair: what was counted for it is taken out.
    const std::uint64_t all = m_endpoints->podCount();
    for (ClassId c = 0; c < policies.classes.podClassCount(); ++c) {
        const auto at = [&](Direction d) {
            return rows.row(d, policies.groups[std::size_t(d)].groupOf(c), false).at(c);
        };
        const Outcome self = combined(at(Direction::Ingress), at(Direction::Egress));
        const std::uint64_t pods = policies.classes.podsIn(c);
        counts.allowed -= self == Outcome::Allow ? pods : 0;
        counts.unknown -= self == Outcome::Unknown ? pods : 0;
    }
    counts.denied = all * all - all - counts.allowed - counts.unknown;
    return counts;
}

} // namespace portolan::policy
