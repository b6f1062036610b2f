#include "ui/canvas/far_view.h"
#include "ui/canvas/keyboard_walk.h"
#include "ui/canvas/map_canvas.h"
#include "ui/canvas/map_furniture.h"
#include "ui/canvas/map_text.h"

#include <QAccessible>
#include <QApplication>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QToolTip>
#include <QVariantAnimation>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace portolan::ui {

namespace {

constexpr double hitTolerance = 6; // device-independent pixels beside a line
constexpr double panStep = 60;

std::optional<WalkDirection> directionOf(int key)
{
    switch (key) {
    case Qt::Key_Left:
        return WalkDirection::Left;
    case Qt::Key_Right:
        return WalkDirection::Right;
    case Qt::Key_Up:
        return WalkDirection::Up;
    case Qt::Key_Down:
        return WalkDirection::Down;
    default:
        return {};
    }
}

QPointF panOf(WalkDirection direction)
{
    switch (direction) {
    case WalkDirection::Left:
        return {panStep, 0};
    case WalkDirection::Right:
        return {-panStep, 0};
    case WalkDirection::Up:
        return {0, panStep};
    case WalkDirection::Down:
        break;
    }
    return {0, -panStep};
}

} // namespace

MapItem MapCanvas::itemUnder(QPointF view) const
{
    if (isFar())
        return far().itemAt(view, hitTolerance);
    return m_scene->itemAt(m_viewport.toScene(view), hitTolerance / m_viewport.zoom(),
                           detailFor(m_viewport.zoom()));
}

NodeId MapCanvas::nodeUnder(QPointF view) const
{
    const MapItem item = itemUnder(view);
    return item.kind == MapItem::Kind::Node ? m_scene->nodes[item.index].id : NodeId{};
}

bool MapCanvas::showsMinimap() const
{
    return m_minimapVisible && width() > 420 && height() > 300 && !m_scene->nodes.empty() &&
           !m_viewport.sceneRect(size()).contains(m_scene->bounds);
}

bool MapCanvas::overMinimap(QPointF view) const
{
    return showsMinimap() && Minimap(*m_scene, size()).frame().contains(view);
}

void MapCanvas::mousePressEvent(QMouseEvent *event)
{
    m_pressAt = m_lastAt = event->position();
    if (event->button() == Qt::MiddleButton) {
        m_gesture = Gesture::Panning;
        setCursor(Qt::ClosedHandCursor);
    } else if (event->button() == Qt::LeftButton && overMinimap(m_pressAt)) {
        m_gesture = Gesture::MinimapDrag;
        mouseMoveEvent(event);
    } else if (event->button() == Qt::LeftButton) {
        m_gesture = Gesture::Pressed;
        m_pressed = itemUnder(m_pressAt);
    }
    m_animation->stop();
    event->accept();
}

/// The pointer left the place where it was pressed: what is dragged decides what it means.
void MapCanvas::beginDrag(QPointF at, Qt::KeyboardModifiers modifiers)
{
    if ((at - m_pressAt).manhattanLength() < QApplication::startDragDistance())
        return;
    if ((modifiers & Qt::ControlModifier) && m_pressed.kind == MapItem::Kind::Node) {
        m_gesture = Gesture::Pairing;
        m_pairFrom = m_scene->nodes[m_pressed.index].id;
    } else if (modifiers & Qt::ShiftModifier) {
        m_gesture = Gesture::RubberBand;
    } else if (canMove(m_pressed, m_pressAt)) {
        m_gesture = Gesture::Moving;
        setCursor(Qt::ClosedHandCursor);
    } else {
        m_gesture = Gesture::Panning;
        setCursor(Qt::ClosedHandCursor);
    }
}

void MapCanvas::mouseMoveEvent(QMouseEvent *event)
{
    const QPointF at = event->position();
    if (m_gesture == Gesture::Pressed)
        beginDrag(at, event->modifiers());
    if (m_gesture == Gesture::Panning) {
        setViewport(m_viewport.panned(at - m_lastAt));
    } else if (m_gesture == Gesture::MinimapDrag) {
        const QPointF centre = Minimap(*m_scene, size()).toScene(at);
        setViewport(Viewport(centre - QPointF(width(), height()) / 2 / m_viewport.zoom(), m_viewport.zoom()));
    } else if (m_gesture == Gesture::RubberBand || m_gesture == Gesture::Moving || m_pairFrom.isValid()) {
        update();
    }
    m_lastAt = at;
    if (m_gesture == Gesture::None || m_gesture == Gesture::Pairing)
        setHover(overMinimap(at) ? MapItem{} : itemUnder(at));
}

void MapCanvas::mouseReleaseEvent(QMouseEvent *event)
{
    const Gesture gesture = m_gesture;
    m_gesture = Gesture::None;
    m_lastAt = event->position();
    if (gesture == Gesture::Pressed)
        clicked(m_pressed, event->modifiers());
    else if (gesture == Gesture::RubberBand)
        finishRubberBand(event->modifiers() & Qt::ControlModifier);
    else if (gesture == Gesture::Pairing)
        finishPair(nodeUnder(m_lastAt));
    else if (gesture == Gesture::Moving)
        finishMove();
    setHover(itemUnder(m_lastAt));
    update();
}

void MapCanvas::clicked(MapItem item, Qt::KeyboardModifiers modifiers)
{
    if (m_pairFrom.isValid()) {
        finishPair(item.kind == MapItem::Kind::Node ? m_scene->nodes[item.index].id : NodeId{});
        return;
    }
    if (modifiers & (Qt::ShiftModifier | Qt::ControlModifier)) {
        if (item.kind == MapItem::Kind::Node || item.kind == MapItem::Kind::Edge) {
            setSelected(item, !isSelected(item));
            selectionEdited();
        }
        return;
    }
    m_focus = item.kind == MapItem::Kind::Group ? MapItem{} : item;
    if (item.kind == MapItem::Kind::Node) {
        select({m_scene->nodes[item.index].id}, {});
    } else if (item.kind == MapItem::Kind::Edge) {
        select({}, {m_scene->edges[item.index].id});
        activate(item);
    } else if (isFar() && item) { // a tile, or a bundle with its lines
        clearSelection();
        setSelected(item, true);
        selectionEdited();
    } else {
        clearSelection();
    }
}

void MapCanvas::mouseDoubleClickEvent(QMouseEvent *event)
{
    const MapItem item = itemUnder(event->position());
    const bool activated = item.kind == MapItem::Kind::Node || item.kind == MapItem::Kind::Bundle;
    if (event->button() == Qt::LeftButton && activated)
        activate(item);
    else if (event->button() == Qt::LeftButton && item.kind == MapItem::Kind::Group)
        moveTo(fitted(m_scene->groups[item.index].rect));
}

void MapCanvas::activate(MapItem item)
{
    if (m_pairFrom.isValid() && item.kind == MapItem::Kind::Node)
        finishPair(m_scene->nodes[item.index].id);
    else if (item.kind == MapItem::Kind::Node)
        Q_EMIT nodeActivated(m_scene->nodes[item.index].id);
    else if (item.kind == MapItem::Kind::Edge)
        Q_EMIT edgeActivated(m_scene->edges[item.index].id);
    else if (item.kind == MapItem::Kind::Bundle)
        Q_EMIT bundleMenuRequested(m_scene->bundles[item.index].id,
                                   mapToGlobal(viewRectOf(item).center().toPoint()));
    else if (item.kind == MapItem::Kind::Group)
        moveTo(fitted(m_scene->groups[item.index].rect));
}

void MapCanvas::finishRubberBand(bool add)
{
    const QRectF band = QRectF(m_viewport.toScene(m_pressAt), m_viewport.toScene(m_lastAt)).normalized();
    const auto nodesBefore = m_selectedNodes;
    const auto edgesBefore = m_selectedEdges;
    if (!add) {
        m_selectedNodes.clear();
        m_selectedEdges.clear();
    }
    for (const std::uint32_t node : m_scene->nodeIndex.touching(band)) {
        if (band.contains(m_scene->nodes[node].rect.center()))
            m_selectedNodes.insert(m_scene->nodes[node].id);
    }
    if (m_selectedNodes != nodesBefore || m_selectedEdges != edgesBefore)
        selectionEdited();
}

void MapCanvas::finishPair(NodeId to)
{
    const NodeId from = m_pairFrom;
    beginPair({});
    if (from.isValid() && to.isValid() && from != to)
        Q_EMIT pairRequested(from, to);
}

void MapCanvas::setHover(MapItem item)
{
    const bool pointable = item && (item.kind != MapItem::Kind::Group || isFar());
    if (!m_pairFrom.isValid())
        setCursor(pointable ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if (item == m_hover)
        return;
    m_hover = item;
    update();
}

void MapCanvas::leaveEvent(QEvent *)
{
    setHover({});
}

void MapCanvas::wheelEvent(QWheelEvent *event)
{
    const QPoint angle = event->angleDelta();
    if (event->modifiers() & Qt::ShiftModifier)
        setViewport(m_viewport.panned(QPointF(angle.x() ? angle.x() : angle.y(), 0) / 2));
    else if (angle.y() != 0)
        setViewport(m_viewport.zoomedAt(event->position(), std::pow(1.2, angle.y() / 120.0)));
    event->accept();
}

bool MapCanvas::nativeZoom(QEvent *event)
{
    const auto *gesture = static_cast<QNativeGestureEvent *>(event);
    if (gesture->gestureType() != Qt::ZoomNativeGesture)
        return false;
    setViewport(m_viewport.zoomedAt(gesture->position(), 1 + gesture->value()));
    return true;
}

bool MapCanvas::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        showToolTip(help->pos(), help->globalPos());
        return true;
    }
    if (event->type() == QEvent::NativeGesture && nativeZoom(event))
        return true;
    return QWidget::event(event);
}

void MapCanvas::showToolTip(const QPoint &local, const QPoint &global)
{
    const MapItem item = overMinimap(local) ? MapItem{} : itemUnder(local);
    const QStringList lines = itemLines(*m_scene, item, stateTime(*m_scene, now()));
    if (lines.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(global, toolTipOf(lines), this);
}

void MapCanvas::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKeyboard = event->reason() == QContextMenuEvent::Keyboard;
    const MapItem item = byKeyboard ? m_focus : itemUnder(event->pos());
    const QPoint at =
        byKeyboard && item ? mapToGlobal(viewRectOf(item).center().toPoint()) : event->globalPos();
    if (item && (item.kind != MapItem::Kind::Group || isFar()) && !isSelected(item)) {
        m_selectedNodes.clear();
        m_selectedEdges.clear();
        m_selectedGroup = {};
        setSelected(item, true);
        selectionEdited();
    }
    switch (item.kind) {
    case MapItem::Kind::Node:
        Q_EMIT nodeMenuRequested(m_scene->nodes[item.index].id, at);
        break;
    case MapItem::Kind::Edge:
        Q_EMIT edgeMenuRequested(m_scene->edges[item.index].id, at);
        break;
    case MapItem::Kind::Group:
        Q_EMIT groupMenuRequested(m_scene->groups[item.index].id, at);
        break;
    case MapItem::Kind::Bundle:
        Q_EMIT bundleMenuRequested(m_scene->bundles[item.index].id, at);
        break;
    case MapItem::Kind::None:
        Q_EMIT mapMenuRequested(at);
        break;
    }
}

bool MapCanvas::walkOrPan(int key, Qt::KeyboardModifiers modifiers)
{
    const auto direction = directionOf(key);
    if (!direction)
        return false;
    if (!m_focus || (modifiers & Qt::ControlModifier))
        setViewport(m_viewport.panned(panOf(*direction)));
    else if (const MapItem next = neighbour(*m_scene, m_focus, *direction))
        setFocusedItem(next);
    return true;
}

bool MapCanvas::handleCommandKey(int key)
{
    switch (key) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomIn();
        return true;
    case Qt::Key_Minus:
        zoomOut();
        return true;
    case Qt::Key_0:
    case Qt::Key_Home:
        fit();
        return true;
    case Qt::Key_F:
        fitSelection();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        activate(m_focus);
        return true;
    case Qt::Key_Space:
        if (m_focus) {
            setSelected(m_focus, !isSelected(m_focus));
            selectionEdited();
        }
        return true;
    case Qt::Key_1:
    case Qt::Key_2:
    case Qt::Key_3:
        setFocusDepth(key - Qt::Key_0);
        return true;
    case Qt::Key_Escape:
        escape();
        return true;
    default:
        return false;
    }
}

void MapCanvas::keyPressEvent(QKeyEvent *event)
{
    const bool plain = !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier));
    if (nudge(event->key(), event->modifiers()) || walkOrPan(event->key(), event->modifiers()) ||
        (plain && handleCommandKey(event->key())))
        event->accept();
    else
        QWidget::keyPressEvent(event);
}

void MapCanvas::escape()
{
    if (m_pairFrom.isValid())
        beginPair({});
    else if (showsOnlyFocus())
        showAll();
    else
        clearSelection();
    m_gesture = Gesture::None;
    m_focus = {};
    update();
}

void MapCanvas::setFocusedItem(MapItem item)
{
    m_focus = item;
    if (item)
        moveTo(m_viewport.revealing(m_scene->rectOf(item), size(), 24));
    if (item && QAccessible::isActive()) {
        const auto &order = readingOrder();
        QAccessibleEvent focus(this, QAccessible::Focus);
        focus.setChild(int(std::find(order.begin(), order.end(), item) - order.begin()));
        QAccessible::updateAccessibility(&focus);
    }
    update();
}

bool MapCanvas::focusNextPrevChild(bool next)
{
    if (!m_focus) // Esc gave the map back: Tab leaves it.
        return QWidget::focusNextPrevChild(next);
    const MapItem item = nextInOrder(readingOrder(), m_focus, next);
    if (!item)
        return QWidget::focusNextPrevChild(next);
    setFocusedItem(item);
    return true;
}

void MapCanvas::focusInEvent(QFocusEvent *event)
{
    const bool forward = event->reason() == Qt::TabFocusReason;
    if (forward || event->reason() == Qt::BacktabFocusReason) {
        setFocusedItem(nextInOrder(readingOrder(), {}, forward));
    }
    QWidget::focusInEvent(event);
    update();
}

void MapCanvas::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

void MapCanvas::resizeEvent(QResizeEvent *)
{
    if (!m_userMoved && !m_scene->nodes.empty())
        applyViewport(fitted(m_scene->bounds));
}

} // namespace portolan::ui
