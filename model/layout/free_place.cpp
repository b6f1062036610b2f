#include "model/layout/free_place.h"

#include <algorithm>
#include <cmath>

namespace portolan::layout {

namespace {

constexpr std::size_t mostLines = 160; // per direction; maps stand in rows and columns, so these are many

void tidy(std::vector<double> &lines)
{
    std::sort(lines.begin(), lines.end());
    lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
    if (lines.size() <= mostLines)
        return;
    // Every n-th one, the last included.
    std::vector<double> kept;
    for (std::size_t i = 0; i < mostLines; ++i)
        kept.push_back(lines[i * (lines.size() - 1) / (mostLines - 1)]);
    lines = std::move(kept);
}

} // namespace

FreePlace::FreePlace(const std::vector<Rect> &taken, const Rect &area, double gap)
    : m_area(area),
      m_taken(area)
{
    m_lefts.push_back(area.x);
    m_tops.push_back(area.y);
    m_rights.push_back(area.right());
    m_bottoms.push_back(area.bottom());
    for (const Rect &rect : taken) {
        m_taken.add(grown(rect, gap - 0.5)); // half a unit: exactly the gap is enough
        m_lefts.push_back(rect.x);
        m_lefts.push_back(rect.right() + gap);
        m_tops.push_back(rect.y);
        m_tops.push_back(rect.bottom() + gap);
        m_rights.push_back(rect.x - gap);
        m_bottoms.push_back(rect.y - gap);
    }
    for (std::vector<double> *lines : {&m_lefts, &m_tops, &m_rights, &m_bottoms})
        tidy(*lines);
}

bool FreePlace::isFree(const Rect &place) const
{
    return m_area.contains(place) && !m_taken.meetsAny(place);
}

template<class Cost>
std::optional<Rect> FreePlace::best(Size size, Cost cost) const
{
    std::optional<Rect> found;
    double foundCost = 0;
    const auto consider = [&](double x, double y) {
        const Rect place{x, y, size.width, size.height};
        const double price = cost(place);
        if ((!found || price < foundCost) && isFree(place)) {
            found = place;
            foundCost = price;
        }
    };
    for (const double y : m_tops) {
        for (const double x : m_lefts)
            consider(x, y);
        for (const double x : m_rights)
            consider(x - size.width, y);
    }
    for (const double y : m_bottoms) {
        for (const double x : m_lefts)
            consider(x, y - size.height);
    }
    return found;
}

std::optional<Rect> FreePlace::first(Size size) const
{
    // Rows of cards first: a higher place beats one that is further left.
    return best(size,
                [this](const Rect &place) { return (place.y - m_area.y) * 1e5 + (place.x - m_area.x); });
}

std::optional<Rect> FreePlace::nearest(Size size, Point wish) const
{
    return best(size, [wish](const Rect &place) { return std::hypot(place.x - wish.x, place.y - wish.y); });
}

} // namespace portolan::layout
