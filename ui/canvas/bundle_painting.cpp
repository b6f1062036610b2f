#include "ui/canvas/far_view.h"
#include "ui/canvas/glyphs.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

/// How the far view's bundles look: one strand for each verdict, so that none hides another.
namespace portolan::ui {

namespace {

struct BundleWords
{
    Q_DECLARE_TR_FUNCTIONS(BundleWords)
};

constexpr std::size_t mostLabels = 36;
constexpr double headLength = 6;
constexpr double strandGap = 1.5;

struct Strand
{
    EdgeStyle style;
    double width = 1;
};

std::vector<Strand> strandsOf(const VerdictCounts &counts, const Theme &theme)
{
    using enum EdgeVerdict;
    std::vector<Strand> strands;
    const auto add = [&](std::uint32_t count, EdgeKind kind, EdgeVerdict verdict) {
        if (count == 0)
            return;
        const EdgeStyle style = edgeStyleOf(kind, verdict, theme);
        strands.push_back({style, std::min(5.0, 1.1 + 0.6 * std::log2(double(count)))});
    };
    add(counts.plain, EdgeKind::ServiceEndpoint, NotApplicable);
    add(counts.allowed, EdgeKind::PolicyPeer, Allowed);
    add(counts.mixed, EdgeKind::PolicyPeer, Mixed);
    add(counts.unknown, EdgeKind::PolicyPeer, Unknown);
    add(counts.denied, EdgeKind::PolicyPeer, Denied);
    return strands;
}

QPointF unit(QPointF way)
{
    const double length = std::hypot(way.x(), way.y());
    return length < 1e-6 ? QPointF(1, 0) : way / length;
}

QPointF pointAt(const std::array<QPointF, 3> &curve, double t)
{
    return curve[0] * (1 - t) * (1 - t) + curve[1] * 2 * t * (1 - t) + curve[2] * t * t;
}

QString labelOf(const VerdictCounts &sum)
{
    QStringList words{QString::number(sum.total())};
    if (sum.denied > 0)
        words << BundleWords::tr("%1 denied").arg(sum.denied);
    if (sum.unknown > 0)
        words << BundleWords::tr("%1 unknown").arg(sum.unknown);
    return words.join(QStringLiteral(" · "));
}

QColor colorOf(const VerdictCounts &counts, const Theme &theme)
{
    if (counts.denied > 0)
        return theme.denied;
    if (counts.unknown > 0)
        return theme.unknown;
    return counts.allowed + counts.mixed > 0 ? theme.allowed : theme.service;
}

} // namespace

void FarView::paintBundle(QPainter &painter, std::uint32_t index) const
{
    const auto curve = curveOf(index);
    const std::vector<Strand> strands = strandsOf(m_scene.bundles[index].sum(), m_theme);
    double whole = -strandGap;
    for (const Strand &strand : strands)
        whole += strand.width + strandGap;
    const QPointF along = unit(curve[2] - curve[0]), across(-along.y(), along.x());
    double at = -whole / 2;
    painter.setBrush(Qt::NoBrush);
    for (const Strand &strand : strands) {
        const QPointF aside = across * (at + strand.width / 2);
        at += strand.width + strandGap;
        QPen pen(strand.style.color, strand.width, Qt::SolidLine, Qt::FlatCap);
        if (!strand.style.dashes.isEmpty())
            pen.setDashPattern(strand.style.dashes);
        painter.setPen(pen);
        QPainterPath path(curve[0] + aside);
        path.quadTo(curve[1] + aside, curve[2] + aside);
        painter.drawPath(path);
    }
}

void FarView::paintHeads(QPainter &painter, std::uint32_t index) const
{
    const MapBundle &bundle = m_scene.bundles[index];
    const auto curve = curveOf(index);
    const auto head = [&](const VerdictCounts &counts, QPointF tip, QPointF from) {
        if (counts.total() == 0)
            return;
        const QColor color = colorOf(counts, m_theme);
        drawArrowHead(painter, color, tip, unit(tip - from), headLength, color);
    };
    head(bundle.forward, curve[2], curve[1]);
    head(bundle.backward, curve[0], curve[1]);
}

void FarView::paintBundleGlow(QPainter &painter, std::uint32_t bundle, const QColor &color) const
{
    QColor glow = color;
    glow.setAlphaF(0.3F);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(glow, 10, Qt::SolidLine, Qt::RoundCap));
    painter.drawPath(pathOf(bundle));
}

/// What the strongest sum up, where there is room beside names and other numbers.
void FarView::paintLabels(QPainter &painter, std::vector<QRectF> &occupied) const
{
    QFont font = m_theme.mapMono;
    font.setPixelSize(9);
    const QFontMetricsF metrics(font);
    painter.setFont(font);
    std::size_t labels = 0;
    for (const std::uint32_t index : m_drawn) {
        const VerdictCounts sum = m_scene.bundles[index].sum();
        if (sum.total() < 2 || labels == mostLabels)
            continue;
        const QString text = labelOf(sum);
        QRectF place(0, 0, metrics.horizontalAdvance(text) + 6, 12);
        const auto curve = curveOf(index);
        for (const double t : {0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78}) {
            place.moveCenter(pointAt(curve, t));
            const auto meets = [&place](const QRectF &other) { return other.intersects(place); };
            if (!m_view.contains(place) || std::any_of(occupied.begin(), occupied.end(), meets))
                continue;
            painter.setPen(Qt::NoPen);
            painter.setBrush(m_theme.card);
            painter.drawRoundedRect(place, 3, 3);
            painter.setPen(colorOf(sum, m_theme));
            painter.drawText(QPointF(place.left() + 3, place.bottom() - 3), text);
            occupied.push_back(place);
            ++labels;
            break;
        }
    }
}

} // namespace portolan::ui
