#pragma once

#include "model/policy/what_if.h"

#include <memory>
#include <string>
#include <vector>

/// NetworkPolicies that would do what is wanted, each checked by the evaluator before it is handed out.
namespace portolan::policy {

struct Suggestion
{
    enum class Answer : std::uint8_t {
        Suggested,
        AlreadyAllowed,  ///< nothing has to be changed
        NotByPolicy,     ///< what denies it is in `blockedBy`: no NetworkPolicy can allow it
        NotNameable,     ///< an end, or the traffic, that no NetworkPolicy can name; `reason` says which
        NothingObserved, ///< no connection of the workload is known
    };
    Answer answer = Answer::Suggested;
    /// What was asked: a connection, or (source alone) a workload.
    ObjectRef source;
    ObjectRef destination;
    Traffic traffic;
    std::string yaml;                ///< for Suggested alone: one document, or two
    std::vector<Decision> blockedBy; ///< for NotByPolicy: what would have to change
    std::string reason;              ///< English
    WhatIfPtr check;                 ///< for Suggested: what `yaml` would do, the wanted included
};

using SuggestionPtr = std::shared_ptr<const Suggestion>;

/// The smallest change that allows the connection: a NetworkPolicy for the source's egress, one for the
/// destination's ingress, or both, for the directions that do not allow it now. They select the workloads of
/// both ends by the fewest stable labels. `source`: a pod. `destination`: a pod, or an address ("Address").
/// Null where it was cancelled.
SuggestionPtr suggestAllowing(const std::shared_ptr<const PolicyModel> &model, const ObjectRef &source,
                              const ObjectRef &destination, const Traffic &traffic,
                              const CancelToken &cancel = {});

/// The NetworkPolicy that admits what probes and flow logs of the state have seen to work from and to the
/// workload (or the workload of the pod) and nothing else, with name resolution where it was used. Other
/// policies that select it allow in addition: they are named in a comment. Null where it was cancelled.
SuggestionPtr suggestLeastPrivilege(const std::shared_ptr<const PolicyModel> &model,
                                    const ObjectRef &workload, const CancelToken &cancel = {});

} // namespace portolan::policy
