#include "ui/canvas/flip_painter.h"

#include "ui/canvas/glyphs.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <set>

namespace portolan::ui {

namespace {

constexpr double lineWidth = 2.4;
constexpr double headLength = 10;
constexpr double signDiameter = 17;
constexpr double bend = 0.14; ///< of the line's length: there and back lie apart

QColor colorOf(const Theme &theme, policy::Outcome now)
{
    return now == policy::Outcome::Deny    ? theme.denied
           : now == policy::Outcome::Allow ? theme.allowed
                                           : theme.unknown;
}

std::optional<std::uint32_t> cardOf(const MapScene &scene, const ObjectRef &object)
{
    const auto at = object.isValid() ? scene.nodeByObject.find(object) : scene.nodeByObject.end();
    return at == scene.nodeByObject.end() ? std::nullopt : std::optional<std::uint32_t>(at->second);
}

/// Where a ray from the middle of `card` towards `to` leaves it.
QPointF borderOf(const QRectF &card, QPointF to)
{
    const QPointF middle = card.center();
    const QPointF way = to - middle;
    const double x = std::abs(way.x()) > 1e-6 ? card.width() / 2 / std::abs(way.x()) : 1e9;
    const double y = std::abs(way.y()) > 1e-6 ? card.height() / 2 / std::abs(way.y()) : 1e9;
    return middle + way * std::min({x, y, 1.0});
}

void drawSign(QPainter &painter, const Theme &theme, policy::Outcome now, QPointF at)
{
    const double radius = signDiameter / 2;
    painter.setPen(QPen(theme.canvas, 2));
    painter.setBrush(colorOf(theme, now));
    painter.drawEllipse(at, radius, radius);
    painter.setPen(QPen(theme.canvas, 2.2, Qt::SolidLine, Qt::FlatCap));
    const double arm = radius * 0.55;
    if (now == policy::Outcome::Unknown) {
        painter.setFont(theme.strong);
        painter.drawText(QRectF(at.x() - radius, at.y() - radius, signDiameter, signDiameter),
                         Qt::AlignCenter, QStringLiteral("?"));
        return;
    }
    painter.drawLine(at - QPointF(arm, 0), at + QPointF(arm, 0));
    if (now == policy::Outcome::Allow)
        painter.drawLine(at - QPointF(0, arm), at + QPointF(0, arm));
}

void drawLine(QPainter &painter, const Theme &theme, policy::Outcome now, const QRectF &from,
              const QRectF &to)
{
    const QPointF way = to.center() - from.center();
    const QPointF aside = QPointF(-way.y(), way.x()) * bend;
    const QPointF control = (from.center() + to.center()) / 2 + aside;
    const QPointF start = borderOf(from, control);
    const QPointF end = borderOf(to, control);
    QPainterPath path(start);
    path.quadTo(control, end);
    const QColor color = colorOf(theme, now);
    QColor halo = theme.canvas;
    halo.setAlphaF(0.85F);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(halo, lineWidth + 4));
    painter.drawPath(path);
    QPen pen(color, lineWidth);
    if (now == policy::Outcome::Deny)
        pen.setDashPattern({4, 2.5});
    else if (now == policy::Outcome::Unknown)
        pen.setDashPattern({1, 2});
    painter.setPen(pen);
    painter.drawPath(path);
    const double length = std::max(1.0, std::hypot(end.x() - control.x(), end.y() - control.y()));
    drawArrowHead(painter, color, end, (end - control) / length, headLength, color);
    drawSign(painter, theme, now, path.pointAtPercent(0.5));
}

} // namespace

std::vector<MapItem> flippedCards(const MapScene &scene, const std::vector<FlipLine> &flips)
{
    std::set<std::uint32_t> cards;
    for (const FlipLine &flip : flips) {
        for (const ObjectRef *end : {&flip.from, &flip.to}) {
            if (const auto card = cardOf(scene, *end))
                cards.insert(*card);
        }
    }
    std::vector<MapItem> items;
    for (const std::uint32_t card : cards)
        items.push_back({MapItem::Kind::Node, card});
    return items;
}

void paintFlips(QPainter &painter, const Theme &theme, const Viewport &viewport, const MapScene &scene,
                const std::vector<FlipLine> &flips)
{
    painter.setRenderHint(QPainter::Antialiasing);
    for (const FlipLine &flip : flips) {
        const auto from = cardOf(scene, flip.from);
        const auto to = cardOf(scene, flip.to);
        const auto rect = [&](std::uint32_t card) {
            return viewport.toView(scene.rectOf({MapItem::Kind::Node, card}));
        };
        if (from && to && *from != *to)
            drawLine(painter, theme, flip.now, rect(*from), rect(*to));
        else if (from || to)
            drawSign(painter, theme, flip.now, rect(from ? *from : *to).topRight());
    }
}

} // namespace portolan::ui
