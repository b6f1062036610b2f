#include "model/layout/place_change.h"

#include "model/layout/box_keeper.h"
#include "model/layout/card_metrics.h"
#include "model/layout/free_place.h"
#include "model/layout/path_shape.h"
#include "model/layout/rect_index.h"

#include <algorithm>
#include <cmath>

namespace portolan {

namespace {

using namespace layout;

constexpr double elbowRoom = 2'000; // beyond everything, where a thing may still be set down

class PlaceChange
{
public:
    PlaceChange(const TopologyGraph &graph, const LayoutResult &layout)
        : m_graph(graph),
          m_before(layout),
          m_after(layout)
    {
    }

    std::optional<LayoutResult> moveNode(NodeId id, Point wish)
    {
        const GraphNode *node = m_graph.node(id);
        if (!node || !m_before.nodes.contains(id))
            return std::nullopt;
        collectWithPills(*node);
        const Rect start = aroundMoving();
        const Rect &card = m_before.nodes.at(id);
        wish = {wish.x + start.x - card.x, wish.y + start.y - card.y};
        const auto box = m_before.groups.find(node->group);
        const Size size{start.width, start.height};
        const std::optional<Rect> place = box == m_before.groups.end()
                                              ? onPage(size, wish, {})
                                              : inBox(node->group, box->second, size, wish);
        return place ? moveBy({place->x - start.x, place->y - start.y}) : std::nullopt;
    }

    std::optional<LayoutResult> moveGroup(GroupId group, Point wish)
    {
        const auto box = m_before.groups.find(group);
        if (box == m_before.groups.end())
            return std::nullopt;
        // Also what is hidden at the moment.
        for (const auto &[id, place] : m_before.nodes) {
            if (box->second.contains(place.center()))
                m_moving.push_back(id);
        }
        const Rect start = box->second;
        const auto place = onPage({start.width, start.height}, wish, group);
        if (!place)
            return std::nullopt;
        m_after.groups[group] = *place;
        return moveBy({place->x - start.x, place->y - start.y});
    }

private:
    void collectWithPills(const GraphNode &node)
    {
        m_moving.push_back(node.id);
        for (const GraphNode &pill : m_graph.nodes) {
            if (pill.attachedTo == node.id && pill.group == node.group && m_before.nodes.contains(pill.id) &&
                hangsOn(m_before.nodes.at(pill.id), m_before.nodes.at(node.id)))
                m_moving.push_back(pill.id);
        }
    }

    bool isMoving(NodeId node) const
    {
        return std::find(m_moving.begin(), m_moving.end(), node) != m_moving.end();
    }

    Rect aroundMoving() const
    {
        Rect all = m_before.nodes.at(m_moving.front());
        for (const NodeId node : m_moving)
            all = united(all, m_before.nodes.at(node));
        return all;
    }

    /// Everything that stands on the page by itself.
    std::vector<Rect> takenOnPage(GroupId except) const
    {
        std::vector<Rect> taken;
        for (const GraphGroup &group : m_graph.groups) {
            const auto box = m_before.groups.find(group.id);
            if (group.id != except && box != m_before.groups.end())
                taken.push_back(box->second);
        }
        for (const GraphNode &node : m_graph.nodes) {
            const auto place = m_before.nodes.find(node.id);
            const bool outside = !m_before.groups.contains(node.group);
            if (outside && place != m_before.nodes.end() && !isMoving(node.id))
                taken.push_back(place->second);
        }
        return taken;
    }

    static std::optional<Rect> nearest(const std::vector<Rect> &taken, const Rect &area, double gap,
                                       Size size, Point wish)
    {
        const FreePlace room(taken, area, gap);
        const Rect wanted{std::round(wish.x), std::round(wish.y), size.width, size.height};
        return room.isFree(wanted) ? std::optional(wanted) : room.nearest(size, wish);
    }

    std::optional<Rect> onPage(Size size, Point wish, GroupId group) const
    {
        return nearest(takenOnPage(group), grown(m_before.bounds, elbowRoom), BoxKeeper::boxGap, size, wish);
    }

    std::optional<Rect> inBox(GroupId group, const Rect &box, Size size, Point wish)
    {
        const Rect larger = widened(box, {wish.x, wish.y, size.width, size.height});
        const std::vector<Rect> page = takenOnPage(group);
        const Rect wide = grown(larger, BoxKeeper::boxGap);
        const bool mayGrow = std::none_of(page.begin(), page.end(),
                                          [&wide](const Rect &rect) { return rect.intersects(wide); });
        const Rect inside = contentOf(mayGrow ? larger : box);
        wish.x = std::clamp(wish.x, inside.x, std::max(inside.x, inside.right() - size.width));
        wish.y = std::clamp(wish.y, inside.y, std::max(inside.y, inside.bottom() - size.height));
        std::vector<Rect> taken;
        for (const GraphNode &node : m_graph.nodes) {
            const auto place = m_before.nodes.find(node.id);
            if (node.group == group && place != m_before.nodes.end() && !isMoving(node.id))
                taken.push_back(place->second);
        }
        const auto place = nearest(taken, inside, card::pillGap, size, wish);
        if (place)
            m_after.groups[group] = widened(box, *place);
        return place;
    }

    std::optional<LayoutResult> moveBy(Point way)
    {
        if (way.x == 0 && way.y == 0)
            return std::nullopt;
        std::unordered_set<NodeId> moved;
        for (const NodeId node : m_moving) {
            Rect &place = m_after.nodes[node];
            place.x += way.x;
            place.y += way.y;
            moved.insert(node);
        }
        dropLines(moved);
        return std::move(m_after);
    }

    /// Those that end at what moved, and those that would run over it now.
    void dropLines(const std::unordered_set<NodeId> &moved)
    {
        RectIndex newcomers(grown(m_before.bounds, elbowRoom));
        for (const NodeId node : moved)
            newcomers.add(m_after.nodes.at(node));
        for (const GraphEdge &edge : m_graph.edges) {
            const auto path = m_after.edges.find(edge.id);
            if (path == m_after.edges.end())
                continue;
            if (moved.contains(edge.from) || moved.contains(edge.to) ||
                newcomers.countMet(sampled(path->second.points), {}, 1) > 0)
                m_after.edges.erase(path);
        }
    }

    const TopologyGraph &m_graph;
    const LayoutResult &m_before;
    LayoutResult m_after;
    std::vector<NodeId> m_moving;
};

template<class Map>
Rect areaOf(const Map &places)
{
    Extent area;
    for (const auto &[id, rect] : places)
        area.include(rect);
    return area.rect();
}

/// Adds the places of `known` that are free in `places` and do not meet anything in `others`.
template<class Map>
void addFree(Map &places, const Map &known, const std::unordered_map<NodeId, Rect> &others)
{
    RectIndex taken(areaOf(places));
    for (const auto &[id, rect] : places)
        taken.add(rect);
    for (const auto &[id, rect] : others)
        taken.add(rect);
    for (const auto &[id, rect] : known) {
        if (!places.contains(id) && !taken.meetsAny(rect))
            places.emplace(id, rect);
    }
}

} // namespace

std::optional<LayoutResult> withNodeAt(const TopologyGraph &graph, const LayoutResult &layout, NodeId node,
                                       Point wish)
{
    return PlaceChange(graph, layout).moveNode(node, wish);
}

std::optional<LayoutResult> withGroupAt(const TopologyGraph &graph, const LayoutResult &layout, GroupId group,
                                        Point wish)
{
    return PlaceChange(graph, layout).moveGroup(group, wish);
}

LayoutResult withPinned(const LayoutResult &layout, NodeId node, bool pinned)
{
    LayoutResult copy = layout;
    if (pinned)
        copy.pinnedNodes.insert(node);
    else
        copy.pinnedNodes.erase(node);
    return copy;
}

LayoutResult withPinned(const LayoutResult &layout, GroupId group, bool pinned)
{
    LayoutResult copy = layout;
    if (pinned)
        copy.pinnedGroups.insert(group);
    else
        copy.pinnedGroups.erase(group);
    return copy;
}

LayoutResult onlyPinned(const LayoutResult &layout)
{
    LayoutResult kept;
    kept.pinnedNodes = layout.pinnedNodes;
    kept.pinnedGroups = layout.pinnedGroups;
    for (const NodeId id : layout.pinnedNodes) {
        const auto place = layout.nodes.find(id);
        if (place == layout.nodes.end())
            continue;
        kept.nodes.insert(*place);
        for (const auto &[group, box] : layout.groups) {
            if (box.contains(place->second.center()))
                kept.groups[group] = box;
        }
    }
    for (const GroupId id : layout.pinnedGroups) {
        const auto box = layout.groups.find(id);
        if (box == layout.groups.end())
            continue;
        kept.groups.insert(*box);
        for (const auto &[node, place] : layout.nodes) {
            if (box->second.contains(place.center()))
                kept.nodes[node] = place;
        }
    }
    return kept;
}

LayoutResult merged(const LayoutResult &layout, const LayoutResult &known)
{
    LayoutResult all = layout;
    addFree(all.groups, known.groups, layout.nodes);
    addFree(all.nodes, known.nodes, {});
    for (const auto &[node, place] : all.nodes) {
        if (!layout.nodes.contains(node))
            all.remembered.insert(node);
    }
    return all;
}

} // namespace portolan
