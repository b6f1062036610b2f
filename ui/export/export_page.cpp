#include "ui/export/export_page.h"

#include "ui/canvas/bezier.h"
#include "ui/canvas/map_painter.h"
#include "ui/canvas/map_text.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <set>

namespace portolan::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ExportPage)
};

constexpr double pageMargin = 28;
constexpr double minWidth = 620;
constexpr double legendRow = 22;
constexpr double lineHeight = 17;
constexpr double sampleGap = 10;

/// Joins phrases with " · " into lines that fit; nothing is elided.
QStringList wrapped(const QStringList &phrases, const QFont &font, double width)
{
    const QFontMetricsF metrics(font);
    QStringList lines;
    for (const QString &phrase : phrases) {
        const QString joined =
            lines.isEmpty() ? QString() : lines.constLast() + QStringLiteral(" · ") + phrase;
        if (!joined.isEmpty() && metrics.horizontalAdvance(joined) <= width)
            lines.last() = joined;
        else
            lines << phrase;
    }
    return lines;
}

QString viewText(GraphView view)
{
    return view == GraphView::Nodes ? Words::tr("Nodes view") : Words::tr("Services view");
}

} // namespace

TopologyFramePtr chosenPart(const TopologyFramePtr &frame, const ExportOptions &options)
{
    if (options.nodes.empty() && options.edges.empty())
        return frame;
    const std::set<EdgeId> chosenEdges(options.edges.begin(), options.edges.end());
    std::set<NodeId> nodes(options.nodes.begin(), options.nodes.end());
    auto graph = std::make_shared<TopologyGraph>(*frame->graph);
    for (const GraphEdge &edge : graph->edges) {
        if (chosenEdges.contains(edge.id))
            nodes.insert({edge.from, edge.to});
    }
    const std::set<NodeId> ofNodes(options.nodes.begin(), options.nodes.end());
    std::erase_if(graph->nodes, [&](const GraphNode &n) { return !nodes.contains(n.id); });
    std::erase_if(graph->edges, [&](const GraphEdge &e) {
        const bool between = ofNodes.contains(e.from) && ofNodes.contains(e.to);
        return !between && !chosenEdges.contains(e.id);
    });
    auto layout = std::make_shared<LayoutResult>(*frame->layout);
    layout->groups.clear();
    QRectF bounds;
    std::unordered_map<GroupId, QRectF> boxes;
    for (const GraphNode &node : graph->nodes) {
        const auto place = layout->nodes.find(node.id);
        if (place == layout->nodes.end())
            continue;
        bounds |= toQt(place->second);
        boxes[node.group] |= toQt(place->second);
    }
    for (const auto &[group, box] : boxes) {
        if (!group.isValid())
            continue;
        const QRectF around =
            box.adjusted(-card::groupPadding, -card::groupHeader, card::groupPadding, card::groupPadding);
        layout->groups[group] = {around.x(), around.y(), std::max(220.0, around.width()), around.height()};
        bounds |= toQt(layout->groups[group]);
    }
    for (const GraphEdge &edge : graph->edges) {
        if (const auto path = layout->edges.find(edge.id); path != layout->edges.end())
            bounds |= controlBox(path->second.points);
    }
    layout->bounds = {bounds.x(), bounds.y(), bounds.width(), bounds.height()};
    indexGraph(*graph);
    auto part = std::make_shared<TopologyFrame>(*frame);
    part->graph = std::move(graph);
    part->layout = std::move(layout);
    return part;
}

ExportPage::ExportPage(const MapScene &scene, const Theme &theme, const ExportOptions &options)
    : m_scene(scene),
      m_theme(theme),
      m_options(options),
      m_time(stateTime(scene, options.now))
{
    const ClusterInfo info = scene.frame->state ? scene.frame->state->info : ClusterInfo{};
    m_title = plainLine(info.contextName);
    const double width = std::max(minWidth, scene.bounds.width());
    QStringList facts{viewText(scene.frame->graph->view), utcText(m_time), plainLine(info.serverVersion),
                      recordingText(info)};
    facts.removeAll(QString());
    m_subtitle = wrapped(facts, theme.small, width);
    m_headerHeight = 26 + lineHeight * double(m_subtitle.size()) + 12;

    QStringList notes{footerText(scene, m_time)};
    notes = notes.constFirst().split(QStringLiteral(" · "));
    if (!options.nodes.empty() || !options.edges.empty())
        notes << Words::tr("only what was selected");
    m_footer = wrapped(notes, theme.small, width);

    m_map = QRectF(pageMargin + (width - scene.bounds.width()) / 2, pageMargin + m_headerHeight,
                   scene.bounds.width(), scene.bounds.height());
    m_size = QSizeF(width + 2 * pageMargin, 0);
    m_legendTop = m_map.bottom() + 24;
    if (options.withLegend)
        placeLegend();
    const double rows = std::ceil(double(m_legend.size()) / m_legendColumns);
    m_footerTop = m_legendTop + (m_legend.empty() ? 0 : rows * legendRow + 12);
    m_size.setHeight(std::ceil(m_footerTop + lineHeight * double(m_footer.size()) + pageMargin));
    m_size.setWidth(std::ceil(m_size.width()));
}

void ExportPage::placeLegend()
{
    m_legend = legendEntries(m_scene);
    const QFontMetricsF metrics(m_theme.small);
    double widest = 0;
    for (const LegendEntry &entry : m_legend)
        widest = std::max(widest, metrics.horizontalAdvance(entry.text));
    m_legendColumnWidth = legendSampleSize.width() + sampleGap + widest + 24;
    const double width = m_size.width() - 2 * pageMargin;
    m_legendColumns = std::clamp(int(width / m_legendColumnWidth), 1, std::max(1, int(m_legend.size())));
}

bool ExportPage::paint(QPainter &painter, const CancelToken &cancel) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(QRectF(QPointF(), m_size), m_theme.canvas);
    const Viewport viewport(m_scene.bounds.topLeft() - m_map.topLeft(), 1);
    const MapPainter map(m_scene, m_theme, m_time);
    if (map.paint(painter, viewport, m_size, MapDetail::Full, cancel))
        return true;
    paintTexts(painter);
    paintLegend(painter);
    return cancel.isCancelled();
}

void ExportPage::paintTexts(QPainter &painter) const
{
    const auto line = [&](double y, double height, const QFont &font, const QColor &color,
                          const QString &text) {
        painter.setFont(font);
        painter.setPen(color);
        painter.drawText(QRectF(pageMargin, y, m_size.width() - 2 * pageMargin, height),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextDontClip, text);
    };
    line(pageMargin - 4, 24, m_theme.heading, m_theme.ink, m_title);
    for (qsizetype i = 0; i < m_subtitle.size(); ++i)
        line(pageMargin + 22 + lineHeight * double(i), lineHeight, m_theme.small, m_theme.muted,
             m_subtitle[i]);
    for (qsizetype i = 0; i < m_footer.size(); ++i)
        line(m_footerTop + lineHeight * double(i), lineHeight, m_theme.small, m_theme.muted, m_footer[i]);
}

void ExportPage::paintLegend(QPainter &painter) const
{
    const auto rows = int(std::ceil(double(m_legend.size()) / m_legendColumns));
    for (std::size_t i = 0; i < m_legend.size(); ++i) {
        const int column = int(i) / rows;
        const int row = int(i) % rows;
        const QPointF corner(pageMargin + column * m_legendColumnWidth, m_legendTop + row * legendRow);
        const QRectF place(corner, legendSampleSize);
        drawLegendSample(painter, m_theme, m_legend[i].sample, place);
        painter.setFont(m_theme.small);
        painter.setPen(m_theme.ink);
        painter.drawText(QRectF(place.right() + sampleGap, place.top(), m_legendColumnWidth, place.height()),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextDontClip,
                         m_legend[i].text);
    }
}

} // namespace portolan::ui
