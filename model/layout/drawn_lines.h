#pragma once

#include "model/layout/rect_index.h"

#include <cstddef>
#include <span>
#include <vector>

namespace portolan::layout {

/// Lines that have their way already, so that others cross as few of them as can be.
class DrawnLines
{
public:
    explicit DrawnLines(const Rect &area) : m_parts(area) {}

    /// The way of line `line`, in place of an earlier one. `from` and `to`: the cards where it ends.
    void put(std::size_t line, std::uint32_t from, std::uint32_t to, std::span<const Point> way);

    /// How often that way of `line` would cross others, without those that end at one of its two cards; no
    /// more than `atMost` are counted.
    std::size_t countCrossed(std::size_t line, std::uint32_t from, std::uint32_t to,
                             std::span<const Point> way, std::size_t atMost) const;

private:
    struct Line
    {
        std::uint32_t from = 0;
        std::uint32_t to = 0;
        std::uint32_t version = 0; ///< of its way: parts of older ones are passed over
    };
    struct Part
    {
        Point a;
        Point b;
        std::uint32_t line;
        std::uint32_t version;
    };

    RectIndex m_parts;
    std::vector<Part> m_ofPart;
    std::vector<Line> m_lines;
    mutable std::vector<std::uint32_t> m_seen; ///< by part: the question that met it last
    mutable std::uint32_t m_question = 0;
};

} // namespace portolan::layout
