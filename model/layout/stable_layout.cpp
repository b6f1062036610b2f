#include "model/layout/stable_layout.h"

#include "model/layout/box_keeper.h"
#include "model/layout/free_place.h"
#include "model/layout/group_packer.h"
#include "model/layout/page_layout.h"
#include "model/layout/rect_index.h"

#include <algorithm>
#include <cmath>

namespace portolan::layout {

namespace {

constexpr double outsideGap = 18;

class StableLayout
{
public:
    StableLayout(const TopologyGraph &graph, const std::vector<Piece> &pieces,
                 const std::vector<PieceLayout> &layouts, const LayoutResult &previous)
        : m_graph(graph),
          m_pieces(pieces),
          m_layouts(layouts),
          m_previous(previous)
    {
        m_result.nodes.reserve(graph.nodes.size());
    }

    LayoutResult layOut()
    {
        reserveFolded();
        keepOutside();
        keepBoxes();
        growBoxes();
        for (std::size_t i = 0; i + 1 < m_pieces.size(); ++i) {
            if (!m_result.groups.contains(m_pieces[i].group))
                placeNewBox(m_pieces[i], m_layouts[i]);
        }
        placeNewOutside();
        return std::move(m_result);
    }

private:
    void reserveFolded()
    {
        for (const GraphGroup &group : m_graph.groups) {
            const auto box = m_previous.groups.find(group.id);
            if (group.folded && box != m_previous.groups.end())
                m_result.groups[group.id] = box->second;
        }
    }

    void keepOutside()
    {
        for (const Block &block : m_pieces.back().blocks) {
            for (const Block::Member &member : block.members) {
                const auto place = m_previous.nodes.find(member.node);
                if (place == m_previous.nodes.end())
                    continue;
                const Rect wanted{place->second.x, place->second.y, member.place.width, member.place.height};
                if (isFreeOutside(wanted))
                    m_result.nodes[member.node] = wanted;
            }
        }
    }

    bool isFreeOutside(const Rect &place) const
    {
        const auto meets = [&place](const auto &entry) { return entry.second.intersects(place); };
        return std::none_of(m_previous.groups.begin(), m_previous.groups.end(), meets) &&
               std::none_of(m_result.nodes.begin(), m_result.nodes.end(), meets);
    }

    /// Boxes as they were, with what stays inside; what is new inside is left for growBoxes().
    void keepBoxes()
    {
        for (std::size_t i = 0; i + 1 < m_pieces.size(); ++i) {
            const auto box = m_previous.groups.find(m_pieces[i].group);
            if (box == m_previous.groups.end() || !holdsAnything(m_pieces[i], box->second))
                continue;
            m_result.groups[m_pieces[i].group] = box->second;
            m_kept.push_back(i);
        }
    }

    /// A box of which nothing is left inside but new things (a namespace that was folded, say) is laid out
    /// anew, in its old place if it fits there.
    bool holdsAnything(const Piece &piece, const Rect &box) const
    {
        if (piece.blocks.empty())
            return true;
        for (const Block &block : piece.blocks) {
            for (const Block::Member &member : block.members) {
                const auto place = m_previous.nodes.find(member.node);
                if (place != m_previous.nodes.end() && box.contains(place->second.center()))
                    return true;
            }
        }
        return false;
    }

    void growBoxes()
    {
        for (const std::size_t i : m_kept) {
            const Piece &piece = m_pieces[i];
            BoxKeeper keeper(piece, m_result.groups[piece.group], m_previous.nodes);
            keeper.placeNew([&](const Rect &box) { return isPageFree(box, piece.group); });
            if (keeper.hasOutgrown()) {
                // Its own old place is no obstacle to the new one.
                m_result.groups.erase(piece.group);
                const Rect box =
                    freePageFor({keeper.box().width, keeper.box().height}, {keeper.box().x, keeper.box().y});
                keeper.moveTo({box.x, box.y});
            }
            if (keeper.hasPlaced() || keeper.hasOutgrown())
                m_result.laidOut.push_back(piece.group);
            m_result.groups[piece.group] = keeper.box();
            for (const auto &[node, place] : keeper.places())
                m_result.nodes[node] = place;
        }
    }

    /// Everything that stands on the page by itself, without the box of `except`.
    std::vector<Rect> onPage(GroupId except = {}) const
    {
        std::vector<Rect> taken;
        for (const GraphGroup &group : m_graph.groups) {
            const auto box = m_result.groups.find(group.id);
            if (group.id != except && box != m_result.groups.end())
                taken.push_back(box->second);
        }
        for (const Block &block : m_pieces.back().blocks) {
            for (const Block::Member &member : block.members) {
                const auto place = m_result.nodes.find(member.node);
                if (place != m_result.nodes.end())
                    taken.push_back(place->second);
            }
        }
        return taken;
    }

    bool isPageFree(const Rect &box, GroupId except) const
    {
        const Rect wide = grown(box, BoxKeeper::boxGap);
        const std::vector<Rect> taken = onPage(except);
        return std::none_of(taken.begin(), taken.end(),
                            [&wide](const Rect &rect) { return rect.intersects(wide); });
    }

    static Rect around(const std::vector<Rect> &rects)
    {
        Extent all;
        for (const Rect &rect : rects)
            all.include(rect);
        return all.rect();
    }

    /// Room for a box on the page as it is, near `wish`; else beneath everything.
    Rect freePageFor(Size size, Point wish) const
    {
        const std::vector<Rect> taken = onPage();
        if (taken.empty())
            return {wish.x, wish.y, size.width, size.height};
        const Rect page = around(taken);
        const FreePlace room(taken, page, groupGap);
        if (const auto place = room.nearest(size, wish))
            return *place;
        const Rect beneath{page.x, page.bottom() + groupGap, size.width, size.height};
        const Rect beside{page.right() + groupGap, page.y, size.width, size.height};
        return page.width >= page.height * 1.2 ? beneath : beside;
    }

    void placeNewBox(const Piece &piece, const PieceLayout &layout)
    {
        const Size size = boxSizeOf(piece, layout);
        const auto before = m_previous.groups.find(piece.group);
        Rect box;
        if (before != m_previous.groups.end()) {
            box = {before->second.x, before->second.y, std::max(size.width, before->second.width),
                   std::max(size.height, before->second.height)};
        }
        if (before == m_previous.groups.end() || !(box == before->second || isPageFree(box, piece.group))) {
            const std::vector<Rect> taken = onPage(piece.group);
            const Rect page = around(taken);
            box = freePageFor(size, before == m_previous.groups.end()
                                        ? Point{page.x, page.y}
                                        : Point{before->second.x, before->second.y});
        }
        putPiece(piece, layout, box, m_result);
        m_result.laidOut.push_back(piece.group);
    }

    /// At the side of the map where its like stands; machines beside machines.
    void placeNewOutside()
    {
        for (const Block &block : m_pieces.back().blocks) {
            if (m_result.nodes.contains(block.members.front().node))
                continue;
            const std::vector<Rect> taken = onPage();
            const Rect page = around(taken);
            const GraphNode &node = *m_graph.node(block.members.front().node);
            Rect place{page.x, page.y, block.size.width, block.size.height};
            if (taken.empty()) {
                place = {0, 0, block.size.width, block.size.height};
            } else if (node.kind == NodeKind::Machine) {
                place = freePageFor(block.size, {page.x, page.y});
            } else {
                place = besideBoxes(node.id, block.size, taken);
            }
            for (const Block::Member &member : block.members)
                m_result.nodes[member.node] = {place.x + member.place.x, place.y + member.place.y,
                                               member.place.width, member.place.height};
        }
    }

    Rect besideBoxes(NodeId node, Size size, const std::vector<Rect> &taken) const
    {
        std::vector<Rect> boxes;
        for (const auto &[id, box] : m_result.groups)
            boxes.push_back(box);
        const Rect inner = boxes.empty() ? around(taken) : around(boxes);
        const bool right = standsAtRight(m_graph, node);
        const double x = std::round(right ? inner.right() + groupGap : inner.x - groupGap - size.width);
        const Rect strip{x, inner.y, size.width, std::max(inner.height, size.height)};
        const FreePlace room(taken, strip, outsideGap);
        if (const auto place = room.nearest(size, {x, wantedTop(node, size, inner)}))
            return *place;
        const Rect page = around(taken);
        return {right ? page.right() + groupGap : page.x - groupGap - size.width, inner.y, size.width,
                size.height};
    }

    double wantedTop(NodeId node, Size size, const Rect &inner) const
    {
        for (const GraphEdge &edge : m_graph.edges) {
            const NodeId other = edge.from == node ? edge.to : edge.to == node ? edge.from : NodeId{};
            const auto place = m_result.nodes.find(other);
            if (other.isValid() && place != m_result.nodes.end())
                return place->second.center().y - size.height / 2;
        }
        return inner.y;
    }

    const TopologyGraph &m_graph;
    const std::vector<Piece> &m_pieces;
    const std::vector<PieceLayout> &m_layouts;
    const LayoutResult &m_previous;
    std::vector<std::size_t> m_kept; ///< pieces whose box stays
    LayoutResult m_result;
};

} // namespace

bool isContinuation(const TopologyGraph &graph, const LayoutResult &previous)
{
    return std::any_of(graph.nodes.begin(), graph.nodes.end(),
                       [&](const GraphNode &node) { return previous.nodes.contains(node.id); });
}

std::vector<GroupId> newGroups(const TopologyGraph &graph, const LayoutResult &previous)
{
    std::unordered_set<GroupId> known;
    GroupId last; // nodes of a group stand together
    for (const GraphNode &node : graph.nodes) {
        if (node.group != last && node.group.isValid() && previous.nodes.contains(node.id))
            known.insert(last = node.group);
    }
    std::vector<GroupId> groups;
    for (const GraphGroup &group : graph.groups) {
        if (!group.folded && !(known.contains(group.id) && previous.groups.contains(group.id)))
            groups.push_back(group.id);
    }
    return groups;
}

LayoutResult layOutStable(const TopologyGraph &graph, const std::vector<Piece> &pieces,
                          const std::vector<PieceLayout> &layouts, const LayoutResult &previous)
{
    return StableLayout(graph, pieces, layouts, previous).layOut();
}

} // namespace portolan::layout
