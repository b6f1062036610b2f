#include "model/layout/rect_index.h"

#include <algorithm>
#include <cmath>

namespace portolan::layout {

bool segmentMeets(const Rect &rect, Point a, Point b)
{
    // Liang and Barsky's clipping: the part of the segment that is inside of each side in turn.
    double first = 0;
    double last = 1;
    const auto clip = [&](double direction, double distance) {
        if (direction == 0)
            return distance > 0;
        const double at = distance / direction;
        if (direction < 0)
            first = std::max(first, at);
        else
            last = std::min(last, at);
        return first < last;
    };
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    return clip(-dx, a.x - rect.x) && clip(dx, rect.right() - a.x) && clip(-dy, a.y - rect.y) &&
           clip(dy, rect.bottom() - a.y);
}

Rect grown(const Rect &rect, double margin)
{
    return {rect.x - margin, rect.y - margin, rect.width + 2 * margin, rect.height + 2 * margin};
}

RectIndex::Cell RectIndex::cellAt(int x, int y)
{
    return (Cell(std::uint32_t(x)) << 32) | std::uint32_t(y);
}

template<class Visit>
void RectIndex::forEachCell(const Rect &area, Visit visit) const
{
    const int left = int(std::floor(area.x / cellSize));
    const int right = int(std::floor(area.right() / cellSize));
    const int top = int(std::floor(area.y / cellSize));
    const int bottom = int(std::floor(area.bottom() / cellSize));
    for (int x = left; x <= right; ++x) {
        for (int y = top; y <= bottom; ++y)
            visit(cellAt(x, y));
    }
}

std::uint32_t RectIndex::add(const Rect &rect)
{
    const auto index = std::uint32_t(m_rects.size());
    m_rects.push_back(rect);
    m_seen.push_back(0);
    forEachCell(rect, [&](Cell cell) { m_cells[cell].push_back(index); });
    return index;
}

std::size_t RectIndex::countMet(std::span<const Point> line, std::span<const std::uint32_t> except) const
{
    ++m_question;
    for (const std::uint32_t index : except)
        m_seen[index] = m_question;
    std::size_t met = 0;
    for (std::size_t i = 1; i < line.size(); ++i) {
        const Point a = line[i - 1];
        const Point b = line[i];
        const Rect area{std::min(a.x, b.x), std::min(a.y, b.y), std::abs(a.x - b.x), std::abs(a.y - b.y)};
        forEachCell(area, [&](Cell cell) {
            const auto at = m_cells.find(cell);
            if (at == m_cells.end())
                return;
            for (const std::uint32_t index : at->second) {
                if (m_seen[index] != m_question && segmentMeets(m_rects[index], a, b)) {
                    m_seen[index] = m_question;
                    ++met;
                }
            }
        });
    }
    return met;
}

bool RectIndex::meetsAny(const Rect &rect) const
{
    bool any = false;
    forEachCell(rect, [&](Cell cell) {
        const auto at = m_cells.find(cell);
        if (any || at == m_cells.end())
            return;
        any = std::any_of(at->second.begin(), at->second.end(),
                          [&](std::uint32_t index) { return m_rects[index].intersects(rect); });
    });
    return any;
}

} // namespace portolan::layout
