#include "model/layout/fresh_page.h"

#include "model/base/in_parallel.h"
#include "model/layout/drawn_lines.h"
#include "model/layout/edge_router.h"
#include "model/layout/page_layout.h"
#include "model/layout/path_shape.h"
#include "model/layout/untangle.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace portolan::layout {

namespace {

constexpr std::size_t mostBands = 4;
constexpr std::size_t fewestWays = 6; // of untangling a page
constexpr std::size_t mostWays = 12;
constexpr std::size_t waysTimesLines = 500; // what larger maps take longer for is done less often
constexpr std::size_t mostRouted = 4;       // of these, the most promising ones
constexpr std::size_t mostRoutedWhole = 2;  // and of dot's drawing
constexpr double hopeless = 1.3; // so much more tangled than the best, a page is not worth more ways

// Beyond these nobody follows a single line, and comparing would take long.
constexpr std::size_t mostNodes = 300;
constexpr std::size_t mostLines = 300;
constexpr double droppedLabel = 0.5; // as bad as so many crossings

double aspectOf(const TopologyGraph &graph, const LayoutResult &result)
{
    const Rect page = boundsOf(graph, result);
    return page.height > 0 ? page.width / page.height : 1;
}

LayoutResult bestShape(const LayoutRequest &request, const std::vector<Piece> &pieces,
                       const LayOutPieces &layOutPieces)
{
    LayoutResult best;
    double bestOff = std::numeric_limits<double>::infinity();
    for (std::size_t bands = 1; bands <= mostBands; ++bands) {
        LayoutResult page = layOutPage(*request.graph, pieces, layOutPieces(bands), request.aspect);
        const double aspect = aspectOf(*request.graph, page);
        const double off = std::abs(std::log(aspect / request.aspect));
        if (off < bestOff) {
            best = std::move(page);
            bestOff = off;
        }
        if (aspect <= mostAspect)
            break;
    }
    return best;
}

/// How often lines cross.
std::size_t crossingsOf(const TopologyGraph &graph, const LayoutResult &result)
{
    DrawnLines lines(boundsOf(graph, result));
    std::unordered_map<NodeId, std::uint32_t> indexOf;
    for (const GraphNode &node : graph.nodes)
        indexOf[node.id] = std::uint32_t(indexOf.size());
    std::size_t crossings = 0;
    for (std::size_t i = 0; i < graph.edges.size(); ++i) {
        const GraphEdge &edge = graph.edges[i];
        const auto path = result.edges.find(edge.id);
        if (path == result.edges.end() || edge.from == edge.to)
            continue;
        const std::vector<Point> way = sampled(path->second.points);
        const std::uint32_t from = indexOf[edge.from];
        const std::uint32_t to = indexOf[edge.to];
        crossings += lines.countCrossed(i, from, to, way, SIZE_MAX);
        lines.put(i, from, to, way);
    }
    return crossings;
}

/// How hard the lines are to follow.
double tangleOf(const TopologyGraph &graph, const LayoutResult &result)
{
    const auto dropped = std::count_if(graph.edges.begin(), graph.edges.end(), [&](const GraphEdge &edge) {
        const auto path = result.edges.find(edge.id);
        return path != result.edges.end() && !path->second.labelShown && !edge.ports.empty() &&
               edge.from != edge.to;
    });
    return double(crossingsOf(graph, result)) + droppedLabel * double(dropped);
}

/// The best of several pages: few crossings, and not so large that a window shows it too small to read.
class Comparison
{
public:
    Comparison(const LayoutRequest &request, const std::vector<Piece> &pieces, const CancelToken &cancel)
        : m_request(request),
          m_pieces(pieces),
          m_cancel(cancel)
    {
    }

    /// `page` with its cards and boxes exchanged in many ways: those that promise most get their lines.
    void tryWays(const LayoutResult &page, std::size_t routed)
    {
        const TopologyGraph &graph = *m_request.graph;
        const std::size_t ways = std::clamp(waysTimesLines / (graph.edges.size() + 1), fewestWays, mostWays);
        std::vector<Way> tried(ways, {std::numeric_limits<double>::infinity(), page});
        const auto tryWay = [&](std::size_t way) {
            if (!m_cancel.isCancelled())
                tried[way].cost = untangle(graph, m_pieces, way, tried[way].page);
        };
        tryWay(0);
        if (tried.front().cost > hopeless * m_leastPromise)
            return;
        inParallel(ways - 1, [&](std::size_t way) { tryWay(way + 1); });
        std::stable_sort(tried.begin(), tried.end(),
                         [](const Way &a, const Way &b) { return a.cost < b.cost; });
        m_leastPromise = std::min(m_leastPromise, tried.front().cost);
        tried.erase(std::unique(tried.begin(), tried.end(),
                                [](const Way &a, const Way &b) { return a.cost == b.cost; }),
                    tried.end());
        tried.resize(std::min(tried.size(), routed));
        inParallel(tried.size(), [&](std::size_t way) { drawLines(tried[way]); });
        for (Way &way : tried) {
            if (way.cost < m_least) {
                m_least = way.cost;
                m_best = std::move(way.page);
            }
        }
    }

    LayoutResult takeBest() { return std::move(m_best); }

private:
    struct Way
    {
        double cost;
        LayoutResult page;
    };

    /// What it costs then is how hard it is to follow, at the size at which it fits into the window.
    void drawLines(Way &way) const
    {
        if (m_cancel.isCancelled()) {
            way.cost = std::numeric_limits<double>::infinity();
            return;
        }
        routeEdges(*m_request.graph, m_request.fonts, nullptr, m_cancel, way.page);
        way.cost = (tangleOf(*m_request.graph, way.page) + 1) * extentOf(way.page);
    }

    /// How small the map is drawn where it is fitted into the window.
    double extentOf(const LayoutResult &page) const
    {
        const Rect bounds = boundsOf(*m_request.graph, page);
        return std::max(bounds.width / m_request.aspect, bounds.height);
    }

    const LayoutRequest &m_request;
    const std::vector<Piece> &m_pieces;
    const CancelToken &m_cancel;
    LayoutResult m_best;
    double m_least = std::numeric_limits<double>::infinity();
    double m_leastPromise = std::numeric_limits<double>::infinity(); ///< of what untangle() returned
};

} // namespace

bool isSmallMap(const TopologyGraph &graph)
{
    return graph.nodes.size() <= mostNodes && graph.edges.size() <= mostLines;
}

LayoutResult layOutFresh(const LayoutRequest &request, const std::vector<Piece> &pieces,
                         const LayOutPieces &layOutPieces, const std::vector<LayoutResult> &wholes,
                         std::optional<LayoutResult> drawn, const CancelToken &cancel)
{
    const TopologyGraph &graph = *request.graph;
    LayoutResult best = bestShape(request, pieces, layOutPieces);
    if (isSmallMap(graph)) {
        Comparison comparison(request, pieces, cancel);
        comparison.tryWays(best, mostRouted);
        for (const LayoutResult &whole : wholes)
            comparison.tryWays(whole, mostRoutedWhole);
        best = comparison.takeBest();
        if (drawn && !cancel.isCancelled() && crossingsOf(graph, *drawn) < crossingsOf(graph, best))
            best = std::move(*drawn);
    } else {
        routeEdges(graph, request.fonts, nullptr, cancel, best);
    }
    for (const Piece &piece : pieces) {
        if (piece.group.isValid())
            best.laidOut.push_back(piece.group);
    }
    return best;
}

} // namespace portolan::layout
