#include "model/policy/verdict.h"

namespace portolan::policy {

std::string_view outcomeName(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Allow:
        return "allow";
    case Outcome::Deny:
        return "deny";
    case Outcome::Unknown:
        return "unknown";
    }
    return {};
}

std::string_view effectName(Decision::Effect effect)
{
    switch (effect) {
    case Decision::Effect::Allows:
        return "allows";
    case Decision::Effect::Denies:
        return "denies";
    case Decision::Effect::Passes:
        return "passes";
    case Decision::Effect::Isolates:
        return "isolates";
    case Decision::Effect::Default:
        return "default";
    case Decision::Effect::OwnNode:
        return "own node";
    case Decision::Effect::Self:
        return "self";
    }
    return {};
}

} // namespace portolan::policy
