#include "model/layout/piece.h"

#include "model/layout/card_metrics.h"
#include "model/layout/layout_engine.h"

#include <algorithm>
#include <set>

namespace portolan::layout {

namespace {

constexpr double pillRunWidth = 190; // pills stand side by side as long as they fit in this width

/// Pills from left to right, in rows, beneath the card.
void placePills(Block &block, const std::vector<const GraphNode *> &pills, double indent,
                const MapFonts &fonts)
{
    const double left = block.size.width > 0 ? indent : 0;
    const double run = std::max(block.size.width - indent, pillRunWidth);
    double x = left;
    double y = block.size.height + (block.size.height > 0 ? card::pillGap : 0);
    for (const GraphNode *pill : pills) {
        const Size size = nodeSize(*pill, fonts);
        if (x > left && x + size.width > left + run) {
            x = left;
            y += card::pillHeight + card::pillGap;
        }
        block.members.push_back({pill->id, {x, y, size.width, size.height}});
        x += size.width + card::pillGap;
    }
    for (const Block::Member &member : block.members) {
        block.size.width = std::max(block.size.width, member.place.right());
        block.size.height = std::max(block.size.height, member.place.bottom());
    }
}

class PieceMaker
{
public:
    PieceMaker(const TopologyGraph &graph, const MapFonts &fonts) : m_graph(graph), m_fonts(fonts) {}

    std::vector<Piece> make()
    {
        for (const GraphGroup &group : m_graph.groups) {
            if (group.folded)
                continue;
            m_pieceOf[group.id] = m_pieces.size();
            m_pieces.push_back({group.id, groupMinSize(group, m_fonts), {}, {}});
        }
        m_pieceOf[GroupId{}] = m_pieces.size();
        m_pieces.push_back({});
        addBlocks();
        addEdges();
        return std::move(m_pieces);
    }

private:
    void addBlocks()
    {
        std::unordered_map<NodeId, GroupId> groupOf;
        for (const GraphNode &node : m_graph.nodes)
            groupOf[node.id] = node.group;
        std::unordered_map<NodeId, std::vector<const GraphNode *>> pillsOf;
        const auto isUnderCard = [&](const GraphNode &node) {
            const auto home = node.attachedTo.isValid() ? groupOf.find(node.attachedTo) : groupOf.end();
            return home != groupOf.end() && home->second == node.group && node.attachedTo != node.id;
        };
        for (const GraphNode &node : m_graph.nodes) {
            if (isUnderCard(node))
                pillsOf[node.attachedTo].push_back(&node);
        }
        for (const GraphNode &node : m_graph.nodes) {
            const auto piece = m_pieceOf.find(node.group);
            if (piece == m_pieceOf.end() || isUnderCard(node))
                continue;
            addBlock(piece->second, makeBlock(node, pillsOf[node.id], m_fonts));
        }
    }

    void addBlock(std::size_t piece, Block block)
    {
        const auto place = std::uint32_t(m_pieces[piece].blocks.size());
        for (const Block::Member &member : block.members)
            m_blockOf[member.node] = {piece, place};
        m_pieces[piece].blocks.push_back(std::move(block));
    }

    void addEdges()
    {
        std::set<std::pair<NodeId, NodeId>> seen;
        std::set<std::tuple<std::size_t, std::uint32_t, std::uint32_t>> pairs;
        for (const GraphEdge &edge : m_graph.edges) {
            const auto from = m_blockOf.find(edge.from);
            const auto to = m_blockOf.find(edge.to);
            if (from == m_blockOf.end() || to == m_blockOf.end() || from->second.first != to->second.first)
                continue;
            const std::uint32_t a = from->second.second;
            const std::uint32_t b = to->second.second;
            if (a != b && pairs.emplace(from->second.first, a, b).second)
                m_pieces[from->second.first].edges.emplace_back(a, b);
        }
    }

    const TopologyGraph &m_graph;
    const MapFonts &m_fonts;
    std::vector<Piece> m_pieces;
    std::unordered_map<GroupId, std::size_t> m_pieceOf;
    std::unordered_map<NodeId, std::pair<std::size_t, std::uint32_t>> m_blockOf;
};

/// Widths of columns and heights of rows of blocks set in `columns` columns.
struct Grid
{
    std::vector<double> widths;
    std::vector<double> heights;

    Grid(const Piece &piece, std::size_t columns)
        : widths(columns),
          heights((piece.blocks.size() + columns - 1) / columns)
    {
        for (std::size_t i = 0; i < piece.blocks.size(); ++i) {
            widths[i % columns] = std::max(widths[i % columns], piece.blocks[i].size.width);
            heights[i / columns] = std::max(heights[i / columns], piece.blocks[i].size.height);
        }
    }

    Size size(const PieceGaps &gaps) const
    {
        Size sum{-gaps.column, -gaps.row};
        for (const double width : widths)
            sum.width += width + gaps.column;
        for (const double height : heights)
            sum.height += height + gaps.row;
        return sum;
    }
};

} // namespace

PieceGaps gapsOf(const Piece &piece)
{
    if (!piece.group.isValid())
        return {40, 24};
    return piece.edges.empty() ? PieceGaps{20, 18} : PieceGaps{58, 30};
}

std::vector<Piece> makePieces(const TopologyGraph &graph, const MapFonts &fonts)
{
    return PieceMaker(graph, fonts).make();
}

Block makeBlock(const GraphNode &main, const std::vector<const GraphNode *> &pills, const MapFonts &fonts)
{
    Block block;
    block.size = nodeSize(main, fonts);
    block.members.push_back({main.id, {0, 0, block.size.width, block.size.height}});
    placePills(block, pills, card::pillIndent, fonts);
    return block;
}

PieceLayout packPlain(const Piece &piece)
{
    PieceLayout layout;
    if (piece.blocks.empty())
        return layout;
    constexpr double wantedAspect = 1.5;
    const PieceGaps gaps = gapsOf(piece);
    std::size_t best = 1;
    double bestCost = 0;
    for (std::size_t columns = 1; columns <= std::min<std::size_t>(piece.blocks.size(), 48); ++columns) {
        const Size size = Grid(piece, columns).size(gaps);
        // The side of the smallest page of the wanted shape that holds it.
        const double cost = std::max(size.width, size.height * wantedAspect);
        if (columns == 1 || cost < bestCost) {
            best = columns;
            bestCost = cost;
        }
    }
    const Grid grid(piece, best);
    layout.size = grid.size(gaps);
    double y = 0;
    for (std::size_t row = 0; row < grid.heights.size(); ++row) {
        double x = 0;
        for (std::size_t column = 0; column < best && row * best + column < piece.blocks.size(); ++column) {
            layout.blocks.push_back({x, y});
            x += grid.widths[column] + gaps.column;
        }
        y += grid.heights[row] + gaps.row;
    }
    return layout;
}

} // namespace portolan::layout
