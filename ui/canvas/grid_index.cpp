#include "ui/canvas/grid_index.h"

#include <algorithm>
#include <cmath>

namespace portolan::ui {

namespace {

constexpr double wantedCell = 320;
constexpr int mostCellsAcross = 256;
constexpr int mostCellsOfABox = 64;

/// QRectF::united ignores rectangles without area; lines and points count here.
QRectF boundsOf(const std::vector<QRectF> &boxes)
{
    double left = boxes.front().left(), right = boxes.front().right();
    double top = boxes.front().top(), bottom = boxes.front().bottom();
    for (const QRectF &box : boxes) {
        left = std::min(left, box.left());
        right = std::max(right, box.right());
        top = std::min(top, box.top());
        bottom = std::max(bottom, box.bottom());
    }
    return {left, top, right - left, bottom - top};
}

bool touch(const QRectF &a, const QRectF &b)
{
    return a.left() <= b.right() && b.left() <= a.right() && a.top() <= b.bottom() && b.top() <= a.bottom();
}

} // namespace

GridIndex::GridIndex(const std::vector<QRectF> &boxes) : m_boxes(boxes)
{
    if (boxes.empty())
        return;
    m_bounds = boundsOf(boxes);
    m_cell = std::max({wantedCell, m_bounds.width() / mostCellsAcross, m_bounds.height() / mostCellsAcross});
    m_columns = int(m_bounds.width() / m_cell) + 1;
    m_rows = int(m_bounds.height() / m_cell) + 1;

    const auto forEachCell = [this](const QRectF &box, auto visit) {
        const CellRange range = cellsOf(box);
        for (int row = range.top; row <= range.bottom && !isLarge(range); ++row) {
            for (int column = range.left; column <= range.right; ++column)
                visit(std::size_t(row) * std::size_t(m_columns) + std::size_t(column));
        }
    };
    m_cellStart.assign(std::size_t(m_columns) * std::size_t(m_rows) + 1, 0);
    for (const QRectF &box : m_boxes)
        forEachCell(box, [this](std::size_t cell) { ++m_cellStart[cell + 1]; });
    for (std::size_t i = 1; i < m_cellStart.size(); ++i)
        m_cellStart[i] += m_cellStart[i - 1];
    m_entries.resize(m_cellStart.back());
    std::vector<std::uint32_t> next(m_cellStart.begin(), m_cellStart.end() - 1);
    for (std::uint32_t i = 0; i < m_boxes.size(); ++i) {
        forEachCell(m_boxes[i], [&](std::size_t cell) { m_entries[next[cell]++] = i; });
        if (isLarge(cellsOf(m_boxes[i])))
            m_large.push_back(i);
    }
}

bool GridIndex::isLarge(const CellRange &range) const
{
    return (range.right - range.left + 1) * (range.bottom - range.top + 1) > mostCellsOfABox;
}

std::vector<std::uint32_t> GridIndex::scanned(const QRectF &area) const
{
    std::vector<std::uint32_t> found;
    for (std::uint32_t i = 0; i < m_boxes.size(); ++i) {
        if (touch(m_boxes[i], area))
            found.push_back(i);
    }
    return found;
}

GridIndex::CellRange GridIndex::cellsOf(const QRectF &area) const
{
    const auto cell = [this](double distance, int count) {
        // Clamped as a double first: a far-out area must not overflow an int.
        return int(std::clamp(std::floor(distance / m_cell), 0.0, double(count - 1)));
    };
    return {cell(area.left() - m_bounds.left(), m_columns), cell(area.right() - m_bounds.left(), m_columns),
            cell(area.top() - m_bounds.top(), m_rows), cell(area.bottom() - m_bounds.top(), m_rows)};
}

std::vector<std::uint32_t> GridIndex::touching(const QRectF &area) const
{
    if (m_boxes.empty() || !touch(area, m_bounds))
        return {};
    const CellRange range = cellsOf(area);
    const int cells = (range.right - range.left + 1) * (range.bottom - range.top + 1);
    if (cells * 4 > m_columns * m_rows) // Most of it: putting cells together would cost more.
        return scanned(area);
    std::vector<std::uint32_t> found;
    for (const std::uint32_t box : m_large) {
        if (touch(m_boxes[box], area))
            found.push_back(box);
    }
    for (int row = range.top; row <= range.bottom; ++row) {
        const std::size_t first = std::size_t(row) * std::size_t(m_columns);
        const std::uint32_t from = m_cellStart[first + std::size_t(range.left)];
        const std::uint32_t to = m_cellStart[first + std::size_t(range.right) + 1];
        for (std::uint32_t i = from; i < to; ++i) {
            if (touch(m_boxes[m_entries[i]], area))
                found.push_back(m_entries[i]);
        }
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

} // namespace portolan::ui
