#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <QTransform>

namespace portolan::ui {

/// Which part of the scene a view shows and how large: view = (scene - origin) · zoom. A value.
class Viewport
{
public:
    static constexpr double minZoom = 0.02;
    static constexpr double maxZoom = 6;

    Viewport() = default;
    Viewport(QPointF origin, double zoom);

    /// `area` as large as it fits into `view` with `margin` device-independent pixels around it, centred,
    /// and no larger than `most`.
    static Viewport fitting(const QRectF &area, QSizeF view, double margin, double most = 1.0);

    double zoom() const { return m_zoom; }
    QPointF origin() const { return m_origin; }
    QPointF toScene(QPointF view) const { return view / m_zoom + m_origin; }
    QPointF toView(QPointF scene) const { return (scene - m_origin) * m_zoom; }
    QRectF toView(const QRectF &scene) const { return {toView(scene.topLeft()), scene.size() * m_zoom}; }
    QRectF sceneRect(QSizeF view) const { return {m_origin, view / m_zoom}; }
    QTransform transform() const;

    /// Larger by `factor`, while the scene point under `anchor` stays under it.
    Viewport zoomedAt(QPointF anchor, double factor) const;
    /// Moved so that what was at `view` is at `view + by`.
    Viewport panned(QPointF by) const;
    /// Between this (0) and `target` (1); zoom changes evenly to the eye.
    Viewport towards(const Viewport &target, double share) const;
    /// Moved no further than needed to show `area` (scene) with `margin` in a view of that size.
    Viewport revealing(const QRectF &area, QSizeF view, double margin) const;

    friend bool operator==(const Viewport &, const Viewport &) = default;

private:
    QPointF m_origin;
    double m_zoom = 1;
};

} // namespace portolan::ui
