#include "ui/canvas/map_painter.h"

#include "ui/canvas/bezier.h"
#include "ui/canvas/far_view.h"
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
constexpr std::size_t mostPassing = 150; // lines of which no end is in view

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
    if (detail == MapDetail::Far) {
        const FarView far(m_scene, m_theme, viewport, view);
        far.paint(painter);
        m_folds = far.folds();
        return cancel.isCancelled();
    }
    m_folds = {};
    const Visible visible = visibleIn(viewport.sceneRect(view));
    const SceneCoordinates coordinates(painter, viewport);
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
    paintNodes(painter, visible, detail, zoom);
    if (cancel.isCancelled())
        return true;
    if (detail == MapDetail::Middle) {
        for (const std::uint32_t edge : visible.edges)
            paintSmallBadge(painter, m_theme, m_scene.edges[edge], m_now, zoom);
        return cancel.isCancelled();
    }
    for (const std::uint32_t edge : visible.edges) {
        if (!passesThrough(m_scene.edges[edge], visible))
            paintEdgeSigns(painter, m_theme, m_scene, m_scene.edges[edge]);
    }
    for (const std::uint32_t edge : visible.edges) {
        if (!passesThrough(m_scene.edges[edge], visible))
            paintEdgeLabel(painter, m_theme, m_scene, m_scene.edges[edge], m_now);
    }
    return cancel.isCancelled();
}

void MapPainter::paintNodes(QPainter &painter, const Visible &visible, MapDetail detail, double zoom) const
{
    for (const std::uint32_t index : visible.nodes) {
        const MapNode &node = m_scene.nodes[index];
        if (!paintNode(painter, m_theme, m_scene, node, detail, zoom)) {
            const bool workload = node.kind == NodeKind::Workload || node.kind == NodeKind::Pod;
            ++(workload ? m_folds.workloads : m_folds.names);
        }
        if (detail == MapDetail::Near && !isPill(node.kind))
            m_folds.pods += std::uint32_t(podsWithoutRow(node, m_scene.graphNode(index).pods.size(), zoom));
    }
}

/// Neither begins nor ends in the view. On small maps that is worth a whole line all the same.
bool MapPainter::passesThrough(const MapEdge &edge, const Visible &visible) const
{
    return m_scene.edges.size() > mostSmoothLines &&
           !m_scene.nodes[edge.from].rect.intersects(visible.area) &&
           !m_scene.nodes[edge.to].rect.intersects(visible.area);
}

void MapPainter::paintLines(QPainter &painter, const Visible &visible, MapDetail detail) const
{
    const bool smooth = detail >= MapDetail::Full || visible.edges.size() <= mostSmoothLines;
    std::size_t passing = 0;
    painter.setRenderHint(QPainter::Antialiasing, smooth);
    for (const std::uint32_t index : visible.edges) {
        const MapEdge &edge = m_scene.edges[index];
        if (edge.traffic && !passesThrough(edge, visible))
            paintTraffic(painter, m_theme, m_scene, edge);
    }
    for (const std::uint32_t index : visible.edges) {
        const MapEdge &edge = m_scene.edges[index];
        const bool passes = passesThrough(edge, visible);
        if (passes && ++passing > mostPassing)
            ++m_folds.lines;
        else if (passes || !smooth)
            paintCheapLine(painter, m_theme, m_scene, edge, passes);
        else
            paintEdgeLine(painter, m_theme, m_scene, edge, detail);
    }
    painter.setRenderHint(QPainter::Antialiasing);
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
    forEach(MapItem::Kind::Edge, [&](std::uint32_t i) {
        if (m_scene.edges[i].traffic)
            paintTraffic(painter, m_theme, m_scene, m_scene.edges[i]);
    });
    forEach(MapItem::Kind::Edge,
            [&](std::uint32_t i) { paintEdgeLine(painter, m_theme, m_scene, m_scene.edges[i], detail); });
    forEach(MapItem::Kind::Node, [&](std::uint32_t i) {
        paintNode(painter, m_theme, m_scene, m_scene.nodes[i], detail, viewport.zoom());
    });
    if (detail < MapDetail::Full)
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
