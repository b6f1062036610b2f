#include "model/layout/whole_drawing.h"

#include "model/layout/card_metrics.h"
#include "model/layout/group_packer.h"
#include "model/layout/hidden_lines.h"
#include "model/layout/label_placer.h"
#include "model/layout/page_layout.h"
#include "model/layout/path_shape.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

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

Rect boxAroundNodes(const Piece &piece, const LayoutResult &result)
{
    Extent content;
    forEachNode(piece, [&](NodeId node) { content.include(result.nodes.at(node)); });
    return boxAround(piece, content.rect());
}

/// What moves as one: boxes, and what stands outside of them, that lines join. dot puts such parts one under
/// the other; side by side they make a better page, and no line crosses more.
class Parts
{
public:
    Parts(const std::vector<Piece> &pieces, const WholeDrawing &whole, LayoutResult &result)
        : m_whole(whole),
          m_result(result),
          m_leader(whole.nodes.size())
    {
        std::iota(m_leader.begin(), m_leader.end(), 0);
        std::vector<std::uint32_t> firstIn(pieces.size() + 1, none); // by number of the box
        for (std::uint32_t i = 0; i < m_leader.size(); ++i) {
            if (const std::uint32_t box = whole.question.boxes[i]; box > 0) {
                if (firstIn[box] == none)
                    firstIn[box] = i;
                join(i, firstIn[box]);
            }
        }
        for (const auto &[from, to] : whole.question.edges)
            join(from, to);
        for (std::uint32_t i = 0; i < m_leader.size(); ++i)
            partOf(i).extent.include(result.nodes.at(whole.nodes[i]));
        const std::vector<std::uint32_t> boxes = boxNumbers(pieces);
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            if (boxes[i] == 0)
                continue;
            Part &part = partOf(firstIn[boxes[i]]);
            part.groups.push_back(pieces[i].group);
            part.extent.include(result.groups.at(pieces[i].group));
        }
        for (std::size_t i = 0; i < whole.lines.size(); ++i) {
            for (const Point &point : result.edges.at(whole.lines[i]).points)
                partOf(whole.question.edges[i].first).extent.include(point);
        }
    }

    void pack(double aspect)
    {
        std::vector<PackItem> items;
        for (const Part &part : m_parts) {
            const Rect all = part.extent.rect();
            items.push_back({{all.width, all.height}});
        }
        const std::vector<Rect> places = packGroups(items, {}, aspect);
        std::vector<Point> by;
        for (std::size_t i = 0; i < places.size(); ++i) {
            const Rect all = m_parts[i].extent.rect();
            by.push_back({std::round(places[i].x - all.x), std::round(places[i].y - all.y)});
            for (const GroupId group : m_parts[i].groups)
                move(m_result.groups.at(group), by.back());
        }
        for (std::uint32_t i = 0; i < m_whole.nodes.size(); ++i)
            move(m_result.nodes.at(m_whole.nodes[i]), by[m_numberOf.at(leaderOf(i))]);
        for (std::size_t i = 0; i < m_whole.lines.size(); ++i) {
            for (Point &point : m_result.edges.at(m_whole.lines[i]).points)
                move(point, by[m_numberOf.at(leaderOf(m_whole.question.edges[i].first))]);
        }
    }

private:
    static constexpr std::uint32_t none = UINT32_MAX;

    struct Part
    {
        std::vector<GroupId> groups;
        Extent extent{};
    };

    template<class Placed>
    static void move(Placed &what, Point by)
    {
        what.x += by.x;
        what.y += by.y;
    }

    std::uint32_t leaderOf(std::uint32_t node)
    {
        while (m_leader[node] != node)
            node = m_leader[node] = m_leader[m_leader[node]];
        return node;
    }
    void join(std::uint32_t a, std::uint32_t b) { m_leader[leaderOf(a)] = leaderOf(b); }
    Part &partOf(std::uint32_t node)
    {
        const auto [known, isNew] = m_numberOf.try_emplace(leaderOf(node), m_parts.size());
        if (isNew)
            m_parts.emplace_back();
        return m_parts[known->second];
    }

    const WholeDrawing &m_whole;
    LayoutResult &m_result;
    std::vector<std::uint32_t> m_leader; ///< by node of the question
    std::map<std::uint32_t, std::size_t> m_numberOf;
    std::vector<Part> m_parts;
};

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
    const std::vector<std::uint32_t> boxes = boxNumbers(pieces);
    for (std::size_t i = 0; i < pieces.size(); ++i)
        forEachNode(pieces[i], [&](NodeId node) { boxOf[node] = boxes[i]; });

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
            result.groups[piece.group] = boxAroundNodes(piece, result);
    }
    for (std::size_t i = 0; i < whole.lines.size(); ++i)
        result.edges[whole.lines[i]].points = drawing.lines[i];
    Parts(pieces, whole, result).pack(request.aspect);
    const TopologyGraph &graph = *request.graph;
    placeEmptyBoxes(graph, pieces, request.aspect, result);
    if (hasOverlaps(pieces, result))
        return std::nullopt;
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
