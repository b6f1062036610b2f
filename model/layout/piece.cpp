#include "model/layout/piece.h"

#include "model/layout/card_metrics.h"
#include "model/layout/layout_engine.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace portolan::layout {

namespace {

constexpr double pillRunWidth =
    190;                        // under a card, pills stand side by side as long as they fit in this width
constexpr double loopRoom = 70; // at the right of a pill with a line to itself, and for its label
constexpr double looseRunWidth = 300; // and without a card in this

/// Pills from left to right in rows, none longer than `run` if it can be, from `left` and `top` on.
void placePills(Block &block, const std::vector<const GraphNode *> &pills, Point start, double run,
                const std::set<NodeId> &loops, const MapFonts &fonts)
{
    double x = start.x;
    double y = start.y;
    for (const GraphNode *pill : pills) {
        const Size size = nodeSize(*pill, fonts);
        if (x > start.x && x + size.width > start.x + run) {
            x = start.x;
            y += card::pillHeight + card::pillGap;
        }
        block.members.push_back({pill->id, {x, y, size.width, size.height}});
        x += size.width + (loops.contains(pill->id) ? loopRoom : card::pillGap);
    }
    for (const Block::Member &member : block.members) {
        block.size.width = std::max(block.size.width, member.place.right());
        block.size.height = std::max(block.size.height, member.place.bottom());
    }
}

Block makeLooseBlock(const std::vector<const GraphNode *> &pills, const std::set<NodeId> &loops,
                     const MapFonts &fonts)
{
    Block block;
    // About twice as wide as high.
    const double run = std::max(looseRunWidth, std::sqrt(double(pills.size())) * 120);
    placePills(block, pills, {0, 0}, run, loops, fonts);
    return block;
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
        findLoosePills();
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
            if (!m_loose.contains(node.id))
                addBlock(piece->second, makeBlock(node, pillsOf[node.id], m_fonts));
        }
        for (const auto &[group, pills] : m_loosePills)
            addBlock(m_pieceOf[group], makeLooseBlock(pills, m_loops, m_fonts));
    }

    /// Pills that belong to no card and have no line inside of their box stand together.
    void findLoosePills()
    {
        std::unordered_map<NodeId, GroupId> groupOf;
        for (const GraphNode &node : m_graph.nodes)
            groupOf[node.id] = node.group;
        std::set<NodeId> joined;
        for (const GraphEdge &edge : m_graph.edges) {
            if (edge.from == edge.to)
                m_loops.insert(edge.from);
            if (groupOf[edge.from] == groupOf[edge.to] && edge.from != edge.to) {
                joined.insert(edge.from);
                joined.insert(edge.to);
            }
        }
        for (const GraphNode &node : m_graph.nodes) {
            const auto piece = m_pieceOf.find(node.group);
            const bool under = node.attachedTo.isValid() && groupOf.contains(node.attachedTo);
            if (!isPill(node.kind) || !node.group.isValid() || piece == m_pieceOf.end() || under ||
                joined.contains(node.id))
                continue;
            m_loose.insert(node.id);
            m_loosePills[node.group].push_back(&node);
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
            if (edge.kind != EdgeKind::ServiceEndpoint) {
                for (const auto &end : {from, to}) {
                    if (end != m_blockOf.end())
                        ++m_pieces[end->second.first].lines;
                }
            }
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
    std::set<NodeId> m_loose;
    std::set<NodeId> m_loops; ///< with a line to itself
    std::map<GroupId, std::vector<const GraphNode *>> m_loosePills;
};

} // namespace

PieceGaps gapsOf(const Piece &piece)
{
    if (!piece.group.isValid()) // with lines there has to be room for what stands on them
        return piece.edges.empty() ? PieceGaps{40, 24} : PieceGaps{84, 52};
    if (piece.edges.empty())
        return {18, 14};
    // Lines run down the gaps between columns, five units apart.
    const double columns = std::sqrt(double(piece.blocks.size())) + 1;
    const double busy = std::max(0.0, double(piece.lines) / columns - 4);
    return {std::round(54 + std::min(50.0, 5 * busy)), 22};
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
    const double run = std::max(block.size.width - card::pillIndent, pillRunWidth);
    placePills(block, pills, {card::pillIndent, block.size.height + card::pillGap}, run, {}, fonts);
    return block;
}

} // namespace portolan::layout
