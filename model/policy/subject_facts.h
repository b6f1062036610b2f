#pragma once

#include "model/base/cancel_token.h"
#include "model/policy/policy_model.h"

#include <array>
#include <functional>
#include <string>
#include <vector>

namespace portolan::policy {

/// What the enforced policies of one direction make of a subject.
enum class Openness : std::uint8_t {
    Open,     ///< no policy of that direction selects it: open to all
    Ruled,    ///< rules apply, and what none of them matches is allowed
    Isolated, ///< what no rule lets through is denied
    Unknown,  ///< it may be isolated: a policy could not be read or is not understood
    Mixed,    ///< not the same for all its pods
};

/// A policy that selects the subject, or some of its pods.
struct SelectingPolicy
{
    ObjectRef object; ///< not valid: policies of that kind could not be read
    std::string kind;
    std::string tier;               ///< "" where the API has none
    std::array<bool, 2> concerns{}; ///< by Direction: it has rules or isolates
    std::array<bool, 2> isolates{}; ///< by Direction
    bool isCertain = true;          ///< false: it may select it
    bool isPending = false;         ///< staged
    bool isEnforced = true;         ///< false: nobody here enforces its kind
    std::string unknown;            ///< why it is not certain
    std::size_t pods = 0;           ///< of the subject's pods
    friend bool operator==(const SelectingPolicy &, const SelectingPolicy &) = default;
};

struct SubjectFacts
{
    std::size_t pods = 0;    ///< that take part in the pod network
    std::size_t onNodes = 0; ///< on their node's network: policies see the node
    std::array<Openness, 2> openness{Openness::Open, Openness::Open}; ///< by Direction
    std::vector<SelectingPolicy> policies; ///< in the order of evaluation; then those not enforced
    friend bool operator==(const SubjectFacts &, const SubjectFacts &) = default;
};

/// Adds the policies of `model` that select any of these pods ("ns/name"; those that take no part are left
/// out) and, for a model that is `enforced`, what they come to. `accepts` leaves policies out.
/// Blocks; gives up where it is cancelled, with what it has.
void addSubjectFacts(SubjectFacts &facts, const PolicyModel &model, const std::vector<ObjectRef> &pods,
                     bool enforced, const std::function<bool(const ObjectRef &)> &accepts,
                     const CancelToken &cancel);

} // namespace portolan::policy
