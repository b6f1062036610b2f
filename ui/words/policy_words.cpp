#include "ui/words/policy_words.h"

#include "ui/words/text.h"

#include <QCoreApplication>
#include <QStringList>

namespace portolan::ui::words {

namespace {

struct PolicyWords
{
    Q_DECLARE_TR_FUNCTIONS(PolicyWords)
};

constexpr int mostParts = 12;

QString protocolText(policy::IpProtocol protocol)
{
    switch (protocol) {
    case policy::protocol::icmp:
        return QStringLiteral("ICMP");
    case policy::protocol::tcp:
        return QStringLiteral("TCP");
    case policy::protocol::udp:
        return QStringLiteral("UDP");
    case policy::protocol::icmp6:
        return QStringLiteral("ICMPv6");
    case policy::protocol::sctp:
        return QStringLiteral("SCTP");
    case policy::protocol::udpLite:
        return QStringLiteral("UDPLite");
    default:
        return PolicyWords::tr("IP protocol %1").arg(protocol);
    }
}

QString onProtocol(const QString &what, policy::IpProtocol protocol)
{
    return protocol == policy::PortRange::anyProtocol ? what : what + u'/' + protocolText(protocol);
}

QString rangeText(const policy::PortRange &range)
{
    QString ports = QString::number(range.first);
    if (range.first <= 1 && range.last == 65535)
        ports = PolicyWords::tr("any");
    else if (range.last != range.first)
        ports += u'-' + QString::number(range.last);
    return onProtocol(ports, range.protocol);
}

QString icmpText(const policy::IcmpMatch &match)
{
    QString text = protocolText(match.protocol);
    if (match.type >= 0)
        text += u' ' + QString::number(match.type);
    if (match.code >= 0)
        text += u'/' + QString::number(match.code);
    return text;
}

QString matchText(const policy::TrafficMatch &match)
{
    if (!match.unknown.empty())
        return PolicyWords::tr("cannot be told: %1").arg(plainText(match.unknown));
    QStringList parts;
    for (const policy::IpProtocol protocol : match.protocols)
        parts << protocolText(protocol);
    for (const policy::PortRange &range : match.ports)
        parts << rangeText(range);
    for (const policy::NamedPort &named : match.named)
        parts << onProtocol(plainText(named.name), named.protocol);
    for (const policy::IcmpMatch &icmp : match.icmp)
        parts << icmpText(icmp);
    if (parts.isEmpty())
        return match.negated ? PolicyWords::tr("any port") : PolicyWords::tr("no port");
    const qsizetype all = parts.size();
    if (all > mostParts)
        parts = parts.mid(0, mostParts) << PolicyWords::tr("%Ln more", nullptr, int(all - mostParts));
    const QString text = parts.join(QStringLiteral(", "));
    return match.negated ? PolicyWords::tr("all but %1").arg(text) : text;
}

} // namespace

QString opennessText(policy::Openness openness)
{
    switch (openness) {
    case policy::Openness::Open:
        return PolicyWords::tr("no policy selects it: open to all");
    case policy::Openness::Ruled:
        return PolicyWords::tr("not isolated: what no rule denies gets through");
    case policy::Openness::Isolated:
        return PolicyWords::tr("isolated: only what a rule allows gets through");
    case policy::Openness::Unknown:
        return PolicyWords::tr("unknown: a policy could not be read or is not understood");
    case policy::Openness::Mixed:
        return PolicyWords::tr("not the same for all its pods");
    }
    return {};
}

QString ruleEffectText(policy::RuleEffect effect)
{
    switch (effect) {
    case policy::RuleEffect::Allow:
        return PolicyWords::tr("Allows");
    case policy::RuleEffect::Deny:
        return PolicyWords::tr("Denies");
    case policy::RuleEffect::Pass:
        return PolicyWords::tr("Passes on");
    case policy::RuleEffect::Log:
        return PolicyWords::tr("Logs");
    }
    return {};
}

QString trafficText(const std::vector<policy::TrafficMatch> &traffic)
{
    QStringList words;
    for (const policy::TrafficMatch &match : traffic)
        words << matchText(match);
    return words.isEmpty() ? PolicyWords::tr("any port") : words.join(PolicyWords::tr(" and "));
}

QString peersText(const policy::PeerFacts &peers)
{
    if (peers.isEveryone)
        return PolicyWords::tr("everyone");
    QStringList words;
    if (peers.pods.isEveryPod)
        words << PolicyWords::tr("every pod");
    else if (peers.pods.pods > 0)
        words << PolicyWords::tr("%Ln pod(s)", nullptr, int(peers.pods.pods));
    if (peers.nodes > 0)
        words << PolicyWords::tr("%Ln node(s)", nullptr, int(peers.nodes));
    if (peers.isEveryAddress)
        words << PolicyWords::tr("every address outside");
    else if (peers.rangeCount > 0)
        words << PolicyWords::tr("%Ln range(s) of addresses outside", nullptr, int(peers.rangeCount));
    if (words.isEmpty())
        return peers.hasUnknown ? PolicyWords::tr("cannot be told") : PolicyWords::tr("nobody that is there");
    return words.join(QStringLiteral(", "));
}

} // namespace portolan::ui::words
