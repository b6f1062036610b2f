#include "model/layout/shape_finder.h"

#include "model/layout/card_metrics.h"
#include "model/layout/group_packer.h"
#include "model/layout/lane_search.h"
#include "model/layout/page_layout.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <tuple>

namespace portolan::layout {

namespace {

constexpr double cardPenalty = 700; // a crossed card is worse than that much of a way round
constexpr double titlePenalty = 90;
constexpr double boxPenalty = 25;
constexpr double linePenalty = 90;       // a crossed line
constexpr std::size_t linesForLanes = 3; // so many crossed are worth looking for a way along the gaps
constexpr double cornerPenalty = 14;
constexpr double nearLane = 12; // distance of a lane from the card that it passes
constexpr double betweenColumns = 27;

constexpr std::array allSides{Side::Left, Side::Right, Side::Top, Side::Bottom};

class ShapeFinder
{
public:
    ShapeFinder(const Obstacles &obstacles, const LineEnd &from, const LineEnd &to, LineCrossings others)
        : m_obstacles(obstacles),
          m_from(from),
          m_to(to),
          m_others(others),
          m_except{from.obstacle, to.obstacle}
    {
    }

    PathShape find(DetourBudget &budget)
    {
        for (const Side out : allSides) {
            for (const Side in : allSides)
                offerFree(out, in);
        }
        tryOffers();
        if ((!m_crossesCard && m_crossedLines < linesForLanes) || budget.lines == 0)
            return std::move(m_best);
        --budget.lines;
        offerLanes();
        tryOffers();
        if (m_crossesCard && budget.steps > 0) {
            if (auto shape = searchLanes(m_obstacles, m_from, m_to, budget.steps))
                return std::move(*shape);
        }
        return std::move(m_best);
    }

private:
    /// A shape that is worth a look, and the least that it can cost. There are hundreds for a line, so they
    /// are looked at from the cheapest on, until none can be better than what was found.
    struct Offer
    {
        Side out;
        Side in;
        std::uint8_t laneCount = 0;
        std::array<double, 3> lanes{};
        double extra; ///< besides the length
        double least; ///< the extra and no more than the length
        std::size_t order;

        std::span<const double> usedLanes() const { return {lanes.data(), laneCount}; }
        /// For a heap with the cheapest on top; of equal ones, the first.
        bool operator<(const Offer &other) const
        {
            return std::tie(other.least, other.order) < std::tie(least, order);
        }
    };

    void add(Offer offer)
    {
        if (offer.least >= m_bestCost)
            return;
        offer.order = m_offers.size();
        m_offers.push_back(offer);
    }

    void tryOffers()
    {
        std::make_heap(m_offers.begin(), m_offers.end());
        while (!m_offers.empty() && m_offers.front().least < m_bestCost) {
            weigh(m_offers.front());
            std::pop_heap(m_offers.begin(), m_offers.end());
            m_offers.pop_back();
        }
        m_offers.clear();
    }

    void offerFree(Side outSide, Side inSide)
    {
        // A curve that begins by going away from where it ends is no picture of a connection.
        const Point from = middleOf(m_from.card, outSide);
        const Point to = middleOf(m_to.card, inSide);
        const Point out = outward(outSide);
        const Point in = outward(inSide);
        const double ahead = out.x * (to.x - from.x) + out.y * (to.y - from.y);
        const double arriving = in.x * (from.x - to.x) + in.y * (from.y - to.y);
        const bool sameSide = outSide == inSide && isHorizontal(outSide);
        if (!sameSide && (ahead < 12 || arriving < 12))
            return;
        // Left to right is how the map reads; top and bottom are for neighbours above one another.
        const double extra =
            (isHorizontal(outSide) ? 0 : 40) + (isHorizontal(inSide) ? 0 : 40) + (sameSide ? 60 : 0);
        add({outSide, inSide, 0, {}, extra, extra + lengthOf({from, to}), 0});
    }

    void offerLanes()
    {
        const std::vector<double> ys = horizontalLanes();
        for (const Side out : {Side::Left, Side::Right}) {
            for (const double x1 : verticalLanes(m_from, out)) {
                for (const Side in : {Side::Left, Side::Right}) {
                    if (isOutside(m_to.card, in, x1))
                        offerWay(out, in, std::array{x1});
                    for (const double x2 : verticalLanes(m_to, in)) {
                        for (const double y : ys)
                            offerWay(out, in, std::array{x1, y, x2});
                    }
                }
            }
        }
        for (const Side out : {Side::Top, Side::Bottom}) {
            for (const double y : ys) {
                for (const Side in : {Side::Top, Side::Bottom}) {
                    if (isOutside(m_from.card, out, y) && isOutside(m_to.card, in, y))
                        offerWay(out, in, std::array{y});
                }
            }
        }
        offerMixedLanes(ys);
    }

    /// Out at the side and in from above or below, and the other way round.
    void offerMixedLanes(const std::vector<double> &ys)
    {
        for (const Side upright : {Side::Top, Side::Bottom}) {
            for (const Side level : {Side::Left, Side::Right}) {
                for (const double y : ys) {
                    for (const double x : verticalLanes(m_to, level)) {
                        if (isOutside(m_from.card, upright, y))
                            offerWay(upright, level, std::array{y, x});
                    }
                    for (const double x : verticalLanes(m_from, level)) {
                        if (isOutside(m_to.card, upright, y))
                            offerWay(level, upright, std::array{x, y});
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

    template<std::size_t Count>
    void offerWay(Side out, Side in, const std::array<double, Count> &lanes)
    {
        Offer offer{out, in, std::uint8_t(Count), {}, 30 + cornerPenalty * double(Count + 1), 0, 0};
        std::copy(lanes.begin(), lanes.end(), offer.lanes.begin());
        putCorners(out, lanes, middleOf(m_from.card, out), middleOf(m_to.card, in), m_line);
        offer.least = offer.extra;
        for (std::size_t i = 1; i < m_line.size(); ++i)
            offer.least += std::abs(m_line[i].x - m_line[i - 1].x) + std::abs(m_line[i].y - m_line[i - 1].y);
        add(offer);
    }

    void weigh(const Offer &offer)
    {
        const Point from = middleOf(m_from.card, offer.out);
        const Point to = middleOf(m_to.card, offer.in);
        if (offer.laneCount == 0)
            putSamples(freeCurveOf(offer.out, offer.in, from, to), m_line);
        else
            putCorners(offer.out, offer.usedLanes(), from, to, m_line);
        double cost = lengthOf(m_line) + offer.extra;
        if (cost >= m_bestCost)
            return;
        // Counting stops where the shape has lost anyway.
        const auto affordable = [&](double penalty) {
            const double most = (m_bestCost - cost) / penalty;
            return most > 1000 ? std::size_t(1000) : std::size_t(most) + 1;
        };
        const std::size_t cards = m_obstacles.cards.countMet(m_line, m_except, affordable(cardPenalty));
        cost += cardPenalty * double(cards);
        if (cost >= m_bestCost)
            return;
        cost += titlePenalty * double(m_obstacles.titles.countMet(m_line, {}, affordable(titlePenalty)));
        if (cost >= m_bestCost)
            return;
        cost += boxPenalty * double(m_obstacles.boxes.countMet(m_line, {}, affordable(boxPenalty)));
        if (cost >= m_bestCost)
            return;
        std::size_t lines = 0;
        if (m_others.lines)
            lines = m_others.lines->countCrossed(m_others.line, m_from.obstacle, m_to.obstacle, m_line,
                                                 affordable(linePenalty));
        cost += linePenalty * double(lines);
        if (cost >= m_bestCost)
            return;
        const auto lanes = offer.usedLanes();
        m_best = {offer.out, offer.in, {lanes.begin(), lanes.end()}};
        m_bestCost = cost;
        m_crossesCard = cards > 0;
        m_crossedLines = lines;
    }

    const Obstacles &m_obstacles;
    const LineEnd &m_from;
    const LineEnd &m_to;
    LineCrossings m_others;
    std::array<std::uint32_t, 2> m_except;
    std::vector<Offer> m_offers;
    std::vector<Point> m_line; ///< what is looked at now
    PathShape m_best;
    double m_bestCost = std::numeric_limits<double>::infinity();
    bool m_crossesCard = true;
    std::size_t m_crossedLines = 0;
};

} // namespace

Obstacles::Obstacles(const TopologyGraph &graph, const MapFonts &fonts, const LayoutResult &result)
    : area(boundsOf(graph, result)),
      cards(area),
      titles(area),
      boxes(area)
{
    cardOf.reserve(graph.nodes.size());
    for (const GraphNode &node : graph.nodes) {
        const auto place = result.nodes.find(node.id);
        if (place != result.nodes.end())
            cardOf[node.id] = cards.add(grown(place->second, cardClearance));
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

PathShape findShape(const Obstacles &obstacles, const LineEnd &from, const LineEnd &to, DetourBudget &budget,
                    LineCrossings others)
{
    return ShapeFinder(obstacles, from, to, others).find(budget);
}

} // namespace portolan::layout
