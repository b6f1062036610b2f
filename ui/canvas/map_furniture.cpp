#include "ui/canvas/map_furniture.h"

#include "ui/canvas/glyphs.h"
#include "ui/theme/theme.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace portolan::ui {

namespace {

constexpr QSizeF minimapSize(136, 100);
constexpr double minimapMargin = 14;
constexpr double minimapPadding = 7;

// What is not drawn has to be said whole, from the bottom up.
constexpr int footerFlags = Qt::TextWordWrap | Qt::AlignLeft | Qt::AlignBottom;
constexpr double footerPadding = 6;
constexpr double footerGap = 4; // beneath it

} // namespace

double footerRoom(const Theme &theme, const QString &text, double viewWidth)
{
    const QRectF room(0, 0, viewWidth - 2 * footerMargin - 2 * footerPadding, 10'000);
    const QRectF written = QFontMetricsF(theme.small).boundingRect(room, footerFlags, text);
    return std::max(footerHeight, written.height() + footerPadding + 2 * footerGap);
}

void paintFooter(QPainter &painter, const Theme &theme, const QString &text, const QRectF &place)
{
    constexpr int flags = footerFlags;
    const QRectF room(place.left() + footerPadding, 0, place.width() - 2 * footerPadding,
                      place.bottom() - footerGap);
    const QRectF written = QFontMetricsF(theme.small).boundingRect(room, flags, text);
    QColor background = theme.canvas;
    background.setAlpha(220);
    painter.setPen(Qt::NoPen);
    painter.setBrush(background);
    painter.drawRoundedRect(written.adjusted(-6, -3, 6, 3), 5, 5);
    painter.setFont(theme.small);
    painter.setPen(theme.muted);
    painter.drawText(room, flags, text);
}

Minimap::Minimap(const MapScene &scene, QSizeF view)
    : m_scene(scene),
      m_frame(view.width() - minimapSize.width() - minimapMargin,
              view.height() - minimapSize.height() - minimapMargin, minimapSize.width(),
              minimapSize.height()),
      m_scale(std::min((minimapSize.width() - 2 * minimapPadding) / std::max(1.0, scene.bounds.width()),
                       (minimapSize.height() - 2 * minimapPadding) / std::max(1.0, scene.bounds.height())))
{
}

QPointF Minimap::toScene(QPointF view) const
{
    return (view - m_frame.center()) / m_scale + m_scene.bounds.center();
}

QRectF Minimap::toFrame(const QRectF &scene) const
{
    const QPointF middle(m_frame.width() / 2, m_frame.height() / 2);
    return {(scene.topLeft() - m_scene.bounds.center()) * m_scale + middle, scene.size() * m_scale};
}

void Minimap::paint(QPainter &painter, const Theme &theme, const QRectF &shownPart) const
{
    painter.save();
    painter.setPen(QPen(theme.line, 1));
    painter.setBrush(theme.panel);
    painter.drawRoundedRect(m_frame.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    painter.translate(m_frame.topLeft());
    painter.setPen(Qt::NoPen);
    for (const MapGroup &group : m_scene.groups) {
        const QRectF tile = toFrame(group.rect);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.line);
        painter.drawRoundedRect(tile, 2.5, 2.5);
        if (group.worst() == Severity::Problem)
            drawFindingMark(painter, theme, Severity::Problem, tile.topRight() + QPointF(-3, 3), 5);
    }
    painter.setBrush(theme.line);
    for (const MapNode &node : m_scene.nodes) {
        if (node.group == noIndex)
            painter.drawRoundedRect(toFrame(node.rect), 2, 2);
    }
    const QRectF inside(3.5, 3.5, m_frame.width() - 7, m_frame.height() - 7);
    painter.setPen(QPen(theme.accent, 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(toFrame(shownPart).intersected(inside));
    painter.restore();
}

} // namespace portolan::ui
