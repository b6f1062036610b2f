#pragma once

#include "model/session/topology_frame.h"

#include <QObject>
#include <QPointF>

#include <functional>
#include <set>
#include <string>

class QAction;
class QUndoStack;

namespace portolan::ui {

/// How the map's places are changed.
struct PlacesGate
{
    std::function<void(LayoutResultPtr)> setPlaces;
    std::function<void()> tidyUp; ///< what is pinned stays
};

/// What was done to the map's look, to be undone and done again: cards and boxes moved, pinned, tidied up,
/// namespaces hidden and shown. Of the cluster that is open; another one begins anew.
/// GUI thread.
class MapHistory : public QObject
{
    Q_OBJECT

public:
    explicit MapHistory(QObject *parent = nullptr);

    QAction *makeUndoAction(QObject *parent) const;
    QAction *makeRedoAction(QObject *parent) const;
    QUndoStack *stack() const { return m_stack; }

    /// Forgets everything. An empty gate: nothing is open.
    void begin(PlacesGate gate);
    /// What is shown now.
    void takeFrame(const TopologyFramePtr &frame);

    void moveNode(NodeId node, QPointF corner);
    void moveGroup(GroupId group, QPointF corner);
    void pinNode(NodeId node, bool pinned);
    void pinGroup(GroupId group, bool pinned);
    void tidyUp();
    /// The user hid or showed namespaces; these are hidden now. What is known already is not taken down.
    void noteHidden(const std::set<std::string> &hidden);

Q_SIGNALS:
    /// Undoing and doing again: these are to be hidden, and no others.
    void hiddenWanted(const std::set<std::string> &hidden);
    void viewWanted(portolan::GraphView view);
    /// The next frame has things in other places on purpose.
    void placesChanging();

private:
    class PlacesCommand;
    class HiddenCommand;
    void push(const QString &text, std::optional<LayoutResult> after, std::uint64_t mergeable = 0);
    void apply(GraphView view, const LayoutResultPtr &places);
    const LayoutResult *current() const;

    QUndoStack *m_stack;
    PlacesGate m_gate;
    TopologyFramePtr m_frame;
    LayoutResultPtr m_pending; ///< asked for and not shown yet
    std::set<std::string> m_hidden;
};

} // namespace portolan::ui
