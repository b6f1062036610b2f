#pragma once

#include "model/layout/layout_engine.h"

#include <QPainterPath>
#include <QPointF>
#include <QRectF>

#include <span>

/// Arithmetic on EdgePath::points: a start point and cubic segments. Pure; scene units throughout.
namespace portolan::ui {

inline QPointF toQt(Point p)
{
    return {p.x, p.y};
}
inline QRectF toQt(const Rect &r)
{
    return {r.x, r.y, r.width, r.height};
}

/// A place on a line and the unit direction in which the line runs there.
struct PathSpot
{
    QPointF at;
    QPointF direction{1, 0};
};

/// Number of whole cubic segments; 0 for fewer than four points.
std::size_t segmentCount(std::span<const Point> points);

/// The line as Qt draws it; empty for fewer than four points.
QPainterPath painterPathOf(std::span<const Point> points);

/// The smallest upright box around all control points, which holds the line.
QRectF controlBox(std::span<const Point> points);

/// The spot at `fraction` (0 to 1) of the line's length.
PathSpot spotAt(std::span<const Point> points, double fraction);

/// The spot that is nearest to `target`, as a fraction of the line's length.
double nearestFraction(std::span<const Point> points, QPointF target);

double pathLength(std::span<const Point> points);

/// Distance from `target` to the line; infinite for an empty line.
double distanceTo(std::span<const Point> points, QPointF target);

} // namespace portolan::ui
