#pragma once

#include "model/policy/policy_model.h"
#include "model/policy/policy_text.h"

#include <string>
#include <string_view>
#include <vector>

/// How a policy names pods. Internal to model/policy.
namespace portolan::policy {

/// Labels that select the pods of one workload.
struct PodChoice
{
    std::string ns;
    std::vector<Labels::Entry> labels; ///< {}: nothing tells them from the other pods of the namespace
    bool isExact = false;              ///< they select no other pod that is there now
};

/// The fewest stable labels that select the pods of the workload that `pod` belongs to, and as few others as
/// labels can: app, app.kubernetes.io/* and k8s-app before others; never a label that a controller writes
/// for one pod or one revision. Precondition: `pod` is one of the model's pods.
PodChoice choosePods(const PolicyModel &model, EndpointId pod);

/// True for labels that stay as they are when the pods are made anew.
bool isStableLabel(std::string_view key);

/// The end of a connection as peers of a policy of namespace `ns`: a pod by its labels, whatever else by its
/// addresses. {} where it has none.
std::vector<DraftPeer> peersOf(const PolicyModel &model, const Endpoint &end, const std::string &ns);

} // namespace portolan::policy
