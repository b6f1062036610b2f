#include "ui/path/path_words.h"

#include "ui/canvas/link_text.h"
#include "ui/inspector/page_parts.h"
#include "ui/words/text.h"
#include "ui/words/words.h"

#include <QCoreApplication>

#include <algorithm>

namespace portolan::ui {

namespace {

struct PathWords
{
    Q_DECLARE_TR_FUNCTIONS(PathWords)
};

QString factOf(const PathCheck &check, std::string_view name)
{
    for (const auto &[key, value] : check.facts) {
        if (key == name)
            return plainText(value);
    }
    return {};
}

QString layerText(Layer layer)
{
    switch (layer) {
    case Layer::L2:
        return QStringLiteral("L2");
    case Layer::L3:
        return QStringLiteral("L3");
    case Layer::L4:
        return QStringLiteral("L4");
    case Layer::L7:
        return QStringLiteral("L7");
    }
    return {};
}

QString policyText(const PathCheck &check, const QString &direction)
{
    const QString by = (factOf(check, "by") + u' ' + factOf(check, "rule")).trimmed();
    switch (check.state) {
    case CheckState::Good:
        return by.isEmpty() ? PathWords::tr("%1: no policy restricts it", "egress").arg(direction)
                            : PathWords::tr("%1: %2 allows it", "egress: a policy").arg(direction, by);
    case CheckState::Bad:
        return by.isEmpty() ? PathWords::tr("%1: denied", "egress").arg(direction)
                            : PathWords::tr("%1: %2 denies it", "egress: a policy").arg(direction, by);
    case CheckState::Unknown:
        break;
    }
    return PathWords::tr("%1: cannot be told", "egress").arg(direction);
}

QString serviceText(const PathCheck &check)
{
    const QString address = factOf(check, "address") + u':' + factOf(check, "port");
    const int endpoints = factOf(check, "endpoints").toInt();
    if (endpoints == 0)
        return PathWords::tr("Service: no endpoint stands behind %1").arg(address);
    if (check.state == CheckState::Bad)
        return PathWords::tr("Service: %1 is not reached, its endpoint is").arg(address);
    return PathWords::tr("Service: %1 → %Ln endpoint(s)", nullptr, endpoints).arg(address);
}

QString nameText(const PathCheck &check)
{
    const QString name = factOf(check, "name");
    if (check.state == CheckState::Good)
        return PathWords::tr("DNS: %1 resolves").arg(name);
    return check.state == CheckState::Bad ? PathWords::tr("DNS: %1 does not resolve").arg(name)
                                          : PathWords::tr("DNS: the name was not looked up");
}

QString connectionText(const PathCheck &check)
{
    const QString port = factOf(check, "port");
    if (!check.measured)
        return PathWords::tr("Connection: port %1 was not probed").arg(port);
    return PathWords::tr("Connection: port %1, %2", "8080, timeout")
        .arg(port, words::outcomeText(check.measured->outcome));
}

QString checkText(const PathCheck &check)
{
    const bool good = check.state == CheckState::Good;
    if (check.check == "dns")
        return nameText(check);
    if (check.check == "service")
        return serviceText(check);
    if (check.check == "policy-egress")
        return policyText(check, PathWords::tr("Egress policy"));
    if (check.check == "policy-ingress")
        return policyText(check, PathWords::tr("Ingress policy"));
    if (check.check == "connection")
        return connectionText(check);
    if (check.check == "route")
        return good ? PathWords::tr("Route: packets find their way there and back")
               : check.state == CheckState::Bad ? PathWords::tr("Route: there is none to the destination")
                                                : PathWords::tr("Route: not read");
    if (check.check == "mtu")
        return PathWords::tr("MTU: not measured; large packets can be lost where small ones pass");
    if (check.check == "tunnel")
        return good ? PathWords::tr("Between the nodes: small packets pass")
                    : PathWords::tr("Between the nodes: not measured");
    if (check.check == "node")
        return PathWords::tr("Node: not ready (%1)").arg(factOf(check, "reason"));
    if (check.check == "pod")
        return PathWords::tr("Pod: not ready (%1)").arg(factOf(check, "reason"));
    return plainText(check.check);
}

QString stateText(const PathCheck &check)
{
    if (check.measured && check.state == CheckState::Bad)
        return words::outcomeText(check.measured->outcome);
    if (check.measured && check.measured->outcome == ProbeOutcome::Reached)
        return words::durationText(check.measured->elapsed);
    switch (check.state) {
    case CheckState::Good:
        return check.check.starts_with("policy") ? PathWords::tr("predicted") : PathWords::tr("passed");
    case CheckState::Bad:
        return check.check.starts_with("policy") ? PathWords::tr("denied") : PathWords::tr("broken");
    case CheckState::Unknown:
        break;
    }
    return PathWords::tr("not known");
}

const PathCheck *connectionCheck(const ConnectionPath &path)
{
    const auto at = std::find_if(path.checks.begin(), path.checks.end(),
                                 [](const PathCheck &check) { return check.check == "connection"; });
    return at == path.checks.end() ? nullptr : &*at;
}

} // namespace

QString hopKindText(PathHop::Kind kind)
{
    switch (kind) {
    case PathHop::Kind::Pod:
        return PathWords::tr("Pod");
    case PathHop::Kind::Node:
        return PathWords::tr("Node");
    case PathHop::Kind::Underlay:
        return PathWords::tr("Between the nodes");
    case PathHop::Kind::Outside:
        return PathWords::tr("Outside");
    }
    return {};
}

QString hopDescription(const PathHop &hop, bool isBroken)
{
    QStringList parts{hopKindText(hop.kind), plainText(hop.name), plainText(hop.address),
                      plainText(hop.detail), linkLabel(hop.join)};
    if (isBroken)
        parts << PathWords::tr("broken here");
    else if (hop.state == CheckState::Good)
        parts << PathWords::tr("passed");
    else
        parts << PathWords::tr("not known");
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

StepRow rowOf(const PathCheck &check)
{
    StepRow row;
    row.layer = layerText(check.layer);
    row.text = checkText(check);
    row.outcome = check.state == CheckState::Good  ? ProbeOutcome::Reached
                  : check.state == CheckState::Bad ? ProbeOutcome::Timeout
                                                   : ProbeOutcome::Unknown;
    row.state = row.time = stateText(check);
    if (check.measured)
        addEvidence(row, *check.measured);
    return row;
}

QString pathVerdict(const ConnectionPath &path)
{
    if (path.brokenAt) {
        const PathHop &hop = path.hops[*path.brokenAt];
        const QString name = hop.name.empty() ? hopKindText(hop.kind) : plainText(hop.name);
        return path.measuredAt ? PathWords::tr("broken at %1").arg(name)
                               : PathWords::tr("would break at %1").arg(name);
    }
    const PathCheck *connection = connectionCheck(path);
    if (connection && connection->state == CheckState::Good)
        return PathWords::tr("reached");
    if (connection && connection->state == CheckState::Bad)
        return PathWords::tr("lost; where is not known");
    return path.measuredAt ? PathWords::tr("the probe has no clear answer") : PathWords::tr("not probed yet");
}

Tone pathTone(const ConnectionPath &path)
{
    const PathCheck *connection = connectionCheck(path);
    if (path.brokenAt || (connection && connection->state == CheckState::Bad))
        return Tone::Bad;
    return connection && connection->state == CheckState::Good ? Tone::Good : Tone::Muted;
}

} // namespace portolan::ui
