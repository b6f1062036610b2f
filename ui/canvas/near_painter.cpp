#include "ui/canvas/glyphs.h"
#include "ui/canvas/item_painters.h"
#include "ui/canvas/map_text.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

/// Cards from close by: their pods with names and addresses. Drawn in the view's units, so that what is
/// written stays of one size while the card grows.
namespace portolan::ui {

namespace {

constexpr double padding = 12, header = 30, rowHeight = 16, leastColumn = 250;
constexpr int nameSize = 15, textSize = 12;

/// How many pods have room on a card of that size.
struct PodRows
{
    QRectF place;
    std::size_t columns = 1, rows = 0;
    std::size_t shown = 0;

    PodRows(const QSizeF &card, const MapNode &node, std::size_t pods)
    {
        const double top = header + (node.detail.isEmpty() ? 0 : rowHeight);
        const double right = node.ingressIsolated || node.egressIsolated ? padding + 26 : padding;
        place = QRectF(padding, top, card.width() - padding - right, card.height() - top - 6);
        columns = std::max<std::size_t>(1, std::size_t(place.width() / leastColumn));
        rows = place.height() < rowHeight ? 0 : std::size_t(place.height() / rowHeight);
        shown = std::min(pods, rows * columns);
        if (shown < pods && shown > 0)
            --shown; // The last place says how many more there are.
    }
};

QSizeF cardSize(const MapNode &node, double zoom)
{
    return node.rect.size() * zoom;
}

QString addressOf(const MapScene &scene, const ObjectRef &ref)
{
    const ClusterState *state = scene.frame->state.get();
    const Pod *pod = state ? state->pods.find(ref.ns, ref.name) : nullptr;
    return pod && !pod->ips.empty() ? plainLine(pod->ips.front()) : QString();
}

void paintPod(QPainter &painter, const Theme &theme, const MapScene &scene, const PodDot &pod,
              const QRectF &place)
{
    drawPodDot(painter, theme, pod.health, {place.left() + 5, place.center().y()}, 9);
    const QString address = addressOf(scene, pod.pod);
    const QFont mono = sized(theme.mapMono, textSize - 1), font = sized(theme.body, textSize);
    const double addressWidth = address.isEmpty() ? 0 : QFontMetricsF(mono).horizontalAdvance(address) + 10;
    const double room = place.width() - 18 - addressWidth;
    const double y = place.center().y() + 4;
    painter.setFont(font);
    painter.setPen(theme.ink);
    // Pods of one workload differ at the end of their names.
    painter.drawText(QPointF(place.left() + 15, y),
                     QFontMetricsF(font).elidedText(plainLine(pod.pod.name), Qt::ElideLeft, room));
    painter.setFont(mono);
    painter.setPen(theme.muted);
    painter.drawText(QPointF(place.right() - addressWidth + 6, y), address);
}

void paintPods(QPainter &painter, const Theme &theme, const MapScene &scene, const std::vector<PodDot> &pods,
               const PodRows &rows)
{
    const double width = rows.place.width() / double(rows.columns);
    const auto placeOf = [&](std::size_t index) {
        const std::size_t column = index / std::max<std::size_t>(1, rows.rows);
        const std::size_t row = index % std::max<std::size_t>(1, rows.rows);
        return QRectF(rows.place.left() + double(column) * width, rows.place.top() + double(row) * rowHeight,
                      width - 10, rowHeight);
    };
    for (std::size_t i = 0; i < rows.shown; ++i)
        paintPod(painter, theme, scene, pods[i], placeOf(i));
    if (rows.shown == pods.size() || rows.shown == 0)
        return;
    painter.setFont(sized(theme.small, textSize - 1));
    painter.setPen(theme.muted);
    painter.drawText(placeOf(rows.shown).adjusted(15, 0, 0, 0), Qt::AlignVCenter | Qt::TextDontClip,
                     QLatin1Char('+') + podCountText(pods.size() - rows.shown));
}

} // namespace

std::size_t podsWithoutRow(const MapNode &node, std::size_t pods, double zoom)
{
    return pods - PodRows(cardSize(node, zoom), node, pods).shown;
}

void paintNearCard(QPainter &painter, const Theme &theme, const MapScene &scene, const MapNode &node)
{
    const QTransform toView = painter.transform();
    const QRectF card = toView.mapRect(node.rect);
    painter.save();
    painter.setTransform(QTransform::fromTranslate(card.left(), card.top()));
    const double width = card.width();
    const QFont title = sized(theme.strong, nameSize), small = sized(theme.small, textSize);
    const double kindWidth = QFontMetricsF(small).horizontalAdvance(node.kindWord);
    const GraphNode *graphNode = scene.frame->graph->node(node.id);
    const QString name = plainLine(graphNode ? machineOrName(*graphNode) : std::string());
    painter.setFont(title);
    painter.setPen(theme.ink);
    painter.drawText(QPointF(padding, 20), QFontMetricsF(title).elidedText(
                                               name, Qt::ElideMiddle, width - 2 * padding - kindWidth - 12));
    painter.setFont(small);
    painter.setPen(theme.muted);
    painter.drawText(QPointF(width - padding - kindWidth, 20), node.kindWord);
    if (!node.detail.isEmpty()) {
        painter.setFont(sized(theme.mapMono, textSize));
        painter.drawText(QPointF(padding, header + 6), node.detail);
    }
    if (node.ingressIsolated || node.egressIsolated)
        drawShield(painter, theme, {width - padding - 18, header + 4, 18, 20}, node.ingressIsolated,
                   node.egressIsolated);
    if (graphNode)
        paintPods(painter, theme, scene, graphNode->pods, PodRows(card.size(), node, graphNode->pods.size()));
    painter.restore();
}

} // namespace portolan::ui
