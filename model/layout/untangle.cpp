#include "model/layout/untangle.h"

#include "model/layout/card_metrics.h"
#include "model/layout/exchange.h"
#include "model/layout/group_packer.h"
#include "model/layout/rect_index.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace portolan::layout {

namespace {

constexpr double crossingCost = 160;          // as bad as that much more of a way
constexpr double backwards = 1.5;             // a line from right to left is that much longer
constexpr std::size_t mostShaken = 1'000'000; // looks at a pair of lines, while a change for the worse
                                              // may be taken
constexpr std::size_t shakenAPair = 60;
constexpr int mostRounds = 6;
constexpr double boldness = 320; // how much worse a change may be at first
constexpr double leastGap = 14;  // between what is exchanged and its new neighbours

/// Something with a place of its own: a box, or a block in a box.
struct Item
{
    Rect rect;
    std::vector<std::uint32_t> nodes;
    std::vector<std::uint32_t> lines; ///< that begin or end in it
};

class Untangler
{
public:
    Untangler(const TopologyGraph &graph, const std::vector<Piece> &pieces, LayoutResult &result)
        : m_pieces(pieces),
          m_result(result)
    {
        std::unordered_map<NodeId, std::uint32_t> indexOf;
        for (const GraphNode &node : graph.nodes) {
            indexOf[node.id] = std::uint32_t(m_ids.size());
            m_ids.push_back(node.id);
            m_centers.push_back(result.nodes.at(node.id).center());
        }
        m_linesAt.resize(m_ids.size());
        for (const GraphEdge &edge : graph.edges) {
            const auto from = indexOf.find(edge.from);
            const auto to = indexOf.find(edge.to);
            if (edge.from == edge.to || edge.kind == EdgeKind::ServiceEndpoint || from == indexOf.end() ||
                to == indexOf.end())
                continue;
            const auto line = std::uint32_t(m_lines.size());
            m_lines.push_back({from->second, to->second});
            m_linesAt[from->second].push_back(line);
            m_linesAt[to->second].push_back(line);
        }
        m_isMoving.resize(m_lines.size());
        m_indexOf = std::move(indexOf);
    }

    void run(std::uint64_t seed)
    {
        m_shaken = seed > 0 ? std::min(mostShaken, shakenAPair * m_lines.size() * m_lines.size()) : 0;
        m_most = m_shaken + mostShaken / 2;
        m_random = seed * 0x9e3779b97f4a7c15ULL + 1;
        if (seed > 0)
            shake();
        m_threshold = -1;
        for (int round = 0; round < mostRounds && m_work < m_most; ++round) {
            bool better = exchangeBoxes();
            for (const Piece &piece : m_pieces) {
                better = exchangeBlocks(piece) || better;
            }
            if (!better)
                break;
        }
    }

    double cost()
    {
        std::vector<std::uint32_t> all(m_lines.size());
        std::iota(all.begin(), all.end(), 0);
        m_isMoving.assign(m_lines.size(), true); // each pair counts once
        return costOf(all);
    }

private:
    struct Line
    {
        std::uint32_t from;
        std::uint32_t to;
    };

    /// Things that may take each other's places.
    struct Set
    {
        enum class Kind : std::uint8_t { Boxes, InBox, Outside };
        Kind kind;
        double gap;
        std::vector<Item> items{};
        Rect area{}; ///< that they may not leave; of what stands outside, none
    };

    std::size_t below(std::size_t bound)
    {
        m_random = m_random * 6364136223846793005ULL + 1442695040888963407ULL;
        return std::size_t((m_random >> 33) % bound);
    }

    /// Random exchanges, of which those for the worse are taken ever less.
    void shake()
    {
        std::size_t idle = 0;
        while (m_work < m_shaken && idle < 400) {
            const std::size_t before = m_work;
            m_threshold = boldness * (1 - double(m_work) / double(m_shaken));
            const std::size_t which = below(m_pieces.size() + 1);
            Set set = which < m_pieces.size() ? blocksOf(m_pieces[which]) : boxes();
            for (std::size_t tries = 2 * set.items.size(); tries > 0 && set.items.size() > 1; --tries) {
                const std::size_t i = below(set.items.size());
                const std::size_t j = below(set.items.size());
                if (i != j)
                    tryPair(set, i, j);
            }
            finish(set);
            idle = m_work == before ? idle + 1 : 0;
        }
    }

    bool tryPair(Set &set, std::size_t i, std::size_t j)
    {
        const Item &a = set.items[i];
        const Item &b = set.items[j];
        if (a.lines.empty() && b.lines.empty())
            return false;
        // Cards of one box keep their lines and columns.
        for (const Exchange &to : exchangesOf(a.rect, b.rect, set.kind != Set::Kind::InBox)) {
            if (fits(set, i, j, to) && isBetter(set.items[i], set.items[j], to))
                return true;
        }
        return false;
    }

    void addNode(Item &item, NodeId node) const
    {
        const std::uint32_t index = m_indexOf.at(node);
        item.nodes.push_back(index);
        item.lines.insert(item.lines.end(), m_linesAt[index].begin(), m_linesAt[index].end());
    }

    static void tidy(Item &item)
    {
        std::sort(item.lines.begin(), item.lines.end());
        item.lines.erase(std::unique(item.lines.begin(), item.lines.end()), item.lines.end());
    }

    Set boxes()
    {
        Set set{Set::Kind::Boxes, groupGap - 1};
        m_boxes.clear();
        for (const Piece &piece : m_pieces) {
            const auto box = m_result.groups.find(piece.group);
            if (!piece.group.isValid() || box == m_result.groups.end())
                continue;
            Item item{box->second, {}, {}};
            for (const Block &block : piece.blocks) {
                for (const Block::Member &member : block.members)
                    addNode(item, member.node);
            }
            tidy(item);
            set.area = set.items.empty() ? box->second : united(set.area, box->second);
            set.items.push_back(std::move(item));
            m_boxes.push_back(piece.group);
        }
        return set;
    }

    Set blocksOf(const Piece &piece)
    {
        Set set{piece.group.isValid() ? Set::Kind::InBox : Set::Kind::Outside, leastGap};
        const auto box = m_result.groups.find(piece.group);
        if (piece.group.isValid()) {
            if (box == m_result.groups.end())
                return set;
            set.area = contentOf(box->second);
        }
        for (const Block &block : piece.blocks) {
            const Rect first = m_result.nodes.at(block.members.front().node);
            const Rect &offset = block.members.front().place;
            Item item{{first.x - offset.x, first.y - offset.y, block.size.width, block.size.height}, {}, {}};
            for (const Block::Member &member : block.members)
                addNode(item, member.node);
            tidy(item);
            set.items.push_back(std::move(item));
        }
        return set;
    }

    /// Boxes have their places in the result as well.
    void finish(const Set &set)
    {
        for (std::size_t i = 0; set.kind == Set::Kind::Boxes && i < set.items.size(); ++i)
            m_result.groups[m_boxes[i]] = set.items[i].rect;
    }

    bool exchangeBoxes()
    {
        Set set = boxes();
        const bool better = exchange(set);
        finish(set);
        return better;
    }

    bool exchangeBlocks(const Piece &piece)
    {
        Set set = blocksOf(piece);
        return exchange(set);
    }

    /// Every pair once; true where one exchange at least was for the better.
    bool exchange(Set &set)
    {
        bool better = false;
        for (std::size_t i = 0; i < set.items.size(); ++i) {
            for (std::size_t j = i + 1; j < set.items.size() && m_work < m_most; ++j)
                better = tryPair(set, i, j) || better;
        }
        return better;
    }

    bool meetsBox(const Rect &rect) const
    {
        return std::any_of(m_result.groups.begin(), m_result.groups.end(),
                           [&rect](const auto &box) { return box.second.intersects(rect); });
    }

    /// What has no box and stands there.
    bool meetsOutside(const Rect &rect) const
    {
        const std::vector<Block> &blocks = m_pieces.back().blocks;
        return std::any_of(blocks.begin(), blocks.end(), [&](const Block &block) {
            return std::any_of(block.members.begin(), block.members.end(), [&](const Block::Member &member) {
                return m_result.nodes.at(member.node).intersects(rect);
            });
        });
    }

    bool fits(const Set &set, std::size_t i, std::size_t j, const Exchange &to)
    {
        const std::vector<Item> &items = set.items;
        const Rect &a = items[i].rect;
        const Rect &b = items[j].rect;
        const bool isOutside = set.kind == Set::Kind::Outside;
        if (a.width == b.width && a.height == b.height && !isOutside)
            return true; // each where the other was
        if ((!isOutside && (!set.area.contains(to.a) || !set.area.contains(to.b))) ||
            grown(to.a, set.gap).intersects(to.b))
            return false;
        const Rect wideA = grown(to.a, set.gap);
        const Rect wideB = grown(to.b, set.gap);
        for (std::size_t k = 0; k < items.size(); ++k) {
            const Rect &other = items[k].rect;
            if (k != i && k != j && (wideA.intersects(other) || wideB.intersects(other)))
                return false;
        }
        m_work += items.size() / 4;
        if (set.kind == Set::Kind::Boxes)
            return !meetsOutside(wideA) && !meetsOutside(wideB);
        if (!isOutside)
            return true;
        // Outside of the boxes: what lines come from stands at the left, what they go to at the right.
        const bool sameColumn = a.x < b.right() && b.x < a.right();
        return sameColumn && !meetsBox(wideA) && !meetsBox(wideB);
    }

    void shift(const Item &item, Point by)
    {
        for (const std::uint32_t node : item.nodes) {
            m_centers[node].x += by.x;
            m_centers[node].y += by.y;
        }
    }

    /// Exchanges the two, and takes it back where that was not for the better.
    bool isBetter(Item &a, Item &b, const Exchange &to)
    {
        std::vector<std::uint32_t> moving;
        std::set_union(a.lines.begin(), a.lines.end(), b.lines.begin(), b.lines.end(),
                       std::back_inserter(moving));
        for (const std::uint32_t line : moving)
            m_isMoving[line] = true;
        const Point byA{to.a.x - a.rect.x, to.a.y - a.rect.y};
        const Point byB{to.b.x - b.rect.x, to.b.y - b.rect.y};
        const double before = costOf(moving);
        shift(a, byA);
        shift(b, byB);
        const bool better = costOf(moving) < before + m_threshold;
        for (const std::uint32_t line : moving)
            m_isMoving[line] = false;
        if (!better) {
            shift(a, {-byA.x, -byA.y});
            shift(b, {-byB.x, -byB.y});
            return false;
        }
        move(a, byA);
        move(b, byB);
        return true;
    }

    void move(Item &item, Point by)
    {
        item.rect.x += by.x;
        item.rect.y += by.y;
        for (const std::uint32_t node : item.nodes) {
            Rect &place = m_result.nodes[m_ids[node]];
            place.x += by.x;
            place.y += by.y;
        }
    }

    /// Of these lines, with one another and with the others.
    double costOf(const std::vector<std::uint32_t> &moving)
    {
        double cost = 0;
        m_work += moving.size() * m_lines.size();
        for (const std::uint32_t index : moving) {
            const Line &line = m_lines[index];
            const Point a = m_centers[line.from];
            const Point b = m_centers[line.to];
            cost += std::abs(a.x - b.x) + std::abs(a.y - b.y) + backwards * std::max(0.0, a.x - b.x);
            const double left = std::min(a.x, b.x);
            const double right = std::max(a.x, b.x);
            for (std::uint32_t other = 0; other < m_lines.size(); ++other) {
                const Line &second = m_lines[other];
                if (m_isMoving[other] && other <= index)
                    continue;
                const Point c = m_centers[second.from];
                const Point d = m_centers[second.to];
                if (std::max(c.x, d.x) < left || std::min(c.x, d.x) > right || line.from == second.from ||
                    line.from == second.to || line.to == second.from || line.to == second.to)
                    continue;
                cost += cross(a, b, c, d) ? crossingCost : 0;
            }
        }
        return cost;
    }

    const std::vector<Piece> &m_pieces;
    LayoutResult &m_result;
    std::vector<NodeId> m_ids;
    std::vector<Point> m_centers;
    std::unordered_map<NodeId, std::uint32_t> m_indexOf;
    std::vector<Line> m_lines;
    std::vector<std::vector<std::uint32_t>> m_linesAt; ///< by node
    std::vector<bool> m_isMoving;                      ///< by line
    std::vector<GroupId> m_boxes;                      ///< of the boxes() that were asked for last
    std::size_t m_work = 0;
    std::size_t m_shaken = 0; ///< work after which only what is better is taken
    std::size_t m_most = 0;
    std::uint64_t m_random = 1;
    double m_threshold = -1;
};

} // namespace

double untangle(const TopologyGraph &graph, const std::vector<Piece> &pieces, std::uint64_t seed,
                LayoutResult &result)
{
    Untangler untangler(graph, pieces, result);
    untangler.run(seed);
    return untangler.cost();
}

} // namespace portolan::layout
