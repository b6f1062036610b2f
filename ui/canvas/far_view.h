#pragma once

#include "ui/canvas/map_scene.h"
#include "ui/canvas/viewport.h"
#include "ui/theme/theme.h"

#include <QPainterPath>
#include <QSizeF>

#include <vector>

class QPainter;

namespace portolan::ui {

/// A tile as it stands in a view: which of its texts have room, and where.
struct FarTile
{
    std::uint32_t group = 0;
    QRectF rect;
    QString name;     ///< "" where there is no room for one that can be read
    int nameSize = 0; ///< pixels
    bool podsShown = false;
    bool insideShown = false; ///< how many lines stay in it
    bool barShown = false;
    bool markBeside = false; ///< the finding's mark in the second line, with its count; else on the corner
    QRectF texts;            ///< what no line and no label may cross
};

/// Something that stands outside of every box.
struct FarAlone
{
    std::uint32_t node;
    QString name; ///< "" where there is no room for it
    QRectF text;  ///< the name's place
};

/// What is spoken of in the far view: painted once more above the wash.
struct FarParts
{
    std::vector<std::uint32_t> groups, nodes, bundles;
};

/// The map from far away, for one view: boxes as tiles whose fill and bar say how many pods they hold, and
/// lines between them as bundles, of which the strongest are drawn and the others counted. Names are made
/// smaller before they are cut, and lie above every line.
///
/// Cheap to make; made anew for every viewport. All coordinates are the view's. Any thread; scene and theme
/// must outlive it.
class FarView
{
public:
    static constexpr std::size_t bundleBudget = 110;

    FarView(const MapScene &scene, const Theme &theme, const Viewport &viewport, QSizeF view,
            std::size_t budget = bundleBudget);

    void paint(QPainter &painter) const;
    /// The given parts again: bundles below tiles. Bundles that were folded are drawn as well.
    void paintParts(QPainter &painter, const FarParts &parts) const;
    void paintBundleGlow(QPainter &painter, std::uint32_t bundle, const QColor &color) const;

    /// A bundle that is drawn, a tile, or something that stands alone.
    MapItem itemAt(QPointF view, double tolerance) const;
    const MapFolds &folds() const { return m_folds; }
    /// In MapScene::bundles, strongest first.
    const std::vector<std::uint32_t> &drawnBundles() const { return m_drawn; }
    const std::vector<FarTile> &tiles() const { return m_tiles; }
    const std::vector<FarAlone> &alone() const { return m_alone; }
    QPainterPath pathOf(std::uint32_t bundle) const;
    /// What stands alone is never smaller than can be seen.
    QRectF aloneRect(std::uint32_t node) const;

private:
    void choose(std::size_t budget);
    void layOutTiles();
    void nameAlone();
    QFont aloneFont() const;
    void paintTileGround(QPainter &painter, const FarTile &tile) const;
    void paintTileTexts(QPainter &painter, const FarTile &tile) const;
    void paintAlone(QPainter &painter, const FarAlone &alone) const;
    void paintBundle(QPainter &painter, std::uint32_t bundle) const;
    void paintHeads(QPainter &painter, std::uint32_t bundle) const;
    void paintHubs(QPainter &painter, std::vector<QRectF> &occupied) const;
    void paintLabels(QPainter &painter, std::vector<QRectF> &occupied) const;
    std::array<QPointF, 3> curveOf(std::uint32_t bundle) const;
    bool isInView(MapItem end) const;

    const MapScene &m_scene;
    const Theme &m_theme;
    Viewport m_viewport;
    QRectF m_view;
    std::vector<std::uint32_t> m_drawn;
    std::vector<FarAlone> m_alone; ///< in view
    std::vector<FarTile> m_tiles;
    MapFolds m_folds;
};

/// What is spoken of where these cards and lines are: their tiles and bundles.
FarParts farPartsOf(const MapScene &scene, const std::vector<MapItem> &items);

} // namespace portolan::ui
