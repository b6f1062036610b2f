#include "ui/canvas/glyphs.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace portolan::ui {

namespace {

QPen rounded(const QColor &color, double width)
{
    return {color, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin};
}

QRectF around(QPointF centre, double diameter)
{
    return {centre.x() - diameter / 2, centre.y() - diameter / 2, diameter, diameter};
}

void drawCross(QPainter &painter, const QColor &color, QPointF centre, double half, double width)
{
    painter.setPen(rounded(color, width));
    painter.drawLine(centre + QPointF(-half, -half), centre + QPointF(half, half));
    painter.drawLine(centre + QPointF(half, -half), centre + QPointF(-half, half));
}

void drawCheck(QPainter &painter, const QColor &color, QPointF centre, double size)
{
    painter.setPen(rounded(color, size * 0.16));
    painter.drawPolyline(QPolygonF{{centre + QPointF(-0.4, 0.02) * size, centre + QPointF(-0.1, 0.3) * size,
                                    centre + QPointF(0.42, -0.28) * size}});
}

void drawSign(QPainter &painter, const QColor &color, const QFont &base, QPointF centre, double size,
              QChar sign)
{
    QFont font = base;
    font.setPixelSize(std::max(1, qRound(size)));
    font.setWeight(QFont::Bold);
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(around(centre, 2 * size), Qt::AlignCenter | Qt::TextDontClip, QString(sign));
}

QPolygonF triangle(QPointF centre, double size)
{
    return {{centre + QPointF(0, -0.55) * size, centre + QPointF(0.58, 0.45) * size,
             centre + QPointF(-0.58, 0.45) * size}};
}

} // namespace

void drawPodDot(QPainter &painter, const Theme &theme, PodHealth health, QPointF centre, double diameter)
{
    const double stroke = diameter * 0.16;
    const QRectF disc = around(centre, diameter);
    const QRectF ring = around(centre, diameter - stroke);
    painter.setPen(Qt::NoPen);
    switch (health) {
    case PodHealth::Ready:
        painter.setBrush(theme.ok);
        painter.drawEllipse(disc);
        break;
    case PodHealth::NotReady:
        painter.setBrush(theme.warning);
        painter.drawChord(disc, 90 * 16, 180 * 16);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.warning, stroke));
        painter.drawEllipse(ring);
        break;
    case PodHealth::Failed:
        painter.setBrush(theme.denied);
        painter.drawEllipse(disc);
        drawCross(painter, theme.card, centre, diameter * 0.2, diameter * 0.16);
        break;
    case PodHealth::Pending:
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.muted, stroke));
        painter.drawEllipse(ring);
        break;
    case PodHealth::Done:
        painter.setBrush(theme.muted);
        painter.drawEllipse(around(centre, diameter * 0.45));
        break;
    }
}

void drawShield(QPainter &painter, const Theme &theme, const QRectF &place, bool ingress, bool egress)
{
    const double w = place.width(), h = place.height();
    const QPointF o = place.topLeft();
    QPainterPath shield(o + QPointF(w * 0.5, 0.02 * h));
    shield.lineTo(o + QPointF(w * 0.96, h * 0.17));
    shield.lineTo(o + QPointF(w * 0.96, h * 0.5));
    shield.cubicTo(o + QPointF(w * 0.96, h * 0.78), o + QPointF(w * 0.72, h * 0.9),
                   o + QPointF(w * 0.5, h * 0.99));
    shield.cubicTo(o + QPointF(w * 0.28, h * 0.9), o + QPointF(w * 0.04, h * 0.78),
                   o + QPointF(w * 0.04, h * 0.5));
    shield.lineTo(o + QPointF(w * 0.04, h * 0.17));
    shield.closeSubpath();
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.allowed, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(shield);

    const QPointF middle = o + QPointF(w * 0.5, h * 0.48);
    const double half = h * 0.22, wing = w * 0.17;
    painter.setPen(rounded(theme.allowed, 1.3));
    painter.drawLine(middle - QPointF(0, half), middle + QPointF(0, half));
    const auto head = [&](double direction) {
        const QPointF tip = middle + QPointF(0, direction * half);
        painter.drawLine(tip, tip + QPointF(-wing, -direction * wing));
        painter.drawLine(tip, tip + QPointF(wing, -direction * wing));
    };
    if (ingress)
        head(1);
    if (egress)
        head(-1);
}

BadgeSign badgeSignOf(ProbeOutcome outcome, bool disagrees)
{
    if (disagrees)
        return BadgeSign::Disagrees;
    switch (outcome) {
    case ProbeOutcome::Reached:
        return BadgeSign::Reached;
    case ProbeOutcome::Refused:
    case ProbeOutcome::Timeout:
    case ProbeOutcome::NoRoute:
    case ProbeOutcome::Dns:
        return BadgeSign::Failed;
    case ProbeOutcome::ToolMissing:
    case ProbeOutcome::Unknown:
        break;
    }
    return BadgeSign::Unclear;
}

void drawBadge(QPainter &painter, const Theme &theme, BadgeSign sign, QPointF centre, double diameter,
               bool faded, double turn)
{
    const QColor color = sign == BadgeSign::Reached   ? theme.ok
                         : sign == BadgeSign::Failed  ? theme.denied
                         : sign == BadgeSign::Unclear ? theme.muted
                         : sign == BadgeSign::Running ? theme.accent
                                                      : theme.warning;
    const QColor inside = faded || sign == BadgeSign::Running ? theme.card : color;
    const QColor mark = faded ? color : theme.onAccent;
    painter.setBrush(inside);
    painter.setPen(faded ? QPen(color, diameter * 0.09) : QPen(Qt::NoPen));
    if (sign == BadgeSign::Disagrees) {
        painter.drawPolygon(triangle(centre, diameter * 1.22));
        drawSign(painter, mark, theme.strong, centre + QPointF(0, diameter * 0.12), diameter * 0.68,
                 QLatin1Char('!'));
        return;
    }
    painter.drawEllipse(around(centre, faded ? diameter * 0.91 : diameter));
    if (sign == BadgeSign::Reached) {
        drawCheck(painter, mark, centre, diameter * 0.56);
    } else if (sign == BadgeSign::Failed) {
        drawCross(painter, mark, centre, diameter * 0.18, diameter * 0.1);
    } else if (sign == BadgeSign::Unclear) {
        drawSign(painter, mark, theme.strong, centre, diameter * 0.66, QLatin1Char('?'));
    } else {
        painter.setPen(QPen(theme.line, diameter * 0.12));
        painter.drawEllipse(around(centre, diameter * 0.7));
        painter.setPen(rounded(color, diameter * 0.12));
        painter.drawArc(around(centre, diameter * 0.7), int(-turn * 360 * 16), -110 * 16);
    }
}

void drawFindingMark(QPainter &painter, const Theme &theme, Severity severity, QPointF centre, double size)
{
    painter.setPen(Qt::NoPen);
    switch (severity) {
    case Severity::Problem:
        painter.setBrush(theme.denied);
        painter.drawRoundedRect(around(centre, size * 0.9), size * 0.16, size * 0.16);
        break;
    case Severity::Warning:
        painter.setBrush(theme.warning);
        painter.drawPolygon(triangle(centre, size));
        break;
    case Severity::Note:
        painter.setBrush(theme.muted);
        painter.drawEllipse(around(centre, size * 0.8));
        break;
    }
}

void drawPin(QPainter &painter, const Theme &theme, QPointF centre, double size)
{
    const double unit = size / 10;
    painter.setPen(QPen(theme.muted, 1.4 * unit, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(centre + QPointF(0, unit), centre + QPointF(0, 5 * unit));
    painter.setPen(QPen(theme.card, unit));
    painter.setBrush(theme.accent);
    painter.drawEllipse(centre - QPointF(0, 1.5 * unit), 3.5 * unit, 3.5 * unit);
}

void drawGlobe(QPainter &painter, const QColor &color, QPointF centre, double diameter)
{
    painter.setBrush(Qt::NoBrush);
    painter.setPen(rounded(color, 1.2));
    const QRectF globe = around(centre, diameter);
    painter.drawEllipse(globe);
    painter.drawEllipse(QRectF(centre.x() - diameter * 0.22, globe.top(), diameter * 0.44, diameter));
    painter.drawLine(QPointF(globe.left(), centre.y()), QPointF(globe.right(), centre.y()));
}

void drawArrowHead(QPainter &painter, const QColor &color, QPointF tip, QPointF direction, double length,
                   const QColor &inside)
{
    const QPointF across(-direction.y(), direction.x());
    const QPointF base = tip - direction * length;
    painter.setPen(QPen(color, 1, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    painter.setBrush(inside);
    painter.drawPolygon(QPolygonF{{tip, base + across * length * 0.48, base - across * length * 0.48}});
}

void drawBar(QPainter &painter, const QColor &color, QPointF at, QPointF direction, double halfLength)
{
    const QPointF across(-direction.y() * halfLength, direction.x() * halfLength);
    painter.setPen(QPen(color, 3, Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(at - across, at + across);
}

QVector<QLineF> hatching(const QRectF &area, double distance)
{
    QVector<QLineF> lines;
    const double w = area.width(), h = area.height();
    for (double at = distance; at < w + h; at += distance) {
        const double x1 = std::min(at, w), y1 = at - x1;
        const double y2 = std::min(at, h), x2 = at - y2;
        lines << QLineF(area.left() + x1, area.top() + y1, area.left() + x2, area.top() + y2);
    }
    return lines;
}

QFont sized(const QFont &font, int pixels)
{
    QFont result = font;
    result.setPixelSize(pixels);
    return result;
}

EdgeStyle linkStyleOf(bool isKnown, std::optional<Severity> finding, const Theme &theme)
{
    if (finding == Severity::Problem)
        return {theme.denied, 2, {3, 2.2}, ArrowHead::None, true, false};
    if (finding == Severity::Warning)
        return {theme.warning, 2, {6, 3}, ArrowHead::None, false, false};
    if (!isKnown)
        return {theme.unknown, 1.8, {1, 2.2}, ArrowHead::None, false, true};
    return {theme.muted, 1.6, {}, ArrowHead::None, false, false};
}

QPen trafficPen(const Theme &theme, double perMinute, bool dropped)
{
    constexpr double narrowest = 4.5, widest = 11, perTenfold = 1.8;
    QColor color = dropped ? theme.denied : theme.observed;
    color.setAlphaF(0.3F);
    const double width = narrowest + perTenfold * std::log10(1 + std::max(0.0, perMinute));
    QPen pen(color, std::min(width, widest), Qt::SolidLine, Qt::FlatCap);
    if (dropped)
        pen.setDashPattern({0.9, 0.6});
    return pen;
}

EdgeStyle edgeStyleOf(EdgeKind kind, EdgeVerdict verdict, const Theme &theme)
{
    switch (verdict) {
    case EdgeVerdict::Allowed:
        return {theme.allowed, 2, {}, ArrowHead::Full, false, false};
    case EdgeVerdict::Denied:
        return {theme.denied, 2, {3, 2.2}, ArrowHead::Full, true, false};
    case EdgeVerdict::Mixed:
        return {theme.allowed, 2, {6, 2, 1, 2}, ArrowHead::Hollow, false, false};
    case EdgeVerdict::Unknown:
        return {theme.unknown, 1.8, {1, 2.2}, ArrowHead::Hollow, false, true};
    case EdgeVerdict::NotApplicable:
        break;
    }
    switch (kind) {
    case EdgeKind::ServiceEndpoint:
        return {theme.service, 1.2, {}, ArrowHead::Small, false, false};
    case EdgeKind::IngressService:
        return {theme.service, 1.8, {}, ArrowHead::Full, false, false};
    case EdgeKind::Observed:
        return {theme.observed, 4, {}, ArrowHead::Full, false, false};
    case EdgeKind::MachineLink:
        return linkStyleOf(true, {}, theme);
    case EdgeKind::PolicyPeer:
        break;
    }
    return {theme.service, 1.2, {1, 2.2}, ArrowHead::Hollow, false, false}; // not enforced
}

} // namespace portolan::ui
