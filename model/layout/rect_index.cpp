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

RectIndex::RectIndex(const Rect &area) : m_area(area)
{
    // About the size of a card with its gap; larger where the map is so large that the grid would be.
    m_cellSize = std::max({160.0, area.width / 500, area.height / 500});
    m_columns = std::size_t(std::max(0.0, area.width) / m_cellSize) + 1;
    m_rows = std::size_t(std::max(0.0, area.height) / m_cellSize) + 1;
    m_cells.resize(m_columns * m_rows);
}

RectIndex::Cells RectIndex::cellsOf(const Rect &area) const
{
    const auto cell = [this](double distance, std::size_t count) {
        return std::size_t(std::clamp(distance / m_cellSize, 0.0, double(count - 1)));
    };
    return {cell(area.x - m_area.x, m_columns), cell(area.right() - m_area.x, m_columns),
            cell(area.y - m_area.y, m_rows), cell(area.bottom() - m_area.y, m_rows)};
}

std::uint32_t RectIndex::add(const Rect &rect)
{
    const auto index = std::uint32_t(m_rects.size());
    m_rects.push_back(rect);
    m_seen.push_back(0);
    const Cells cells = cellsOf(rect);
    for (std::size_t row = cells.top; row <= cells.bottom; ++row) {
        for (std::size_t column = cells.left; column <= cells.right; ++column)
            m_cells[row * m_columns + column].push_back(index);
    }
    return index;
}

std::size_t RectIndex::countMet(std::span<const Point> line, std::span<const std::uint32_t> except,
                                std::size_t atMost) const
{
    ++m_question;
    for (const std::uint32_t index : except)
        m_seen[index] = m_question;
    std::size_t met = 0;
    for (std::size_t i = 1; i < line.size(); ++i) {
        const Point a = line[i - 1];
        const Point b = line[i];
        const Cells cells =
            cellsOf({std::min(a.x, b.x), std::min(a.y, b.y), std::abs(a.x - b.x), std::abs(a.y - b.y)});
        for (std::size_t row = cells.top; row <= cells.bottom; ++row) {
            for (std::size_t column = cells.left; column <= cells.right; ++column) {
                for (const std::uint32_t index : m_cells[row * m_columns + column]) {
                    if (m_seen[index] == m_question || !segmentMeets(m_rects[index], a, b))
                        continue;
                    m_seen[index] = m_question;
                    if (++met >= atMost)
                        return met;
                }
            }
        }
    }
    return met;
}

bool RectIndex::meetsAny(const Rect &rect) const
{
    const Cells cells = cellsOf(rect);
    for (std::size_t row = cells.top; row <= cells.bottom; ++row) {
        for (std::size_t column = cells.left; column <= cells.right; ++column) {
            const auto &here = m_cells[row * m_columns + column];
            if (std::any_of(here.begin(), here.end(),
                            [&](std::uint32_t index) { return m_rects[index].intersects(rect); }))
                return true;
        }
    }
    return false;
}

} // namespace portolan::layout
