#pragma once

#include "model/base/cancel_token.h"
#include "model/cluster/cluster_state.h"
#include "model/diagnosis/connection_path.h"
#include "model/graph/reach_matrix.h"
#include "model/policy/policy_facts.h"
#include "model/policy/subject_facts.h"
#include "model/policy/suggest.h"

#include <map>
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

using ConnectionPathPtr = std::shared_ptr<const ConnectionPath>;
using PolicyReasonPtr = std::shared_ptr<const PolicyReason>;

/// What policies have to do with one object: a pod, a workload, or a policy itself.
struct PolicyAnswer
{
    ObjectRef object;
    policy::DetectedEnforcer enforcer;
    std::optional<policy::SubjectFacts> subject; ///< of a pod or a workload
    std::optional<policy::PolicyFacts> policy;   ///< of a policy
    bool isEnforced = true;                      ///< of a policy: false where nobody here enforces its kind
};

using PolicyAnswerPtr = std::shared_ptr<const PolicyAnswer>;

/// Answers what the window asks about policies, by the compiled policies of the last frame or, where the
/// state that is asked about is another one, by its own, which it keeps for the next question. Thread-safe;
/// every answer blocks for as long as it takes.
class PolicyQuestions
{
public:
    void keep(policy::PolicyModelPtr policies);

    /// Nothing where it was cancelled.
    ReachMatrixPtr matrix(const ClusterStatePtr &state, std::optional<policy::Traffic> traffic,
                          const CancelToken &cancel);
    /// Nothing where there are no two ends that policies could be asked about.
    PolicyReasonPtr reason(const ClusterStatePtr &state, const ProbeRequest &request,
                           const CancelToken &cancel);
    /// The way of that connection; nothing where a probe could not be made, or it was cancelled.
    ConnectionPathPtr path(const ClusterStatePtr &state, const ProbeRequest &request,
                           const CancelToken &cancel);
    /// Nothing for objects that policies have nothing to do with, and where it was cancelled. Policies that
    /// nobody here enforces are read as whoever knows their kind would.
    PolicyAnswerPtr about(const ClusterStatePtr &state, const ObjectRef &object, const CancelToken &cancel);
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
    policy::PolicyModelPtr policiesOf(const ClusterStatePtr &state);
    policy::PolicyModelPtr policiesFor(const ClusterStatePtr &state, policy::Enforcer enforcer);
    policy::SubjectFacts subjectFacts(const ClusterStatePtr &state, const ObjectRef &object,
                                      const CancelToken &cancel);

    std::mutex m_mutex;
    policy::PolicyModelPtr m_policies; ///< keeps its state alive
    /// Of the same state, as enforcers would see it that are not there.
    std::map<policy::Enforcer, policy::PolicyModelPtr> m_dormant;
};

} // namespace portolan
