#pragma once

#include "model/layout/geometry.h"
#include "model/layout/rect_index.h"

#include <optional>
#include <vector>

namespace portolan::layout {

/// Looks for room between rectangles that must not move.
class FreePlace
{
public:
    /// Places are looked for inside of `area`, `gap` away from everything in `taken`, in line with the
    /// sides of `taken` and of `area`.
    FreePlace(const std::vector<Rect> &taken, const Rect &area, double gap);

    /// The first place in reading order, or nothing.
    std::optional<Rect> first(Size size) const;
    /// The place with the least distance between its top left corner and `wish`, or nothing.
    std::optional<Rect> nearest(Size size, Point wish) const;
    bool isFree(const Rect &place) const;

private:
    template<class Cost>
    std::optional<Rect> best(Size size, Cost cost) const;

    Rect m_area;
    RectIndex m_taken;
    std::vector<double> m_lefts; ///< where something may begin
    std::vector<double> m_tops;
    std::vector<double> m_rights; ///< and where it may end
    std::vector<double> m_bottoms;
};

} // namespace portolan::layout
