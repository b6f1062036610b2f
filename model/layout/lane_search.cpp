#include "model/layout/lane_search.h"

#include "model/layout/group_packer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <queue>
#include <set>

namespace portolan::layout {

namespace {

constexpr double bend = 40; // a corner costs as much as that much of a way
constexpr double titleCost = 120;
constexpr double reach = 260; // lanes are looked for so far beyond the two ends
constexpr std::size_t mostLanes = 90;
// With more boxes or own cards in the neighbourhood there are more lanes than that; to find it out one by one
// would take long on a large map.
constexpr std::size_t mostBoxes = 200;
constexpr std::size_t mostCards = 2'000;
constexpr std::size_t mostSteps = 6'000; // of one search
constexpr double laneOff = 13;           // from the card that a lane passes

enum Heading : unsigned char { East, West, South, North };

Heading headingOf(Side side)
{
    switch (side) {
    case Side::Right:
        return East;
    case Side::Left:
        return West;
    case Side::Bottom:
        return South;
    case Side::Top:
        return North;
    }
    return East;
}

/// Which way a line goes that comes in at that side.
Heading arriving(Side side)
{
    static constexpr std::array opposite{West, East, North, South};
    return opposite[headingOf(side)];
}

class LaneSearch
{
public:
    LaneSearch(const Obstacles &obstacles, const LineEnd &from, const LineEnd &to)
        : m_obstacles(obstacles),
          m_from(from),
          m_to(to),
          m_except{from.obstacle, to.obstacle}
    {
        const double left = std::min(from.card.x, to.card.x) - reach;
        const double top = std::min(from.card.y, to.card.y) - reach;
        m_area = {left, top, std::max(from.card.right(), to.card.right()) + reach - left,
                  std::max(from.card.bottom(), to.card.bottom()) + reach - top};
        collectLanes();
    }

    std::optional<PathShape> search(std::size_t &allSteps)
    {
        if (m_isHopeless || m_xs.size() > mostLanes || m_ys.size() > mostLanes)
            return std::nullopt;
        m_best.assign(m_xs.size() * m_ys.size() * 4, std::numeric_limits<double>::infinity());
        m_cameFrom.assign(m_best.size(), none);
        for (const Side side : {Side::Right, Side::Left, Side::Bottom, Side::Top})
            begin(side);
        for (std::size_t steps = 0; !m_open.empty() && steps < mostSteps && allSteps > 0;
             ++steps, --allSteps) {
            const Entry entry = m_open.top();
            m_open.pop();
            if (entry.cost > m_best[entry.state])
                continue;
            if (isGoal(entry.state))
                return shapeTo(entry.state);
            expand(entry);
        }
        return std::nullopt;
    }

private:
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

    struct Entry
    {
        double guess; ///< of the whole way
        double cost;  ///< so far
        std::uint32_t state;
        bool operator<(const Entry &other) const
        {
            return std::tie(other.guess, other.state) < std::tie(guess, state);
        }
    };

    void collectLanes()
    {
        for (const LineEnd *end : {&m_from, &m_to}) {
            m_xs.push_back(end->card.center().x);
            m_ys.push_back(end->card.center().y);
        }
        const auto around = [this](const Rect &rect, double x, double y) {
            if (!rect.intersects(m_area))
                return;
            for (const double lane : {rect.x - x, rect.right() + x})
                m_xs.push_back(lane);
            for (const double lane : {rect.y - y, rect.bottom() + y})
                m_ys.push_back(lane);
        };
        std::size_t boxes = 0;
        m_obstacles.boxes.forEachMeeting(m_area, [&](std::uint32_t box) {
            around(m_obstacles.boxes.rect(box), groupGap / 2, groupGap / 2);
            return ++boxes <= mostBoxes;
        });
        m_isHopeless = boxes > mostBoxes;
        if (!m_isHopeless)
            collectAroundCards(around);
        tidy(m_xs);
        tidy(m_ys);
    }

    /// Cards of other boxes are passed beside their box, those of the own boxes beside the card; in a small
    /// neighbourhood, every card.
    template<class Around>
    void collectAroundCards(const Around &around)
    {
        std::set<std::uint32_t> cards;
        const auto passEach = [&] {
            for (const std::uint32_t card : cards)
                around(m_obstacles.cards.rect(card), laneOff - 3, 7);
        };
        const auto collect = [&](const Rect &area) {
            m_obstacles.cards.forEachMeeting(area, [&cards](std::uint32_t card) {
                cards.insert(card);
                return cards.size() <= mostLanes / 2;
            });
        };
        collect(m_area);
        if (cards.size() <= mostLanes / 2)
            return passEach();
        cards.clear();
        for (const Rect &own : {m_from.box, m_to.box}) {
            m_obstacles.cards.forEachMeeting(own, [&](std::uint32_t card) {
                if (m_obstacles.cards.rect(card).intersects(m_area))
                    cards.insert(card);
                return cards.size() <= mostCards;
            });
        }
        m_isHopeless = cards.size() > mostCards;
        if (!m_isHopeless)
            passEach();
    }

    /// Sorted, none within three units of another.
    static void tidy(std::vector<double> &lanes)
    {
        std::sort(lanes.begin(), lanes.end());
        lanes.erase(std::unique(lanes.begin(), lanes.end(), [](double a, double b) { return b - a < 3; }),
                    lanes.end());
    }

    Point at(std::uint32_t state) const
    {
        const std::uint32_t place = state / 4;
        return {m_xs[place % m_xs.size()], m_ys[place / m_xs.size()]};
    }

    std::uint32_t stateAt(std::size_t ix, std::size_t iy, Heading heading) const
    {
        return std::uint32_t((iy * m_xs.size() + ix) * 4 + heading);
    }

    static std::size_t nearest(const std::vector<double> &lanes, double value)
    {
        const auto after = std::lower_bound(lanes.begin(), lanes.end(), value);
        if (after == lanes.begin())
            return 0;
        if (after == lanes.end() || value - *(after - 1) <= *after - value)
            return std::size_t(after - 1 - lanes.begin());
        return std::size_t(after - lanes.begin());
    }

    /// From the middle of a side straight to the first lane outside of the card.
    void begin(Side side)
    {
        const Point port = middleOf(m_from.card, side);
        const Point away = outward(side);
        const bool level = isHorizontal(side);
        const std::vector<double> &lanes = level ? m_xs : m_ys;
        const double edge = level ? port.x : port.y;
        const double sign = level ? away.x : away.y;
        for (std::size_t i = 0; i < lanes.size(); ++i) {
            if ((lanes[i] - edge) * sign < 8)
                continue;
            const std::size_t other = nearest(level ? m_ys : m_xs, level ? port.y : port.x);
            const std::uint32_t state =
                level ? stateAt(i, other, headingOf(side)) : stateAt(other, i, headingOf(side));
            offer(state, none, port, 0);
        }
    }

    /// True where the way ends: outside of one side of the target, heading straight for its middle.
    bool isGoal(std::uint32_t state) const
    {
        const Point here = at(state);
        for (const Side side : {Side::Left, Side::Right, Side::Top, Side::Bottom}) {
            const Point port = middleOf(m_to.card, side);
            const Point away = outward(side);
            const double ahead = (here.x - port.x) * away.x + (here.y - port.y) * away.y;
            const double across = std::abs((here.x - port.x) * away.y) + std::abs((here.y - port.y) * away.x);
            if (Heading(state % 4) == arriving(side) && ahead >= 8 && across < 3 && isFree(here, port))
                return true;
        }
        return false;
    }

    bool isFree(Point a, Point b) const
    {
        const std::array line{a, b};
        return m_obstacles.cards.countMet(line, m_except, 1) == 0;
    }

    void expand(const Entry &entry)
    {
        const std::uint32_t place = entry.state / 4;
        const std::size_t ix = place % m_xs.size();
        const std::size_t iy = place / m_xs.size();
        const auto heading = Heading(entry.state % 4);
        for (const Heading next : {East, West, South, North}) {
            const bool backwards = (heading ^ 1) == next;
            const bool edge = (next == East && ix + 1 == m_xs.size()) || (next == West && ix == 0) ||
                              (next == South && iy + 1 == m_ys.size()) || (next == North && iy == 0);
            if (backwards || edge)
                continue;
            const std::uint32_t state = stateAt(next == East   ? ix + 1
                                                : next == West ? ix - 1
                                                               : ix,
                                                next == South   ? iy + 1
                                                : next == North ? iy - 1
                                                                : iy,
                                                next);
            offer(state, entry.state, at(entry.state), entry.cost + (next == heading ? 0 : bend));
        }
    }

    void offer(std::uint32_t state, std::uint32_t from, Point before, double cost)
    {
        const Point here = at(state);
        const std::array line{before, here};
        cost += std::abs(here.x - before.x) + std::abs(here.y - before.y);
        if (cost >= m_best[state] || m_obstacles.cards.countMet(line, m_except, 1) > 0 || isInsideEnd(here))
            return;
        cost += titleCost * double(m_obstacles.titles.countMet(line, {}));
        if (cost >= m_best[state])
            return;
        m_best[state] = cost;
        m_cameFrom[state] = from;
        const Point goal = m_to.card.center();
        m_open.push({cost + std::abs(here.x - goal.x) + std::abs(here.y - goal.y), cost, state});
    }

    bool isInsideEnd(Point point) const { return m_from.card.contains(point) || m_to.card.contains(point); }

    static Side sideOf(Heading heading)
    {
        static constexpr std::array sides{Side::Right, Side::Left, Side::Bottom, Side::Top};
        return sides[heading];
    }

    PathShape shapeTo(std::uint32_t goal) const
    {
        std::vector<std::uint32_t> states;
        for (std::uint32_t state = goal; state != none; state = m_cameFrom[state])
            states.push_back(state);
        std::reverse(states.begin(), states.end());
        PathShape shape;
        shape.out = sideOf(Heading(states.front() % 4));
        shape.in = sideOf(Heading((goal % 4) ^ 1));
        for (std::size_t i = 1; i < states.size(); ++i) {
            const auto before = Heading(states[i - 1] % 4);
            if (Heading(states[i] % 4) == before)
                continue;
            const Point corner = at(states[i - 1]);
            shape.lanes.push_back(before == East || before == West ? corner.x : corner.y);
        }
        // The last corner is where the line turns for the port: the port gives that height itself.
        if (!shape.lanes.empty())
            shape.lanes.pop_back();
        return shape;
    }

    const Obstacles &m_obstacles;
    const LineEnd &m_from;
    const LineEnd &m_to;
    std::array<std::uint32_t, 2> m_except;
    Rect m_area;
    bool m_isHopeless = false; ///< too much around for a search
    std::vector<double> m_xs;
    std::vector<double> m_ys;
    std::vector<double> m_best; ///< by state: (place, heading)
    std::vector<std::uint32_t> m_cameFrom;
    std::priority_queue<Entry> m_open;
};

} // namespace

std::optional<PathShape> searchLanes(const Obstacles &obstacles, const LineEnd &from, const LineEnd &to,
                                     std::size_t &steps)
{
    return LaneSearch(obstacles, from, to).search(steps);
}

} // namespace portolan::layout
