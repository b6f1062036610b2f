#include "model/layout/page_layout.h"

#include "model/layout/card_metrics.h"
#include "model/layout/free_place.h"
#include "model/layout/group_packer.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <unordered_set>

namespace portolan::layout {

namespace {

constexpr double outsideGap = 56;   // between what stands outside and the boxes
constexpr double outsideStack = 18; // between things outside, one above the other
constexpr double tallestStack = 900;
constexpr std::size_t mostForCorners = 60; // boxes; on a page with more, empty ones go beneath
constexpr double mostStretch = 120;        // of a box: about one row of cards

/// Of a page of empty boxes alone that has the wanted shape.
double widthForEmpty(const std::vector<Piece> &pieces, double aspect)
{
    double area = 0;
    double widest = 0;
    for (std::size_t i = 0; i + 1 < pieces.size(); ++i) {
        if (!pieces[i].blocks.empty())
            continue;
        const Size size = boxSizeOf(pieces[i], {});
        area += (size.width + groupGap) * (size.height + groupGap);
        widest = std::max(widest, size.width);
    }
    return std::max(widest, std::sqrt(area * aspect));
}

class PageLayout
{
public:
    PageLayout(const TopologyGraph &graph, const std::vector<Piece> &pieces,
               const std::vector<PieceLayout> &layouts, double aspect)
        : m_graph(graph),
          m_pieces(pieces),
          m_layouts(layouts),
          m_aspect(aspect)
    {
        for (const GraphNode &node : graph.nodes)
            m_groupOf[node.id] = node.group;
        for (const GraphEdge &edge : graph.edges) {
            m_sources.insert(edge.from);
            m_targets.insert(edge.to);
        }
    }

    LayoutResult layOut()
    {
        const bool boxes = m_pieces.size() > 1;
        if (boxes)
            placeBoxes();
        const Piece &outside = m_pieces.back();
        if (!boxes) // the Nodes view: machines stand by themselves
            putPiece(outside, m_layouts.back(), {}, m_result);
        else
            placeOutside(outside);
        return std::move(m_result);
    }

private:
    void placeBoxes()
    {
        std::vector<PackItem> items;
        std::vector<std::size_t> pieceOf;
        std::map<GroupId, std::uint32_t> itemOf;
        for (std::size_t i = 0; i + 1 < m_pieces.size(); ++i) {
            if (m_pieces[i].blocks.empty())
                continue;
            itemOf[m_pieces[i].group] = std::uint32_t(items.size());
            pieceOf.push_back(i);
            const Size size = boxSizeOf(m_pieces[i], m_layouts[i]);
            items.push_back({size, 0, 0, std::min(mostStretch, size.height / 2)});
        }
        const std::vector<PackLink> links = linksBetween(items, itemOf);
        const std::vector<Rect> boxes = packGroups(items, links, m_aspect, outsideWidth());
        for (std::size_t i = 0; i < boxes.size(); ++i)
            putPiece(m_pieces[pieceOf[i]], m_layouts[pieceOf[i]], boxes[i], m_result);
        placeEmptyBoxes(m_graph, m_pieces, m_aspect, m_result);
    }

    std::vector<PackLink> linksBetween(std::vector<PackItem> &items,
                                       const std::map<GroupId, std::uint32_t> &itemOf)
    {
        std::map<std::pair<std::uint32_t, std::uint32_t>, double> weights;
        for (const GraphEdge &edge : m_graph.edges) {
            const auto from = itemOf.find(m_groupOf[edge.from]);
            const auto to = itemOf.find(m_groupOf[edge.to]);
            if (from != itemOf.end() && to != itemOf.end() && from->second != to->second)
                weights[{from->second, to->second}] += 1;
            else if (from == itemOf.end() && to != itemOf.end())
                items[to->second].leftPull += 1;
            else if (from != itemOf.end() && to == itemOf.end())
                (isAtRight(edge.to) ? items[from->second].rightPull : items[from->second].leftPull) += 1;
        }
        std::vector<PackLink> links;
        for (const auto &[ends, weight] : weights)
            links.push_back({ends.first, ends.second, weight});
        return links;
    }

    bool isAtRight(NodeId node) const { return !m_sources.contains(node) && m_targets.contains(node); }

    /// What the columns at the left and right of the boxes will take.
    double outsideWidth() const
    {
        double left = 0;
        double right = 0;
        for (const Block &block : m_pieces.back().blocks) {
            double &side = isAtRight(block.members.front().node) ? right : left;
            side = std::max(side, block.size.width + outsideGap);
        }
        return left + right;
    }

    struct Waiting
    {
        const Block *block;
        double height; ///< wanted for its centre
    };

    void placeOutside(const Piece &outside)
    {
        const Rect boxes = boundsOf(m_graph, m_result);
        std::vector<Waiting> left;
        std::vector<Waiting> right;
        for (const Block &block : outside.blocks) {
            const NodeId node = block.members.front().node;
            (isAtRight(node) ? right : left).push_back({&block, wantedHeight(node, boxes)});
        }
        stack(std::move(left), boxes, false);
        stack(std::move(right), boxes, true);
    }

    /// The middle of what it is joined with.
    double wantedHeight(NodeId node, const Rect &boxes) const
    {
        double sum = 0;
        std::size_t count = 0;
        for (const GraphEdge &edge : m_graph.edges) {
            const NodeId other = edge.from == node ? edge.to : edge.to == node ? edge.from : NodeId{};
            const auto place = m_result.nodes.find(other);
            if (!other.isValid() || place == m_result.nodes.end())
                continue;
            sum += place->second.center().y;
            ++count;
        }
        return count ? sum / double(count) : boxes.center().y;
    }

    /// One above the other, each near its wanted height, in as many columns as it takes.
    void stack(std::vector<Waiting> waiting, const Rect &boxes, bool atRight)
    {
        if (waiting.empty())
            return;
        std::stable_sort(waiting.begin(), waiting.end(),
                         [](const Waiting &a, const Waiting &b) { return a.height < b.height; });
        const double most = std::max(tallestStack, boxes.height);
        double edge = atRight ? boxes.right() + outsideGap : boxes.x - outsideGap;
        for (std::size_t first = 0; first < waiting.size();) {
            std::size_t end = first;
            double height = 0;
            double width = 0;
            while (end < waiting.size() &&
                   (end == first || height + waiting[end].block->size.height <= most)) {
                height += waiting[end].block->size.height + outsideStack;
                width = std::max(width, waiting[end].block->size.width);
                ++end;
            }
            stackColumn(waiting, first, end, atRight ? edge : edge - width, width, boxes);
            edge += (atRight ? 1 : -1) * (width + outsideGap);
            first = end;
        }
    }

    void stackColumn(const std::vector<Waiting> &waiting, std::size_t first, std::size_t end, double left,
                     double width, const Rect &boxes)
    {
        std::vector<double> tops;
        double at = boxes.y;
        for (std::size_t i = first; i < end; ++i) {
            const double height = waiting[i].block->size.height;
            at = std::max(at, std::round(waiting[i].height - height / 2));
            tops.push_back(at);
            at += height + outsideStack;
        }
        // What was pushed past the end is drawn up again, as far as there is room.
        double limit = std::max(boxes.bottom(), boxes.y + at - outsideStack - tops.front());
        for (std::size_t i = end; i-- > first;) {
            const double height = waiting[i].block->size.height;
            tops[i - first] = std::min(tops[i - first], limit - height);
            limit = tops[i - first] - outsideStack;
        }
        for (std::size_t i = first; i < end; ++i) {
            for (const Block::Member &member : waiting[i].block->members)
                m_result.nodes[member.node] = {
                    std::round(left + (width - waiting[i].block->size.width) / 2) + member.place.x,
                    tops[i - first] + member.place.y, member.place.width, member.place.height};
        }
    }

    const TopologyGraph &m_graph;
    const std::vector<Piece> &m_pieces;
    const std::vector<PieceLayout> &m_layouts;
    double m_aspect;
    std::unordered_map<NodeId, GroupId> m_groupOf;
    std::unordered_set<NodeId> m_sources; ///< nodes that lines come from
    std::unordered_set<NodeId> m_targets;
    LayoutResult m_result;
};

} // namespace

Size boxSizeOf(const Piece &piece, const PieceLayout &layout)
{
    if (!piece.group.isValid())
        return layout.size;
    if (piece.blocks.empty())
        return piece.minSize;
    return {std::ceil(std::max(piece.minSize.width, layout.size.width + 2 * card::groupPadding)),
            std::ceil(card::groupHeader + layout.size.height + card::groupPadding)};
}

Rect boxAround(const Piece &piece, const Rect &content)
{
    const Size size = boxSizeOf(piece, {{}, {content.width, content.height}});
    return {content.x - card::groupPadding, content.y - card::groupHeader, size.width, size.height};
}

void putPiece(const Piece &piece, const PieceLayout &layout, const Rect &box, LayoutResult &result)
{
    Point origin{box.x, box.y};
    if (piece.group.isValid()) {
        result.groups[piece.group] = box;
        origin = {box.x + card::groupPadding, box.y + card::groupHeader};
    }
    for (std::size_t i = 0; i < piece.blocks.size(); ++i) {
        for (const Block::Member &member : piece.blocks[i].members)
            result.nodes[member.node] = {std::round(origin.x + layout.blocks[i].x + member.place.x),
                                         std::round(origin.y + layout.blocks[i].y + member.place.y),
                                         member.place.width, member.place.height};
    }
}

void placeEmptyBoxes(const TopologyGraph &graph, const std::vector<Piece> &pieces, double aspect,
                     LayoutResult &result)
{
    std::vector<Rect> taken;
    for (const Piece &piece : pieces) {
        const auto box = result.groups.find(piece.group);
        if (box != result.groups.end())
            taken.push_back(box->second);
    }
    for (const Block &block : pieces.back().blocks) {
        const auto place = result.nodes.find(block.members.front().node);
        if (place != result.nodes.end())
            taken.push_back({place->second.x, place->second.y, block.size.width, block.size.height});
    }
    const Rect page = boundsOf(graph, result);
    const double width = std::max(page.width, widthForEmpty(pieces, aspect));
    Point next{page.x, taken.empty() ? page.y : page.bottom() + groupGap};
    for (std::size_t i = 0; i + 1 < pieces.size(); ++i) {
        if (!pieces[i].blocks.empty())
            continue;
        const Size size = boxSizeOf(pieces[i], {});
        std::optional<Rect> place;
        if (taken.size() < mostForCorners)
            place = FreePlace(taken, page, groupGap)
                        .nearest(size, {page.right() - size.width, page.bottom() - size.height});
        if (!place) {
            if (next.x > page.x && next.x + size.width > page.x + width)
                next = {page.x, next.y + card::groupHeader + groupGap};
            place = Rect{next.x, next.y, size.width, size.height};
            next.x += size.width + groupGap;
        }
        taken.push_back(*place);
        putPiece(pieces[i], {}, *place, result);
    }
}

LayoutResult layOutPage(const TopologyGraph &graph, const std::vector<Piece> &pieces,
                        const std::vector<PieceLayout> &layouts, double aspect)
{
    return PageLayout(graph, pieces, layouts, aspect).layOut();
}

bool standsAtRight(const TopologyGraph &graph, NodeId node)
{
    bool to = false;
    for (const GraphEdge &edge : graph.edges) {
        if (edge.from == node)
            return false;
        to = to || edge.to == node;
    }
    return to;
}

Rect pageAround(const Rect &bounds)
{
    const double width = std::max(bounds.width, bounds.height / mostAspect);
    const double height = std::max(bounds.height, bounds.width / mostAspect);
    return {bounds.x - (width - bounds.width) / 2, bounds.y - (height - bounds.height) / 2, width, height};
}

Rect boundsOf(const TopologyGraph &graph, const LayoutResult &result)
{
    Extent all;
    for (const GraphGroup &group : graph.groups) {
        const auto box = result.groups.find(group.id);
        if (!group.folded && box != result.groups.end())
            all.include(box->second);
    }
    for (const GraphNode &node : graph.nodes) {
        const auto place = result.nodes.find(node.id);
        if (place != result.nodes.end())
            all.include(place->second);
    }
    return all.rect();
}

} // namespace portolan::layout
