#pragma once

#include "model/cluster/cluster_state.h"
#include "model/policy/endpoint_table.h"
#include "model/policy/enforcer.h"
#include "model/policy/ordered_policies.h"
#include "model/policy/verdict.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace portolan::policy {

struct ClassifiedPolicies;

/// How many ordered pairs of different pods have which verdict.
struct PairCounts
{
    std::uint64_t allowed = 0;
    std::uint64_t denied = 0;
    std::uint64_t unknown = 0;
    friend bool operator==(const PairCounts &, const PairCounts &) = default;
};

struct ModelOptions
{
    std::optional<Enforcer> enforcer; ///< instead of the one that is detected
    /// The objects come from files: no API server has checked them, and there is nothing besides them.
    bool fromManifests = false;
};

/// How a model came to be: what it took over from the model that it was updated from.
struct ModelHistory
{
    bool keptPolicies = false; ///< all but those of changed objects
    bool keptClasses = false;  ///< and what goes by them: groups, sets
    std::uint32_t updates = 0; ///< one after the other since make()
};

/// All policies of a cluster, ready to answer. Immutable; safe from any thread; keeps the state alive.
class PolicyModel
{
public:
    static std::shared_ptr<const PolicyModel> make(ClusterStatePtr state, const ModelOptions &options = {});
    /// The same with policies that are given: for what they would do.
    static std::shared_ptr<PolicyModel> of(ClusterStatePtr state, OrderedPolicies policies, Enforcer enforcer,
                                           bool fromManifests = false);
    /// What make() of `next` would answer, made from this model: `next` is a later state (or a supposed one)
    /// that shares the objects that are the same. Two milliseconds where single policies or pods changed;
    /// made anew where it has to be: the enforcer, nodes, labels of namespaces, service accounts, tiers, sets
    /// or gaps changed, a policy looks at what none looked at before, a pod is like none before, or much
    /// changed at once. Finer than made anew may be: classes, port cuts. The faults are in another order.
    /// Precondition: make() or updated() made this.
    std::shared_ptr<const PolicyModel> updated(ClusterStatePtr next) const;
    ~PolicyModel();
    PolicyModel(const PolicyModel &) = delete;
    PolicyModel &operator=(const PolicyModel &) = delete;

    /// Who is taken to enforce.
    const DetectedEnforcer &enforcer() const { return m_enforcer; }
    /// Nothing where the enforcer was detected.
    std::optional<Enforcer> chosenEnforcer() const { return m_options.enforcer; }
    const OrderedPolicies &policies() const { return *m_policies; }
    const EndpointTable &endpoints() const { return *m_endpoints; }
    const ClassifiedPolicies &classified() const { return *m_classified; }
    const ModelHistory &history() const { return m_history; }

    /// The verdict with everything that decided; slow (some microseconds per policy that selects an end).
    Verdict explain(const Endpoint &source, const Endpoint &destination, const Traffic &traffic) const;

    /// Every ordered pair of pods, by their first addresses. At once, not pair by pair.
    PairCounts countPairs(const Traffic &traffic) const;

private:
    PolicyModel() = default;
    void classify(ClusterStatePtr state);

    ModelOptions m_options;
    ModelHistory m_history;
    DetectedEnforcer m_enforcer;
    std::shared_ptr<const OrderedPolicies> m_policies;
    std::shared_ptr<const EndpointTable> m_endpoints;
    std::unique_ptr<const ClassifiedPolicies> m_classified;
};

using PolicyModelPtr = std::shared_ptr<const PolicyModel>;

class VerdictRows;

/// Answers one pair after the other, fast: two bit tests once the rows of the traffic are made. Keeps rows up
/// to 512 MB, then starts anew. Not thread-safe; the model has to live longer. Answers as explain() does.
class PairVerdicts
{
public:
    explicit PairVerdicts(const PolicyModel &model);
    ~PairVerdicts();

    Outcome outcome(EndpointId source, EndpointId destination, const Traffic &traffic);
    /// One end, or both, an address that no pod and no node has.
    Outcome outcomeFrom(const IpRange::Address &source, EndpointId destination, const Traffic &traffic);
    Outcome outcomeTo(EndpointId source, const IpRange::Address &destination, const Traffic &traffic);

private:
    Outcome oneWay(Direction direction, std::uint32_t subject, std::uint32_t peer, bool sameNode);
    Outcome byClasses(std::uint32_t source, std::uint32_t destination, bool sameNode);
    Outcome severalFamilies(EndpointId source, EndpointId destination, bool sameNode);
    Outcome plain(const Endpoint &source, const Endpoint &destination, const Traffic &traffic) const;
    void select(const Traffic &traffic);

    const PolicyModel &m_model;
    Traffic m_current;
    VerdictRows *m_rows = nullptr;
    struct Kept;
    std::unique_ptr<Kept> m_kept;
};

} // namespace portolan::policy
