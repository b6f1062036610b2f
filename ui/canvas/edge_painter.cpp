#include "model/layout/card_metrics.h"
#include "ui/canvas/bezier.h"
#include "ui/canvas/glyphs.h"
#include "ui/canvas/item_painters.h"
#include "ui/canvas/map_text.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace portolan::ui {

namespace {

constexpr double smallBadge = 10; // pixels
constexpr double fullHeadLength = 9;
constexpr double smallHeadLength = 6;
constexpr double thinWidth = 0.9; // of a line that runs behind a card
constexpr std::chrono::minutes freshFor{10};

EdgeStyle styleOf(const MapEdge &edge, const Theme &theme)
{
    return edge.kind == EdgeKind::MachineLink
               ? linkStyleOf(edge.join != NodeJoin::Unknown, edge.finding, theme)
               : edgeStyleOf(edge.kind, edge.verdict, theme);
}

double headLengthOf(const EdgeStyle &style)
{
    return style.head == ArrowHead::None    ? 0
           : style.head == ArrowHead::Small ? smallHeadLength
                                            : fullHeadLength;
}

/// The direction in which a line arrives: of its last leg that has a length.
QPointF arrivalOf(std::span<const Point> points)
{
    const QPointF end = toQt(points.back());
    for (std::size_t i = points.size() - 1; i-- > 0;) {
        const QPointF leg = end - toQt(points[i]);
        const double length = std::hypot(leg.x(), leg.y());
        if (length > 0.5)
            return leg / length;
    }
    return {1, 0};
}

/// The line without the piece that its arrow head covers, so that the tip stays sharp.
QPainterPath lineOf(std::span<const Point> points, double cut)
{
    if (cut <= 0)
        return painterPathOf(points);
    std::vector<Point> shortened(points.begin(), points.end());
    const QPointF back = arrivalOf(points) * cut * 0.8;
    Point &end = shortened.back();
    Point &control = shortened[shortened.size() - 2];
    end = {end.x - back.x(), end.y - back.y()};
    control = {control.x - back.x(), control.y - back.y()};
    return painterPathOf(shortened);
}

/// Where the bar of a denied line stands: beside the label, else in the middle.
PathSpot barSpot(std::span<const Point> points, const MapEdge &edge)
{
    if (edge.labelBox.isEmpty())
        return spotAt(points, 0.5);
    const double length = std::max(1.0, pathLength(points));
    const double label = nearestFraction(points, edge.labelBox.center());
    const QRectF keepOff = edge.labelBox.adjusted(-6, -8, 6, 8);
    for (double step = 6; step < length; step += 6) {
        for (const double at : {label - step / length, label + step / length}) {
            const PathSpot spot = spotAt(points, at);
            if (at > 0.08 && at < 0.92 && !keepOff.contains(spot.at))
                return spot;
        }
    }
    return spotAt(points, label < 0.5 ? 0.75 : 0.25);
}

QColor backgroundAt(const Theme &theme, const MapScene &scene, QPointF place)
{
    for (const std::uint32_t group : scene.groupIndex.touching(QRectF(place, QSizeF()))) {
        if (scene.groups[group].rect.contains(place))
            return theme.group;
    }
    return theme.canvas;
}

/// The plate that carries a badge with its label and age.
void paintChip(QPainter &painter, const Theme &theme, const MapEdge &edge)
{
    const double radius = badgeDiameter / 2;
    painter.setPen(QPen(theme.line, 1));
    painter.setBrush(theme.card);
    painter.drawRoundedRect(edge.labelBox.adjusted(-1, 0, 2, 0), radius, radius);
}

void paintBadge(QPainter &painter, const Theme &theme, const MapEdge &edge, WallTime now, QPointF centre,
                double diameter)
{
    const bool faded = edge.badge->at != WallTime{} && now - edge.badge->at > freshFor;
    drawBadge(painter, theme, badgeSignOf(edge.badge->outcome, edge.badge->disagrees), centre, diameter,
              faded);
}

void paintAge(QPainter &painter, const Theme &theme, const MapEdge &edge, WallTime now)
{
    QFont font = theme.small;
    font.setPixelSize(9);
    painter.setFont(font);
    painter.setPen(theme.muted);
    painter.drawText(edge.ageRect.adjusted(4, -1, 0, -1), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip,
                     ageText(edge.badge->at, now));
}

} // namespace

void paintEdgeLine(QPainter &painter, const Theme &theme, const MapScene &scene, const MapEdge &edge,
                   MapDetail detail)
{
    const EdgeStyle style = styleOf(edge, theme);
    QColor color = style.color;
    if (edge.kind == EdgeKind::Observed && edge.verdict == EdgeVerdict::NotApplicable)
        color.setAlphaF(0.5F);
    QPen pen(color, edge.behind ? std::min(style.width, thinWidth) : style.width, Qt::SolidLine, Qt::FlatCap);
    if (!style.dashes.isEmpty())
        pen.setDashPattern(style.dashes);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    const double head = detail >= MapDetail::Full ? headLengthOf(style) : 0;
    painter.drawPath(lineOf(scene.pathOf(edge), head));
}

void paintTraffic(QPainter &painter, const Theme &theme, const MapScene &scene, const MapEdge &edge)
{
    const QPainterPath path = painterPathOf(scene.pathOf(edge));
    painter.setBrush(Qt::NoBrush);
    for (const bool dropped : {false, true}) {
        if ((dropped ? edge.traffic->counts.dropped : edge.traffic->counts.forwarded) == 0)
            continue;
        painter.setPen(trafficPen(theme, edge.traffic->perMinute, dropped));
        painter.drawPath(path);
    }
}

void paintCheapLine(QPainter &painter, const Theme &theme, const MapScene &scene, const MapEdge &edge,
                    bool passesThrough)
{
    QColor color = styleOf(edge, theme).color;
    color.setAlpha(passesThrough ? 26 : 130);
    QPen pen(color, 1);
    pen.setCosmetic(true);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(painterPathOf(scene.pathOf(edge)));
}

void paintEdgeSigns(QPainter &painter, const Theme &theme, const MapScene &scene, const MapEdge &edge)
{
    const EdgeStyle style = styleOf(edge, theme);
    const auto points = scene.pathOf(edge);
    if (style.head != ArrowHead::None) {
        drawArrowHead(painter, style.color, toQt(points.back()), arrivalOf(points), headLengthOf(style),
                      style.head == ArrowHead::Hollow ? theme.card : style.color);
    }
    if (style.bar) {
        const PathSpot spot = barSpot(points, edge);
        drawBar(painter, style.color, spot.at, spot.direction, 7.5);
    }
    if (style.question) {
        const PathSpot spot = barSpot(points, edge);
        painter.setPen(Qt::NoPen);
        painter.setBrush(backgroundAt(theme, scene, spot.at));
        painter.drawEllipse(spot.at, 8, 8);
        painter.setFont(theme.strong);
        painter.setPen(style.color);
        painter.drawText(QRectF(spot.at - QPointF(8, 8), QSizeF(16, 16)), Qt::AlignCenter,
                         QStringLiteral("?"));
    }
}

void paintEdgeLabel(QPainter &painter, const Theme &theme, const MapScene &scene, const MapEdge &edge,
                    WallTime now)
{
    if (edge.labelBox.isEmpty())
        return;
    if (!edge.ageRect.isEmpty())
        paintChip(painter, theme, edge);
    if (!edge.label.isEmpty()) {
        if (!edge.badge) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(backgroundAt(theme, scene, edge.badgeAt));
            painter.drawRoundedRect(edge.labelRect.adjusted(0, 1, 0, -1), 4, 4);
        }
        painter.setFont(theme.mapMono);
        painter.setPen(styleOf(edge, theme).color);
        painter.drawText(edge.labelRect, Qt::AlignCenter | Qt::TextSingleLine | Qt::TextDontClip, edge.label);
    }
    if (!edge.badge)
        return;
    paintBadge(painter, theme, edge, now, edge.badgeAt, badgeDiameter);
    if (!edge.ageRect.isEmpty())
        paintAge(painter, theme, edge, now);
}

void paintSmallBadge(QPainter &painter, const Theme &theme, const MapEdge &edge, WallTime now, double zoom)
{
    if (edge.badge)
        paintBadge(painter, theme, edge, now, edge.labelBox.center(), smallBadge / zoom);
}

} // namespace portolan::ui
