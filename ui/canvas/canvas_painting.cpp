#include "model/layout/card_metrics.h"
#include "ui/canvas/far_view.h"
#include "ui/canvas/glyphs.h"
#include "ui/canvas/map_canvas.h"
#include "ui/canvas/map_furniture.h"
#include "ui/canvas/map_painter.h"
#include "ui/canvas/map_text.h"

#include <QElapsedTimer>
#include <QPaintEvent>
#include <QPainter>
#include <QVariantAnimation>

#include <algorithm>

namespace portolan::ui {

void MapCanvas::drawPicture()
{
    const MapDetail detail = detailFor(m_viewport.zoom());
    if (detail != m_pictureDetail && !m_picture.isNull() && isMotionWanted()) {
        m_fading = m_picture;
        m_fadingViewport = m_pictureViewport;
        m_fade->start();
    }
    m_pictureDetail = detail;
    const double ratio = devicePixelRatioF();
    const QSize pixels = (QSizeF(size()) * ratio).toSize();
    if (m_picture.size() != pixels)
        m_picture = QImage(pixels, QImage::Format_RGB32);
    m_picture.setDevicePixelRatio(ratio);
    m_picture.fill(m_theme.canvas);
    QElapsedTimer timer;
    timer.start();
    QPainter painter(&m_picture);
    m_pictureTime = stateTime(*m_scene, now());
    if (isFar()) {
        far().paint(painter);
        m_folds = far().folds();
    } else {
        const MapPainter map(m_glideShown ? *m_glideShown : *m_scene, m_theme, m_pictureTime);
        map.paint(painter, m_viewport, size());
        m_folds = map.folds();
    }
    painter.end();
    m_pictureCost = std::chrono::nanoseconds(timer.nsecsElapsed());
    m_pictureViewport = m_viewport;
    m_pictureStale = false;
    ++m_picturesDrawn;
}

void MapCanvas::paintPicture(QPainter &painter)
{
    const bool sameSize = m_picture.size() == (QSizeF(size()) * devicePixelRatioF()).toSize();
    const bool moved = m_pictureViewport != m_viewport;
    const bool costly = m_pictureCost > m_movingBudget;
    if (sameSize && moved && !m_pictureStale && costly && m_refine.isActive()) {
        painter.fillRect(rect(), m_theme.canvas);
        painter.drawImage(m_viewport.toView(m_pictureViewport.sceneRect(size())), m_picture);
        return;
    }
    if (m_pictureStale || moved || !sameSize)
        drawPicture();
    painter.drawImage(QPointF(), m_picture);
    if (m_fade->state() == QVariantAnimation::Running)
        paintFading(painter);
}

/// The detail before this one, over it, where its things are now.
void MapCanvas::paintFading(QPainter &painter) const
{
    painter.setOpacity(m_fade->currentValue().toDouble());
    painter.drawImage(m_viewport.toView(m_fadingViewport.sceneRect(size())), m_fading);
    painter.setOpacity(1);
}

void MapCanvas::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintPicture(painter);
    painter.setRenderHint(QPainter::Antialiasing);
    if (!isGliding())
        paintLively(painter);
    paintFurniture(painter);
}

/// What is not spoken of steps back.
void MapCanvas::paintWash(QPainter &painter) const
{
    QColor wash = m_theme.canvas;
    wash.setAlphaF(0.58F);
    painter.fillRect(rect(), wash);
}

void MapCanvas::paintSelection(QPainter &painter, const MapPainter &map) const
{
    const std::vector<MapItem> selected = selectedItems();
    if (!m_flips.empty()) {
        paintWash(painter);
        map.paintItems(painter, m_viewport, flippedCards(*m_scene, m_flips));
        paintFlips(painter, m_theme, m_viewport, *m_scene, m_flips);
    } else if (isFar()) {
        paintFarSelection(painter);
        return;
    } else if (!selected.empty()) {
        paintWash(painter);
        for (const MapItem item : selected) {
            if (item.kind == MapItem::Kind::Edge)
                map.paintGlow(painter, m_viewport, item, m_theme.accent, 1);
        }
        map.paintItems(painter, m_viewport, spokenOf());
    }
    for (const MapItem item : selected) {
        if (item.kind == MapItem::Kind::Node)
            map.paintGlow(painter, m_viewport, item, m_theme.accent, 1);
    }
}

void MapCanvas::paintLively(QPainter &painter)
{
    const MapPainter map(*m_scene, m_theme, m_pictureTime);
    paintSelection(painter, map);
    if (isFar())
        paintFarHover(painter);
    else if (m_hover && !isSelected(m_hover) && m_hover.kind != MapItem::Kind::Group) {
        map.paintGlow(painter, m_viewport, m_hover, m_theme.accent, 0.7);
        if (m_hover.kind == MapItem::Kind::Edge) {
            const MapEdge &edge = m_scene->edges[m_hover.index];
            for (const std::uint32_t end : {edge.from, edge.to})
                map.paintGlow(painter, m_viewport, {MapItem::Kind::Node, end}, m_theme.accent, 0.5);
        }
        map.paintItems(painter, m_viewport,
                       m_hover.kind == MapItem::Kind::Edge ? std::vector<MapItem>{m_hover}
                                                           : std::vector<MapItem>{});
    }
    for (const ObjectRef &object : m_highlight) {
        const auto node = m_scene->nodeByObject.find(object);
        if (node != m_scene->nodeByObject.end())
            map.paintGlow(painter, m_viewport, {MapItem::Kind::Node, node->second}, m_theme.warning, 1);
        for (std::uint32_t i = 0; i < m_scene->groups.size(); ++i) {
            const GraphGroup *group = m_scene->frame->graph->group(m_scene->groups[i].id);
            if (group && group->object == object)
                map.paintGlow(painter, m_viewport, {MapItem::Kind::Group, i}, m_theme.warning, 1);
        }
    }
    paintRunning(painter);
    paintMoving(painter);
    if (m_focus && hasFocus() && m_focus.kind == MapItem::Kind::Bundle)
        paintFarFocus(painter);
    else if (m_focus && hasFocus())
        map.paintFocusRing(painter, m_viewport, m_focus);
    if (m_pairFrom.isValid()) {
        painter.setPen(QPen(m_theme.accent, 2, Qt::DashLine));
        painter.drawLine(m_viewport.toView(m_scene->rectOf(itemOf(m_pairFrom)).center()), m_lastAt);
    }
    if (m_gesture == Gesture::RubberBand) {
        QColor inside = m_theme.accent;
        inside.setAlpha(28);
        painter.setPen(QPen(m_theme.accent, 1));
        painter.setBrush(inside);
        painter.drawRect(QRectF(m_pressAt, m_lastAt).normalized());
    }
}

void MapCanvas::paintRunning(QPainter &painter) const
{
    constexpr std::int64_t turnMs = 900;
    const std::int64_t ms =
        std::chrono::duration_cast<std::chrono::milliseconds>(m_clock->now().time_since_epoch()).count();
    for (const EdgeId id : m_running) {
        const MapItem item = itemOf(id);
        if (!item)
            continue;
        const QPointF at = m_viewport.toView(m_scene->edges[item.index].badgeAt);
        const double diameter = badgeDiameter * std::clamp(m_viewport.zoom(), 0.6, 1.5);
        drawBadge(painter, m_theme, BadgeSign::Running, at, diameter, false,
                  double(ms % turnMs) / double(turnMs));
    }
}

void MapCanvas::paintFurniture(QPainter &painter) const
{
    if (m_scene->nodes.empty() && m_scene->groups.empty())
        return;
    const Minimap minimap(*m_scene, size());
    const bool withMinimap = showsMinimap();
    if (withMinimap)
        minimap.paint(painter, m_theme, m_viewport.sceneRect(size()));
    const double right = withMinimap ? minimap.frame().left() - 12 : width() - 14;
    paintFooter(painter, m_theme, footer(), QRectF(14, height() - footerHeight, right - 14, footerHeight));
}

} // namespace portolan::ui
