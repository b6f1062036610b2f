#pragma once

#include "model/policy/policy_text.h"
#include "model/policy/suggest.h"

#include <optional>
#include <vector>

/// What both kinds of suggestions share. Internal to model/policy.
namespace portolan::policy {

/// One connection that a suggestion has to allow.
struct WantedConnection
{
    ObjectRef source;
    ObjectRef destination; ///< a pod, or an address
    Traffic traffic;
    friend auto operator<=>(const WantedConnection &, const WantedConnection &) = default;
};

/// The end that `ref` names in the model: a pod (a node for one on the host's network), or an address.
std::optional<Endpoint> endOf(const PolicyModel &model, const ObjectRef &ref);

/// Gives the drafts names that are free in their namespaces, writes them, and asks what they would do: fills
/// yaml and check where every one of `wanted` is allowed then, else blockedBy. False where it was cancelled.
bool check(Suggestion &suggestion, const std::shared_ptr<const PolicyModel> &model,
           std::vector<PolicyDraft> drafts, const std::vector<WantedConnection> &wanted,
           const CancelToken &cancel);

} // namespace portolan::policy
