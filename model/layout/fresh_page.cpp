#include "model/layout/fresh_page.h"

#include "model/layout/drawn_lines.h"
#include "model/layout/edge_router.h"
#include "model/layout/page_layout.h"
#include "model/layout/path_shape.h"
#include "model/layout/untangle.h"

#include <cmath>
#include <limits>

namespace portolan::layout {

namespace {

constexpr std::size_t mostBands = 4;
constexpr std::uint64_t ways = 6; // of untangling that are compared
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

/// How hard the lines are to follow.
double tangleOf(const TopologyGraph &graph, const LayoutResult &result)
{
    DrawnLines lines(boundsOf(graph, result));
    std::unordered_map<NodeId, std::uint32_t> indexOf;
    for (const GraphNode &node : graph.nodes)
        indexOf[node.id] = std::uint32_t(indexOf.size());
    double tangle = 0;
    for (std::size_t i = 0; i < graph.edges.size(); ++i) {
        const GraphEdge &edge = graph.edges[i];
        const auto path = result.edges.find(edge.id);
        if (path == result.edges.end() || edge.from == edge.to)
            continue;
        const std::vector<Point> way = sampled(path->second.points);
        const std::uint32_t from = indexOf[edge.from];
        const std::uint32_t to = indexOf[edge.to];
        tangle += double(lines.countCrossed(i, from, to, way, SIZE_MAX));
        tangle += path->second.labelShown || edge.ports.empty() ? 0 : droppedLabel;
        lines.put(i, from, to, way);
    }
    return tangle;
}

} // namespace

LayoutResult layOutFresh(const LayoutRequest &request, const std::vector<Piece> &pieces,
                         const LayOutPieces &layOutPieces, const CancelToken &cancel)
{
    const TopologyGraph &graph = *request.graph;
    const LayoutResult page = bestShape(request, pieces, layOutPieces);
    const bool few = graph.nodes.size() <= mostNodes && graph.edges.size() <= mostLines;
    LayoutResult best;
    double least = std::numeric_limits<double>::infinity();
    for (std::uint64_t way = 0; way < (few ? ways : 1) && least > 0 && !cancel.isCancelled(); ++way) {
        LayoutResult tried = page;
        if (few)
            untangle(graph, pieces, way, tried);
        routeEdges(graph, request.fonts, nullptr, cancel, tried);
        const double tangle = few ? tangleOf(graph, tried) : 1;
        if (tangle < least) {
            least = tangle;
            best = std::move(tried);
        }
    }
    for (const Piece &piece : pieces) {
        if (piece.group.isValid())
            best.laidOut.push_back(piece.group);
    }
    return best;
}

} // namespace portolan::layout
