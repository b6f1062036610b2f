#include "ui/canvas/bezier.h"
#include "ui/canvas/glyphs.h"
#include "ui/canvas/item_painters.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace portolan::ui {

namespace {

constexpr double smallestDots = 0.35; // zoom
constexpr int lineFlags = Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextDontClip;

void drawLine(QPainter &painter, const QFont &font, const QColor &color, const Rect &place,
              const QString &text, int align = Qt::AlignLeft)
{
    if (text.isEmpty())
        return;
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(toQt(place), lineFlags | align, text);
}

/// From close by, what is written stays as large as it is read well, while its place grows.
double writtenSize(MapDetail detail, double zoom)
{
    constexpr double largest = 1.3; // of the size at 100 %
    return detail == MapDetail::Near ? std::min(1.0, largest / zoom) : 1.0;
}

template<class Draw>
void drawScaled(QPainter &painter, QPointF anchor, double size, Draw draw)
{
    painter.save();
    painter.translate(anchor);
    painter.scale(size, size);
    painter.translate(-anchor);
    draw();
    painter.restore();
}

/// In the middle distance a text is enlarged to stay readable, where there is room for it.
bool drawEnlarged(QPainter &painter, QFont font, const QColor &color, const QRectF &place,
                  const QString &text, double size)
{
    if (text.isEmpty() || size > place.height() * 0.95)
        return false;
    font.setPixelSize(qRound(size));
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(place, lineFlags | Qt::AlignLeft,
                     QFontMetricsF(font).elidedText(text, Qt::ElideRight, place.width()));
    return true;
}

void drawDots(QPainter &painter, const Theme &theme, const MapScene &scene, const MapNode &node)
{
    for (std::size_t i = 0; i < node.parts.dots.shown; ++i) {
        const Rect dot = node.parts.dots.dot(i);
        drawPodDot(painter, theme, scene.dots[node.firstDot + i], toQt(dot.center()), dot.width);
    }
    drawLine(painter, theme.small, theme.muted, node.parts.more, node.more);
}

void drawCardFrame(QPainter &painter, const Theme &theme, const QRectF &rect, double radius)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.shadow);
    painter.drawRoundedRect(rect.translated(0, 1.5), radius, radius);
    painter.setPen(QPen(theme.line, 1.2));
    painter.setBrush(theme.card);
    painter.drawRoundedRect(rect, radius, radius);
}

/// The name, and the pods beneath it for as long as they can be told apart.
bool paintMiddleCard(QPainter &painter, const Theme &theme, const MapScene &scene, const MapNode &node,
                     double zoom)
{
    const bool withDots = zoom >= smallestDots && node.parts.dots.shown > 0;
    QRectF place = node.rect.adjusted(8, 0, -8, 0);
    if (withDots)
        place.setBottom(node.parts.dots.dot(0).y);
    const bool named =
        drawEnlarged(painter, theme.strong, theme.ink, place, node.title, std::clamp(8.5 / zoom, 13.0, 36.0));
    if (withDots)
        drawDots(painter, theme, scene, node);
    return named;
}

bool paintCard(QPainter &painter, const Theme &theme, const MapScene &scene, const MapNode &node,
               MapDetail detail, double zoom)
{
    drawCardFrame(painter, theme, node.rect, card::cornerRadius);
    if (detail == MapDetail::Middle)
        return paintMiddleCard(painter, theme, scene, node, zoom);
    if (detail == MapDetail::Near) {
        paintNearCard(painter, theme, scene, node);
        return true;
    }
    const CardParts &parts = node.parts;
    drawLine(painter, theme.strong, theme.ink, parts.title, node.title);
    drawLine(painter, theme.small, theme.muted, parts.kindWord, node.kindWord, Qt::AlignRight);
    drawLine(painter, theme.mapMono, theme.muted, parts.detail, node.detail);
    drawLine(painter, theme.small, theme.muted, parts.footer, node.footer);
    drawDots(painter, theme, scene, node);
    if (node.ingressIsolated || node.egressIsolated)
        drawShield(painter, theme, toQt(parts.shield), node.ingressIsolated, node.egressIsolated);
    return true;
}

bool paintPill(QPainter &painter, const Theme &theme, const MapNode &node, MapDetail detail, double zoom)
{
    const double radius = node.rect.height() / 2;
    const bool empty = node.withoutEndpoints;
    const bool many = node.kind == NodeKind::PodSet;
    const QColor outline = empty ? theme.denied : theme.service;
    QPen pen(outline, 1.1 * writtenSize(detail, zoom));
    if (empty)
        pen.setDashPattern({3.6, 2.7});
    painter.setPen(pen);
    painter.setBrush(empty ? QBrush(theme.group) : QBrush(theme.card));
    if (many) // A second outline behind: this stands for several.
        painter.drawRoundedRect(node.rect.translated(3, -3), radius, radius);
    painter.drawRoundedRect(node.rect, radius, radius);
    const QColor ink = empty ? theme.denied : theme.ink;
    if (detail < MapDetail::Full)
        return drawEnlarged(painter, theme.mapMono, ink, node.rect.adjusted(6, 0, -6, 0), node.title,
                            8 / zoom);
    drawScaled(painter, node.rect.center(), writtenSize(detail, zoom),
               [&] { drawLine(painter, theme.mapMono, ink, node.parts.title, node.title); });
    return true;
}

void paintWorld(QPainter &painter, const Theme &theme, const MapNode &node, MapDetail detail)
{
    painter.setPen(QPen(theme.line, 1.2));
    painter.setBrush(theme.card);
    painter.drawEllipse(node.rect);
    const QPointF centre = node.rect.center();
    drawGlobe(painter, theme.muted, centre - QPointF(0, node.rect.height() * 0.13), 17);
    if (detail >= MapDetail::Full)
        drawLine(painter, theme.small, theme.muted, node.parts.title, node.title, Qt::AlignHCenter);
}

bool paintIpBlock(QPainter &painter, const Theme &theme, const MapNode &node, MapDetail detail, double zoom)
{
    painter.setPen(QPen(theme.muted, 1.1));
    painter.setBrush(theme.card);
    painter.drawRoundedRect(node.rect, 4, 4);
    if (detail < MapDetail::Full)
        return drawEnlarged(painter, theme.mapMono, theme.ink, node.rect.adjusted(5, 0, -5, 0), node.title,
                            8 / zoom);
    drawLine(painter, theme.mapMono, theme.ink, node.parts.title, node.title);
    drawLine(painter, theme.mapMono, theme.muted, node.parts.detail, node.detail);
    return true;
}

} // namespace

double cornerRadiusOf(const MapNode &node)
{
    if (isPill(node.kind) || node.kind == NodeKind::World)
        return node.rect.height() / 2;
    return node.kind == NodeKind::IpBlock ? 4 : card::cornerRadius;
}

bool paintNode(QPainter &painter, const Theme &theme, const MapScene &scene, const MapNode &node,
               MapDetail detail, double zoom)
{
    bool named = true;
    if (isPill(node.kind))
        named = paintPill(painter, theme, node, detail, zoom);
    else if (node.kind == NodeKind::World)
        paintWorld(painter, theme, node, detail);
    else if (node.kind == NodeKind::IpBlock)
        named = paintIpBlock(painter, theme, node, detail, zoom);
    else
        named = paintCard(painter, theme, scene, node, detail, zoom);
    if (node.finding && *node.finding != Severity::Note)
        drawFindingMark(painter, theme, *node.finding, node.rect.topRight() + QPointF(0, -1),
                        detail >= MapDetail::Full ? 12 * writtenSize(detail, zoom) : 12 / zoom * 0.55);
    if (node.pinned)
        drawPin(painter, theme, node.rect.topLeft() + QPointF(3, 0), detail >= MapDetail::Full ? 12 : 16);
    return named;
}

void paintGroupBox(QPainter &painter, const Theme &theme, const MapGroup &group)
{
    painter.setPen(QPen(theme.line, 1.2));
    painter.setBrush(theme.group);
    painter.drawRoundedRect(group.rect, card::groupCornerRadius, card::groupCornerRadius);
    if (!group.unread)
        return;
    QColor lines = theme.muted;
    lines.setAlpha(46);
    painter.setPen(QPen(lines, 1));
    painter.drawLines(hatching(group.rect.adjusted(3, 3, -3, -3), 9));
}

namespace {

/// Text on a ground of its own, so that a line that passes below does not strike it out.
void drawOnGround(QPainter &painter, const Theme &theme, const QFont &font, const QColor &color,
                  const QRectF &place, const QString &text, Qt::Alignment align)
{
    if (text.isEmpty())
        return;
    const double width = QFontMetricsF(font).horizontalAdvance(text) + 8;
    const double left = align == Qt::AlignRight ? place.right() + 4 - width : place.left() - 4;
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.group);
    painter.drawRect(QRectF(left, place.top(), width, place.height()));
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(place, lineFlags | align, text);
}

} // namespace

void paintGroupHeader(QPainter &painter, const Theme &theme, const MapGroup &group, MapDetail detail,
                      double zoom)
{
    if (group.pinned)
        drawPin(painter, theme, group.rect.topLeft() + QPointF(5, 1), detail >= MapDetail::Full ? 14 : 20);
    if (detail >= MapDetail::Full) {
        const double size = writtenSize(detail, zoom);
        const QRectF title = toQt(group.parts.title);
        const QRectF note = toQt(group.parts.note);
        drawScaled(painter, {title.left(), title.center().y()}, size, [&] {
            drawOnGround(painter, theme, theme.strong, theme.ink, title, group.title, Qt::AlignLeft);
        });
        drawScaled(painter, {note.right(), note.center().y()}, size, [&] {
            drawOnGround(painter, theme, theme.small, group.noteWarns ? theme.warning : theme.muted, note,
                         group.note, Qt::AlignRight);
        });
        return;
    }
    const QRectF place(group.rect.left() + 12, group.rect.top() + 2, group.rect.width() - 24,
                       card::groupHeader - 4);
    QFont font = theme.strong;
    double size = std::clamp(11.5 / zoom, 13.0, 34.0);
    font.setPixelSize(qRound(size));
    const double width = QFontMetricsF(font).horizontalAdvance(group.title);
    if (width > place.width()) {
        size = std::max(std::min(size, 9 / zoom), size * place.width() / width);
        font.setPixelSize(int(size));
    }
    drawOnGround(painter, theme, font, theme.ink, place,
                 QFontMetricsF(font).elidedText(group.title, Qt::ElideRight, place.width()), Qt::AlignLeft);
}

} // namespace portolan::ui
