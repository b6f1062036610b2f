#include "model/layout/card_metrics.h"
#include "ui/base/background.h"
#include "ui/canvas/far_view.h"
#include "ui/canvas/glyphs.h"
#include "ui/canvas/map_canvas.h"
#include "ui/canvas/map_furniture.h"
#include "ui/canvas/map_painter.h"
#include "ui/canvas/map_text.h"

#include <QPaintEvent>
#include <QPainter>
#include <QVariantAnimation>

#include <algorithm>

namespace portolan::ui {

PictureOrder MapCanvas::pictureOrder()
{
    return {++m_pictureOrders,
            m_glideShown ? m_glideShown : m_scene,
            m_theme,
            m_viewport,
            size(),
            devicePixelRatioF(),
            stateTime(*m_scene, now())};
}

void MapCanvas::takePicture(MapPicture picture)
{
    ++m_picturesDrawn;
    if (picture.number < m_picture.number)
        return;
    if (picture.detail != m_picture.detail && !m_picture.image.isNull() && isMotionWanted()) {
        m_fading = m_picture;
        m_fade->start();
    }
    m_picture = std::move(picture);
}

/// On a pool thread, one after the other: while it is drawn, the one before is shown where its things are
/// now.
void MapCanvas::beginPicture()
{
    if (m_isDrawing)
        return;
    m_isDrawing = true;
    m_pictureStale = false;
    runInBackground(
        this, [order = pictureOrder()] { return drawnPicture(order); },
        [this](const MapPicture &picture) {
            m_isDrawing = false;
            takePicture(picture);
            update();
        },
        &m_painters);
}

void MapCanvas::paintPicture(QPainter &painter)
{
    const bool isDear = m_picture.cost > m_movingBudget && !isGliding() && !m_settling;
    const bool moved = m_picture.viewport != m_viewport || m_picture.size != size() ||
                       m_picture.image.devicePixelRatio() != devicePixelRatioF();
    if (m_picture.image.isNull() || ((m_pictureStale || moved) && !isDear)) {
        m_pictureStale = false;
        takePicture(drawnPicture(pictureOrder()));
    } else if (m_pictureStale || (moved && !m_refine.isActive())) {
        beginPicture();
    }
    m_settling = false;
    paintShifted(painter, m_picture);
    if (m_fade->state() == QVariantAnimation::Running) {
        // The detail before this one, over it.
        painter.setOpacity(m_fade->currentValue().toDouble());
        paintShifted(painter, m_fading);
        painter.setOpacity(1);
    }
}

/// A picture of another viewport, where its things are now.
void MapCanvas::paintShifted(QPainter &painter, const MapPicture &picture) const
{
    if (picture.viewport == m_viewport && picture.size == size()) {
        painter.drawImage(QPointF(), picture.image);
        return;
    }
    if (&picture == &m_picture)
        painter.fillRect(rect(), m_theme.canvas);
    painter.drawImage(m_viewport.toView(picture.viewport.sceneRect(picture.size)), picture.image);
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
    const MapPainter map(*m_scene, m_theme, m_picture.time);
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
    if (!m_scene->frame || !m_scene->frame->layout)
        return;
    if (const QString nothing = emptyText(*m_scene); !nothing.isEmpty()) {
        painter.setFont(m_theme.body);
        painter.setPen(m_theme.muted);
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, nothing);
    }
    const Minimap minimap(*m_scene, size());
    const bool withMinimap = showsMinimap();
    if (withMinimap)
        minimap.paint(painter, m_theme, m_viewport.sceneRect(size()));
    const double right = withMinimap ? minimap.frame().left() - 12 : width() - footerMargin;
    paintFooter(painter, m_theme, footer(),
                QRectF(footerMargin, height() - footerHeight, right - footerMargin, footerHeight));
}

} // namespace portolan::ui
