#include "ui/canvas/bezier.h"

#include <QLineF>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace portolan::ui {

namespace {

constexpr int stepsPerSegment = 16;

QPointF pointOf(const Point *p, double t)
{
    const double u = 1 - t;
    const double a = u * u * u, b = 3 * u * u * t, c = 3 * u * t * t, d = t * t * t;
    return {a * p[0].x + b * p[1].x + c * p[2].x + d * p[3].x,
            a * p[0].y + b * p[1].y + c * p[2].y + d * p[3].y};
}

/// Calls visit(a, b) for each of the short straight pieces that stand for the line, from its start.
template<class Visit>
void forEachPiece(std::span<const Point> points, Visit visit)
{
    const std::size_t segments = segmentCount(points);
    for (std::size_t s = 0; s < segments; ++s) {
        const Point *p = points.data() + 3 * s;
        QPointF from = toQt(p[0]);
        for (int i = 1; i <= stepsPerSegment; ++i) {
            const QPointF to = pointOf(p, double(i) / stepsPerSegment);
            visit(from, to);
            from = to;
        }
    }
}

double lengthOf(QPointF v)
{
    return std::hypot(v.x(), v.y());
}

/// How far along a-b (0 to 1) the point nearest to `p` lies.
double projection(QPointF a, QPointF b, QPointF p)
{
    const QPointF v = b - a;
    const double square = QPointF::dotProduct(v, v);
    return square > 0 ? std::clamp(QPointF::dotProduct(p - a, v) / square, 0.0, 1.0) : 0.0;
}

} // namespace

std::size_t segmentCount(std::span<const Point> points)
{
    return points.size() < 4 ? 0 : (points.size() - 1) / 3;
}

QPainterPath painterPathOf(std::span<const Point> points)
{
    QPainterPath path;
    const std::size_t segments = segmentCount(points);
    if (segments == 0)
        return path;
    path.moveTo(toQt(points[0]));
    for (std::size_t s = 0; s < segments; ++s)
        path.cubicTo(toQt(points[3 * s + 1]), toQt(points[3 * s + 2]), toQt(points[3 * s + 3]));
    return path;
}

QRectF controlBox(std::span<const Point> points)
{
    if (points.empty())
        return {};
    double left = points[0].x, right = left, top = points[0].y, bottom = top;
    for (const Point &p : points) {
        left = std::min(left, p.x);
        right = std::max(right, p.x);
        top = std::min(top, p.y);
        bottom = std::max(bottom, p.y);
    }
    return {left, top, right - left, bottom - top};
}

double pathLength(std::span<const Point> points)
{
    double length = 0;
    forEachPiece(points, [&](QPointF a, QPointF b) { length += lengthOf(b - a); });
    return length;
}

PathSpot spotAt(std::span<const Point> points, double fraction)
{
    PathSpot spot;
    if (segmentCount(points) == 0)
        return spot;
    spot.at = toQt(points.front());
    double left = pathLength(points) * std::clamp(fraction, 0.0, 1.0);
    bool found = false;
    forEachPiece(points, [&](QPointF a, QPointF b) {
        const double length = lengthOf(b - a);
        if (found || length <= 0)
            return;
        spot.direction = (b - a) / length;
        found = left <= length;
        spot.at = found ? a + spot.direction * left : b;
        left -= length;
    });
    return spot;
}

double nearestFraction(std::span<const Point> points, QPointF target)
{
    double best = std::numeric_limits<double>::infinity();
    double bestAt = 0, walked = 0;
    forEachPiece(points, [&](QPointF a, QPointF b) {
        const double t = projection(a, b, target);
        const double distance = lengthOf(a + (b - a) * t - target);
        const double length = lengthOf(b - a);
        if (distance < best) {
            best = distance;
            bestAt = walked + length * t;
        }
        walked += length;
    });
    return walked > 0 ? bestAt / walked : 0;
}

double distanceTo(std::span<const Point> points, QPointF target)
{
    double best = std::numeric_limits<double>::infinity();
    forEachPiece(points, [&](QPointF a, QPointF b) {
        best = std::min(best, lengthOf(a + (b - a) * projection(a, b, target) - target));
    });
    return best;
}

} // namespace portolan::ui
