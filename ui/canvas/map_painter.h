#pragma once

#include "model/base/cancel_token.h"
#include "ui/canvas/map_scene.h"
#include "ui/canvas/viewport.h"
#include "ui/theme/theme.h"

#include <QSizeF>

#include <optional>
#include <vector>

class QPainter;

namespace portolan::ui {

/// Draws a prepared scene with any QPainter: the canvas, an image, SVG, PDF. The same code for all of them,
/// without clipping, patterns and gradients, which QSvgGenerator drops.
///
/// A painter of a scene is cheap to make, draws equal pixels for equal input, and may be used on any thread
/// (the scene and the theme are not changed and must outlive it).
class MapPainter
{
public:
    /// `now` is what the ages of probes are counted from.
    MapPainter(const MapScene &scene, const Theme &theme, WallTime now);

    /// The map as it lies, without anything that depends on pointer and selection. `view` is the size of
    /// the target in the painter's units. Draws in layers; between them, true is returned early where
    /// `cancel` fired. The background is left as it is.
    bool paint(QPainter &painter, const Viewport &viewport, QSizeF view, std::optional<MapDetail> detail = {},
               const CancelToken &cancel = {}) const;

    /// What the last paint() left out.
    const MapFolds &folds() const { return m_folds; }

    /// The given items again, over what is there, as paint() draws them; edges before nodes.
    void paintItems(QPainter &painter, const Viewport &viewport, const std::vector<MapItem> &items) const;

    /// A line's glow (hover, selection) below itself, and a card's outline.
    void paintGlow(QPainter &painter, const Viewport &viewport, MapItem item, const QColor &color,
                   double strength) const;
    /// The keyboard's focus: a ring that is not the outline of selection.
    void paintFocusRing(QPainter &painter, const Viewport &viewport, MapItem item) const;

private:
    struct Visible;
    Visible visibleIn(const QRectF &area) const;
    bool passesThrough(const MapEdge &edge, const Visible &visible) const;
    void paintNodes(QPainter &painter, const Visible &visible, MapDetail detail, double zoom) const;
    void paintLines(QPainter &painter, const Visible &visible, MapDetail detail) const;

    const MapScene &m_scene;
    const Theme &m_theme;
    WallTime m_now;
    mutable MapFolds m_folds;
};

} // namespace portolan::ui
