#include "model/layout/piece.h"

#include "model/layout/card_metrics.h"
#include "model/layout/layout_engine.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_set>

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
        m_pieces.reserve(m_graph.groups.size() + 1);
        for (const GraphGroup &group : m_graph.groups) {
            if (group.folded)
                continue;
            m_pieceOf[group.id] = std::uint32_t(m_pieces.size());
            m_pieces.push_back({group.id, groupMinSize(group, m_fonts), {}, {}});
        }
        m_pieceOf[GroupId{}] = std::uint32_t(m_pieces.size());
        m_pieces.push_back({});
        readNodes();
        readEdges();
        addBlocks();
        addEdges();
        return std::move(m_pieces);
    }

private:
    static constexpr std::uint32_t nowhere = UINT32_MAX;

    /// What is known of a node, in the order of the graph's: a map is a hundred thousand look-ups away.
    struct Known
    {
        std::uint32_t piece = nowhere;
        std::uint32_t block = nowhere;
        std::uint32_t home = nowhere;          ///< the card that it stands under
        bool isAttached = false;               ///< to a card of the map, of whatever box
        bool isJoined = false;                 ///< by a line inside of its box
        bool hasLoop = false;                  ///< a line to itself
        bool isAsked = false;                  ///< it has lines besides that to its card
        std::vector<std::uint32_t> pills = {}; ///< under it
    };

    void readNodes()
    {
        m_known.resize(m_graph.nodes.size());
        m_placeOf.reserve(m_graph.nodes.size());
        for (std::uint32_t i = 0; i < m_graph.nodes.size(); ++i) {
            m_placeOf.emplace(m_graph.nodes[i].id, i);
            if (const auto piece = m_pieceOf.find(m_graph.nodes[i].group); piece != m_pieceOf.end())
                m_known[i].piece = piece->second;
        }
        for (std::uint32_t i = 0; i < m_graph.nodes.size(); ++i) {
            const GraphNode &node = m_graph.nodes[i];
            const std::uint32_t home = node.attachedTo.isValid() ? placeOf(node.attachedTo) : nowhere;
            m_known[i].isAttached = home != nowhere;
            if (home != nowhere && home != i && m_graph.nodes[home].group == node.group) {
                m_known[i].home = home;
                m_known[home].pills.push_back(i);
            }
        }
    }

    std::uint32_t placeOf(NodeId node) const
    {
        const auto found = m_placeOf.find(node);
        return found == m_placeOf.end() ? nowhere : found->second;
    }

    void readEdges()
    {
        m_ends.reserve(m_graph.edges.size());
        for (const GraphEdge &edge : m_graph.edges) {
            const std::uint32_t from = placeOf(edge.from);
            const std::uint32_t to = edge.to == edge.from ? from : placeOf(edge.to);
            m_ends.emplace_back(from, to);
            if (from == nowhere || to == nowhere)
                continue;
            for (const std::uint32_t end : {from, to})
                m_known[end].isAsked |= m_known[from].home != to;
            if (from == to)
                m_known[from].hasLoop = true;
            else if (m_graph.nodes[from].group == m_graph.nodes[to].group)
                m_known[from].isJoined = m_known[to].isJoined = true;
        }
    }

    void addBlocks()
    {
        std::map<GroupId, std::vector<std::uint32_t>> loose;
        for (std::uint32_t i = 0; i < m_graph.nodes.size(); ++i) {
            const GraphNode &node = m_graph.nodes[i];
            if (m_known[i].piece == nowhere || m_known[i].home != nowhere)
                continue;
            if (isLoose(i)) {
                loose[node.group].push_back(i);
                continue;
            }
            // Beneath the others, so that no line of another one to the card runs past where they are
            // entered.
            std::stable_partition(m_known[i].pills.begin(), m_known[i].pills.end(),
                                  [this](std::uint32_t pill) { return !m_known[pill].isAsked; });
            takeBlock(i, m_known[i].pills);
            addBlock(i, makeBlock(node, nodesAt(m_known[i].pills), m_fonts));
        }
        for (const auto &[group, places] : loose) {
            takeBlock(places.front(), places);
            addBlock(places.front(), makeLooseBlock(nodesAt(places), loopsOf(places), m_fonts));
        }
    }

    /// Pills that belong to no card and have no line inside of their box stand together.
    bool isLoose(std::uint32_t place) const
    {
        const GraphNode &node = m_graph.nodes[place];
        return isPill(node.kind) && node.group.isValid() && !m_known[place].isAttached &&
               !m_known[place].isJoined;
    }

    std::vector<const GraphNode *> nodesAt(const std::vector<std::uint32_t> &places) const
    {
        std::vector<const GraphNode *> nodes;
        for (const std::uint32_t place : places)
            nodes.push_back(&m_graph.nodes[place]);
        return nodes;
    }

    std::set<NodeId> loopsOf(const std::vector<std::uint32_t> &places) const
    {
        std::set<NodeId> loops;
        for (const std::uint32_t place : places) {
            if (m_known[place].hasLoop)
                loops.insert(m_graph.nodes[place].id);
        }
        return loops;
    }

    /// The next block of its piece is that of `first` and the others.
    void takeBlock(std::uint32_t first, const std::vector<std::uint32_t> &others)
    {
        const auto block = std::uint32_t(m_pieces[m_known[first].piece].blocks.size());
        m_known[first].block = block;
        for (const std::uint32_t other : others)
            m_known[other].block = block;
    }

    void addBlock(std::uint32_t first, Block block)
    {
        m_pieces[m_known[first].piece].blocks.push_back(std::move(block));
    }

    void addEdges()
    {
        std::vector<std::unordered_set<std::uint64_t>> pairs(m_pieces.size());
        for (std::size_t i = 0; i < m_graph.edges.size(); ++i) {
            const auto [from, to] = m_ends[i];
            if (m_graph.edges[i].kind != EdgeKind::ServiceEndpoint) {
                for (const std::uint32_t end : {from, to}) {
                    if (isPlaced(end))
                        ++m_pieces[m_known[end].piece].lines;
                }
            }
            if (!isPlaced(from) || !isPlaced(to) || m_known[from].piece != m_known[to].piece)
                continue;
            const std::uint32_t a = m_known[from].block;
            const std::uint32_t b = m_known[to].block;
            if (a != b && pairs[m_known[from].piece].insert(std::uint64_t{a} << 32 | b).second)
                m_pieces[m_known[from].piece].edges.emplace_back(a, b);
        }
    }

    bool isPlaced(std::uint32_t node) const { return node != nowhere && m_known[node].block != nowhere; }

    const TopologyGraph &m_graph;
    const MapFonts &m_fonts;
    std::vector<Piece> m_pieces;
    std::unordered_map<GroupId, std::uint32_t> m_pieceOf;
    std::unordered_map<NodeId, std::uint32_t> m_placeOf;
    std::vector<Known> m_known;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> m_ends; ///< of edges
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

std::vector<std::uint32_t> boxNumbers(const std::vector<Piece> &pieces)
{
    std::vector<std::uint32_t> numbers;
    std::uint32_t last = 0;
    for (const Piece &piece : pieces)
        numbers.push_back(piece.group.isValid() && !piece.blocks.empty() ? ++last : 0);
    return numbers;
}

} // namespace portolan::layout
