#include "ui/canvas/viewport.h"

#include <algorithm>
#include <cmath>

namespace portolan::ui {

namespace {

/// How far an interval has to move to lie inside [0, length].
double shiftInto(double from, double to, double length)
{
    if (to - from > length)
        return -from; // Too long for the view: its beginning is what is read first.
    if (from < 0)
        return -from;
    return to > length ? length - to : 0;
}

} // namespace

Viewport::Viewport(QPointF origin, double zoom) : m_origin(origin), m_zoom(std::clamp(zoom, minZoom, maxZoom))
{
}

Viewport Viewport::fitting(const QRectF &area, QSizeF view, double margin, double most)
{
    const QSizeF room(std::max(1.0, view.width() - 2 * margin), std::max(1.0, view.height() - 2 * margin));
    const double zoom = std::min(
        {most, room.width() / std::max(1.0, area.width()), room.height() / std::max(1.0, area.height())});
    Viewport result({}, zoom);
    result.m_origin = area.center() - QPointF(view.width(), view.height()) / 2 / result.m_zoom;
    return result;
}

QTransform Viewport::transform() const
{
    return QTransform(m_zoom, 0, 0, m_zoom, -m_origin.x() * m_zoom, -m_origin.y() * m_zoom);
}

Viewport Viewport::zoomedAt(QPointF anchor, double factor) const
{
    Viewport result(m_origin, m_zoom * factor);
    result.m_origin = toScene(anchor) - anchor / result.m_zoom;
    return result;
}

Viewport Viewport::panned(QPointF by) const
{
    return Viewport(m_origin - by / m_zoom, m_zoom);
}

Viewport Viewport::towards(const Viewport &target, double share) const
{
    if (share >= 1)
        return target;
    const double zoom = m_zoom * std::pow(target.m_zoom / m_zoom, share);
    return Viewport(m_origin + (target.m_origin - m_origin) * share, zoom);
}

Viewport Viewport::revealing(const QRectF &area, QSizeF view, double margin) const
{
    const QRectF shown = toView(area).adjusted(-margin, -margin, margin, margin);
    return panned({shiftInto(shown.left(), shown.right(), view.width()),
                   shiftInto(shown.top(), shown.bottom(), view.height())});
}

} // namespace portolan::ui
