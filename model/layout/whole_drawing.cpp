#include "model/layout/whole_drawing.h"

#include "model/layout/card_metrics.h"
#include "model/layout/hidden_lines.h"
#include "model/layout/label_placer.h"
#include "model/layout/page_layout.h"
#include "model/layout/path_shape.h"

#include <algorithm>
#include <cmath>

namespace portolan::layout {

namespace {

/// Calls `each` with every node of a piece.
template<class Each>
void forEachNode(const Piece &piece, Each each)
{
    for (const Block &block : piece.blocks) {
        for (const Block::Member &member : block.members)
            each(member.node);
    }
}

/// The box of a piece around its nodes.
Rect boxAround(const Piece &piece, const LayoutResult &result)
{
    Point first{1e9, 1e9};
    Point last{-1e9, -1e9};
    forEachNode(piece, [&](NodeId node) {
        const Rect &place = result.nodes.at(node);
        first = {std::min(first.x, place.x), std::min(first.y, place.y)};
        last = {std::max(last.x, place.right()), std::max(last.y, place.bottom())};
    });
    const Size size = boxSizeOf(piece, {{}, {last.x - first.x, last.y - first.y}});
    return {first.x - card::groupPadding, first.y - card::groupHeader, size.width, size.height};
}

/// Whether boxes, or a box and what stands outside, overlap.
bool hasOverlaps(const std::vector<Piece> &pieces, const LayoutResult &result)
{
    std::vector<Rect> taken;
    for (const auto &[group, box] : result.groups)
        taken.push_back(box);
    forEachNode(pieces.back(), [&](NodeId node) { taken.push_back(result.nodes.at(node)); });
    for (std::size_t i = 0; i < taken.size(); ++i) {
        for (std::size_t j = i + 1; j < taken.size(); ++j) {
            if (taken[i].intersects(taken[j]))
                return true;
        }
    }
    return false;
}

} // namespace

std::optional<WholeDrawing> wholeDrawingOf(const TopologyGraph &graph, const std::vector<Piece> &pieces,
                                           const MapFonts &fonts)
{
    std::unordered_map<NodeId, std::uint32_t> boxOf;
    for (std::uint32_t i = 0; i < pieces.size(); ++i)
        forEachNode(pieces[i], [&](NodeId node) { boxOf[node] = pieces[i].group.isValid() ? i + 1 : 0; });

    WholeDrawing whole;
    whole.question.wantsLines = true;
    std::unordered_map<NodeId, std::uint32_t> placeOf;
    for (const GraphNode &node : graph.nodes) {
        const auto box = boxOf.find(node.id);
        if (box == boxOf.end())
            continue;
        placeOf[node.id] = std::uint32_t(whole.nodes.size());
        whole.nodes.push_back(node.id);
        whole.question.nodes.push_back(nodeSize(node, fonts));
        whole.question.boxes.push_back(box->second);
    }
    for (const GraphEdge &edge : graph.edges) {
        const auto from = placeOf.find(edge.from);
        const auto to = placeOf.find(edge.to);
        if (edge.from == edge.to || from == placeOf.end() || to == placeOf.end())
            continue;
        whole.question.edges.emplace_back(from->second, to->second);
        whole.lines.push_back(edge.id);
    }
    return whole.lines.empty() ? std::nullopt : std::optional(std::move(whole));
}

std::optional<LayoutResult> placeDrawing(const LayoutRequest &request, const std::vector<Piece> &pieces,
                                         const WholeDrawing &whole, const DotDrawing &drawing)
{
    if (!answers(drawing, whole.question))
        return std::nullopt;
    LayoutResult result;
    for (std::size_t i = 0; i < whole.nodes.size(); ++i) {
        const Size size = whole.question.nodes[i];
        const Point center = drawing.places[i];
        result.nodes[whole.nodes[i]] = {std::round(center.x - size.width / 2),
                                        std::round(center.y - size.height / 2), size.width, size.height};
    }
    for (const Piece &piece : pieces) {
        if (piece.group.isValid() && !piece.blocks.empty())
            result.groups[piece.group] = boxAround(piece, result);
    }
    const TopologyGraph &graph = *request.graph;
    placeEmptyBoxes(graph, pieces, request.aspect, result);
    if (hasOverlaps(pieces, result))
        return std::nullopt;

    for (std::size_t i = 0; i < whole.lines.size(); ++i)
        result.edges[whole.lines[i]].points = drawing.lines[i];
    std::unordered_set<EdgeId> fresh;
    for (const GraphEdge &edge : graph.edges) {
        if (edge.from == edge.to && result.nodes.contains(edge.from))
            result.edges[edge.id].points = loopAt(result.nodes.at(edge.from));
        fresh.insert(edge.id);
    }
    markBehind(graph, Obstacles(graph, request.fonts, result), fresh, result);
    placeLabels(graph, request.fonts, fresh, result);
    return result;
}

} // namespace portolan::layout
