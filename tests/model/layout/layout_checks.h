#pragma once

#include "model/layout/card_metrics.h"
#include "model/layout/layout_engine.h"

#include <QString>

#include <cmath>

namespace portolan::checks {

/// The promises of LayoutEngine that hold for every result; "" where they are kept, else the first breach.
inline QString breachOf(const TopologyGraph &graph, const LayoutResult &layout)
{
    const auto inside = [](const Rect &inner, const Rect &outer) {
        return inner.x >= outer.x && inner.y >= outer.y && inner.right() <= outer.right() &&
               inner.bottom() <= outer.bottom();
    };
    for (const GraphNode &node : graph.nodes) {
        const auto place = layout.nodes.find(node.id);
        if (place == layout.nodes.end())
            return QLatin1String("no place for ") + QString::fromStdString(node.label);
        if (!inside(place->second, layout.bounds))
            return QLatin1String("out of bounds: ") + QString::fromStdString(node.label);
        if (node.group.isValid() && !inside(place->second, layout.groups.at(node.group)))
            return QLatin1String("out of its box: ") + QString::fromStdString(node.label);
        for (const auto &[group, box] : layout.groups) {
            const GraphGroup *owner = graph.group(group);
            if (owner && !owner->folded && group != node.group && box.intersects(place->second))
                return QLatin1String("in a foreign box: ") + QString::fromStdString(node.label);
        }
    }
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        for (std::size_t j = i + 1; j < graph.nodes.size(); ++j) {
            if (layout.nodes.at(graph.nodes[i].id).intersects(layout.nodes.at(graph.nodes[j].id)))
                return QLatin1String("overlap: ") + QString::fromStdString(graph.nodes[i].label) +
                       QLatin1String(" and ") + QString::fromStdString(graph.nodes[j].label);
        }
    }
    for (const GraphGroup &a : graph.groups) {
        if (a.folded)
            continue;
        const auto box = layout.groups.find(a.id);
        if (box == layout.groups.end())
            return QLatin1String("no box for ") + QString::fromStdString(a.label);
        for (const GraphGroup &b : graph.groups) {
            if (a.id != b.id && !b.folded && box->second.intersects(layout.groups.at(b.id)))
                return QLatin1String("boxes overlap: ") + QString::fromStdString(a.label) +
                       QLatin1String(" and ") + QString::fromStdString(b.label);
        }
    }
    for (const GraphEdge &edge : graph.edges) {
        const auto path = layout.edges.find(edge.id);
        if (path == layout.edges.end())
            return QLatin1String("an edge without a path");
        const auto &points = path->second.points;
        if (points.size() < 4 || points.size() % 3 != 1)
            return QLatin1String("a path that is no Bézier path");
        for (const Point &point : points) {
            if (!std::isfinite(point.x) || !std::isfinite(point.y))
                return QLatin1String("a path with a point that is no number");
        }
    }
    return {};
}

/// Where labels of edges overlap one another or a card; "" where they do not.
inline QString labelBreachOf(const TopologyGraph &graph, const LayoutResult &layout, const MapFonts &fonts)
{
    std::vector<Rect> labels;
    for (const GraphEdge &edge : graph.edges) {
        const EdgePath &path = layout.edges.at(edge.id);
        if (!path.labelShown)
            continue;
        const Size size = edgeMarkSize(edge, fonts);
        const Rect label{path.labelAt.x - size.width / 2, path.labelAt.y - size.height / 2, size.width,
                         size.height};
        for (const Rect &other : labels) {
            if (label.intersects(other))
                return QLatin1String("two labels overlap: ") + QString::fromStdString(edgeLabel(edge));
        }
        labels.push_back(label);
        for (const GraphNode &node : graph.nodes) {
            if (label.intersects(layout.nodes.at(node.id)))
                return QLatin1String("a label covers ") + QString::fromStdString(node.label);
        }
    }
    return {};
}

} // namespace portolan::checks
