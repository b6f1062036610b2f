#include "ui/canvas/far_view.h"
#include "ui/canvas/glyphs.h"
#include "ui/canvas/map_bundles.h"
#include "ui/canvas/map_text.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

/// How the far view's tiles look; its lines are in bundle_painting.cpp.
namespace portolan::ui {

namespace {

struct FarWords
{
    Q_DECLARE_TR_FUNCTIONS(FarWords)
};

constexpr double tileRadius = 4;
constexpr int podsSize = 10;
constexpr double padding = 5;

QColor blended(const QColor &a, const QColor &b, double share)
{
    return QColor::fromRgbF(float(a.redF() + (b.redF() - a.redF()) * share),
                            float(a.greenF() + (b.greenF() - a.greenF()) * share),
                            float(a.blueF() + (b.blueF() - a.blueF()) * share));
}

/// More pods, more colour; by the root, so that small namespaces differ as well.
QColor fillOf(const MapScene &scene, const Theme &theme, const MapGroup &group)
{
    const double share = std::sqrt(double(group.pods) / std::max(1U, scene.mostPods));
    const QColor fill = blended(theme.group, theme.accent, (theme.dark ? 0.26 : 0.19) * share);
    return group.worst() == Severity::Problem ? blended(fill, theme.denied, 0.16) : fill;
}

void paintBar(QPainter &painter, const Theme &theme, const MapScene &scene, const MapGroup &group,
              const QRectF &rect)
{
    const QRectF whole(rect.left() + padding, rect.bottom() - 6, rect.width() - 2 * padding, 3);
    const double unit = whole.width() / std::max(1U, scene.mostPods);
    const double pods = std::max(1.0, group.pods * unit);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.line);
    painter.drawRect(whole);
    painter.setBrush(theme.muted);
    painter.drawRect(QRectF(whole.topLeft(), QSizeF(pods, whole.height())));
    if (group.podsNotReady == 0)
        return;
    const double bad = std::min(pods, std::max(1.5, group.podsNotReady * unit));
    painter.setBrush(theme.warning);
    painter.drawRect(QRectF(whole.left() + pods - bad, whole.top(), bad, whole.height()));
}

QString insideText(const VerdictCounts &inside)
{
    return inside.total() == 1 ? FarWords::tr("1 line inside")
                               : FarWords::tr("%1 lines inside").arg(inside.total());
}

/// The mark of the worst finding and how many there are of that weight.
void paintMark(QPainter &painter, const Theme &theme, const MapGroup &group, const FarTile &tile)
{
    const auto worst = group.worst();
    if (!worst || *worst == Severity::Note)
        return;
    const std::uint32_t count = group.findingCounts[std::size_t(*worst)];
    if (!tile.markBeside) {
        drawFindingMark(painter, theme, *worst, tile.rect.topRight() + QPointF(-3, 3), 8);
        return;
    }
    const double y = tile.rect.top() + tile.nameSize + 10;
    const QString text = count > 99 ? QStringLiteral("99+") : QString::number(count);
    const double width = count > 9 ? 13 : 7;
    painter.setFont(sized(theme.small, 9));
    painter.setPen(*worst == Severity::Problem ? theme.denied : theme.warning);
    painter.drawText(QPointF(tile.rect.right() - padding - width, y + 3), text);
    drawFindingMark(painter, theme, *worst, {tile.rect.right() - padding - width - 6, y}, 8);
}

} // namespace

void FarView::paint(QPainter &painter) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    for (const std::uint32_t bundle : m_drawn)
        paintBundle(painter, bundle);
    for (const FarTile &tile : m_tiles)
        paintTileGround(painter, tile);
    for (const std::uint32_t bundle : m_drawn)
        paintHeads(painter, bundle);
    std::vector<QRectF> occupied;
    for (const FarAlone &alone : m_alone) {
        paintAlone(painter, alone);
        occupied.push_back(aloneRect(alone.node));
        occupied.push_back(alone.text);
    }
    for (const FarTile &tile : m_tiles) {
        paintTileTexts(painter, tile);
        occupied.push_back(tile.texts);
    }
    paintHubs(painter, occupied);
    paintLabels(painter, occupied);
    painter.restore();
}

void FarView::paintParts(QPainter &painter, const FarParts &parts) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    for (const std::uint32_t bundle : parts.bundles)
        paintBundle(painter, bundle);
    for (const FarTile &tile : m_tiles) {
        if (std::binary_search(parts.groups.begin(), parts.groups.end(), tile.group)) {
            paintTileGround(painter, tile);
            paintTileTexts(painter, tile);
        }
    }
    for (const FarAlone &alone : m_alone) {
        if (std::binary_search(parts.nodes.begin(), parts.nodes.end(), alone.node))
            paintAlone(painter, alone);
    }
    for (const std::uint32_t bundle : parts.bundles)
        paintHeads(painter, bundle);
    painter.restore();
}

void FarView::paintTileGround(QPainter &painter, const FarTile &tile) const
{
    const MapGroup &group = m_scene.groups[tile.group];
    const bool problem = group.worst() == Severity::Problem;
    QColor fill = fillOf(m_scene, m_theme, group);
    // Lines that pass below can be followed, and do not get into the way of reading.
    fill.setAlphaF(0.86F);
    painter.setPen(QPen(problem ? m_theme.denied : m_theme.line, problem ? 1.4 : 1));
    painter.setBrush(fill);
    const double radius = std::min(tileRadius, tile.rect.height() / 4);
    painter.drawRoundedRect(tile.rect, radius, radius);
    if (!group.unread)
        return;
    QColor lines = m_theme.muted;
    lines.setAlpha(60);
    painter.setPen(QPen(lines, 1));
    painter.drawLines(hatching(tile.rect.adjusted(2, 2, -2, -2), 7));
}

void FarView::paintTileTexts(QPainter &painter, const FarTile &tile) const
{
    const MapGroup &group = m_scene.groups[tile.group];
    const double left = tile.rect.left() + padding;
    if (!tile.texts.isEmpty()) {
        painter.fillRect(tile.texts.adjusted(2, 2, -2, 0), fillOf(m_scene, m_theme, group));
        double y = tile.rect.top() + 2 + tile.nameSize;
        painter.setFont(sized(m_theme.strong, tile.nameSize));
        painter.setPen(m_theme.ink);
        painter.drawText(QPointF(left, y), tile.name);
        if (tile.podsShown) {
            y += podsSize + 3;
            painter.setFont(sized(m_theme.small, podsSize));
            painter.setPen(m_theme.muted);
            painter.drawText(QPointF(left, y), group.podsText);
        }
        if (tile.insideShown) {
            painter.setPen(group.inside.denied > 0 ? m_theme.denied : m_theme.muted);
            painter.drawText(QPointF(left, y + podsSize + 3), insideText(group.inside));
        }
    }
    if (tile.barShown)
        paintBar(painter, m_theme, m_scene, group, tile.rect);
    paintMark(painter, m_theme, group, tile);
}

void FarView::paintAlone(QPainter &painter, const FarAlone &alone) const
{
    const MapNode &node = m_scene.nodes[alone.node];
    const QRectF rect = aloneRect(alone.node);
    painter.setPen(QPen(node.kind == NodeKind::PodSet ? m_theme.service : m_theme.muted, 1));
    painter.setBrush(m_theme.card);
    if (node.kind == NodeKind::World) {
        drawGlobe(painter, m_theme.muted, rect.center(), std::min(16.0, rect.height() + 4));
    } else {
        const double radius = node.kind == NodeKind::IpBlock ? 2 : rect.height() / 2;
        painter.drawRoundedRect(rect, radius, radius);
    }
    QColor backing = m_theme.canvas; // a name is read before the line behind it
    backing.setAlphaF(0.8F);
    painter.fillRect(alone.text, backing);
    painter.setFont(aloneFont());
    painter.setPen(m_theme.muted);
    painter.drawText(QPointF(alone.text.left(), alone.text.center().y() + 3), alone.name);
}

void FarView::paintHubs(QPainter &painter, std::vector<QRectF> &occupied) const
{
    const QFont font = sized(m_theme.small, podsSize);
    const QFontMetricsF metrics(font);
    for (const MapHub &hub : m_scene.hubs) {
        const QRectF end = hub.item.kind == MapItem::Kind::Node
                               ? aloneRect(hub.item.index)
                               : m_viewport.toView(m_scene.groups[hub.item.index].rect);
        if (!end.intersects(m_view))
            continue;
        QStringList words;
        if (hub.from > 0)
            words << FarWords::tr("from %1 places", "boxes of the map").arg(hub.from);
        if (hub.to > 0)
            words << FarWords::tr("to %1 places", "boxes of the map").arg(hub.to);
        const QString text = words.join(QStringLiteral(" · "));
        QRectF chip(0, 0, metrics.horizontalAdvance(text) + 12, 16);
        chip.moveCenter({end.center().x(), end.bottom() + 9});
        chip.moveLeft(std::clamp(chip.left(), m_view.left() + 4,
                                 std::max(m_view.left() + 4, m_view.right() - chip.width() - 4)));
        painter.setPen(QPen(m_theme.allowed, 1));
        painter.setBrush(m_theme.card);
        painter.drawRoundedRect(chip, 8, 8);
        painter.setFont(font);
        painter.setPen(m_theme.allowed);
        painter.drawText(QPointF(chip.left() + 6, chip.center().y() + 3.5), text);
        occupied.push_back(chip);
    }
}

} // namespace portolan::ui
