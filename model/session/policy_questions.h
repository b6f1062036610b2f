#pragma once

#include "model/base/cancel_token.h"
#include "model/cluster/cluster_state.h"
#include "model/graph/reach_matrix.h"
#include "model/policy/suggest.h"

#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace portolan {

/// Why policies say what they say of the connection that a probe would try.
struct PolicyReason
{
    ProbeRequest request;
    ObjectRef destination; ///< the pod that was asked about: of a service one of its endpoints
    policy::Traffic traffic;
    policy::Verdict verdict;
};

using PolicyReasonPtr = std::shared_ptr<const PolicyReason>;

/// Answers what the window asks about policies, by the compiled policies of the last frame or, where the
/// state that is asked about is another one, by its own, which it keeps for the next question. Thread-safe;
/// every answer blocks for as long as it takes.
class PolicyQuestions
{
public:
    void keep(std::shared_ptr<const policy::PolicyModel> policies);

    /// Nothing where it was cancelled.
    ReachMatrixPtr matrix(const ClusterStatePtr &state, std::optional<policy::Traffic> traffic,
                          const CancelToken &cancel);
    /// Nothing where there are no two ends that policies could be asked about.
    PolicyReasonPtr reason(const ClusterStatePtr &state, const ProbeRequest &request,
                           const CancelToken &cancel);
    /// What edited policies would do; nothing where it was cancelled.
    policy::WhatIfPtr whatIf(const ClusterStatePtr &state, const std::string &text,
                             const CancelToken &cancel);
    /// What would allow the connection that a probe would try; nothing where it was cancelled.
    policy::SuggestionPtr suggestion(const ClusterStatePtr &state, const ProbeRequest &request,
                                     const CancelToken &cancel);
    /// The least-privilege policy of a workload, or of a pod's; nothing where it was cancelled.
    policy::SuggestionPtr leastPrivilege(const ClusterStatePtr &state, const ObjectRef &workload,
                                         const CancelToken &cancel);

private:
    std::shared_ptr<const policy::PolicyModel> policiesOf(const ClusterStatePtr &state);

    std::mutex m_mutex;
    std::shared_ptr<const policy::PolicyModel> m_policies; ///< keeps its state alive
};

} // namespace portolan
