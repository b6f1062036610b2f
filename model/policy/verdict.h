#pragma once

#include "model/policy/ordered_policies.h"

#include <string>
#include <string_view>
#include <vector>

namespace portolan::policy {

enum class Outcome : std::uint8_t { Allow, Deny, Unknown };
/// "allow", "deny", "unknown".
std::string_view outcomeName(Outcome outcome);

/// One thing that had a part in a verdict.
struct Decision
{
    enum class Effect : std::uint8_t {
        Allows,
        Denies,
        Passes,   ///< to the next tier
        Isolates, ///< selects the subject, and no rule of its tier matched
        Default,  ///< nothing decided: allowed
        OwnNode,  ///< a pod and its own node
        Self,     ///< a pod and itself
    };
    Direction direction = Direction::Ingress;
    std::string kind; ///< "NetworkPolicy"; "" for Default, OwnNode and Self
    ObjectRef object;
    std::int32_t rule = -1; ///< index of the rule in its list; -1: none
    std::string path;       ///< where it stands: "spec.ingress[0]"
    Effect effect = Effect::Default;
    bool isCertain = true; ///< false: it may match
    std::string condition; ///< see Rule::condition
    friend bool operator==(const Decision &, const Decision &) = default;
};
/// "allows", "denies", "passes", "isolates", "default", "own node", "self".
std::string_view effectName(Decision::Effect effect);

struct Verdict
{
    Outcome outcome = Outcome::Allow;
    std::string reason; ///< why it is unknown; for Allow the condition that the request has to meet, or ""
    Outcome ingress = Outcome::Allow;
    Outcome egress = Outcome::Allow;
    std::vector<Decision> by; ///< egress first, then ingress; each in the order of evaluation
};

/// What both directions together come to.
constexpr Outcome combined(Outcome a, Outcome b)
{
    if (a == Outcome::Deny || b == Outcome::Deny)
        return Outcome::Deny;
    return a == Outcome::Unknown || b == Outcome::Unknown ? Outcome::Unknown : Outcome::Allow;
}

} // namespace portolan::policy
