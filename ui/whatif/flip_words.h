#pragma once

#include "model/policy/suggest.h"
#include "ui/words/tone.h"

#include <QString>

/// What-if answers in words of the user's language; plain text, names from the cluster cleaned.
namespace portolan::ui::words {

QString changeText(policy::Outcome was, policy::Outcome now); ///< "Allowed → denied"
Tone toneOfFlip(policy::Outcome now);
QString partyText(const policy::Party &party);          ///< "shop/web", "203.0.113.0-203.0.113.255"
QString spansText(const policy::PortSpans &spans);      ///< "every port", "8080/TCP, 53/UDP"
QString decisionText(const policy::Decision &decision); ///< "NetworkPolicy shop/web, ingress[0] allows"
/// What brought the verdict about, of everything that was asked: "No policy" where none did.
QString decidedText(const policy::Flip &flip);
/// "2 cut off · 1 opened · 3 no longer known"; says so where nothing changes.
QString summaryText(const policy::WhatIf &answer);
QString faultText(const policy::EditFault &fault); ///< "Line 7: NetworkPolicy shop/web, spec.ingress: …"
/// What is said about a suggestion beside its text, or in its place.
QString suggestionText(const policy::Suggestion &suggestion);

} // namespace portolan::ui::words
