#pragma once

#include "ui/canvas/map_scene.h"
#include "ui/canvas/viewport.h"

class QPainter;

/// What stands over the map in a view's own coordinates: who and when it is, and the minimap.
namespace portolan::ui {

struct Theme;

inline constexpr double footerHeight = 30; ///< of one line
inline constexpr double footerMargin = 14; ///< at its left and right

/// What a footer of that text takes of the bottom of a view.
double footerRoom(const Theme &theme, const QString &text, double viewWidth);
/// At the bottom of `place`, over as many lines as it takes.
void paintFooter(QPainter &painter, const Theme &theme, const QString &text, const QRectF &place);

/// The whole map in a corner, with the part that is in view.
class Minimap
{
public:
    Minimap(const MapScene &scene, QSizeF view);

    QRectF frame() const { return m_frame; }
    /// The scene's place under a point of the view.
    QPointF toScene(QPointF view) const;
    void paint(QPainter &painter, const Theme &theme, const QRectF &shownPart) const;

private:
    QRectF toFrame(const QRectF &scene) const;

    const MapScene &m_scene;
    QRectF m_frame;
    double m_scale; ///< of very large maps far below Viewport::minZoom
};

} // namespace portolan::ui
