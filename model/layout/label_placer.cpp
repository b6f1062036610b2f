#include "model/layout/label_placer.h"

#include "model/layout/card_metrics.h"
#include "model/layout/page_layout.h"
#include "model/layout/path_shape.h"
#include "model/layout/rect_index.h"

#include <algorithm>
#include <array>

namespace portolan::layout {

namespace {

/// Shares of the line's length, the best place first.
constexpr std::array<double, 13> places{0.5,  0.42, 0.58, 0.35, 0.65, 0.28, 0.72,
                                        0.22, 0.78, 0.16, 0.84, 0.1,  0.9};
constexpr double margin = 2;

Rect around(Point center, Size size)
{
    return {center.x - size.width / 2, center.y - size.height / 2, size.width, size.height};
}

class LabelPlacer
{
public:
    LabelPlacer(const TopologyGraph &graph, const MapFonts &fonts, LayoutResult &result)
        : m_graph(graph),
          m_fonts(fonts),
          m_result(result),
          m_taken(boundsOf(graph, result))
    {
        for (const GraphNode &node : graph.nodes) {
            const auto place = result.nodes.find(node.id);
            if (place != result.nodes.end())
                m_taken.add(grown(place->second, margin));
        }
        for (const GraphGroup &group : graph.groups) {
            const auto box = result.groups.find(group.id);
            if (box == result.groups.end() || group.folded)
                continue;
            const GroupParts parts = groupParts(group, box->second, fonts);
            m_taken.add(parts.title);
            if (group.policyCount > 0 || group.openToAll)
                m_taken.add(parts.note);
        }
    }

    void place(const std::unordered_set<EdgeId> &kept)
    {
        std::vector<Wanted> fresh;
        for (const GraphEdge &edge : m_graph.edges) {
            const auto path = m_result.edges.find(edge.id);
            if (path == m_result.edges.end())
                continue;
            const Size size = edge.kind == EdgeKind::ServiceEndpoint ? Size{} : edgeLabelSize(edge, m_fonts);
            Wanted wanted{edge.id, &path->second, size, sampled(path->second.points), 0};
            if (kept.contains(edge.id) && stays(wanted))
                continue;
            wanted.length = lengthOf(wanted.line);
            fresh.push_back(std::move(wanted));
        }
        // Short lines have the least choice.
        std::stable_sort(fresh.begin(), fresh.end(), [](const Wanted &a, const Wanted &b) {
            return std::pair(a.length, a.id) < std::pair(b.length, b.id);
        });
        for (Wanted &wanted : fresh)
            findRoom(wanted);
    }

private:
    struct Wanted
    {
        EdgeId id;
        EdgePath *path;
        Size size;
        std::vector<Point> line;
        double length;
    };

    bool stays(const Wanted &wanted)
    {
        const EdgePath &path = *wanted.path;
        if (wanted.size.width == 0)
            return !path.labelShown;
        const Rect rect = around(path.labelAt, wanted.size);
        if (!path.labelShown || m_taken.meetsAny(rect))
            return false;
        m_taken.add(rect);
        return true;
    }

    void findRoom(Wanted &wanted)
    {
        EdgePath &path = *wanted.path;
        path.labelAt = pointAt(wanted.line, 0.5);
        path.labelShown = false;
        if (wanted.size.width == 0)
            return;
        for (const double share : places) {
            const Point at = pointAt(wanted.line, share);
            const Rect rect = around(at, wanted.size);
            if (m_taken.meetsAny(rect))
                continue;
            path.labelAt = at;
            path.labelShown = true;
            m_taken.add(rect);
            return;
        }
    }

    const TopologyGraph &m_graph;
    const MapFonts &m_fonts;
    LayoutResult &m_result;
    RectIndex m_taken;
};

} // namespace

void placeLabels(const TopologyGraph &graph, const MapFonts &fonts, const std::unordered_set<EdgeId> &kept,
                 LayoutResult &result)
{
    LabelPlacer(graph, fonts, result).place(kept);
}

} // namespace portolan::layout
