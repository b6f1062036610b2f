#include "model/layout/edge_router.h"

#include "model/layout/card_metrics.h"

#include <algorithm>
#include <cmath>

namespace portolan::layout {

namespace {

EdgePath straight(const Rect &from, const Rect &to)
{
    const bool right = to.center().x >= from.center().x;
    const Point a{right ? from.right() : from.x, from.center().y};
    const Point b{right ? to.x : to.right(), to.center().y};
    const double middle = (a.x + b.x) / 2;
    EdgePath path;
    path.points = {a, {middle, a.y}, {middle, b.y}, b};
    path.labelAt = {middle, (a.y + b.y) / 2};
    return path;
}

} // namespace

void routeEdges(const TopologyGraph &graph, const MapFonts &, LayoutResult &result)
{
    for (const GraphEdge &edge : graph.edges) {
        const auto from = result.nodes.find(edge.from);
        const auto to = result.nodes.find(edge.to);
        if (from == result.nodes.end() || to == result.nodes.end())
            continue;
        result.edges[edge.id] = straight(from->second, to->second);
        result.edges[edge.id].labelShown = false;
    }
}

} // namespace portolan::layout
