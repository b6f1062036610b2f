#pragma once

#include "model/session/topology_frame.h"
#include "ui/canvas/map_scene.h"
#include "ui/inspector/probe_activity.h"
#include "ui/inspector/subject.h"

#include <QObject>

class QMenu;
class QPoint;
class QWidget;

namespace portolan::ui {

class MapCanvas;

/// The context menus of the map. Says what is wanted; does nothing itself.
class MapMenus : public QObject
{
    Q_OBJECT

public:
    MapMenus(MapCanvas *canvas, QWidget *parent);

    /// False: entries that probe are left out.
    void setLive(bool live) { m_live = live; }
    /// The menu of a row of the tables.
    void showSubjectMenu(const Subject &subject, const QPoint &at);

Q_SIGNALS:
    void subjectWanted(const portolan::ui::Subject &subject);
    void probeWanted(const portolan::ProbeRequest &request, portolan::ui::ProbeRepeat repeat);
    void pairWanted(const portolan::ObjectRef &source, const portolan::ObjectRef &destination);
    /// What policies would do: a policy (not valid: a new one), one taken away, one that allows, one that
    /// allows no more than what is used.
    void whatIfWanted(const portolan::ObjectRef &policy);
    void removalWanted(const portolan::ObjectRef &policy);
    void suggestionWanted(const portolan::ProbeRequest &request);
    void leastPrivilegeWanted(const portolan::ObjectRef &workload);
    void namespaceOnlyWanted(const std::string &ns);
    void namespaceHiddenWanted(const std::string &ns);
    /// Held to its place, or no longer.
    void nodePinWanted(portolan::NodeId node, bool pinned);
    void groupPinWanted(portolan::GroupId group, bool pinned);
    void copyWanted(const QString &text);

private:
    void showNodeMenu(NodeId id, const QPoint &at);
    void showEdgeMenu(EdgeId id, const QPoint &at);
    void showGroupMenu(GroupId id, const QPoint &at);
    void showBundleMenu(BundleId id, const QPoint &at);
    void showMapMenu(const QPoint &at);
    QMenu *newMenu();
    void addObjectEntries(QMenu &menu, const ObjectRef &object);
    void addNamespaceEntries(QMenu &menu, const std::string &ns);

    MapCanvas *m_canvas;
    QWidget *m_parent;
    bool m_live = false;
};

/// A running pod that a card stands for; not valid where it has none.
ObjectRef podOf(const GraphNode &node, const ClusterState &state);

} // namespace portolan::ui
