#include "model/layout/hidden_lines.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace portolan::layout {

namespace {

/// The obstacles are a little larger than the cards.
bool isBehind(const RectIndex &cards, const std::vector<Point> &way, std::span<const std::uint32_t> ends)
{
    bool met = false;
    for (std::size_t i = 1; i < way.size() && !met; ++i) {
        const Point a = way[i - 1];
        const Point b = way[i];
        cards.forEachMeeting(grown(segmentBox(a, b), 0.1), [&](std::uint32_t card) {
            met = std::find(ends.begin(), ends.end(), card) == ends.end() &&
                  segmentMeets(grown(cards.rect(card), -cardClearance), a, b);
            return !met;
        });
    }
    return met;
}

} // namespace

void markBehind(const TopologyGraph &graph, const Obstacles &obstacles,
                const std::unordered_set<EdgeId> &fresh, LayoutResult &result)
{
    for (const GraphEdge &edge : graph.edges) {
        const auto path = result.edges.find(edge.id);
        if (path == result.edges.end() || (!path->second.behind && !fresh.contains(edge.id)))
            continue;
        const std::vector<Point> way = sampled(path->second.points);
        const std::array ends{obstacles.cardOf.at(edge.from), obstacles.cardOf.at(edge.to)};
        path->second.behind =
            obstacles.cards.countMet(way, ends, 1) > 0 && isBehind(obstacles.cards, way, ends);
    }
}

} // namespace portolan::layout
