#include "model/graph/neighbourhood.h"
#include "ui/canvas/map_canvas.h"

#include <QVariantAnimation>

#include <algorithm>
#include <set>

/// What of the map is in the foreground: layers, the surroundings of what is selected, these alone.
namespace portolan::ui {

void MapCanvas::setLayer(MapLayer layer)
{
    if (layer == m_choice.layer)
        return;
    m_choice.layer = layer;
    makeScene();
}

void MapCanvas::setFocusDepth(int depth)
{
    depth = std::clamp(depth, 1, 3);
    if (depth == m_focusDepth)
        return;
    m_focusDepth = depth;
    m_spoken.reset();
    update();
    Q_EMIT focusDepthChanged(depth);
}

/// Of cards what they may reach and what may reach them, of lines their two cards.
const std::vector<MapItem> &MapCanvas::spokenOf() const
{
    if (m_spoken)
        return *m_spoken;
    std::set<std::uint32_t> nodes, edges;
    if (m_scene->frame && !m_selectedNodes.empty()) {
        const auto isDrawn = [this](const GraphEdge &edge) { return m_scene->edgeById.contains(edge.id); };
        const Neighbourhood around = neighbourhood(*m_scene->frame->graph, selectedNodes(), m_focusDepth,
                                                   ReachDirection::Both, isDrawn);
        for (const NodeId node : around.nodes)
            nodes.insert(m_scene->nodeById.at(node));
        for (const EdgeId edge : around.edges)
            edges.insert(m_scene->edgeById.at(edge));
    }
    for (const EdgeId edge : m_selectedEdges)
        edges.insert(m_scene->edgeById.at(edge));
    for (const std::uint32_t edge : edges)
        nodes.insert({m_scene->edges[edge].from, m_scene->edges[edge].to});
    m_spoken.emplace();
    for (const std::uint32_t edge : edges)
        m_spoken->push_back({MapItem::Kind::Edge, edge});
    for (const std::uint32_t node : nodes)
        m_spoken->push_back({MapItem::Kind::Node, node});
    return *m_spoken;
}

void MapCanvas::showOnlyFocus()
{
    std::set<NodeId> only;
    for (const MapItem item : spokenOf()) {
        if (item.kind == MapItem::Kind::Node)
            only.insert(m_scene->nodes[item.index].id);
    }
    if (const MapItem tile = itemOf(m_selectedGroup)) {
        for (const MapNode &node : m_scene->nodes) {
            if (node.group == tile.index)
                only.insert(node.id);
        }
    }
    if (only.empty())
        return;
    if (!showsOnlyFocus())
        m_beforeFocus = m_viewport;
    m_choice.only.assign(only.begin(), only.end());
    makeScene();
    moveTo(fitted(m_scene->bounds));
}

void MapCanvas::showAll()
{
    if (!showsOnlyFocus())
        return;
    m_choice.only.clear();
    makeScene();
    moveTo(m_beforeFocus);
}

} // namespace portolan::ui
