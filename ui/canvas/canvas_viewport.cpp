#include "ui/canvas/map_canvas.h"
#include "ui/canvas/map_furniture.h"
#include "ui/canvas/map_text.h"

#include <QStyle>
#include <QVariantAnimation>

/// Which part of the map the canvas shows, and how large.
namespace portolan::ui {

namespace {
constexpr double fitMargin = 20;
}

std::optional<GraphView> MapCanvas::shownGraphView() const
{
    const TopologyFrame *frame = m_scene->frame.get();
    return frame && frame->graph ? std::optional(frame->graph->view) : std::nullopt;
}

void MapCanvas::lookAtNewView(std::optional<GraphView> before, bool wasEmpty)
{
    const std::optional<GraphView> now = shownGraphView();
    if (!now) {
        if (before) { // closed; what is opened next is looked at anew
            m_viewports.clear();
            m_userMoved = m_fitNext = false;
        }
        return;
    }
    if (before && before != now && m_userMoved)
        m_viewports[*before] = m_viewport;
    if (before != now) {
        const auto known = m_viewports.extract(*now);
        m_userMoved = !known.empty();
        applyViewport(m_userMoved ? known.mapped() : fitted(m_scene->bounds));
    } else if (wasEmpty && !m_userMoved) {
        applyViewport(fitted(m_scene->bounds));
    } else if (m_fitNext) {
        fit();
    }
    m_fitNext = false;
}

std::optional<Viewport> MapCanvas::viewportOf(GraphView view) const
{
    if (view == shownGraphView())
        return m_userMoved ? std::optional(m_viewport) : std::nullopt;
    const auto known = m_viewports.find(view);
    return known == m_viewports.end() ? std::nullopt : std::optional(known->second);
}

void MapCanvas::setViewportOf(GraphView view, const std::optional<Viewport> &viewport)
{
    if (view == shownGraphView())
        viewport ? setViewport(*viewport) : fit();
    else if (viewport)
        m_viewports[view] = *viewport;
    else
        m_viewports.erase(view);
}

void MapCanvas::setViewport(const Viewport &viewport)
{
    m_animation->stop();
    m_userMoved = true;
    applyViewport(viewport);
}

void MapCanvas::applyViewport(const Viewport &viewport)
{
    if (viewport == m_viewport)
        return;
    const bool zoomed = viewport.zoom() != m_viewport.zoom();
    m_viewport = viewport;
    m_refine.start();
    if (zoomed)
        Q_EMIT zoomChanged(m_viewport.zoom());
    update();
}

void MapCanvas::settle()
{
    if (m_animation->state() == QVariantAnimation::Running)
        m_animation->setCurrentTime(m_animation->duration());
    m_fade->stop();
    m_refine.stop();
    m_settling = true;
    update();
}

bool MapCanvas::isMotionWanted() const
{
    return m_animated && isVisible() && style()->styleHint(QStyle::SH_Widget_Animation_Duration) > 0;
}

/// Goes there, smoothly where that is wanted and seen.
void MapCanvas::moveTo(const Viewport &target)
{
    m_animation->stop();
    m_animation->disconnect(this);
    m_userMoved = true;
    if (!isMotionWanted()) {
        applyViewport(target);
        return;
    }
    connect(m_animation, &QVariantAnimation::valueChanged, this,
            [this, start = m_viewport, target](const QVariant &share) {
                applyViewport(start.towards(target, share.toDouble()));
            });
    m_animation->setStartValue(0.0);
    m_animation->setEndValue(1.0);
    m_animation->start();
}

Viewport MapCanvas::fitted(const QRectF &area) const
{
    // Some names are folded then, or not: as much room for both, so that nothing jumps.
    const MapFolds folds{.names = 99};
    const QString text = footerText(*m_scene, shownTime(), folds);
    const double footer = std::min(footerRoom(m_theme, text, width()), height() / 3.0);
    const QSizeF room(width(), std::max(1.0, height() - footer));
    return Viewport::fitting(area, room, fitMargin);
}

void MapCanvas::fit()
{
    moveTo(fitted(m_scene->bounds));
    m_userMoved = false;
}

void MapCanvas::fitSelection()
{
    QRectF area;
    for (const MapItem item : selectedItems())
        area |= m_scene->rectOf(item);
    if (!area.isEmpty())
        moveTo(fitted(area));
}

void MapCanvas::zoomIn()
{
    moveTo(m_viewport.zoomedAt(QRectF(rect()).center(), 1.25));
}

void MapCanvas::zoomOut()
{
    moveTo(m_viewport.zoomedAt(QRectF(rect()).center(), 0.8));
}

void MapCanvas::resetZoom()
{
    moveTo(m_viewport.zoomedAt(QRectF(rect()).center(), 1 / m_viewport.zoom()));
}

} // namespace portolan::ui
