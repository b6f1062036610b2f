#pragma once

#include "model/layout/geometry.h"

#include <array>
#include <span>
#include <vector>

namespace portolan::layout {

enum class Side : unsigned char { Left, Right, Top, Bottom };

inline bool isHorizontal(Side side)
{
    return side == Side::Left || side == Side::Right;
}

/// One unit away from a card on that side.
Point outward(Side side);

/// How a line goes from one card to another: out of a side, along lanes that are vertical and horizontal in
/// turn (the first one across the direction in which it leaves), and in at a side. Without lanes it is one
/// free curve.
struct PathShape
{
    Side out = Side::Right;
    Side in = Side::Left;
    std::vector<double> lanes;
};

/// The corners of a shape between two ports, ends included.
std::vector<Point> cornersOf(const PathShape &shape, Point from, Point to);
/// The same for one that leaves at `out`, put into `corners`; for where many are compared.
void putCorners(Side out, std::span<const double> lanes, Point from, Point to, std::vector<Point> &corners);

/// The free curve between two ports, as curveOf() has it.
std::array<Point, 4> freeCurveOf(Side out, Side in, Point from, Point to);

/// Bézier points (1 + 3·n) of a shape between two ports: the free curve leaves and arrives at right angles
/// to the cards; lanes have round corners.
std::vector<Point> curveOf(const PathShape &shape, Point from, Point to);

/// A loop from a card to itself at its right side.
std::vector<Point> loopAt(const Rect &card);

/// The short tie between a pill and the card above it.
std::vector<Point> tieOf(const Rect &pill, const Rect &card);

/// Points along a Bézier path, close enough to take for the path; at least its ends.
std::vector<Point> sampled(const std::vector<Point> &bezier);
/// The same, put into `line`.
void putSamples(std::span<const Point> bezier, std::vector<Point> &line);

double lengthOf(const std::vector<Point> &line);
/// The point at `share` (0 to 1) of the line's length.
Point pointAt(const std::vector<Point> &line, double share);

} // namespace portolan::layout
