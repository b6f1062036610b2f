#include "ui/canvas/map_scene.h"

#include "ui/canvas/bezier.h"

#include <QLineF>
#include <QPolygonF>

#include <algorithm>
#include <cmath>
#include <limits>

namespace portolan::ui {

MapDetail detailFor(double zoom)
{
    return zoom >= 1.9    ? MapDetail::Near
           : zoom >= 0.44 ? MapDetail::Full
           : zoom >= 0.24 ? MapDetail::Middle
                          : MapDetail::Far;
}

const GraphNode &MapScene::graphNode(std::uint32_t node) const
{
    return *frame->graph->node(nodes[node].id);
}

const GraphEdge &MapScene::graphEdge(std::uint32_t edge) const
{
    return *frame->graph->edge(edges[edge].id);
}

QRectF MapScene::rectOf(MapItem item) const
{
    switch (item.kind) {
    case MapItem::Kind::Group:
        return groups[item.index].rect;
    case MapItem::Kind::Node:
        return nodes[item.index].rect;
    case MapItem::Kind::Edge:
        return controlBox(pathOf(edges[item.index])).united(edges[item.index].labelBox);
    case MapItem::Kind::Bundle: {
        const auto &[start, control, end] = bundles[item.index].curve;
        return QPolygonF{{start, control, end}}.boundingRect();
    }
    case MapItem::Kind::None:
        break;
    }
    return {};
}

MapItem MapScene::itemAt(QPointF scene, double tolerance, MapDetail detail) const
{
    if (detail == MapDetail::Far)
        return groupAt(scene);
    const QRectF around(scene.x() - tolerance, scene.y() - tolerance, 2 * tolerance, 2 * tolerance);
    const std::vector<std::uint32_t> near = edgeIndex.touching(around);
    for (const std::uint32_t edge : near) {
        if (detail >= MapDetail::Full && edges[edge].labelBox.contains(scene))
            return {MapItem::Kind::Edge, edge};
    }
    for (const std::uint32_t node : nodeIndex.touching(QRectF(scene, QSizeF()))) {
        if (nodes[node].rect.contains(scene))
            return {MapItem::Kind::Node, node};
    }
    const MapItem line = nearestLine(near, scene, tolerance);
    return line ? line : groupAt(scene);
}

MapItem MapScene::nearestLine(std::span<const std::uint32_t> candidates, QPointF scene,
                              double tolerance) const
{
    double best = tolerance;
    MapItem found;
    for (const std::uint32_t edge : candidates) {
        const double distance = distanceTo(pathOf(edges[edge]), scene);
        if (distance <= best) {
            best = distance;
            found = {MapItem::Kind::Edge, edge};
        }
    }
    return found;
}

MapItem MapScene::groupAt(QPointF scene) const
{
    for (const std::uint32_t group : groupIndex.touching(QRectF(scene, QSizeF()))) {
        if (groups[group].rect.contains(scene))
            return {MapItem::Kind::Group, group};
    }
    return {};
}

namespace {

/// Sorts by rows, then from left to right: tops within `band` of a row's first belong to that row.
template<class T, class RectOf>
void sortByRows(std::vector<T> &items, double band, RectOf rectOf)
{
    std::stable_sort(items.begin(), items.end(),
                     [&](const T &a, const T &b) { return rectOf(a).top() < rectOf(b).top(); });
    for (auto row = items.begin(); row != items.end();) {
        const double end = rectOf(*row).top() + band;
        const auto next = std::find_if(row, items.end(), [&](const T &i) { return rectOf(i).top() > end; });
        std::stable_sort(row, next,
                         [&](const T &a, const T &b) { return rectOf(a).left() < rectOf(b).left(); });
        row = next;
    }
}

struct ReadingBlock
{
    QRectF rect;
    std::vector<std::uint32_t> nodes;
};

/// A box with its nodes, or a node that stands alone.
std::vector<ReadingBlock> readingBlocks(const MapScene &scene)
{
    std::vector<ReadingBlock> blocks(scene.groups.size());
    for (std::size_t i = 0; i < scene.groups.size(); ++i)
        blocks[i].rect = scene.groups[i].rect;
    for (std::uint32_t i = 0; i < scene.nodes.size(); ++i) {
        const MapNode &node = scene.nodes[i];
        if (node.group != noIndex)
            blocks[node.group].nodes.push_back(i);
        else
            blocks.push_back({node.rect, {i}});
    }
    sortByRows(blocks, 60, [](const ReadingBlock &b) { return b.rect; });
    for (ReadingBlock &block : blocks)
        sortByRows(block.nodes, 20, [&scene](std::uint32_t n) { return scene.nodes[n].rect; });
    return blocks;
}

} // namespace

std::vector<MapItem> MapScene::readingOrder() const
{
    std::vector<std::vector<std::uint32_t>> leaving(nodes.size());
    for (std::uint32_t i = 0; i < edges.size(); ++i)
        leaving[edges[i].from].push_back(i);
    std::vector<MapItem> order;
    order.reserve(nodes.size() + edges.size());
    for (const ReadingBlock &block : readingBlocks(*this)) {
        for (const std::uint32_t node : block.nodes) {
            order.push_back({MapItem::Kind::Node, node});
            sortByRows(leaving[node], 20, [this](std::uint32_t e) { return nodes[edges[e].to].rect; });
            for (const std::uint32_t edge : leaving[node])
                order.push_back({MapItem::Kind::Edge, edge});
        }
    }
    return order;
}

std::vector<MapItem> MapScene::farReadingOrder() const
{
    std::vector<MapItem> ends;
    for (std::uint32_t i = 0; i < groups.size(); ++i)
        ends.push_back({MapItem::Kind::Group, i});
    for (std::uint32_t i = 0; i < nodes.size(); ++i) {
        if (nodes[i].group == noIndex)
            ends.push_back({MapItem::Kind::Node, i});
    }
    sortByRows(ends, 60, [this](MapItem item) { return rectOf(item); });
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> leaving;
    const auto keyOf = [](MapItem item) { return std::uint64_t(item.kind) << 32 | item.index; };
    for (std::uint32_t i = 0; i < bundles.size(); ++i) {
        leaving[keyOf(bundles[i].first)].push_back(i);
        leaving[keyOf(bundles[i].second)].push_back(i);
    }
    std::vector<MapItem> order;
    std::vector<bool> told(bundles.size(), false);
    for (const MapItem end : ends) {
        order.push_back(end);
        for (const std::uint32_t bundle : leaving[keyOf(end)]) {
            if (!told[bundle])
                order.push_back({MapItem::Kind::Bundle, bundle});
            told[bundle] = true;
        }
    }
    return order;
}

namespace {

bool sameBadges(const MapScene &a, const MapScene &b)
{
    return std::equal(a.edges.begin(), a.edges.end(), b.edges.begin(), b.edges.end(),
                      [](const MapEdge &x, const MapEdge &y) { return x.badge == y.badge; });
}

template<class Ptr, class Same>
bool sameBehind(const Ptr &a, const Ptr &b, Same same)
{
    return a == b || (a && b && same(*a, *b));
}

} // namespace

bool drawSame(const MapScene &a, const MapScene &b)
{
    if (!a.frame || !b.frame)
        return !a.frame && !b.frame;
    const auto sameLayout = [](const LayoutResult &x, const LayoutResult &y) {
        return x.bounds == y.bounds && x.nodes == y.nodes && x.groups == y.groups && x.edges == y.edges &&
               x.pinnedNodes == y.pinnedNodes && x.pinnedGroups == y.pinnedGroups;
    };
    const auto sameFindings = [](const std::vector<Finding> &x, const std::vector<Finding> &y) {
        return x == y;
    };
    const auto sameGraph = [](const TopologyGraph &x, const TopologyGraph &y) { return x == y; };
    const auto sameGaps = [](const ClusterState &x, const ClusterState &y) {
        return x.gaps == y.gaps && x.flows == y.flows;
    };
    return a.choice == b.choice && sameBehind(a.frame->graph, b.frame->graph, sameGraph) &&
           sameBehind(a.frame->layout, b.frame->layout, sameLayout) &&
           sameBehind(a.frame->findings, b.frame->findings, sameFindings) &&
           sameBehind(a.frame->state, b.frame->state, sameGaps) && sameBadges(a, b);
}

} // namespace portolan::ui
