#pragma once

#include "model/layout/geometry.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace portolan::layout {

/// True where the segment has a point inside of `rect`.
bool segmentMeets(const Rect &rect, Point a, Point b);

/// What segmentMeets() answers where it is easy: false for a segment that is all beyond one side.
inline bool mayMeet(const Rect &rect, Point a, Point b)
{
    return std::max(a.x, b.x) > rect.x && std::min(a.x, b.x) < rect.right() && std::max(a.y, b.y) > rect.y &&
           std::min(a.y, b.y) < rect.bottom();
}

/// Rectangles that can be asked for by place: a grid of buckets over `area`, quick where they are of similar
/// size and spread out, right in any case.
class RectIndex
{
public:
    explicit RectIndex(const Rect &area);

    /// The index of the rectangle, counted from 0.
    std::uint32_t add(const Rect &rect);
    const Rect &rect(std::uint32_t index) const { return m_rects[index]; }
    std::size_t size() const { return m_rects.size(); }

    /// How many rectangles the line meets, without those in `except`; no more than `atMost` are counted.
    std::size_t countMet(std::span<const Point> line, std::span<const std::uint32_t> except,
                         std::size_t atMost = SIZE_MAX) const;
    bool meetsAny(const Rect &rect) const;
    /// Calls back for every rectangle that meets `rect`, for some more than once; ends early where the
    /// visitor returns false.
    template<class Visit>
    void forEachMeeting(const Rect &rect, Visit visit) const
    {
        const Cells cells = cellsOf(rect);
        for (std::size_t row = cells.top; row <= cells.bottom; ++row) {
            for (std::size_t column = cells.left; column <= cells.right; ++column) {
                for (std::uint32_t at = m_first[row * m_columns + column]; at != end;
                     at = m_entries[at].next) {
                    const Entry &entry = m_entries[at];
                    if (entry.rect.intersects(rect) && !visit(entry.index))
                        return;
                }
            }
        }
    }

private:
    struct Cells
    {
        std::size_t left, right, top, bottom; ///< all included
    };
    static constexpr std::uint32_t end = UINT32_MAX;
    /// Of the list of a cell. A copy of the rectangle: looking it up elsewhere costs more than the
    /// comparison.
    struct Entry
    {
        Rect rect;
        std::uint32_t index;
        std::uint32_t next;
    };
    Cells cellsOf(const Rect &area) const;
    std::size_t columnOf(double x) const;
    /// The columns that the segment runs through in one of the rows of `cells`, which are around it.
    std::pair<std::size_t, std::size_t> columnsIn(std::size_t row, const Cells &cells, Point a,
                                                  Point b) const;

    Rect m_area;
    double m_cellSize;
    std::size_t m_columns;
    std::size_t m_rows;
    std::vector<Rect> m_rects;
    std::vector<std::uint32_t> m_first; // by row and column; what is outside is in the border
    std::vector<Entry> m_entries;       // of all cells: a list for each would be a thousand allocations
    mutable std::vector<std::uint32_t> m_seen; // by rectangle: the question that met it last
    mutable std::uint32_t m_question = 0;
};

} // namespace portolan::layout
