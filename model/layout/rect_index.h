#pragma once

#include "model/layout/geometry.h"

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace portolan::layout {

/// True where the segment has a point inside of `rect`.
bool segmentMeets(const Rect &rect, Point a, Point b);

/// `rect` with `margin` more on each side (less, for a negative margin).
Rect grown(const Rect &rect, double margin);

/// Rectangles that can be asked for by place: a grid of buckets, quick where they are of similar size and
/// spread out, right in any case.
class RectIndex
{
public:
    /// The index of the rectangle, counted from 0.
    std::uint32_t add(const Rect &rect);
    const Rect &rect(std::uint32_t index) const { return m_rects[index]; }
    std::size_t size() const { return m_rects.size(); }

    /// How many rectangles the line meets, without those in `except`.
    std::size_t countMet(std::span<const Point> line, std::span<const std::uint32_t> except) const;
    bool meetsAny(const Rect &rect) const;

private:
    static constexpr double cellSize = 160;
    using Cell = std::uint64_t;
    static Cell cellAt(int x, int y);
    template<class Visit>
    void forEachCell(const Rect &area, Visit visit) const;

    std::vector<Rect> m_rects;
    std::unordered_map<Cell, std::vector<std::uint32_t>> m_cells;
    mutable std::vector<std::uint32_t> m_seen; // by rectangle: the question that met it last
    mutable std::uint32_t m_question = 0;
};

} // namespace portolan::layout
