#include "ui/whatif/flip_words.h"

#include "ui/words/text.h"
#include "ui/words/words.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace portolan::ui::words {

namespace {

struct WhatIfWords
{
    Q_DECLARE_TR_FUNCTIONS(WhatIfWords)
};

constexpr int mostSpans = 6;

QString protocolText(policy::IpProtocol protocol)
{
    return protocol == policy::protocol::udp    ? QStringLiteral("UDP")
           : protocol == policy::protocol::sctp ? QStringLiteral("SCTP")
                                                : QStringLiteral("TCP");
}

QString spanText(const policy::PortSpan &span)
{
    const QString protocol = protocolText(span.protocol);
    if (span.first == 1 && span.last == 65535)
        return WhatIfWords::tr("every port of %1").arg(protocol);
    if (span.first == span.last)
        return QStringLiteral("%1/%2").arg(span.first).arg(protocol);
    return QStringLiteral("%1-%2/%3").arg(span.first).arg(span.last).arg(protocol);
}

bool isFor(const policy::Decision &decision, policy::Outcome now)
{
    using Effect = policy::Decision::Effect;
    const bool denies = decision.effect == Effect::Denies || decision.effect == Effect::Isolates;
    if (now == policy::Outcome::Deny)
        return denies;
    if (now == policy::Outcome::Unknown)
        return !decision.isCertain;
    return decision.effect == Effect::Allows;
}

QString countText(const policy::FlipList &list, policy::Outcome now)
{
    const auto count = int(std::count_if(list.flips.begin(), list.flips.end(),
                                         [now](const policy::Flip &flip) { return flip.now == now; }));
    if (count == 0)
        return {};
    switch (now) {
    case policy::Outcome::Deny:
        return WhatIfWords::tr("%n cut off", nullptr, count);
    case policy::Outcome::Allow:
        return WhatIfWords::tr("%n opened", nullptr, count);
    case policy::Outcome::Unknown:
        break;
    }
    return WhatIfWords::tr("%n no longer known", nullptr, count);
}

QString blockedText(const policy::Suggestion &suggestion)
{
    QStringList rules;
    for (const policy::Decision &decision : suggestion.blockedBy) {
        const QString text = decisionText(decision);
        if (!rules.contains(text))
            rules << text;
    }
    return rules.join(QStringLiteral("; "));
}

} // namespace

QString changeText(policy::Outcome was, policy::Outcome now)
{
    using Outcome = policy::Outcome;
    if (was == Outcome::Allow)
        return now == Outcome::Deny ? WhatIfWords::tr("Allowed → denied")
                                    : WhatIfWords::tr("Allowed → unknown");
    if (was == Outcome::Deny)
        return now == Outcome::Allow ? WhatIfWords::tr("Denied → allowed")
                                     : WhatIfWords::tr("Denied → unknown");
    return now == Outcome::Allow ? WhatIfWords::tr("Unknown → allowed") : WhatIfWords::tr("Unknown → denied");
}

Tone toneOfFlip(policy::Outcome now)
{
    return now == policy::Outcome::Deny    ? Tone::Bad
           : now == policy::Outcome::Allow ? Tone::Allowed
                                           : Tone::Warning;
}

QString partyText(const policy::Party &party)
{
    return party.range.empty() ? refName(party.workload) : plainText(party.range);
}

QString spansText(const policy::PortSpans &spans)
{
    if (policy::isEveryPort(spans))
        return WhatIfWords::tr("every port");
    QStringList parts;
    for (const policy::PortSpan &span : spans) {
        if (parts.size() == mostSpans) {
            parts << QStringLiteral("…");
            break;
        }
        parts << spanText(span);
    }
    return parts.join(QStringLiteral(", "));
}

QString decisionText(const policy::Decision &decision)
{
    using Effect = policy::Decision::Effect;
    if (!decision.object.isValid())
        return WhatIfWords::tr("No policy");
    const QString name = refText(decision.object);
    QString place = plainText(decision.path);
    place.remove(QStringLiteral("spec."));
    const QString at = place.isEmpty() ? name : name + QStringLiteral(", ") + place;
    switch (decision.effect) {
    case Effect::Allows:
        return WhatIfWords::tr("%1 allows").arg(at);
    case Effect::Denies:
        return WhatIfWords::tr("%1 denies").arg(at);
    case Effect::Passes:
        return WhatIfWords::tr("%1 passes on").arg(at);
    case Effect::Isolates:
        return decision.direction == policy::Direction::Egress
                   ? WhatIfWords::tr("%1 isolates egress").arg(at)
                   : WhatIfWords::tr("%1 isolates ingress").arg(at);
    case Effect::Default:
    case Effect::OwnNode:
    case Effect::Self:
        break;
    }
    return at;
}

QString decidedText(const policy::Flip &flip)
{
    QStringList deciding;
    for (const policy::Decision &decision : flip.by) {
        if (isFor(decision, flip.now) && decision.object.isValid())
            deciding << decisionText(decision);
    }
    return deciding.isEmpty() ? WhatIfWords::tr("No policy") : deciding.join(QStringLiteral("; "));
}

QString summaryText(const policy::WhatIf &answer)
{
    if (answer.objects.empty())
        return answer.faults.empty() ? WhatIfWords::tr("No policy in the text yet")
                                     : WhatIfWords::tr("No policy in the text that can be used");
    QStringList parts;
    for (const auto now : {policy::Outcome::Deny, policy::Outcome::Allow, policy::Outcome::Unknown}) {
        if (const QString text = countText(answer.flips, now); !text.isEmpty())
            parts << text;
    }
    if (answer.flips.leftOut > 0)
        parts << WhatIfWords::tr("%n more not listed", nullptr, int(answer.flips.leftOut));
    if (!answer.flips.hasOutside)
        parts << WhatIfWords::tr("addresses outside not looked at");
    return parts.isEmpty() ? WhatIfWords::tr("No connection changes") : parts.join(QStringLiteral(" · "));
}

QString faultText(const policy::EditFault &fault)
{
    QString text = plainText(fault.text);
    QString where = plainText(fault.object);
    if (!fault.field.empty())
        where += (where.isEmpty() ? QString() : QStringLiteral(", ")) + plainText(fault.field);
    if (!where.isEmpty())
        text = where + QStringLiteral(": ") + text;
    return fault.line > 0 ? WhatIfWords::tr("Line %1: %2").arg(fault.line).arg(text) : text;
}

QString suggestionText(const policy::Suggestion &suggestion)
{
    using Answer = policy::Suggestion::Answer;
    const QString from = refName(suggestion.source);
    const bool isConnection = suggestion.destination.isValid();
    const QString to =
        isConnection
            ? refName(suggestion.destination) + u' ' +
                  spanText({suggestion.traffic.protocol, suggestion.traffic.port, suggestion.traffic.port})
            : QString();
    switch (suggestion.answer) {
    case Answer::Suggested:
        return isConnection
                   ? WhatIfWords::tr("Allows %1 → %2. Checked: it works, and the list shows all it changes.")
                         .arg(from, to)
                   : WhatIfWords::tr("Allows %1 what probes have reached, and nothing else. Checked: the "
                                     "list shows all it changes.")
                         .arg(from);
    case Answer::AlreadyAllowed:
        return WhatIfWords::tr("Policies allow %1 → %2 already.").arg(from, to);
    case Answer::NotByPolicy:
        return isConnection
                   ? WhatIfWords::tr("No NetworkPolicy can allow %1 → %2. This would have to change: %3")
                         .arg(from, to, blockedText(suggestion))
                   : WhatIfWords::tr("What was seen to work from and to %1 cannot all be allowed. This "
                                     "would have to change: %2")
                         .arg(from, blockedText(suggestion));
    case Answer::NotNameable:
        return WhatIfWords::tr("No policy can be suggested: %1").arg(plainText(suggestion.reason));
    case Answer::NothingObserved:
        return WhatIfWords::tr(
                   "Neither a probe nor a flow log has seen a connection of %1 that works: probe its "
                   "connections or read observed flows first.")
            .arg(from);
    }
    return {};
}

} // namespace portolan::ui::words
