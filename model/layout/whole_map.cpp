#include "model/layout/whole_map.h"

#include "model/layout/card_metrics.h"
#include "model/layout/group_packer.h"
#include "model/layout/page_layout.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace portolan::layout {

namespace {

using Unit = WholeMap::Unit;

class QuestionMaker
{
public:
    QuestionMaker(const TopologyGraph &graph, const std::vector<Piece> &pieces)
        : m_graph(graph),
          m_pieces(pieces),
          m_boxes(boxNumbers(pieces))
    {
    }

    std::optional<WholeMap> make()
    {
        for (std::uint32_t piece = 0; piece < m_pieces.size(); ++piece) {
            for (std::uint32_t block = 0; block < m_pieces[piece].blocks.size(); ++block) {
                for (const Block::Member &member : m_pieces[piece].blocks[block].members)
                    m_blockOf[member.node] = {piece, block};
            }
        }
        findLines();
        if (m_lines.empty())
            return std::nullopt;
        for (std::uint32_t piece = 0; piece < m_pieces.size(); ++piece)
            addUnits(piece);
        for (const auto &[from, to] : m_lines)
            m_whole.question.edges.emplace_back(m_unitOf.at(from), m_unitOf.at(to));
        return std::move(m_whole);
    }

private:
    using BlockAt = std::pair<std::uint32_t, std::uint32_t>; // piece, block

    void findLines()
    {
        for (const GraphEdge &edge : m_graph.edges) {
            const auto from = m_blockOf.find(edge.from);
            const auto to = m_blockOf.find(edge.to);
            if (from == m_blockOf.end() || to == m_blockOf.end() || from->second == to->second)
                continue;
            m_lines.emplace(from->second, to->second);
            m_joined.insert(from->second);
            m_joined.insert(to->second);
        }
    }

    void addUnits(std::uint32_t at)
    {
        const Piece &piece = m_pieces[at];
        Piece lonely;
        std::vector<std::uint32_t> lonelyBlocks;
        for (std::uint32_t block = 0; block < piece.blocks.size(); ++block) {
            if (m_joined.contains({at, block})) {
                m_unitOf[{at, block}] = std::uint32_t(m_whole.units.size());
                add(at, {{{at, block, {0, 0}}}, piece.blocks[block].size});
            } else {
                lonely.blocks.push_back(piece.blocks[block]);
                lonelyBlocks.push_back(block);
            }
        }
        if (lonely.blocks.empty())
            return;
        const PieceLayout packed = packPlain(lonely);
        Unit unit{{}, packed.size};
        for (std::size_t i = 0; i < lonelyBlocks.size(); ++i)
            unit.parts.push_back({at, lonelyBlocks[i], packed.blocks[i]});
        add(at, std::move(unit));
    }

    void add(std::uint32_t at, Unit unit)
    {
        const Piece &piece = m_pieces[at];
        Size asked = unit.size;
        if (piece.group.isValid())
            asked.width = std::max(asked.width, piece.minSize.width - 2 * card::groupPadding);
        m_whole.question.nodes.push_back(asked);
        m_whole.question.boxes.push_back(m_boxes[at]);
        m_whole.units.push_back(std::move(unit));
    }

    const TopologyGraph &m_graph;
    const std::vector<Piece> &m_pieces;
    const std::vector<std::uint32_t> m_boxes;
    std::map<NodeId, BlockAt> m_blockOf;
    std::set<std::pair<BlockAt, BlockAt>> m_lines;
    std::set<BlockAt> m_joined;
    std::map<BlockAt, std::uint32_t> m_unitOf;
    WholeMap m_whole;
};

/// Sets the units of a whole map down where dot has them.
class Placer
{
public:
    Placer(const std::vector<Piece> &pieces, const WholeMap &whole, const DotPlaces &places)
        : m_pieces(pieces),
          m_whole(whole),
          m_places(places)
    {
    }

    LayoutResult place()
    {
        findColumns();
        std::vector<Extent> extents(m_pieces.size());
        std::vector<PieceLayout> layouts;
        for (const Piece &piece : m_pieces)
            layouts.push_back({std::vector<Point>(piece.blocks.size()), {}});
        for (std::size_t i = 0; i < m_places.size(); ++i) {
            const Point corner = cornerOf(i);
            for (const Unit::Part &part : m_whole.units[i].parts) {
                const Point at{corner.x + part.offset.x, corner.y + part.offset.y};
                layouts[part.piece].blocks[part.block] = at;
                const Size size = m_pieces[part.piece].blocks[part.block].size;
                extents[part.piece].include(Rect{at.x, at.y, size.width, size.height});
            }
        }
        for (std::size_t i = 0; i < m_pieces.size(); ++i) {
            if (!m_pieces[i].blocks.empty())
                put(m_pieces[i], layouts[i], extents[i].rect());
        }
        return std::move(m_result);
    }

private:
    /// dot centres what stands in one column; cards of one box begin at one line.
    std::pair<std::uint32_t, long> columnOf(std::size_t unit) const
    {
        return {m_whole.question.boxes[unit], std::lround(m_places[unit].x)};
    }
    void findColumns()
    {
        for (std::size_t i = 0; i < m_places.size(); ++i) {
            double &widest = m_columns[columnOf(i)];
            widest = std::max(widest, m_whole.question.nodes[i].width);
        }
    }
    Point cornerOf(std::size_t unit) const
    {
        const double width = m_columns.at(columnOf(unit));
        return {std::round(m_places[unit].x - width / 2),
                std::round(m_places[unit].y - m_whole.question.nodes[unit].height / 2)};
    }

    void put(const Piece &piece, PieceLayout &layout, const Rect &content)
    {
        for (Point &at : layout.blocks)
            at = {at.x - content.x, at.y - content.y};
        layout.size = {content.width, content.height};
        putPiece(piece, layout, piece.group.isValid() ? boxAround(piece, content) : content, m_result);
    }

    const std::vector<Piece> &m_pieces;
    const WholeMap &m_whole;
    const DotPlaces &m_places;
    std::map<std::pair<std::uint32_t, long>, double> m_columns; ///< by box and centre: the widest
    LayoutResult m_result;
};

/// What moves as one: a box with all in it, or a block outside.
struct Body
{
    Rect rect;
    GroupId group;
    std::vector<NodeId> nodes;
};

std::vector<Body> bodiesOf(const std::vector<Piece> &pieces, const LayoutResult &result)
{
    std::vector<Body> bodies;
    for (const Piece &piece : pieces) {
        Body box{piece.group.isValid() && !piece.blocks.empty() ? result.groups.at(piece.group) : Rect{},
                 piece.group,
                 {}};
        for (const Block &block : piece.blocks) {
            std::vector<NodeId> nodes;
            for (const Block::Member &member : block.members)
                nodes.push_back(member.node);
            if (piece.group.isValid()) {
                box.nodes.insert(box.nodes.end(), nodes.begin(), nodes.end());
                continue;
            }
            const Rect &first = result.nodes.at(nodes.front());
            const Rect &offset = block.members.front().place;
            bodies.push_back(
                {{first.x - offset.x, first.y - offset.y, block.size.width, block.size.height}, {}, nodes});
        }
        if (!box.nodes.empty())
            bodies.push_back(std::move(box));
    }
    return bodies;
}

/// dot leaves lanes for its own lines. Everything moves to the left, or up, as far as what stands before it
/// lets it.
void draw(std::vector<Body> &bodies, double Rect::*at, double Rect::*size, double Rect::*across,
          double Rect::*width)
{
    std::stable_sort(bodies.begin(), bodies.end(),
                     [at](const Body &a, const Body &b) { return a.rect.*at < b.rect.*at; });
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        Rect &rect = bodies[i].rect;
        double least = bodies.front().rect.*at;
        for (std::size_t j = 0; j < i; ++j) {
            const Rect &other = bodies[j].rect;
            if (other.*across < rect.*across + rect.*width + groupGap &&
                rect.*across < other.*across + other.*width + groupGap)
                least = std::max(least, other.*at + other.*size + groupGap);
        }
        rect.*at = std::min(rect.*at, least);
    }
}

void drawTogether(const std::vector<Piece> &pieces, LayoutResult &result)
{
    std::vector<Body> bodies = bodiesOf(pieces, result);
    draw(bodies, &Rect::y, &Rect::height, &Rect::x, &Rect::width);
    draw(bodies, &Rect::x, &Rect::width, &Rect::y, &Rect::height);
    const std::vector<Body> before = bodiesOf(pieces, result);
    for (const Body &old : before) {
        const auto now = std::find_if(bodies.begin(), bodies.end(), [&](const Body &body) {
            return body.nodes.front() == old.nodes.front();
        });
        const Point by{now->rect.x - old.rect.x, now->rect.y - old.rect.y};
        for (const NodeId node : old.nodes) {
            Rect &place = result.nodes[node];
            place = {place.x + by.x, place.y + by.y, place.width, place.height};
        }
        if (old.group.isValid())
            result.groups[old.group] = now->rect;
    }
}

} // namespace

std::optional<WholeMap> wholeMapOf(const TopologyGraph &graph, const std::vector<Piece> &pieces)
{
    return QuestionMaker(graph, pieces).make();
}

std::vector<LayoutResult> placeWhole(const TopologyGraph &graph, const std::vector<Piece> &pieces,
                                     const WholeMap &whole, const DotPlaces &places, double aspect)
{
    if (places.size() != whole.units.size())
        return {};
    const LayoutResult loose = Placer(pieces, whole, places).place();
    std::vector<LayoutResult> results{loose, loose};
    drawTogether(pieces, results.back());
    for (LayoutResult &result : results)
        placeEmptyBoxes(graph, pieces, aspect, result);
    return results;
}

} // namespace portolan::layout
