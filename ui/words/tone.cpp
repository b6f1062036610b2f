#include "ui/words/tone.h"

#include "ui/theme/theme.h"

#include <QPainter>

namespace portolan::ui {

Tone toneOf(ProbeOutcome outcome)
{
    switch (outcome) {
    case ProbeOutcome::Reached:
        return Tone::Good;
    case ProbeOutcome::Unknown:
    case ProbeOutcome::ToolMissing:
        return Tone::Muted;
    default:
        return Tone::Bad;
    }
}

Tone toneOf(EdgeVerdict verdict)
{
    switch (verdict) {
    case EdgeVerdict::Allowed:
        return Tone::Allowed;
    case EdgeVerdict::Denied:
        return Tone::Bad;
    case EdgeVerdict::Mixed:
        return Tone::Warning;
    default:
        return Tone::Muted;
    }
}

Tone toneOf(Severity severity)
{
    switch (severity) {
    case Severity::Problem:
        return Tone::Bad;
    case Severity::Warning:
        return Tone::Warning;
    case Severity::Note:
        return Tone::Muted;
    }
    return Tone::None;
}

Tone toneOf(PodHealth health)
{
    switch (health) {
    case PodHealth::Ready:
        return Tone::Good;
    case PodHealth::Failed:
        return Tone::Bad;
    case PodHealth::Done:
        return Tone::Muted;
    default:
        return Tone::Warning;
    }
}

Tone toneOf(SessionPhase phase)
{
    switch (phase) {
    case SessionPhase::Live:
        return Tone::Good;
    case SessionPhase::Degraded:
    case SessionPhase::Connecting:
    case SessionPhase::Listing:
        return Tone::Warning;
    case SessionPhase::Failed:
        return Tone::Bad;
    default:
        return Tone::Muted;
    }
}

QColor toneColor(const Theme &theme, Tone tone)
{
    switch (tone) {
    case Tone::Good:
        return theme.ok;
    case Tone::Allowed:
        return theme.allowed;
    case Tone::Warning:
        return theme.warning;
    case Tone::Bad:
        return theme.denied;
    case Tone::Muted:
        return theme.muted;
    case Tone::None:
        break;
    }
    return theme.ink;
}

void drawToneMark(QPainter &painter, const Theme &theme, Tone tone, const QRectF &place)
{
    if (tone == Tone::None)
        return;
    const QColor color = toneColor(theme, tone);
    const QPointF c = place.center();
    const double r = qMin(place.width(), place.height()) / 2;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    if (tone == Tone::Good) {
        painter.drawEllipse(c, r, r);
    } else if (tone == Tone::Warning) {
        painter.drawPolygon(
            QPolygonF{{c + QPointF(0, -r), c + QPointF(r, 0.8 * r), c + QPointF(-r, 0.8 * r)}});
    } else if (tone == Tone::Bad) {
        painter.drawRoundedRect(QRectF(c - QPointF(0.85 * r, 0.85 * r), QSizeF(1.7 * r, 1.7 * r)), 1, 1);
    } else if (tone == Tone::Allowed) {
        painter.drawPolygon(
            QPolygonF{{c + QPointF(0, -r), c + QPointF(r, 0), c + QPointF(0, r), c + QPointF(-r, 0)}});
    } else {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(color, 1.6));
        painter.drawEllipse(c, r - 0.8, r - 0.8);
    }
    painter.restore();
}

} // namespace portolan::ui
