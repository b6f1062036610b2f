#include "model/layout/drawn_lines.h"

#include <algorithm>
#include <cmath>

namespace portolan::layout {

namespace {

/// A little more than around it, so that a part that is level still meets what touches it.
Rect touched(Point a, Point b)
{
    return grown(segmentBox(a, b), 0.5);
}

} // namespace

void DrawnLines::put(std::size_t line, std::uint32_t from, std::uint32_t to, std::span<const Point> way)
{
    if (m_lines.size() <= line)
        m_lines.resize(line + 1);
    m_lines[line] = {from, to, m_lines[line].version + 1};
    for (std::size_t i = 1; i < way.size(); ++i) {
        m_parts.add(touched(way[i - 1], way[i]));
        m_ofPart.push_back({way[i - 1], way[i], std::uint32_t(line), m_lines[line].version});
        m_seen.push_back(0);
    }
}

std::size_t DrawnLines::countCrossed(std::size_t line, std::uint32_t from, std::uint32_t to,
                                     std::span<const Point> way, std::size_t atMost) const
{
    std::size_t crossed = 0;
    for (std::size_t i = 1; i < way.size() && crossed < atMost; ++i) {
        ++m_question;
        m_parts.forEachMeeting(touched(way[i - 1], way[i]), [&](std::uint32_t index) {
            if (m_seen[index] == m_question)
                return true;
            m_seen[index] = m_question;
            const Part &part = m_ofPart[index];
            const Line &other = m_lines[part.line];
            if (part.line == line || part.version != other.version || other.from == from ||
                other.from == to || other.to == from || other.to == to)
                return true;
            crossed += cross(way[i - 1], way[i], part.a, part.b) ? 1 : 0;
            return crossed < atMost;
        });
    }
    return crossed;
}

} // namespace portolan::layout
