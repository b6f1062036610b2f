#include "ui/canvas/glide.h"
#include "ui/canvas/map_canvas.h"
#include "ui/canvas/map_painter.h"

#include <QPainter>
#include <QStyle>
#include <QVariantAnimation>

#include <utility>

namespace portolan::ui {

namespace {

constexpr double nudgeStep = 20;
constexpr int glideMs = 260;
constexpr std::size_t mostToGlide = 1'500; // cards; more than that take longer to draw than to jump

QPointF stepOf(int key)
{
    switch (key) {
    case Qt::Key_Left:
        return {-nudgeStep, 0};
    case Qt::Key_Right:
        return {nudgeStep, 0};
    case Qt::Key_Up:
        return {0, -nudgeStep};
    case Qt::Key_Down:
        return {0, nudgeStep};
    default:
        return {};
    }
}

} // namespace

/// A card anywhere, a box at its title; from afar, where neither can be told, nothing.
bool MapCanvas::canMove(MapItem item, QPointF view) const
{
    if (detailFor(m_viewport.zoom()) == MapDetail::Far)
        return false;
    if (item.kind == MapItem::Kind::Node)
        return true;
    if (item.kind != MapItem::Kind::Group)
        return false;
    const QRectF box = m_scene->groups[item.index].rect;
    return QRectF(box.topLeft(), QSizeF(box.width(), card::groupHeader)).contains(m_viewport.toScene(view));
}

QPointF MapCanvas::movedCorner() const
{
    const QPointF way = (m_lastAt - m_pressAt) / m_viewport.zoom();
    return m_scene->rectOf(m_pressed).topLeft() + way;
}

/// Where it would be dropped, over everything.
void MapCanvas::paintMoving(QPainter &painter) const
{
    if (m_gesture != Gesture::Moving || !m_pressed)
        return;
    const QRectF place = m_viewport.toView(QRectF(movedCorner(), m_scene->rectOf(m_pressed).size()));
    QColor inside = m_theme.accent;
    inside.setAlpha(36);
    painter.setPen(QPen(m_theme.accent, 1.6, Qt::DashLine));
    painter.setBrush(inside);
    const double radius = card::cornerRadius * m_viewport.zoom();
    painter.drawRoundedRect(place, radius, radius);
}

void MapCanvas::finishMove()
{
    unsetCursor();
    if (m_pressed)
        requestMove(m_pressed, movedCorner());
}

void MapCanvas::requestMove(MapItem item, QPointF corner)
{
    if (item.kind == MapItem::Kind::Node)
        Q_EMIT nodeMoveRequested(m_scene->nodes[item.index].id, corner);
    else if (item.kind == MapItem::Kind::Group)
        Q_EMIT groupMoveRequested(m_scene->groups[item.index].id, corner);
}

/// Alt and an arrow: the card that has focus; with Shift its box.
bool MapCanvas::nudge(int key, Qt::KeyboardModifiers modifiers)
{
    const QPointF step = stepOf(key);
    if (!(modifiers & Qt::AltModifier) || step.isNull() || m_focus.kind != MapItem::Kind::Node)
        return false;
    MapItem item = m_focus;
    if (modifiers & Qt::ShiftModifier) {
        const std::uint32_t group = m_scene->nodes[m_focus.index].group;
        if (group == noIndex)
            return true;
        item = {MapItem::Kind::Group, group};
    }
    requestMove(item, m_scene->rectOf(item).topLeft() + step);
    return true;
}

bool MapCanvas::isGliding() const
{
    return m_glide->state() == QAbstractAnimation::Running;
}

/// False where the new places are shown at once.
bool MapCanvas::beginGlide(const MapScenePtr &from, const MapScenePtr &to)
{
    m_glide->stop();
    const bool wanted = std::exchange(m_glideNext, false) && m_animated && isVisible() &&
                        style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) > 0;
    if (!wanted || !from->frame || !to->frame || to->nodes.size() > mostToGlide)
        return false;
    m_glideFrom = from;
    m_glide->setDuration(glideMs);
    m_glide->setStartValue(0.0);
    m_glide->setEndValue(1.0);
    m_glide->start();
    return true;
}

void MapCanvas::glideTo(double share)
{
    if (!m_glideFrom)
        return;
    m_glideShown =
        share < 1 ? prepareScene(frameBetween(*m_glideFrom->frame, m_scene->frame, share), m_theme, m_fonts)
                  : nullptr;
    if (share >= 1)
        m_glideFrom = nullptr;
    m_pictureStale = true;
    update();
}

} // namespace portolan::ui
