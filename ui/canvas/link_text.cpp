#include "ui/canvas/link_text.h"

#include "ui/canvas/map_text.h"

#include <QCoreApplication>

namespace portolan::ui {

namespace {

struct LinkWords
{
    Q_DECLARE_TR_FUNCTIONS(LinkWords)
};

/// As a part of a sentence.
QString shortText(NodeJoin join)
{
    switch (join) {
    case NodeJoin::Routes:
        return LinkWords::tr("routes between the machines");
    case NodeJoin::NetworkRoutes:
        return LinkWords::tr("routes of the network");
    case NodeJoin::Unknown:
        return LinkWords::tr("not known", "what joins the machines");
    default:
        return plainLine(joinLabel(join));
    }
}

QString inBrackets(const QString &text, const QString &remark)
{
    return remark.isEmpty() ? text : text + QStringLiteral(" (") + remark + QLatin1Char(')');
}

} // namespace

QString linkLabel(NodeJoin join)
{
    if (join == NodeJoin::Routes || join == NodeJoin::NetworkRoutes)
        return LinkWords::tr("route", "on a line between two machines; short");
    return plainLine(joinLabel(join));
}

QString joinText(NodeJoin join)
{
    switch (join) {
    case NodeJoin::Vxlan:
    case NodeJoin::Geneve:
    case NodeJoin::Ipip:
    case NodeJoin::WireGuard:
        return LinkWords::tr("%1 tunnel", "VXLAN").arg(plainLine(joinLabel(join)));
    case NodeJoin::Bgp:
        return LinkWords::tr("routes by a BGP session, not encapsulated");
    case NodeJoin::Routes:
        return LinkWords::tr("routes between the machines, not encapsulated");
    case NodeJoin::NetworkRoutes:
        return LinkWords::tr("routes of the network between them, not encapsulated");
    case NodeJoin::Unknown:
        break;
    }
    return LinkWords::tr("not known", "what joins the machines");
}

QString doubtText(JoinDoubt doubt, const std::string &subject)
{
    const QString what = plainLine(subject);
    switch (doubt) {
    case JoinDoubt::NoAgent:
        return LinkWords::tr("no CNI agent is known here");
    case JoinDoubt::SeveralAgents:
        return LinkWords::tr("several CNI agents run");
    case JoinDoubt::NotRead:
        return LinkWords::tr("%1 was not read", "a ConfigMap").arg(what);
    case JoinDoubt::NotUnderstood:
        return LinkWords::tr("%1 is not understood", "a ConfigMap").arg(what);
    case JoinDoubt::Differs:
        return what.isEmpty() ? LinkWords::tr("it differs between the machines")
                              : LinkWords::tr("it differs between the machines: %1").arg(what);
    case JoinDoubt::NotTold:
        return LinkWords::tr("the API does not tell it");
    case JoinDoubt::PerhapsDirect:
        return LinkWords::tr("within a subnet perhaps plain routes: %1 was not read").arg(what);
    case JoinDoubt::PerhapsBgp:
        return LinkWords::tr("whether by BGP is not known: %1 was not read").arg(what);
    case JoinDoubt::SubnetsUnknown:
        return LinkWords::tr("whether both are in one subnet is not known");
    case JoinDoubt::None:
        break;
    }
    return {};
}

QString networkText(const NodeNetwork &network)
{
    QString text = shortText(network.join);
    if (network.isCrossSubnet)
        text = LinkWords::tr("%1 between subnets, else %2", "VXLAN, routes between the machines")
                   .arg(text, shortText(network.within));
    if (network.encryption == JoinEncryption::WireGuard)
        text =
            LinkWords::tr("%1, encrypted by %2", "VXLAN, WireGuard").arg(text, QStringLiteral("WireGuard"));
    else if (network.encryption == JoinEncryption::Ipsec)
        text = LinkWords::tr("%1, encrypted by %2", "VXLAN, WireGuard").arg(text, QStringLiteral("IPsec"));
    text = inBrackets(text, plainLine(network.provider));
    const QString doubt = doubtText(network.doubt, network.subject);
    return doubt.isEmpty() ? text : text + QStringLiteral(": ") + doubt;
}

QString joinedText(const NodeNetwork &network, std::size_t machines)
{
    if (machines < 2)
        return {};
    if (network.join == NodeJoin::Unknown)
        return LinkWords::tr("what joins the %1 machines is %2", "2, not known: …")
            .arg(machines)
            .arg(networkText(network));
    return LinkWords::tr("%1 machines joined by %2", "2, VXLAN (Calico)")
        .arg(machines)
        .arg(networkText(network));
}

QString mtuText(const ConfiguredMtu &mtu)
{
    switch (mtu.kind) {
    case ConfiguredMtu::Kind::Given:
        return QString::number(mtu.bytes);
    case ConfiguredMtu::Kind::Auto:
        return LinkWords::tr("automatic", "MTU");
    case ConfiguredMtu::Kind::NotRead:
        break;
    }
    return LinkWords::tr("not read", "MTU");
}

QString mtuSourceText(const ConfiguredMtu &mtu)
{
    return inBrackets(mtuText(mtu), plainLine(mtu.source));
}

} // namespace portolan::ui
