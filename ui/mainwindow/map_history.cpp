#include "ui/mainwindow/map_history.h"

#include "model/layout/place_change.h"

#include <QAction>
#include <QUndoStack>

namespace portolan::ui {

namespace {
constexpr int mostSteps = 200; // each may hold the places of a whole map
}

/// From one set of places to another; `after` null: tidied up.
class MapHistory::PlacesCommand : public QUndoCommand
{
public:
    PlacesCommand(MapHistory &history, const QString &text, LayoutResultPtr before, LayoutResultPtr after,
                  std::uint64_t mergeable)
        : QUndoCommand(text),
          m_history(history),
          m_view(history.m_frame->graph->view),
          m_before(std::move(before)),
          m_after(std::move(after)),
          m_mergeable(mergeable)
    {
    }

    void undo() override { m_history.apply(m_view, m_before); }
    void redo() override { m_history.apply(m_view, m_after); }
    int id() const override { return m_mergeable ? 1 : -1; }

    /// The same thing moved again at once, step by step.
    bool mergeWith(const QUndoCommand *next) override
    {
        const auto *other = static_cast<const PlacesCommand *>(next);
        if (other->m_mergeable != m_mergeable || other->m_view != m_view)
            return false;
        m_after = other->m_after;
        return true;
    }

private:
    MapHistory &m_history;
    GraphView m_view;
    LayoutResultPtr m_before, m_after;
    std::uint64_t m_mergeable; ///< what was moved, by its identity; 0: never merged
};

class MapHistory::HiddenCommand : public QUndoCommand
{
public:
    HiddenCommand(MapHistory &history, const QString &text, std::set<std::string> before,
                  std::set<std::string> after)
        : QUndoCommand(text),
          m_history(history),
          m_before(std::move(before)),
          m_after(std::move(after))
    {
    }

    void undo() override { hide(m_before); }
    void redo() override
    {
        if (m_history.m_hidden != m_after)
            hide(m_after);
    }

private:
    void hide(const std::set<std::string> &hidden)
    {
        m_history.m_hidden = hidden;
        Q_EMIT m_history.hiddenWanted(hidden);
    }

    MapHistory &m_history;
    std::set<std::string> m_before, m_after;
};

MapHistory::MapHistory(QObject *parent) : QObject(parent), m_stack(new QUndoStack(this))
{
    m_stack->setUndoLimit(mostSteps);
}

QAction *MapHistory::makeUndoAction(QObject *parent) const
{
    QAction *action = m_stack->createUndoAction(parent, tr("Undo"));
    action->setShortcut(Qt::CTRL | Qt::Key_Z);
    return action;
}

QAction *MapHistory::makeRedoAction(QObject *parent) const
{
    QAction *action = m_stack->createRedoAction(parent, tr("Redo"));
    action->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_Z);
    return action;
}

void MapHistory::begin(PlacesGate gate)
{
    m_stack->clear();
    m_gate = std::move(gate);
    m_frame = nullptr;
    m_pending = nullptr;
    m_hidden.clear();
}

void MapHistory::takeFrame(const TopologyFramePtr &frame)
{
    if (!m_frame || !frame || frame->layout != m_frame->layout)
        m_pending = nullptr;
    m_frame = frame;
}

const LayoutResult *MapHistory::current() const
{
    if (!m_gate.setPlaces || !m_frame || !m_frame->layout)
        return nullptr;
    return m_pending ? m_pending.get() : m_frame->layout.get();
}

void MapHistory::moveNode(NodeId node, QPointF corner)
{
    if (const LayoutResult *layout = current())
        push(tr("Move card"), withNodeAt(*m_frame->graph, *layout, node, {corner.x(), corner.y()}),
             node.value);
}

void MapHistory::moveGroup(GroupId group, QPointF corner)
{
    if (const LayoutResult *layout = current())
        push(tr("Move box"), withGroupAt(*m_frame->graph, *layout, group, {corner.x(), corner.y()}),
             group.value);
}

void MapHistory::pinNode(NodeId node, bool pinned)
{
    if (const LayoutResult *layout = current())
        push(pinned ? tr("Pin") : tr("Unpin"), withPinned(*layout, node, pinned));
}

void MapHistory::pinGroup(GroupId group, bool pinned)
{
    if (const LayoutResult *layout = current())
        push(pinned ? tr("Pin") : tr("Unpin"), withPinned(*layout, group, pinned));
}

void MapHistory::tidyUp()
{
    const LayoutResult *layout = current();
    if (!layout)
        return;
    // What is hidden now is forgotten with the rest, and comes back with it.
    LayoutResultPtr before = m_pending ? m_pending : m_frame->places;
    if (!before)
        before = std::make_shared<LayoutResult>(*layout);
    m_stack->push(new PlacesCommand(*this, tr("Tidy up"), std::move(before), nullptr, 0));
}

void MapHistory::push(const QString &text, std::optional<LayoutResult> after, std::uint64_t mergeable)
{
    if (!after)
        return;
    m_stack->push(new PlacesCommand(*this, text, std::make_shared<LayoutResult>(*current()),
                                    std::make_shared<LayoutResult>(std::move(*after)), mergeable));
}

void MapHistory::apply(GraphView view, const LayoutResultPtr &places)
{
    if (!m_gate.setPlaces || !m_frame)
        return;
    if (m_frame->graph->view != view)
        Q_EMIT viewWanted(view);
    Q_EMIT placesChanging();
    m_pending = m_frame->graph->view == view ? places : nullptr;
    if (places)
        m_gate.setPlaces(places);
    else
        m_gate.tidyUp();
}

void MapHistory::noteHidden(const std::set<std::string> &hidden)
{
    if (hidden == m_hidden || !m_gate.setPlaces)
        return;
    const bool fewer = hidden.size() < m_hidden.size();
    const std::set<std::string> before = std::exchange(m_hidden, hidden);
    m_stack->push(
        new HiddenCommand(*this, fewer ? tr("Show namespaces") : tr("Hide namespaces"), before, hidden));
}

} // namespace portolan::ui
