#include "ui/canvas/far_view.h"
#include "ui/canvas/map_canvas.h"
#include "ui/canvas/map_painter.h"
#include "ui/canvas/map_text.h"

#include <QPainter>

#include <algorithm>

/// The canvas while it shows tiles and bundles.
namespace portolan::ui {

const FarView &MapCanvas::far() const
{
    if (!m_far || m_farScene != m_scene || m_farViewport != m_viewport || m_farSize != size()) {
        m_farScene = m_scene;
        m_farViewport = m_viewport;
        m_farSize = size();
        m_far = std::make_unique<FarView>(*m_scene, m_theme, m_viewport, size());
    }
    return *m_far;
}

MapItem MapCanvas::itemOf(GroupId group) const
{
    for (std::uint32_t i = 0; i < m_scene->groups.size(); ++i) {
        if (m_scene->groups[i].id == group)
            return {MapItem::Kind::Group, i};
    }
    return {};
}

MapItem MapCanvas::itemOf(BundleId bundle) const
{
    const auto found = m_scene->bundleById.find(bundle);
    return found == m_scene->bundleById.end() ? MapItem{} : MapItem{MapItem::Kind::Bundle, found->second};
}

std::vector<EdgeId> MapCanvas::edgesOf(MapItem bundle) const
{
    std::vector<EdgeId> edges;
    for (const MapEdge &edge : m_scene->edges) {
        if (bundle.kind == MapItem::Kind::Bundle && edge.bundle == bundle.index)
            edges.push_back(edge.id);
    }
    return edges;
}

/// Tiles and bundles of what is selected stand out; a chosen tile shows all its bundles, folded ones too.
void MapCanvas::paintFarSelection(QPainter &painter) const
{
    std::vector<MapItem> spoken = spokenOf();
    const MapItem tile = itemOf(m_selectedGroup);
    if (tile) {
        spoken.push_back(tile);
        for (std::uint32_t i = 0; i < m_scene->bundles.size(); ++i) {
            if (m_scene->bundles[i].first == tile || m_scene->bundles[i].second == tile)
                spoken.push_back({MapItem::Kind::Bundle, i});
        }
    }
    if (spoken.empty())
        return;
    paintWash(painter);
    const FarParts parts = farPartsOf(*m_scene, spoken);
    for (const std::uint32_t bundle : parts.bundles) {
        if (isSelected({MapItem::Kind::Bundle, bundle}))
            far().paintBundleGlow(painter, bundle, m_theme.accent);
    }
    far().paintParts(painter, parts);
    const MapPainter map(*m_scene, m_theme, m_picture.time);
    const auto ring = [&](MapItem item) { map.paintGlow(painter, m_viewport, item, m_theme.accent, 1); };
    if (tile)
        ring(tile);
    for (const NodeId id : m_selectedNodes) {
        const MapItem node = itemOf(id);
        if (!node)
            continue;
        const std::uint32_t group = m_scene->nodes[node.index].group;
        ring(group == noIndex ? node : MapItem{MapItem::Kind::Group, group});
    }
}

void MapCanvas::paintFarHover(QPainter &painter) const
{
    if (!m_hover || isSelected(m_hover))
        return;
    const MapPainter map(*m_scene, m_theme, m_picture.time);
    if (m_hover.kind != MapItem::Kind::Bundle) {
        map.paintGlow(painter, m_viewport, m_hover, m_theme.accent, 0.7);
        return;
    }
    const MapBundle &bundle = m_scene->bundles[m_hover.index];
    far().paintBundleGlow(painter, m_hover.index, m_theme.accent);
    far().paintParts(painter, farPartsOf(*m_scene, {m_hover}));
    for (const MapItem end : {bundle.first, bundle.second})
        map.paintGlow(painter, m_viewport, end, m_theme.accent, 0.5);
}

/// Both sides of the bundle, as a ring of it; it may be one that is folded otherwise.
void MapCanvas::paintFarFocus(QPainter &painter) const
{
    if (!isFar())
        return;
    far().paintParts(painter, farPartsOf(*m_scene, {m_focus}));
    QPen pen(m_theme.accent, 1.6);
    pen.setDashPattern({2, 1.4});
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    QPainterPathStroker stroker;
    stroker.setWidth(12);
    stroker.setCapStyle(Qt::RoundCap);
    painter.drawPath(stroker.createStroke(far().pathOf(m_focus.index)).simplified());
}

QString MapCanvas::footer() const
{
    return footerText(*m_scene, shownTime(), m_picture.folds);
}

} // namespace portolan::ui
