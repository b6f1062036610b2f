#include "ui/canvas/keyboard_walk.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace portolan::ui {

namespace {

QPointF unitOf(WalkDirection direction)
{
    switch (direction) {
    case WalkDirection::Left:
        return {-1, 0};
    case WalkDirection::Right:
        return {1, 0};
    case WalkDirection::Up:
        return {0, -1};
    case WalkDirection::Down:
        break;
    }
    return {0, 1};
}

/// The item ahead that is nearest, within a quarter turn of the wanted direction, and the straighter the
/// better.
template<class T>
MapItem nearest(MapItem::Kind kind, const std::vector<T> &items, std::uint32_t from, QPointF ahead)
{
    const QPointF start = items[from].rect.center();
    double best = std::numeric_limits<double>::infinity();
    MapItem found;
    for (std::uint32_t i = 0; i < items.size(); ++i) {
        const QPointF way = items[i].rect.center() - start;
        const double along = QPointF::dotProduct(way, ahead);
        const double across = std::abs(way.x() * ahead.y() - way.y() * ahead.x());
        if (along <= 1 || across > along * 1.5)
            continue;
        const double cost = along + 2 * across;
        if (cost < best) {
            best = cost;
            found = {kind, i};
        }
    }
    return found;
}

} // namespace

MapItem nextInOrder(const std::vector<MapItem> &order, MapItem from, bool forward)
{
    if (order.empty())
        return {};
    const auto at = std::find(order.begin(), order.end(), from);
    if (at == order.end())
        return forward ? order.front() : order.back();
    if (forward)
        return at + 1 == order.end() ? MapItem{} : *(at + 1);
    return at == order.begin() ? MapItem{} : *(at - 1);
}

MapItem neighbour(const MapScene &scene, MapItem from, WalkDirection direction)
{
    const QPointF ahead = unitOf(direction);
    if (from.kind == MapItem::Kind::Edge) {
        const MapEdge &edge = scene.edges[from.index];
        const QPointF run = scene.nodes[edge.to].rect.center() - scene.nodes[edge.from].rect.center();
        return {MapItem::Kind::Node, QPointF::dotProduct(run, ahead) >= 0 ? edge.to : edge.from};
    }
    if (from.kind == MapItem::Kind::Bundle) {
        const MapBundle &bundle = scene.bundles[from.index];
        const QPointF run = bundle.curve.back() - bundle.curve.front();
        return QPointF::dotProduct(run, ahead) >= 0 ? bundle.second : bundle.first;
    }
    if (from.kind == MapItem::Kind::Group)
        return nearest(MapItem::Kind::Group, scene.groups, from.index, ahead);
    if (from.kind == MapItem::Kind::Node)
        return nearest(MapItem::Kind::Node, scene.nodes, from.index, ahead);
    return {};
}

} // namespace portolan::ui
