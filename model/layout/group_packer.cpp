#include "model/layout/group_packer.h"

#include "model/layout/rect_index.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace portolan::layout {

namespace {

using Order = std::vector<std::uint32_t>;

/// Boxes one after the other, each time the one with the most to do with what is there already.
Order affinityOrder(const std::vector<PackItem> &items, const std::vector<PackLink> &links)
{
    const std::size_t count = items.size();
    std::vector<std::vector<std::pair<std::uint32_t, double>>> near(count);
    std::vector<double> total(count);
    for (const PackLink &link : links) {
        near[link.from].emplace_back(link.to, link.weight);
        near[link.to].emplace_back(link.from, link.weight);
        total[link.from] += link.weight;
        total[link.to] += link.weight;
    }
    std::vector<double> pull(count);
    for (std::size_t i = 0; i < count; ++i)
        pull[i] = 1000 * items[i].leftPull; // the world's neighbours begin
    std::vector<bool> placed(count);
    Order order;
    while (order.size() < count) {
        std::uint32_t best = 0;
        bool found = false;
        for (std::uint32_t i = 0; i < count; ++i) {
            if (placed[i])
                continue;
            if (!found || std::pair(pull[i], total[i]) > std::pair(pull[best], total[best])) {
                best = i;
                found = true;
            }
        }
        placed[best] = true;
        order.push_back(best);
        for (const auto &[other, weight] : near[best])
            pull[other] += weight;
    }
    return order;
}

Order heightOrder(const std::vector<PackItem> &items)
{
    Order order(items.size());
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return items[a].size.height > items[b].size.height;
    });
    return order;
}

struct Packing
{
    std::vector<Point> places;
    Size size;
};

/// Shelves of at most `width`. A box stands under its neighbour in the shelf where there is room.
Packing packShelves(const std::vector<PackItem> &items, const Order &order, double width)
{
    Packing packing{std::vector<Point>(items.size()), {}};
    double shelfTop = 0;
    double shelfHeight = 0;
    double columnLeft = 0;
    double columnWidth = 0;
    double columnBottom = 0;
    for (const std::uint32_t i : order) {
        const Size size = items[i].size;
        const bool under = columnWidth > 0 && size.width <= columnWidth &&
                           columnBottom + groupGap + size.height <= shelfTop + shelfHeight;
        if (under) {
            packing.places[i] = {columnLeft, columnBottom + groupGap};
            columnBottom += groupGap + size.height;
        } else {
            double left = columnWidth > 0 ? columnLeft + columnWidth + groupGap : 0;
            if (left > 0 && left + size.width > width) {
                shelfTop += shelfHeight + groupGap;
                shelfHeight = 0;
                left = 0;
            }
            packing.places[i] = {left, shelfTop};
            columnLeft = left;
            columnWidth = size.width;
            columnBottom = shelfTop + size.height;
            shelfHeight = std::max(shelfHeight, size.height);
        }
        packing.size.width = std::max(packing.size.width, packing.places[i].x + size.width);
        packing.size.height = std::max(packing.size.height, packing.places[i].y + size.height);
    }
    return packing;
}

/// Down to where the box beneath begins, or, where there is none, to where its neighbours end.
void stretch(const std::vector<PackItem> &items, std::vector<Rect> &boxes)
{
    const std::vector<Rect> packed = boxes;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        const Rect &own = packed[i];
        double beneath = std::numeric_limits<double>::infinity();
        double beside = own.bottom();
        for (std::size_t j = 0; j < boxes.size(); ++j) {
            const Rect &other = packed[j];
            if (j == i)
                continue;
            const bool sameColumn = other.x < own.right() + groupGap && own.x < other.right() + groupGap;
            if (sameColumn && other.y >= own.bottom())
                beneath = std::min(beneath, other.y - groupGap);
            else if (!sameColumn && other.y < own.bottom() && own.y < other.bottom())
                beside = std::max(beside, other.bottom());
        }
        const double most = own.bottom() + items[i].stretch;
        boxes[i].height = std::max(own.height, std::min({beneath, beside, most}) - own.y);
    }
}

class Packer
{
public:
    Packer(const std::vector<PackItem> &items, const std::vector<PackLink> &links, double aspect,
           double margin)
        : m_items(items),
          m_links(links),
          m_aspect(aspect),
          m_margin(margin)
    {
        for (const PackItem &item : items) {
            m_area += (item.size.width + groupGap) * (item.size.height + groupGap);
            m_widest = std::max(m_widest, item.size.width);
            m_highest = std::max(m_highest, item.size.height);
            m_turned.push_back({{item.size.height, item.size.width}, 0, 0});
            m_weight += outsidePull * (item.leftPull + item.rightPull);
        }
        for (const PackLink &link : links)
            m_weight += link.weight;
    }

    std::vector<Point> pack()
    {
        std::vector<Order> starts{heightOrder(m_items)};
        if (m_items.size() <= mostForAffinity)
            starts.push_back(affinityOrder(m_items, m_links));
        Found best;
        for (const Order &start : starts) {
            m_found = {};
            tryOrder(start);
            if (m_items.size() <= mostForSearch)
                search();
            if (best.packing.places.empty() || m_found.cost < best.cost)
                best = std::move(m_found);
        }
        return std::move(best.packing.places);
    }

private:
    static constexpr std::size_t mostForAffinity = 400;
    static constexpr std::size_t mostForSearch = 24;
    static constexpr std::size_t searchBudget = 400'000; // looks at a pair of a link and a box
    static constexpr double backwards = 0.8;             // a line from right to left is that much longer
    static constexpr double outsidePull = 3;             // the world's line is where reading begins
    static constexpr double inTheWay = 250;              // a box to cross counts as that much of a way

    struct Found
    {
        Packing packing;
        Order order;
        double cost = 0;
        double extent = 0;
        bool inColumns = false;
    };

    /// In every width that is likely; keeps the best.
    bool tryOrder(const Order &order)
    {
        bool better = false;
        const double ideal = std::sqrt(m_area * m_aspect);
        for (int step = 0; step < 16; ++step) {
            const double share = 0.75 + 0.05 * step;
            better = tryExtent(order, std::max(m_widest, ideal * share), false) || better;
            better = tryExtent(order, std::max(m_highest, ideal / m_aspect * share), true) || better;
        }
        return better;
    }

    /// On shelves of that width, or in columns of that height.
    bool tryExtent(const Order &order, double extent, bool inColumns)
    {
        Packing packing;
        if (inColumns) {
            packing = packShelves(m_turned, order, extent);
            for (Point &place : packing.places)
                std::swap(place.x, place.y);
            std::swap(packing.size.width, packing.size.height);
        } else {
            packing = packShelves(m_items, order, extent);
        }
        const double cost = costOf(packing);
        if (!m_found.packing.places.empty() && cost >= m_found.cost)
            return false;
        m_found = {std::move(packing), order, cost, extent, inColumns};
        return true;
    }

    /// Moves one box to another place in the order, or exchanges two, for as long as that helps.
    void search()
    {
        bool better = true;
        std::size_t budget = searchBudget / ((m_links.size() + 1) * m_items.size());
        for (int round = 0; better && round < 8; ++round) {
            better = false;
            for (std::size_t a = 0; a < m_items.size(); ++a) {
                for (std::size_t b = 0; b < m_items.size(); ++b) {
                    if (a == b || budget == 0)
                        continue;
                    --budget;
                    Order moved = m_found.order;
                    moved.erase(moved.begin() + std::ptrdiff_t(a));
                    moved.insert(moved.begin() + std::ptrdiff_t(b), m_found.order[a]);
                    better = tryExtent(moved, m_found.extent, m_found.inColumns) || better;
                    Order swapped = m_found.order;
                    std::swap(swapped[a], swapped[b]);
                    better = tryExtent(swapped, m_found.extent, m_found.inColumns) || better;
                }
            }
            better = tryOrder(Order(m_found.order)) || better;
        }
    }

    /// Small is good: the page of the wanted shape that holds it, and how far its lines run.
    double costOf(const Packing &packing) const
    {
        double length = 0;
        double late = 0;
        const auto rectOf = [&](std::uint32_t i) {
            return Rect{packing.places[i].x, packing.places[i].y, m_items[i].size.width,
                        m_items[i].size.height};
        };
        for (const PackLink &link : m_links) {
            const Rect a = rectOf(link.from);
            const Rect b = rectOf(link.to);
            const double across = std::abs(a.center().x - b.center().x);
            const double back = std::max(0.0, a.x - b.x);
            length += link.weight * (across + std::abs(a.center().y - b.center().y) + backwards * back);
            length += link.weight * inTheWay * double(boxesBetween(packing, link));
        }
        for (std::uint32_t i = 0; i < m_items.size(); ++i) {
            const Rect rect = rectOf(i);
            length += outsidePull * (m_items[i].leftPull * rect.x +
                                     m_items[i].rightPull * (packing.size.width - rect.right()));
            // What is large is read first.
            late += rect.width * rect.height / m_area * (rect.center().x + rect.center().y);
        }
        const double page = std::max(packing.size.width + m_margin, packing.size.height * m_aspect);
        return page + 0.3 * late + (m_weight > 0 ? 0.5 * length / m_weight : 0);
    }

    /// Boxes that the straight line between two others runs through; looked at on small maps alone.
    std::size_t boxesBetween(const Packing &packing, const PackLink &link) const
    {
        if (m_items.size() > mostForSearch)
            return 0;
        const auto rectOf = [&](std::uint32_t i) {
            return Rect{packing.places[i].x, packing.places[i].y, m_items[i].size.width,
                        m_items[i].size.height};
        };
        const Point a = rectOf(link.from).center();
        const Point b = rectOf(link.to).center();
        std::size_t count = 0;
        for (std::uint32_t i = 0; i < m_items.size(); ++i)
            count += i != link.from && i != link.to && segmentMeets(rectOf(i), a, b) ? 1 : 0;
        return count;
    }

    const std::vector<PackItem> &m_items;
    const std::vector<PackLink> &m_links;
    std::vector<PackItem> m_turned; ///< width and height exchanged
    double m_aspect;
    double m_margin;
    double m_area = 0;
    double m_widest = 0;
    double m_highest = 0;
    double m_weight = 0;
    Found m_found; ///< the best so far from this start
};

} // namespace

std::vector<Rect> packGroups(const std::vector<PackItem> &items, const std::vector<PackLink> &links,
                             double aspect, double margin)
{
    std::vector<Rect> boxes;
    if (items.empty())
        return boxes;
    const std::vector<Point> places = Packer(items, links, aspect, margin).pack();
    for (std::size_t i = 0; i < items.size(); ++i)
        boxes.push_back({places[i].x, places[i].y, items[i].size.width, items[i].size.height});
    stretch(items, boxes);
    return boxes;
}

} // namespace portolan::layout
