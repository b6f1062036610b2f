#pragma once

#include "model/base/cancel_token.h"
#include "ui/canvas/legend.h"
#include "ui/canvas/map_scene.h"
#include "ui/export/map_export.h"

#include <QSizeF>
#include <QStringList>

class QPainter;

namespace portolan::ui {

/// The frame with only what `options` choose: cards, lines between them, and boxes shrunk around them.
/// The frame itself where nothing is chosen.
TopologyFramePtr chosenPart(const TopologyFramePtr &frame, const ExportOptions &options);

/// One page with a map: where its parts stand, and how they are drawn. In scene units, from (0, 0).
class ExportPage
{
public:
    ExportPage(const MapScene &scene, const Theme &theme, const ExportOptions &options);

    QSizeF size() const { return m_size; }
    QString title() const { return m_title; }
    /// Draws the page; true where `cancel` fired meanwhile.
    bool paint(QPainter &painter, const CancelToken &cancel) const;

private:
    void placeLegend();
    void paintTexts(QPainter &painter) const;
    void paintLegend(QPainter &painter) const;

    const MapScene &m_scene;
    const Theme &m_theme;
    const ExportOptions &m_options;
    WallTime m_time;
    QString m_title;
    QStringList m_subtitle; ///< lines below the title
    QStringList m_footer;   ///< lines at the end
    std::vector<LegendEntry> m_legend;
    int m_legendColumns = 1;
    double m_legendColumnWidth = 0;
    double m_headerHeight = 0, m_legendTop = 0, m_footerTop = 0;
    QRectF m_map; ///< on the page
    QSizeF m_size;
};

} // namespace portolan::ui
