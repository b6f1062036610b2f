#pragma once

#include "model/policy/policy_facts.h"
#include "model/policy/subject_facts.h"

#include <QString>

/// What policies say, in words of the user's language. As words.h.
namespace portolan::ui::words {

QString opennessText(policy::Openness openness);   ///< "no policy selects it: open to all"
QString ruleEffectText(policy::RuleEffect effect); ///< "Allows"
QString trafficText(const std::vector<policy::TrafficMatch> &traffic); ///< "8080/TCP, 53/UDP", "any port"
/// "everyone", "3 pods, 2 networks outside", "nobody that is there".
QString peersText(const policy::PeerFacts &peers);

} // namespace portolan::ui::words
