#include "model/layout/path_shape.h"

#include "model/layout/card_metrics.h"

#include <algorithm>
#include <cmath>

namespace portolan::layout {

namespace {

constexpr double cornerRadius = 14;
constexpr int samplesPerSegment = 12;

/// Not hypot(): its care for numbers of any size costs much, and maps have no such sizes.
double distance(Point a, Point b)
{
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    return std::sqrt(dx * dx + dy * dy);
}

Point along(Point from, Point to, double way)
{
    const double length = distance(from, to);
    if (length == 0)
        return from;
    return {from.x + (to.x - from.x) * way / length, from.y + (to.y - from.y) * way / length};
}

void lineTo(std::vector<Point> &bezier, Point to)
{
    const Point from = bezier.back();
    bezier.push_back({from.x + (to.x - from.x) / 3, from.y + (to.y - from.y) / 3});
    bezier.push_back({from.x + (to.x - from.x) * 2 / 3, from.y + (to.y - from.y) * 2 / 3});
    bezier.push_back(to);
}

Point bezierAt(const Point *p, double t)
{
    const double u = 1 - t;
    const double a = u * u * u;
    const double b = 3 * u * u * t;
    const double c = 3 * u * t * t;
    const double d = t * t * t;
    return {a * p[0].x + b * p[1].x + c * p[2].x + d * p[3].x,
            a * p[0].y + b * p[1].y + c * p[2].y + d * p[3].y};
}

} // namespace

Point outward(Side side)
{
    switch (side) {
    case Side::Left:
        return {-1, 0};
    case Side::Right:
        return {1, 0};
    case Side::Top:
        return {0, -1};
    case Side::Bottom:
        return {0, 1};
    }
    return {1, 0};
}

std::array<Point, 4> freeCurveOf(Side leaving, Side arriving, Point from, Point to)
{
    const Point out = outward(leaving);
    const Point in = outward(arriving);
    const double dx = to.x - from.x;
    const double dy = to.y - from.y;
    // Half of the way in the direction in which the line leaves, as in a drawn S; where the other end is
    // behind, enough to turn round.
    const auto reach = [&](Point away) {
        const double ahead = away.x * dx + away.y * dy;
        const double across = std::abs(away.x * dy) + std::abs(away.y * dx);
        return ahead > 0 ? std::max(ahead / 2, std::min(24.0, across))
                         : 24 + std::min(80.0, across / 3 - ahead / 4);
    };
    const double a = reach(out);
    const Point inward{-in.x, -in.y};
    const double b = reach(inward);
    return {from, {from.x + out.x * a, from.y + out.y * a}, {to.x + in.x * b, to.y + in.y * b}, to};
}

std::vector<Point> cornersOf(const PathShape &shape, Point from, Point to)
{
    std::vector<Point> corners;
    putCorners(shape.out, shape.lanes, from, to, corners);
    return corners;
}

void putCorners(Side out, std::span<const double> lanes, Point from, Point to, std::vector<Point> &corners)
{
    corners.assign(1, from);
    bool laneIsVertical = isHorizontal(out);
    for (const double lane : lanes) {
        const Point last = corners.back();
        corners.push_back(laneIsVertical ? Point{lane, last.y} : Point{last.x, lane});
        laneIsVertical = !laneIsVertical;
    }
    const Point last = corners.back();
    // The last lane runs on to the height of the port.
    corners.push_back(laneIsVertical ? Point{to.x, last.y} : Point{last.x, to.y});
    corners.push_back(to);
}

std::vector<Point> curveOf(const PathShape &shape, Point from, Point to)
{
    if (shape.lanes.empty()) {
        const std::array<Point, 4> curve = freeCurveOf(shape.out, shape.in, from, to);
        return {curve.begin(), curve.end()};
    }
    const std::vector<Point> corners = cornersOf(shape, from, to);
    std::vector<Point> bezier{from};
    for (std::size_t i = 1; i + 1 < corners.size(); ++i) {
        const Point corner = corners[i];
        const double before = std::hypot(corner.x - corners[i - 1].x, corner.y - corners[i - 1].y);
        const double after = std::hypot(corners[i + 1].x - corner.x, corners[i + 1].y - corner.y);
        const double radius = std::min({cornerRadius, before / 2, after / 2});
        if (radius < 0.5)
            continue;
        const Point begin = along(corner, corners[i - 1], radius);
        const Point end = along(corner, corners[i + 1], radius);
        lineTo(bezier, begin);
        // 0.5523: a cubic that is a quarter of a circle to a thousandth.
        bezier.push_back(along(begin, corner, radius * 0.5523));
        bezier.push_back(along(end, corner, radius * 0.5523));
        bezier.push_back(end);
    }
    lineTo(bezier, to);
    return bezier;
}

std::vector<Point> loopAt(const Rect &card)
{
    const double middle = card.center().y;
    const double spread = std::min(9.0, card.height / 3);
    const Point from{card.right(), middle - spread};
    const Point to{card.right(), middle + spread};
    return {from, {from.x + 34, from.y - 6}, {to.x + 34, to.y + 6}, to};
}

std::vector<Point> tieOf(const Rect &pill, const Rect &card)
{
    const auto straight = [](Point a, Point b) {
        return std::vector<Point>{a,
                                  {a.x + (b.x - a.x) / 3, a.y + (b.y - a.y) / 3},
                                  {a.x + (b.x - a.x) * 2 / 3, a.y + (b.y - a.y) * 2 / 3},
                                  b};
    };
    const double x = pill.x + card::pillPadding;
    const bool beneath = pill.y >= card.bottom() && pill.y - card.bottom() <= card::pillGap + 1;
    if (beneath)
        return straight({x, pill.y}, {std::clamp(x, card.x + 6, card.right() - 6), card.bottom()});
    const double trunk = card.x + 5;
    if (pill.y > card.bottom() && pill.x > trunk && pill.x < card.right()) {
        const double y = pill.center().y;
        const double radius = pill.x - trunk;
        std::vector<Point> points{
            {pill.x, y}, {pill.x - radius * 0.55, y}, {trunk, y - radius * 0.45}, {trunk, y - radius}};
        const std::vector<Point> rest = straight(points.back(), {trunk, card.bottom()});
        points.insert(points.end(), rest.begin() + 1, rest.end());
        return points;
    }
    return straight(pill.center(), card.center());
}

std::vector<Point> sampled(const std::vector<Point> &bezier)
{
    std::vector<Point> line;
    putSamples(bezier, line);
    return line;
}

void putSamples(std::span<const Point> bezier, std::vector<Point> &line)
{
    line.clear();
    if (bezier.empty())
        return;
    line.reserve(1 + bezier.size() / 3 * samplesPerSegment);
    line.push_back(bezier.front());
    for (std::size_t i = 0; i + 3 < bezier.size(); i += 3) {
        for (int step = 1; step <= samplesPerSegment; ++step)
            line.push_back(bezierAt(&bezier[i], double(step) / samplesPerSegment));
    }
}

double lengthOf(const std::vector<Point> &line)
{
    double length = 0;
    for (std::size_t i = 1; i < line.size(); ++i)
        length += distance(line[i - 1], line[i]);
    return length;
}

Point pointAt(const std::vector<Point> &line, double share)
{
    double left = lengthOf(line) * share;
    for (std::size_t i = 1; i < line.size(); ++i) {
        const double part = distance(line[i - 1], line[i]);
        if (left <= part)
            return along(line[i - 1], line[i], left);
        left -= part;
    }
    return line.empty() ? Point{} : line.back();
}

} // namespace portolan::layout
