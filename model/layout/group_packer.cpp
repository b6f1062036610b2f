#include "model/layout/group_packer.h"

#include <algorithm>
#include <cmath>
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
        near[link.a].emplace_back(link.b, link.weight);
        near[link.b].emplace_back(link.a, link.weight);
        total[link.a] += link.weight;
        total[link.b] += link.weight;
    }
    std::vector<double> pull(count);
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

/// Small is good: the page of the wanted shape that holds it, and how far its lines run.
double costOf(const Packing &packing, const std::vector<PackItem> &items, const std::vector<PackLink> &links,
              double aspect)
{
    double length = 0;
    double weight = 0;
    const auto center = [&](std::uint32_t i) {
        return Point{packing.places[i].x + items[i].size.width / 2,
                     packing.places[i].y + items[i].size.height / 2};
    };
    for (const PackLink &link : links) {
        const Point a = center(link.a);
        const Point b = center(link.b);
        length += link.weight * (std::abs(a.x - b.x) + std::abs(a.y - b.y));
        weight += link.weight;
    }
    const double page = std::max(packing.size.width, packing.size.height * aspect);
    return page + (weight > 0 ? 0.5 * length / weight : 0);
}

} // namespace

std::vector<Point> packGroups(const std::vector<PackItem> &items, const std::vector<PackLink> &links,
                              double aspect)
{
    if (items.empty())
        return {};
    double area = 0;
    double widest = 0;
    for (const PackItem &item : items) {
        area += (item.size.width + groupGap) * (item.size.height + groupGap);
        widest = std::max(widest, item.size.width);
    }
    const double ideal = std::sqrt(area * aspect);
    std::vector<Order> orders{heightOrder(items)};
    if (items.size() <= 400)
        orders.push_back(affinityOrder(items, links));
    Packing best;
    double bestCost = 0;
    for (const Order &order : orders) {
        for (int step = 0; step < 16; ++step) {
            const double width = std::max(widest, ideal * (0.8 + 0.05 * step));
            Packing packing = packShelves(items, order, width);
            const double cost = costOf(packing, items, links, aspect);
            if (best.places.empty() || cost < bestCost) {
                best = std::move(packing);
                bestCost = cost;
            }
        }
    }
    return best.places;
}

} // namespace portolan::layout
