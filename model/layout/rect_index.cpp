#include "model/layout/rect_index.h"

#include <algorithm>
#include <cmath>

namespace portolan::layout {

bool segmentMeets(const Rect &rect, Point a, Point b)
{
    if (!mayMeet(rect, a, b))
        return false;
    if (a.x == b.x || a.y == b.y)
        return true;
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

RectIndex::RectIndex(const Rect &area) : m_area(area)
{
    // About the size of a card with its gap; larger where the map is so large that the grid would be.
    m_cellSize = std::max({160.0, area.width / 500, area.height / 500});
    m_columns = std::size_t(std::max(0.0, area.width) / m_cellSize) + 1;
    m_rows = std::size_t(std::max(0.0, area.height) / m_cellSize) + 1;
    m_first.resize(m_columns * m_rows, end);
}

std::size_t RectIndex::columnOf(double x) const
{
    return std::size_t(std::clamp((x - m_area.x) / m_cellSize, 0.0, double(m_columns - 1)));
}

RectIndex::Cells RectIndex::cellsOf(const Rect &area) const
{
    const auto row = [this](double y) {
        return std::size_t(std::clamp((y - m_area.y) / m_cellSize, 0.0, double(m_rows - 1)));
    };
    return {columnOf(area.x), columnOf(area.right()), row(area.y), row(area.bottom())};
}

std::pair<std::size_t, std::size_t> RectIndex::columnsIn(std::size_t row, const Cells &cells, Point a,
                                                         Point b) const
{
    if (cells.top == cells.bottom || cells.left == cells.right)
        return {cells.left, cells.right};
    constexpr double margin = 0.01; // what rounding may cost at a border
    const auto xAt = [&](double y) {
        return a.x + (b.x - a.x) * std::clamp((y - a.y) / (b.y - a.y), 0.0, 1.0);
    };
    const double upper = m_area.y + m_cellSize * double(row);
    // Rows at the border also stand for all that is beyond it.
    const double x1 = row == cells.top ? (a.y < b.y ? a.x : b.x) : xAt(upper);
    const double x2 = row == cells.bottom ? (a.y < b.y ? b.x : a.x) : xAt(upper + m_cellSize);
    return {columnOf(std::min(x1, x2) - margin), columnOf(std::max(x1, x2) + margin)};
}

std::uint32_t RectIndex::add(const Rect &rect)
{
    const auto index = std::uint32_t(m_rects.size());
    m_rects.push_back(rect);
    m_seen.push_back(0);
    const Cells cells = cellsOf(rect);
    for (std::size_t row = cells.top; row <= cells.bottom; ++row) {
        for (std::size_t column = cells.left; column <= cells.right; ++column) {
            std::uint32_t &first = m_first[row * m_columns + column];
            m_entries.push_back({rect, index, first});
            first = std::uint32_t(m_entries.size() - 1);
        }
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
        const Cells cells = cellsOf(segmentBox(a, b));
        for (std::size_t row = cells.top; row <= cells.bottom; ++row) {
            const auto [first, last] = columnsIn(row, cells, a, b);
            for (std::size_t column = first; column <= last; ++column) {
                for (std::uint32_t at = m_first[row * m_columns + column]; at != end;
                     at = m_entries[at].next) {
                    const Entry &entry = m_entries[at];
                    if (!mayMeet(entry.rect, a, b) || m_seen[entry.index] == m_question ||
                        !segmentMeets(entry.rect, a, b))
                        continue;
                    m_seen[entry.index] = m_question;
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
            for (std::uint32_t at = m_first[row * m_columns + column]; at != end; at = m_entries[at].next) {
                if (m_entries[at].rect.intersects(rect))
                    return true;
            }
        }
    }
    return false;
}

} // namespace portolan::layout
