#include "model/layout/shape_finder.h"

#include "model/layout/card_metrics.h"
#include "model/layout/group_packer.h"
#include "model/layout/lane_search.h"
#include "model/layout/page_layout.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace portolan::layout {

namespace {

constexpr double clearance = 3;     // that lines keep from cards
constexpr double cardPenalty = 700; // a crossed card is worse than that much of a way round
constexpr double titlePenalty = 90;
constexpr double boxPenalty = 25;
constexpr double cornerPenalty = 14;
constexpr double nearLane = 12; // distance of a lane from the card that it passes
constexpr double betweenColumns = 27;

constexpr std::array allSides{Side::Left, Side::Right, Side::Top, Side::Bottom};

class ShapeFinder
{
public:
    ShapeFinder(const Obstacles &obstacles, const LineEnd &from, const LineEnd &to)
        : m_obstacles(obstacles),
          m_from(from),
          m_to(to),
          m_except{from.obstacle, to.obstacle}
    {
    }

    PathShape find(DetourBudget &budget)
    {
        for (const Side out : allSides) {
            for (const Side in : allSides)
                tryFree({out, in, {}});
        }
        if (!m_crossesCard || budget.lines == 0)
            return m_best;
        --budget.lines;
        tryLanes();
        if (m_crossesCard && budget.steps > 0) {
            if (auto shape = searchLanes(m_obstacles, m_from, m_to, budget.steps))
                return std::move(*shape);
        }
        return m_best;
    }

private:
    void tryFree(PathShape shape)
    {
        // A curve that begins by going away from where it ends is no picture of a connection.
        const Point from = middleOf(m_from.card, shape.out);
        const Point to = middleOf(m_to.card, shape.in);
        const Point out = outward(shape.out);
        const Point in = outward(shape.in);
        const double ahead = out.x * (to.x - from.x) + out.y * (to.y - from.y);
        const double arriving = in.x * (from.x - to.x) + in.y * (from.y - to.y);
        const bool sameSide = shape.out == shape.in && isHorizontal(shape.out);
        if (!sameSide && (ahead < 12 || arriving < 12))
            return;
        const std::vector<Point> line = sampled(curveOf(shape, from, to));
        // Left to right is how the map reads; top and bottom are for neighbours above one another.
        const double turned = (isHorizontal(shape.out) ? 0 : 40) + (isHorizontal(shape.in) ? 0 : 40);
        weigh(std::move(shape), line, turned + (sameSide ? 60 : 0));
    }

    void tryLanes()
    {
        const std::vector<double> ys = horizontalLanes();
        for (const Side out : {Side::Left, Side::Right}) {
            for (const double x1 : verticalLanes(m_from, out)) {
                for (const Side in : {Side::Left, Side::Right}) {
                    if (isOutside(m_to.card, in, x1))
                        weighLanes({out, in, {x1}});
                    for (const double x2 : verticalLanes(m_to, in)) {
                        for (const double y : ys)
                            weighLanes({out, in, {x1, y, x2}});
                    }
                }
            }
        }
        for (const Side out : {Side::Top, Side::Bottom}) {
            for (const double y : ys) {
                for (const Side in : {Side::Top, Side::Bottom}) {
                    if (isOutside(m_from.card, out, y) && isOutside(m_to.card, in, y))
                        weighLanes({out, in, {y}});
                }
            }
        }
        tryMixedLanes(ys);
    }

    /// Out at the side and in from above or below, and the other way round.
    void tryMixedLanes(const std::vector<double> &ys)
    {
        for (const Side upright : {Side::Top, Side::Bottom}) {
            for (const Side level : {Side::Left, Side::Right}) {
                for (const double y : ys) {
                    for (const double x : verticalLanes(m_to, level)) {
                        if (isOutside(m_from.card, upright, y))
                            weighLanes({upright, level, {y, x}});
                    }
                    for (const double x : verticalLanes(m_from, level)) {
                        if (isOutside(m_to.card, upright, y))
                            weighLanes({level, upright, {x, y}});
                    }
                }
            }
        }
    }

    /// A lane that is beyond that side of the card.
    static bool isOutside(const Rect &card, Side side, double lane)
    {
        switch (side) {
        case Side::Left:
            return lane <= card.x - 8;
        case Side::Right:
            return lane >= card.right() + 8;
        case Side::Top:
            return lane <= card.y - 8;
        case Side::Bottom:
            return lane >= card.bottom() + 8;
        }
        return false;
    }

    /// In the gap beside the card, in the middle between two columns, and in the gap beside its box.
    static std::vector<double> verticalLanes(const LineEnd &end, Side side)
    {
        if (side == Side::Left)
            return {end.card.x - nearLane, end.card.x - betweenColumns, end.box.x - groupGap / 2};
        return {end.card.right() + nearLane, end.card.right() + betweenColumns,
                end.box.right() + groupGap / 2};
    }

    std::vector<double> horizontalLanes() const
    {
        std::vector<double> lanes;
        for (const LineEnd *end : {&m_from, &m_to}) {
            for (const double y : {end->card.y - nearLane, end->card.bottom() + nearLane,
                                   end->card.bottom() + card::pillHeight + card::pillGap + nearLane,
                                   end->box.y - groupGap / 2, end->box.bottom() + groupGap / 2})
                lanes.push_back(y);
        }
        lanes.push_back((m_from.card.center().y + m_to.card.center().y) / 2);
        std::sort(lanes.begin(), lanes.end());
        lanes.erase(std::unique(lanes.begin(), lanes.end()), lanes.end());
        return lanes;
    }

    void weighLanes(PathShape shape)
    {
        const std::vector<Point> line =
            cornersOf(shape, middleOf(m_from.card, shape.out), middleOf(m_to.card, shape.in));
        const double corners = cornerPenalty * double(shape.lanes.size() + 1);
        weigh(std::move(shape), line, 30 + corners);
    }

    void weigh(PathShape shape, const std::vector<Point> &line, double extra)
    {
        double cost = lengthOf(line) + extra;
        if (cost >= m_bestCost)
            return;
        // Counting stops where the shape has lost anyway.
        const auto affordable = [&](double penalty) {
            const double most = (m_bestCost - cost) / penalty;
            return most > 1000 ? std::size_t(1000) : std::size_t(most) + 1;
        };
        const std::size_t cards = m_obstacles.cards.countMet(line, m_except, affordable(cardPenalty));
        cost += cardPenalty * double(cards);
        if (cost >= m_bestCost)
            return;
        cost += titlePenalty * double(m_obstacles.titles.countMet(line, {}, affordable(titlePenalty)));
        if (cost >= m_bestCost)
            return;
        cost += boxPenalty * double(m_obstacles.boxes.countMet(line, {}, affordable(boxPenalty)));
        if (cost >= m_bestCost)
            return;
        m_best = std::move(shape);
        m_bestCost = cost;
        m_crossesCard = cards > 0;
    }

    const Obstacles &m_obstacles;
    const LineEnd &m_from;
    const LineEnd &m_to;
    std::array<std::uint32_t, 2> m_except;
    PathShape m_best;
    double m_bestCost = std::numeric_limits<double>::infinity();
    bool m_crossesCard = true;
};

} // namespace

Obstacles::Obstacles(const TopologyGraph &graph, const MapFonts &fonts, const LayoutResult &result)
    : area(boundsOf(graph, result)),
      cards(area),
      titles(area),
      boxes(area)
{
    for (const GraphNode &node : graph.nodes) {
        const auto place = result.nodes.find(node.id);
        if (place != result.nodes.end())
            cardOf[node.id] = cards.add(grown(place->second, clearance));
    }
    for (const GraphGroup &group : graph.groups) {
        const auto box = result.groups.find(group.id);
        if (box == result.groups.end() || group.folded)
            continue;
        boxes.add(box->second);
        const GroupParts parts = groupParts(group, box->second, fonts);
        titles.add(parts.title);
        if (group.policyCount > 0 || group.openToAll)
            titles.add(parts.note);
    }
}

Point middleOf(const Rect &card, Side side)
{
    switch (side) {
    case Side::Left:
        return {card.x, card.center().y};
    case Side::Right:
        return {card.right(), card.center().y};
    case Side::Top:
        return {card.center().x, card.y};
    case Side::Bottom:
        return {card.center().x, card.bottom()};
    }
    return card.center();
}

PathShape findShape(const Obstacles &obstacles, const LineEnd &from, const LineEnd &to, DetourBudget &budget)
{
    return ShapeFinder(obstacles, from, to).find(budget);
}

} // namespace portolan::layout
