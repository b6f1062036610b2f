#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

namespace portolan {

/// Scene units: one unit is one device-independent pixel at 100 % zoom; x to the right, y down.
struct Point
{
    double x = 0;
    double y = 0;
    friend bool operator==(const Point &, const Point &) = default;
};

struct Size
{
    double width = 0;
    double height = 0;
    friend bool operator==(const Size &, const Size &) = default;
};

struct Rect
{
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;

    double right() const { return x + width; }
    double bottom() const { return y + height; }
    Point center() const { return {x + width / 2, y + height / 2}; }
    bool contains(Point p) const { return p.x >= x && p.x <= right() && p.y >= y && p.y <= bottom(); }
    bool contains(const Rect &o) const
    {
        return o.x >= x && o.y >= y && o.right() <= right() && o.bottom() <= bottom();
    }
    bool intersects(const Rect &o) const
    {
        return x < o.right() && o.x < right() && y < o.bottom() && o.y < bottom();
    }
    friend bool operator==(const Rect &, const Rect &) = default;
};

namespace layout {

/// `rect` with `margin` more on each side (less, for a negative margin).
inline Rect grown(const Rect &rect, double margin)
{
    return {rect.x - margin, rect.y - margin, rect.width + 2 * margin, rect.height + 2 * margin};
}

/// Around a segment: without a width where it is upright.
inline Rect segmentBox(Point a, Point b)
{
    return {std::min(a.x, b.x), std::min(a.y, b.y), std::abs(a.x - b.x), std::abs(a.y - b.y)};
}

/// What is around all that it includes.
class Extent
{
public:
    void include(const Rect &rect)
    {
        m_first = {std::min(m_first.x, rect.x), std::min(m_first.y, rect.y)};
        m_last = {std::max(m_last.x, rect.right()), std::max(m_last.y, rect.bottom())};
    }
    void include(Point point) { include(Rect{point.x, point.y, 0, 0}); }
    bool isEmpty() const { return m_last.x < m_first.x; }
    /// Rect{} of nothing.
    Rect rect() const
    {
        return isEmpty() ? Rect{} : Rect{m_first.x, m_first.y, m_last.x - m_first.x, m_last.y - m_first.y};
    }

private:
    static constexpr double far = std::numeric_limits<double>::max();
    Point m_first{far, far};
    Point m_last{-far, -far};
};

/// The smallest that holds both.
inline Rect united(const Rect &a, const Rect &b)
{
    Extent both;
    both.include(a);
    both.include(b);
    return both.rect();
}

/// True where the segments a–b and c–d have one point in common that is an end of neither.
inline bool cross(Point a, Point b, Point c, Point d)
{
    const auto side = [](Point p, Point q, Point r) {
        return (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
    };
    return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

} // namespace layout

} // namespace portolan
