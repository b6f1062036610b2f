#pragma once

#include "model/cluster/cluster_state.h"
#include "model/cluster/cni_agents.h"
#include "ui/canvas/map_scene.h"

#include <QString>
#include <QStringList>

#include <string_view>

/// The words of the map, in the user's language. Everything that comes from a cluster passes plainLine();
/// the results are plain text, never markup. Safe from any thread.
namespace portolan::ui {

/// Untrusted text as one line: control and bidirectional formatting characters become spaces, and what is
/// longer than 300 characters is cut.
QString plainLine(std::string_view text);

QString worldText();
std::string machineOrName(const GraphNode &node);

/// "12 pods", "12 pods · 1 not ready".
QString podCountText(const std::vector<PodDot> &pods);
QString podCountText(std::size_t pods);
/// "calico-node ready", "calico-node not ready: CrashLoopBackOff", "no calico-node"; "" for null.
QString cniAgentText(const CniAgent *agent);

struct GroupNote
{
    QString text;
    bool warns = false;
    bool unread = false;
};
/// "5 policies", "open to all namespaces", or what could not be read. `state` may be null.
GroupNote groupNote(const GraphGroup &group, const ClusterState *state);

QString verdictText(EdgeKind kind, EdgeVerdict verdict);
QString outcomeText(ProbeOutcome outcome);
/// "<1 min", "3 min", "2 h", "5 d": how long before `now`.
QString ageText(WallTime at, WallTime now);
/// "2026-11-22 14:32:07 UTC"; "" for a time that is not set.
QString utcText(WallTime time);

/// What an item is, in one or more short lines, for tooltips.
QStringList itemLines(const MapScene &scene, MapItem item, WallTime now);
/// The same in one sentence, for screen readers.
QString itemName(const MapScene &scene, MapItem item, WallTime now);

/// What the map leaves out, one phrase each; empty where it draws everything.
QStringList omissionPhrases(const MapScene &scene);
/// Which lines a layer has, in words.
QString layerText(MapLayer layer);
/// "+ 312 bundles folded, 3 of them denied or unknown", one phrase a kind; empty where all is drawn.
QStringList foldPhrases(const MapFolds &folds);
/// Why there is nothing to see; "" where there is something, or no frame yet.
QString emptyText(const MapScene &scene);
/// "prod-eu1 · 2026-11-22 14:32:07 UTC · 5 of 9 namespaces · not drawn: …"; `time` is the state's.
QString footerText(const MapScene &scene, WallTime time, const MapFolds &folds = {});
/// "Recording of … - nothing here is live" for snapshot and demo; "" for a live cluster.
QString recordingText(const ClusterInfo &info);
/// When the state was: recordedAt for a recording, else `now`.
WallTime stateTime(const MapScene &scene, WallTime now);

/// The text as a tooltip may show it: never taken for markup.
QString toolTipOf(const QStringList &lines);

} // namespace portolan::ui
