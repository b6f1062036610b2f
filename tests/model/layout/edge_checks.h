#pragma once

#include "model/layout/layout_engine.h"
#include "model/layout/path_shape.h"
#include "model/layout/rect_index.h"

#include <QString>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

/// What lines do in a drawing, counted the same way whoever drew it.
namespace portolan::checks {

/// A line as it is drawn, and what it ends at.
struct DrawnLine
{
    NodeId from;
    NodeId to;
    std::vector<Point> points;
    Rect around{};
};

inline DrawnLine drawnLine(const GraphEdge &edge, const std::vector<Point> &bezier)
{
    DrawnLine line{edge.from, edge.to, layout::sampled(bezier), {}};
    if (line.points.empty())
        return line;
    Point least = line.points.front();
    Point most = least;
    for (const Point p : line.points) {
        least = {std::min(least.x, p.x), std::min(least.y, p.y)};
        most = {std::max(most.x, p.x), std::max(most.y, p.y)};
    }
    line.around = {least.x - 1, least.y - 1, most.x - least.x + 2, most.y - least.y + 2};
    return line;
}

inline bool crosses(Point a, Point b, Point c, Point d)
{
    const auto side = [](Point p, Point q, Point r) {
        return (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
    };
    return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

/// How often lines cross that end at four different cards; two that cross twice count twice.
inline std::size_t crossingsOf(const std::vector<DrawnLine> &lines)
{
    std::size_t crossings = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        for (std::size_t j = i + 1; j < lines.size(); ++j) {
            const DrawnLine &a = lines[i];
            const DrawnLine &b = lines[j];
            const bool meet = a.from == b.from || a.from == b.to || a.to == b.from || a.to == b.to;
            if (meet || !a.around.intersects(b.around))
                continue;
            for (std::size_t p = 1; p < a.points.size(); ++p) {
                for (std::size_t q = 1; q < b.points.size(); ++q)
                    crossings += crosses(a.points[p - 1], a.points[p], b.points[q - 1], b.points[q]) ? 1 : 0;
            }
        }
    }
    return crossings;
}

inline std::vector<DrawnLine> drawnLines(const TopologyGraph &graph, const LayoutResult &layout)
{
    std::vector<DrawnLine> lines;
    for (const GraphEdge &edge : graph.edges) {
        if (edge.from != edge.to)
            lines.push_back(drawnLine(edge, layout.edges.at(edge.id).points));
    }
    return lines;
}

/// The cards, made larger by `margin` on every side, that a line runs through and does not end at.
inline std::vector<std::string> cardsCrossed(const TopologyGraph &graph, const LayoutResult &layout,
                                             const DrawnLine &line, double margin)
{
    std::vector<std::string> crossed;
    for (const GraphNode &node : graph.nodes) {
        const Rect card = layout::grown(layout.nodes.at(node.id), margin);
        if (node.id == line.from || node.id == line.to || !card.intersects(line.around))
            continue;
        for (std::size_t i = 1; i < line.points.size(); ++i) {
            if (layout::segmentMeets(card, line.points[i - 1], line.points[i])) {
                crossed.push_back(node.label);
                break;
            }
        }
    }
    return crossed;
}

/// A line that crosses a card and is not drawn behind it, or is and crosses none; "" where there is none.
inline QString lineBreachOf(const TopologyGraph &graph, const LayoutResult &layout)
{
    for (const GraphEdge &edge : graph.edges) {
        const EdgePath &path = layout.edges.at(edge.id);
        const DrawnLine line = drawnLine(edge, path.points);
        const auto crossed = cardsCrossed(graph, layout, line, -0.5);
        if (!crossed.empty() && !path.behind)
            return QStringLiteral("a line runs over ") + QString::fromStdString(crossed.front());
        if (path.behind && cardsCrossed(graph, layout, line, 0.5).empty())
            return QStringLiteral("a line runs behind nothing and says so");
    }
    return {};
}

} // namespace portolan::checks
