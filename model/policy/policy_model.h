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

/// All policies of a cluster, ready to answer. Immutable; safe from any thread; keeps the state alive.
class PolicyModel
{
public:
    static std::shared_ptr<const PolicyModel> make(ClusterStatePtr state, const ModelOptions &options = {});
    /// The same with policies that are given: for what they would do.
    static std::shared_ptr<PolicyModel> of(ClusterStatePtr state, OrderedPolicies policies, Enforcer enforcer,
                                           bool fromManifests = false);
    ~PolicyModel();
    PolicyModel(const PolicyModel &) = delete;
    PolicyModel &operator=(const PolicyModel &) = delete;

    /// Who is taken to enforce.
    const DetectedEnforcer &enforcer() const { return m_enforcer; }
    const OrderedPolicies &policies() const { return *m_policies; }
    const EndpointTable &endpoints() const { return *m_endpoints; }
    const ClassifiedPolicies &classified() const { return *m_classified; }

    /// The verdict with everything that decided; slow (some microseconds per policy that selects an end).
    Verdict explain(const Endpoint &source, const Endpoint &destination, const Traffic &traffic) const;

    /// Every ordered pair of pods, by their first addresses. At once, not pair by pair.
    PairCounts countPairs(const Traffic &traffic) const;

private:
    PolicyModel() = default;

    DetectedEnforcer m_enforcer;
    std::shared_ptr<const OrderedPolicies> m_policies;
    std::shared_ptr<const EndpointTable> m_endpoints;
    std::unique_ptr<const ClassifiedPolicies> m_classified;
};

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
    Outcome byClasses(std::uint32_t source, std::uint32_t destination, bool sameNode, unsigned exempt);
    Outcome severalFamilies(EndpointId source, EndpointId destination, bool sameNode, unsigned exempt);
    Outcome plain(const Endpoint &source, const Endpoint &destination, const Traffic &traffic) const;
    void select(const Traffic &traffic);

    const PolicyModel &m_model;
    Traffic m_current;
    VerdictRows *m_rows = nullptr;
    struct Kept;
    std::unique_ptr<Kept> m_kept;
};

} // namespace portolan::policy
