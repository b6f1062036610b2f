#include "ui/canvas/map_painter.h"

#include "ui/canvas/bezier.h"
#include "ui/canvas/glyphs.h"
#include "ui/canvas/item_painters.h"
#include "ui/canvas/map_text.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace portolan::ui {

namespace {

// Past these, smoothing and dashes cost more than all the rest, and are not seen in the bunch.
constexpr std::size_t mostSmoothLines = 400;
constexpr std::size_t mostFineBundles = 150;

/// Sets the scene's coordinates, and takes them back.
class SceneCoordinates
{
public:
    SceneCoordinates(QPainter &painter, const Viewport &viewport) : m_painter(painter)
    {
        m_painter.save();
        m_painter.setRenderHint(QPainter::Antialiasing);
        m_painter.setRenderHint(QPainter::TextAntialiasing);
        m_painter.setTransform(viewport.transform(), true);
    }
    ~SceneCoordinates() { m_painter.restore(); }
    SceneCoordinates(const SceneCoordinates &) = delete;
    SceneCoordinates &operator=(const SceneCoordinates &) = delete;

private:
    QPainter &m_painter;
};

} // namespace

struct MapPainter::Visible
{
    QRectF area;
    std::vector<std::uint32_t> groups, nodes, edges;
};

MapPainter::MapPainter(const MapScene &scene, const Theme &theme, WallTime now)
    : m_scene(scene),
      m_theme(theme),
      m_now(now)
{
}

MapPainter::Visible MapPainter::visibleIn(const QRectF &area) const
{
    // Shadows, arrow heads and ages reach a little past the rectangles of the index.
    const QRectF wide = area.adjusted(-24, -24, 24, 24);
    return {area, m_scene.groupIndex.touching(wide), m_scene.nodeIndex.touching(wide),
            m_scene.edgeIndex.touching(wide)};
}

bool MapPainter::paint(QPainter &painter, const Viewport &viewport, QSizeF view,
                       std::optional<MapDetail> wanted, const CancelToken &cancel) const
{
    const MapDetail detail = wanted.value_or(detailFor(viewport.zoom()));
    const Visible visible = visibleIn(viewport.sceneRect(view));
    const SceneCoordinates coordinates(painter, viewport);
    if (detail == MapDetail::Far) {
        paintFar(painter, viewport, visible);
        return cancel.isCancelled();
    }
    const double zoom = viewport.zoom();
    for (const std::uint32_t group : visible.groups)
        paintGroupBox(painter, m_theme, m_scene.groups[group]);
    if (cancel.isCancelled())
        return true;
    paintLines(painter, visible, detail);
    if (cancel.isCancelled())
        return true;
    for (const std::uint32_t group : visible.groups)
        paintGroupHeader(painter, m_theme, m_scene.groups[group], detail, zoom);
    for (const std::uint32_t node : visible.nodes)
        paintNode(painter, m_theme, m_scene, m_scene.nodes[node], detail, zoom);
    if (cancel.isCancelled())
        return true;
    if (detail == MapDetail::Middle) {
        for (const std::uint32_t edge : visible.edges)
            paintSmallBadge(painter, m_theme, m_scene.edges[edge], m_now, zoom);
        return cancel.isCancelled();
    }
    for (const std::uint32_t edge : visible.edges)
        paintEdgeSigns(painter, m_theme, m_scene, m_scene.edges[edge]);
    for (const std::uint32_t edge : visible.edges)
        paintEdgeLabel(painter, m_theme, m_scene, m_scene.edges[edge], m_now);
    return cancel.isCancelled();
}

void MapPainter::paintLines(QPainter &painter, const Visible &visible, MapDetail detail) const
{
    if (detail == MapDetail::Full || visible.edges.size() <= mostSmoothLines) {
        for (const std::uint32_t edge : visible.edges)
            paintEdgeLine(painter, m_theme, m_scene, m_scene.edges[edge], detail);
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (const std::uint32_t index : visible.edges) {
        const MapEdge &edge = m_scene.edges[index];
        const bool passesThrough = !m_scene.nodes[edge.from].rect.intersects(visible.area) &&
                                   !m_scene.nodes[edge.to].rect.intersects(visible.area);
        paintCheapLine(painter, m_theme, m_scene, edge, passesThrough);
    }
    painter.setRenderHint(QPainter::Antialiasing);
}

void MapPainter::paintFar(QPainter &painter, const Viewport &viewport, const Visible &visible) const
{
    for (const std::uint32_t group : visible.groups) {
        const MapGroup &tile = m_scene.groups[group];
        const bool problem = tile.worst() == Severity::Problem;
        QColor inside = m_theme.group;
        if (problem) {
            inside = m_theme.denied;
            inside.setAlpha(36);
        }
        painter.setPen(QPen(problem ? m_theme.denied : m_theme.line, 1.2 / viewport.zoom()));
        painter.setBrush(inside);
        painter.drawRoundedRect(tile.rect, card::groupCornerRadius, card::groupCornerRadius);
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.card);
    if (viewport.zoom() > 0.06) {
        for (const std::uint32_t node : visible.nodes)
            painter.drawRect(m_scene.nodes[node].rect);
    }
    painter.setBrush(Qt::NoBrush);
    const bool fine = m_scene.bundles.size() <= mostFineBundles;
    painter.setRenderHint(QPainter::Antialiasing, fine);
    for (const MapBundle &bundle : m_scene.bundles)
        paintBundle(painter, bundle, fine);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setTransform(QTransform(viewport.transform()).inverted(), true);
    for (const std::uint32_t group : visible.groups)
        paintFarTile(painter, viewport, m_scene.groups[group]);
}

void MapPainter::paintBundle(QPainter &painter, const MapBundle &bundle, bool fine) const
{
    const QPointF from = m_scene.groups[bundle.fromGroup].rect.center();
    const QPointF to = m_scene.groups[bundle.toGroup].rect.center();
    // Drawn towards the middle of the map, lines between neighbours stay short and long ones gather.
    const QPointF middle = (from + to) / 2;
    const QPointF control = middle + (m_scene.bounds.center() - middle) * 0.25;
    QColor color = bundle.denied ? m_theme.denied : m_theme.allowed;
    color.setAlpha(115);
    QPen pen(color, fine ? 0.8 + std::log2(double(bundle.lines)) * 0.6 : 1.0);
    pen.setCosmetic(true);
    if (bundle.denied && fine)
        pen.setDashPattern({4, 3});
    painter.setPen(pen);
    QPainterPath path(from);
    path.quadTo(control, to);
    painter.drawPath(path);
}

void MapPainter::paintFarTile(QPainter &painter, const Viewport &viewport, const MapGroup &group) const
{
    const QRectF tile = viewport.toView(group.rect);
    if (tile.width() < 54 || tile.height() < 20)
        return;
    QFont title = m_theme.strong;
    title.setPixelSize(11);
    const double room = tile.width() - 12;
    painter.setFont(title);
    painter.setPen(m_theme.ink);
    painter.drawText(QRectF(tile.left() + 7, tile.top() + 4, room, 14), Qt::AlignVCenter | Qt::TextDontClip,
                     QFontMetricsF(title).elidedText(group.title, Qt::ElideRight, room));
    if (tile.height() < 36)
        return;
    QFont small = m_theme.small;
    small.setPixelSize(10);
    painter.setFont(small);
    painter.setPen(m_theme.muted);
    painter.drawText(QRectF(tile.left() + 7, tile.top() + 18, room, 13), Qt::AlignVCenter | Qt::TextDontClip,
                     QFontMetricsF(small).elidedText(podCountText(group.pods), Qt::ElideRight, room));
}

void MapPainter::paintItems(QPainter &painter, const Viewport &viewport,
                            const std::vector<MapItem> &items) const
{
    const MapDetail detail = detailFor(viewport.zoom());
    if (detail == MapDetail::Far)
        return;
    const SceneCoordinates coordinates(painter, viewport);
    const auto forEach = [&items](MapItem::Kind kind, auto paintOne) {
        for (const MapItem item : items) {
            if (item.kind == kind)
                paintOne(item.index);
        }
    };
    forEach(MapItem::Kind::Edge,
            [&](std::uint32_t i) { paintEdgeLine(painter, m_theme, m_scene, m_scene.edges[i], detail); });
    forEach(MapItem::Kind::Node, [&](std::uint32_t i) {
        paintNode(painter, m_theme, m_scene, m_scene.nodes[i], detail, viewport.zoom());
    });
    if (detail != MapDetail::Full)
        return;
    forEach(MapItem::Kind::Edge,
            [&](std::uint32_t i) { paintEdgeSigns(painter, m_theme, m_scene, m_scene.edges[i]); });
    forEach(MapItem::Kind::Edge,
            [&](std::uint32_t i) { paintEdgeLabel(painter, m_theme, m_scene, m_scene.edges[i], m_now); });
}

void MapPainter::paintGlow(QPainter &painter, const Viewport &viewport, MapItem item, const QColor &color,
                           double strength) const
{
    const SceneCoordinates coordinates(painter, viewport);
    const double pixel = 1 / std::min(1.0, viewport.zoom());
    QColor glow = color;
    glow.setAlphaF(float(0.24 * strength));
    painter.setBrush(Qt::NoBrush);
    if (item.kind == MapItem::Kind::Edge) {
        painter.setPen(QPen(glow, 9 * pixel, Qt::SolidLine, Qt::RoundCap));
        painter.drawPath(painterPathOf(m_scene.pathOf(m_scene.edges[item.index])));
        return;
    }
    const QRectF rect = m_scene.rectOf(item);
    const double radius = item.kind == MapItem::Kind::Node ? cornerRadiusOf(m_scene.nodes[item.index])
                                                           : card::groupCornerRadius;
    painter.setPen(QPen(glow, 6 * pixel));
    painter.drawRoundedRect(rect.adjusted(-1, -1, 1, 1), radius + 1, radius + 1);
    QColor outline = color;
    outline.setAlphaF(float(strength));
    painter.setPen(QPen(outline, 1.8 * pixel));
    painter.drawRoundedRect(rect, radius, radius);
}

void MapPainter::paintFocusRing(QPainter &painter, const Viewport &viewport, MapItem item) const
{
    const SceneCoordinates coordinates(painter, viewport);
    const double pixel = 1 / viewport.zoom();
    painter.setBrush(Qt::NoBrush);
    QPen pen(m_theme.accent, 2 * pixel);
    pen.setDashPattern({2, 1.4});
    if (item.kind == MapItem::Kind::Edge) {
        const MapEdge &edge = m_scene.edges[item.index];
        pen.setWidthF(1.6 * pixel);
        painter.setPen(pen);
        // Both sides of the line, as a ring of it.
        QPainterPathStroker stroker;
        stroker.setWidth(12 * pixel);
        stroker.setCapStyle(Qt::RoundCap);
        painter.drawPath(stroker.createStroke(painterPathOf(m_scene.pathOf(edge))).simplified());
        return;
    }
    const QRectF rect = m_scene.rectOf(item);
    const double gap = 4 * pixel;
    const double radius = item.kind == MapItem::Kind::Node ? cornerRadiusOf(m_scene.nodes[item.index])
                                                           : card::groupCornerRadius;
    painter.setPen(pen);
    painter.drawRoundedRect(rect.adjusted(-gap, -gap, gap, gap), radius + gap, radius + gap);
}

} // namespace portolan::ui
