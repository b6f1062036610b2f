#include "ui/canvas/map_text.h"

#include "model/cluster/read_gaps.h"
#include "ui/canvas/flow_text.h"

#include "ui/canvas/link_text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTimeZone>

#include <algorithm>

namespace portolan::ui {

namespace {

struct MapWords
{
    Q_DECLARE_TR_FUNCTIONS(MapWords)
};

constexpr qsizetype longestLine = 300;

/// "1 pod", "12 pods": English has no plural file of its own, hence two sources.
QString counted(std::size_t count, const QString &one, const QString &many)
{
    return count == 1 ? one : many.arg(count);
}

bool isFormatting(QChar c)
{
    // Bidirectional marks could make one name look like another.
    return c.category() == QChar::Other_Format || c.category() == QChar::Other_Control ||
           c == QChar::LineSeparator || c == QChar::ParagraphSeparator;
}

bool covers(const ReadGap &gap, const GraphGroup &group)
{
    return gap.resource.namespaced && (gap.ns.empty() || gap.ns == group.label) &&
           group.object.kind == ObjectKind::Namespace;
}

/// What a resource is called on the map; "" for one that the map does not draw.
QString drawnResource(std::string_view plural)
{
    if (plural == "pods")
        return MapWords::tr("pods");
    if (plural == "services")
        return MapWords::tr("services");
    if (plural == "endpointslices" || plural == "endpoints")
        return MapWords::tr("endpoints");
    if (plural == "networkpolicies")
        return MapWords::tr("policies");
    return plural == "ingresses" ? MapWords::tr("ingresses") : QString();
}

QStringList unreadIn(const GraphGroup &group, const ClusterState *state)
{
    QStringList unread;
    if (!state)
        return unread;
    for (const ReadGap &gap : state->gaps) {
        if (covers(gap, group))
            unread << drawnResource(gap.resource.plural);
    }
    unread.removeAll(QString());
    unread.removeDuplicates();
    return unread;
}

} // namespace

QString plainLine(std::string_view text)
{
    QString line = QString::fromUtf8(text.data(), qsizetype(std::min<std::size_t>(text.size(), 4096)));
    for (QChar &c : line) {
        if (isFormatting(c))
            c = QLatin1Char(' ');
    }
    if (line.size() > longestLine)
        line = line.left(longestLine - 1) + QChar(0x2026);
    return line;
}

QString worldText()
{
    return MapWords::tr("world");
}

std::string machineOrName(const GraphNode &node)
{
    if (node.kind == NodeKind::Machine && !node.object.isValid() && node.label.empty())
        return MapWords::tr("on no node").toStdString();
    return node.label;
}

QString podCountText(std::size_t pods)
{
    return counted(pods, MapWords::tr("1 pod"), MapWords::tr("%1 pods"));
}

QString podCountText(const std::vector<PodDot> &pods)
{
    const auto notReady = std::count_if(pods.begin(), pods.end(), [](const PodDot &dot) {
        return dot.health != PodHealth::Ready && dot.health != PodHealth::Done;
    });
    const QString all = podCountText(pods.size());
    if (notReady == 0)
        return all;
    return MapWords::tr("%1 · %2 not ready", "12 pods · 1 not ready").arg(all).arg(notReady);
}

QString cniAgentText(const CniAgent *agent)
{
    if (!agent)
        return {};
    const QString name = plainLine(agent->name);
    if (!agent->pod.isValid())
        return MapWords::tr("no %1", "calico-node on a node").arg(name);
    if (agent->ready)
        return MapWords::tr("%1 ready", "calico-node").arg(name);
    const QString text = MapWords::tr("%1 not ready", "calico-node").arg(name);
    return agent->reason.empty() ? text : text + QStringLiteral(": ") + plainLine(agent->reason);
}

GroupNote groupNote(const GraphGroup &group, const ClusterState *state)
{
    if (const QStringList unread = unreadIn(group, state); !unread.isEmpty())
        return {MapWords::tr("not readable: %1").arg(unread.join(QLatin1String(", "))), true, true};
    if (group.openToAll)
        return {MapWords::tr("open to all namespaces"), true, false};
    if (group.policyCount == 0)
        return {};
    return {counted(group.policyCount, MapWords::tr("1 policy"), MapWords::tr("%1 policies")), false, false};
}

QString verdictText(EdgeKind kind, EdgeVerdict verdict)
{
    switch (verdict) {
    case EdgeVerdict::Allowed:
        return MapWords::tr("allowed by policy");
    case EdgeVerdict::Denied:
        return MapWords::tr("denied by policy");
    case EdgeVerdict::Unknown:
        return MapWords::tr("policy unknown");
    case EdgeVerdict::Mixed:
        return MapWords::tr("allowed for some of the pods");
    case EdgeVerdict::NotApplicable:
        break;
    }
    return kind == EdgeKind::PolicyPeer ? MapWords::tr("policy, not enforced") : QString();
}

QString outcomeText(ProbeOutcome outcome)
{
    switch (outcome) {
    case ProbeOutcome::Reached:
        return MapWords::tr("reached");
    case ProbeOutcome::Refused:
        return MapWords::tr("refused");
    case ProbeOutcome::Timeout:
        return MapWords::tr("timed out");
    case ProbeOutcome::NoRoute:
        return MapWords::tr("no route");
    case ProbeOutcome::Dns:
        return MapWords::tr("name not resolved");
    case ProbeOutcome::ToolMissing:
        return MapWords::tr("no tool in this image");
    case ProbeOutcome::Unknown:
        break;
    }
    return MapWords::tr("no clear answer");
}

QString ageText(WallTime at, WallTime now)
{
    if (at == WallTime{})
        return {};
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now - at).count();
    if (seconds < 60)
        return MapWords::tr("<1 min");
    if (seconds < 3600)
        return MapWords::tr("%1 min").arg(seconds / 60);
    if (seconds < 86'400)
        return MapWords::tr("%1 h").arg(seconds / 3600);
    return MapWords::tr("%1 d", "days").arg(seconds / 86'400);
}

QString utcText(WallTime time)
{
    if (time == WallTime{})
        return {};
    const QDateTime utc = QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), QTimeZone::utc());
    return utc.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")) + QStringLiteral(" UTC");
}

QStringList omissionPhrases(const MapScene &scene)
{
    QStringList phrases;
    if (!scene.frame)
        return phrases;
    const GraphOmissions &left = scene.frame->graph->omissions;
    const auto add = [&phrases](std::size_t count, const QString &one, const QString &many) {
        if (count > 0)
            phrases << counted(count, one, many);
    };
    add(left.hiddenNamespaces, MapWords::tr("1 hidden namespace"), MapWords::tr("%1 hidden namespaces"));
    add(left.edgesToHidden, MapWords::tr("1 connection to hidden namespaces"),
        MapWords::tr("%1 connections to hidden namespaces"));
    add(left.filteredNodes, MapWords::tr("1 card that the filter leaves out"),
        MapWords::tr("%1 cards that the filter leaves out"));
    add(left.filteredEdges, MapWords::tr("1 line that the filter leaves out"),
        MapWords::tr("%1 lines that the filter leaves out"));
    add(scene.cardsBesideFocus, MapWords::tr("1 card beside the focus"),
        MapWords::tr("%1 cards beside the focus"));
    add(scene.linesOfOtherLayers, MapWords::tr("1 line of other layers"),
        MapWords::tr("%1 lines of other layers"));
    add(left.finishedPods, MapWords::tr("1 finished pod"), MapWords::tr("%1 finished pods"));
    add(left.edgesOpenToAll, MapWords::tr("1 pair without any policy"),
        MapWords::tr("%1 pairs without any policy"));
    add(left.edgesDeniedToMany, MapWords::tr("1 pair that a rule for many denies"),
        MapWords::tr("%1 pairs that a rule for many denies"));
    add(left.machineLinks, MapWords::tr("1 line between machines"),
        MapWords::tr("%1 lines between machines"));
    add(left.edgesToSelf, MapWords::tr("1 rule within a workload"),
        MapWords::tr("%1 rules within a workload"));
    add(left.rulesForSctp, MapWords::tr("1 rule for SCTP, which Cilium may drop"),
        MapWords::tr("%1 rules for SCTP, which Cilium may drop"));
    add(left.flowsNotDrawn, MapWords::tr("1 observed flow of a node or a pod that is gone"),
        MapWords::tr("%1 observed flows of nodes or pods that are gone"));
    add(left.unreadResources, MapWords::tr("1 resource that could not be read"),
        MapWords::tr("%1 resources that could not be read"));
    if (scene.choice == SceneChoice{})
        add(scene.frame->graph->edges.size() - scene.edges.size(), MapWords::tr("1 line without a place"),
            MapWords::tr("%1 lines without a place"));
    return phrases;
}

QString layerText(MapLayer layer)
{
    switch (layer) {
    case MapLayer::Policy:
        return MapWords::tr("only lines of policies and services");
    case MapLayer::Observed:
        return MapWords::tr("only lines that traffic was seen on");
    case MapLayer::Probed:
        return MapWords::tr("only lines that were probed");
    case MapLayer::All:
        break;
    }
    return MapWords::tr("all lines");
}

QStringList foldPhrases(const MapFolds &folds)
{
    QStringList phrases;
    const auto add = [&phrases](std::uint32_t count, const QString &one, const QString &many) {
        if (count > 0)
            phrases << counted(count, one, many);
    };
    add(folds.bundles, MapWords::tr("+ 1 bundle folded"), MapWords::tr("+ %1 bundles folded"));
    add(folds.alarmingBundles, MapWords::tr("1 of them denied or unknown"),
        MapWords::tr("%1 of them denied or unknown"));
    add(folds.gathered, MapWords::tr("+ 1 bundle to a place that nearly all go to"),
        MapWords::tr("+ %1 bundles to places that nearly all go to"));
    add(folds.workloads, MapWords::tr("+ 1 workload folded"), MapWords::tr("+ %1 workloads folded"));
    add(folds.lines, MapWords::tr("+ 1 line that passes through folded"),
        MapWords::tr("+ %1 lines that pass through folded"));
    add(folds.pods, MapWords::tr("+ 1 pod folded"), MapWords::tr("+ %1 pods folded"));
    add(folds.names, MapWords::tr("+ 1 name folded"), MapWords::tr("+ %1 names folded"));
    return phrases;
}

QString footerText(const MapScene &scene, WallTime time, const MapFolds &folds)
{
    if (!scene.frame)
        return {};
    QStringList parts;
    if (scene.frame->state)
        parts << plainLine(scene.frame->state->info.contextName);
    parts << utcText(time);
    const GraphOmissions &left = scene.frame->graph->omissions;
    if (left.totalNamespaces > 0) {
        parts << MapWords::tr("%1 of %2 namespaces")
                     .arg(left.totalNamespaces - std::min(left.hiddenNamespaces, left.totalNamespaces))
                     .arg(left.totalNamespaces);
    }
    if (scene.frame->state) {
        const auto &gaps = scene.frame->state->gaps;
        const auto others = std::size_t(std::count_if(gaps.begin(), gaps.end(), isLeftOut));
        if (others > 0)
            parts << counted(others, MapWords::tr("1 other namespace not asked for"),
                             MapWords::tr("%1 other namespaces not asked for"));
    }
    if (const auto &network = scene.frame->graph->network) {
        const auto &nodes = scene.frame->graph->nodes;
        parts << joinedText(*network,
                            std::size_t(std::count_if(nodes.begin(), nodes.end(), [](const GraphNode &node) {
                                return node.object.kind == ObjectKind::Node && node.object.isValid();
                            })));
    }
    if (const auto chosen = scene.frame->graph->chosenEnforcer)
        parts << MapWords::tr("policies read as for %1").arg(plainLine(policy::enforcerName(*chosen)));
    if (const std::string &filter = scene.frame->graph->filter; !filter.empty())
        parts << MapWords::tr("filter: %1").arg(plainLine(filter));
    if (const std::size_t plain = scene.frame->layout->packed.size(); plain > 0)
        parts << counted(plain, MapWords::tr("1 namespace placed simply"),
                         MapWords::tr("%1 namespaces placed simply"));
    if (scene.choice.layer != MapLayer::All)
        parts << layerText(scene.choice.layer);
    if (scene.choice.layer != MapLayer::Policy && scene.frame->state && scene.frame->state->flows)
        parts << flowLogText(*scene.frame->state->flows);
    parts << foldPhrases(folds);
    QStringList omitted = omissionPhrases(scene);
    if (left.totalNamespaces > 0 && left.hiddenNamespaces > 0)
        omitted.removeFirst(); // Said already by "5 of 9".
    if (!omitted.isEmpty())
        parts << MapWords::tr("not drawn: %1").arg(omitted.join(QLatin1String(", ")));
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" · "));
}

QString emptyText(const MapScene &scene)
{
    if (!scene.frame || !scene.frame->graph || !scene.nodes.empty() || !scene.groups.empty())
        return {};
    const TopologyGraph &graph = *scene.frame->graph;
    if (!graph.filter.empty())
        return MapWords::tr("Nothing here matches the filter.");
    const GraphOmissions &left = graph.omissions;
    if (left.totalNamespaces > 0 && left.hiddenNamespaces >= left.totalNamespaces)
        return MapWords::tr("Every namespace is hidden.");
    return graph.view == GraphView::Nodes ? MapWords::tr("There are no nodes and no pods to draw.")
                                          : MapWords::tr("There are no pods, services or policies to draw.");
}

QString recordingText(const ClusterInfo &info)
{
    if (info.source == SourceKind::Live)
        return {};
    const QString what =
        info.source == SourceKind::Demo ? MapWords::tr("Demo recording") : MapWords::tr("Recording");
    QStringList parts{what, plainLine(info.contextName), utcText(info.recordedAt),
                      MapWords::tr("nothing here is live")};
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" · "));
}

WallTime stateTime(const MapScene &scene, WallTime now)
{
    if (!scene.frame || !scene.frame->state || scene.frame->state->info.source == SourceKind::Live)
        return now;
    return scene.frame->state->info.recordedAt;
}

QString toolTipOf(const QStringList &lines)
{
    // A tooltip that begins like markup would be read as such: escaped, it is shown as it is written.
    QStringList escaped;
    for (const QString &line : lines)
        escaped << line.toHtmlEscaped();
    return QStringLiteral("<p style='white-space:pre'>") + escaped.join(QLatin1String("<br>")) +
           QStringLiteral("</p>");
}

} // namespace portolan::ui
