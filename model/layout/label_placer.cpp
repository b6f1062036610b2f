#include "model/layout/label_placer.h"

#include "model/layout/card_metrics.h"
#include "model/layout/page_layout.h"
#include "model/layout/path_shape.h"
#include "model/layout/rect_index.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>
#include <span>

namespace portolan::layout {

namespace {

/// Shares of the line's length, the best place first.
constexpr std::array<double, 13> places{0.5,  0.42, 0.58, 0.35, 0.65, 0.28, 0.72,
                                        0.22, 0.78, 0.16, 0.84, 0.1,  0.9};
constexpr double margin = 2;
constexpr std::size_t mostForCovering = 1'500; // lines; in a map with more, labels may cover lines

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
          m_taken(boundsOf(graph, result)),
          m_lines(mayNotCover() ? boundsOf(graph, result) : Rect{})
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

    void place(const std::unordered_set<EdgeId> &drawnAnew)
    {
        std::vector<Wanted> fresh;
        for (const GraphEdge &edge : m_graph.edges) {
            const auto path = m_result.edges.find(edge.id);
            if (path == m_result.edges.end())
                continue;
            const Size size = edgeMarkSize(edge, m_fonts);
            Wanted wanted{edge.id, &path->second, size, {}, 0};
            if (mayNotCover())
                addLine(edge.id, wanted.line = sampled(path->second.points));
            if (!drawnAnew.contains(edge.id) && stays(wanted))
                continue;
            if (wanted.line.empty())
                wanted.line = sampled(path->second.points);
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
        // That room may have come meanwhile is worth a look where somebody follows single lines.
        if (!path.labelShown)
            return !mayNotCover();
        const Rect rect = around(path.labelAt, wanted.size);
        if (m_taken.meetsAny(rect))
            return false;
        m_taken.add(rect);
        return true;
    }

    /// For the label, or at least for the badge of a probe.
    void findRoom(Wanted &wanted)
    {
        EdgePath &path = *wanted.path;
        path.labelAt = pointAt(wanted.line, 0.5);
        path.labelShown = false;
        if (wanted.size.width == 0)
            return;
        path.labelShown = takePlace(wanted, wanted.size, places) || takePlace(wanted, wanted.size, fine());
        if (!path.labelShown)
            takePlace(wanted, {badgeDiameter, badgeDiameter}, places);
    }

    /// Everywhere, the middle first: for a line on which the usual places are taken.
    static const std::vector<double> &fine()
    {
        static const std::vector<double> shares = [] {
            std::vector<double> made;
            for (int i = 1; i < 49; ++i) {
                made.push_back(0.5 - i * 0.01);
                made.push_back(0.5 + i * 0.01);
            }
            return made;
        }();
        return shares;
    }

    bool takePlace(Wanted &wanted, Size size, std::span<const double> shares)
    {
        std::size_t bestCovered = std::numeric_limits<std::size_t>::max();
        Rect best;
        for (const double share : shares) {
            const Point at = pointAt(wanted.line, share);
            const Rect rect = around(at, size);
            if (m_taken.meetsAny(rect))
                continue;
            const std::size_t covered = linesUnder(rect, wanted.id);
            if (covered >= bestCovered)
                continue;
            bestCovered = covered;
            best = rect;
            wanted.path->labelAt = at;
            if (covered == 0)
                break;
        }
        if (best.width == 0)
            return false;
        m_taken.add(best);
        return true;
    }

    /// How many other lines a label would hide a part of.
    std::size_t linesUnder(const Rect &rect, EdgeId own) const
    {
        std::set<EdgeId> met;
        m_lines.forEachMeeting(rect, [&](std::uint32_t part) {
            if (m_lineOf[part] != own)
                met.insert(m_lineOf[part]);
            return true;
        });
        return met.size();
    }

    bool mayNotCover() const { return m_graph.edges.size() <= mostForCovering; }

    void addLine(EdgeId id, const std::vector<Point> &line)
    {
        for (std::size_t i = 1; i < line.size(); ++i) {
            m_lines.add(grown(segmentBox(line[i - 1], line[i]), 1));
            m_lineOf.push_back(id);
        }
    }

    const TopologyGraph &m_graph;
    const MapFonts &m_fonts;
    LayoutResult &m_result;
    RectIndex m_taken;
    RectIndex m_lines; ///< boxes around the parts of lines
    std::vector<EdgeId> m_lineOf;
};

} // namespace

void placeLabels(const TopologyGraph &graph, const MapFonts &fonts, const std::unordered_set<EdgeId> &fresh,
                 LayoutResult &result)
{
    LabelPlacer(graph, fonts, result).place(fresh);
}

} // namespace portolan::layout
