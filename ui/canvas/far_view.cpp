#include "ui/canvas/far_view.h"

#include "ui/canvas/glyphs.h"

#include "ui/canvas/bezier.h"
#include "ui/canvas/map_bundles.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>
#include <set>

namespace portolan::ui {

namespace {

constexpr int leastName = 8; // pixels: smaller cannot be read
constexpr int mostName = 14;
constexpr double titleFontSize = 13, smallFontSize = 11; // that the scene measured with
constexpr double podsSize = 10;
constexpr double padding = 5;
constexpr double leastCutName = 24;
constexpr double markRoom = 26; // a mark with its count

/// The largest size at which the name fits; 0 where none that can be read does.
int nameSizeOf(const MapGroup &group, const QSizeF &room)
{
    const double byWidth = titleFontSize * room.width() / std::max(1.0, group.nameWidth);
    // As large as the tile gives room for: a tile of more lines has a larger name.
    const double byHeight = room.height() >= 56 ? mostName : room.height() >= 34 ? 12 : room.height() - 2;
    const int size = int(std::min({double(mostName), byWidth, byHeight}));
    return size < leastName ? 0 : size;
}

QString cutName(const Theme &theme, const QString &name, double room)
{
    QFont font = theme.strong;
    font.setPixelSize(leastName);
    return QFontMetricsF(font).elidedText(name, Qt::ElideMiddle, room);
}

FarTile tileOf(const MapScene &scene, const Theme &theme, std::uint32_t index, const QRectF &rect)
{
    const MapGroup &group = scene.groups[index];
    FarTile tile;
    tile.group = index;
    tile.rect = rect;
    const QSizeF room(rect.width() - 2 * padding, rect.height() - 4);
    tile.nameSize = nameSizeOf(group, room);
    tile.name = group.name;
    if (tile.nameSize == 0) {
        const bool cut = room.width() >= leastCutName && room.height() >= leastName + 2;
        tile.name = cut ? cutName(theme, group.name, room.width()) : QString();
        tile.nameSize = leastName;
    }
    const double below = tile.rect.height() - 6 - tile.nameSize;
    const double podsWidth = group.podsTextWidth * podsSize / smallFontSize;
    tile.podsShown = !tile.name.isEmpty() && below >= podsSize + 3 && podsWidth <= room.width();
    tile.markBeside = tile.podsShown && podsWidth + markRoom <= room.width();
    tile.barShown = below >= podsSize + 12;
    tile.insideShown =
        tile.podsShown && group.inside.total() > 0 && below >= 2 * podsSize + 18 && room.width() >= 62;
    if (!tile.name.isEmpty()) {
        const double lines =
            tile.nameSize + 4 + (tile.podsShown ? podsSize + 3 : 0) + (tile.insideShown ? podsSize + 3 : 0);
        tile.texts = QRectF(rect.left(), rect.top(), rect.width(), lines);
    }
    return tile;
}

} // namespace

FarView::FarView(const MapScene &scene, const Theme &theme, const Viewport &viewport, QSizeF view,
                 std::size_t budget)
    : m_scene(scene),
      m_theme(theme),
      m_viewport(viewport),
      m_view({}, view)
{
    layOutTiles();
    nameAlone();
    choose(budget);
}

void FarView::layOutTiles()
{
    const QRectF area = m_viewport.sceneRect(m_view.size()).adjusted(-24, -24, 24, 24);
    for (const std::uint32_t group : m_scene.groupIndex.touching(area)) {
        m_tiles.push_back(tileOf(m_scene, m_theme, group, m_viewport.toView(m_scene.groups[group].rect)));
        m_folds.names += m_tiles.back().name.isEmpty() ? 1 : 0;
    }
    for (const std::uint32_t node : m_scene.nodeIndex.touching(area)) {
        if (m_scene.nodes[node].group == noIndex)
            m_alone.push_back({node, {}, {}});
    }
}

QFont FarView::aloneFont() const
{
    return sized(m_theme.small, 9);
}

/// Beside it at the right, or else at the left: over no tile, nothing else that stands alone and no other
/// name.
void FarView::nameAlone()
{
    constexpr double mostWidth = 130;
    const QFontMetricsF metrics(aloneFont());
    std::vector<QRectF> taken;
    for (const FarTile &tile : m_tiles)
        taken.push_back(tile.rect);
    for (const FarAlone &alone : m_alone)
        taken.push_back(aloneRect(alone.node));
    for (FarAlone &alone : m_alone) {
        const QString name = metrics.elidedText(m_scene.nodes[alone.node].title, Qt::ElideRight, mostWidth);
        if (name.isEmpty())
            continue;
        const QRectF rect = aloneRect(alone.node);
        QRectF text(rect.right() + 3, rect.center().y() - 6, metrics.horizontalAdvance(name), 12);
        const auto isFree = [&] {
            return std::none_of(taken.begin(), taken.end(),
                                [&](const QRectF &other) { return other.intersects(text); });
        };
        if (text.right() > m_view.right() || !isFree())
            text.moveRight(rect.left() - 3);
        if (!isFree()) {
            ++m_folds.names;
            continue;
        }
        alone.name = name;
        alone.text = text;
        taken.push_back(text);
    }
}

bool FarView::isInView(MapItem end) const
{
    return m_viewport.toView(endRectOf(m_scene, end)).intersects(m_view);
}

/// What only passes through says nothing here, and is not missed.
void FarView::choose(std::size_t budget)
{
    std::vector<std::uint32_t> inView;
    std::vector<BundleCandidate> candidates;
    for (std::uint32_t i = 0; i < m_scene.bundles.size(); ++i) {
        const MapBundle &bundle = m_scene.bundles[i];
        if (!isInView(bundle.first) && !isInView(bundle.second))
            continue;
        if (bundle.gathered) {
            ++m_folds.gathered;
            continue;
        }
        inView.push_back(i);
        candidates.push_back({bundle.sum(), 0, 0, bundle.length});
        m_folds.alarmingBundles += bundle.sum().isAlarming() ? 1 : 0;
    }
    for (const std::uint32_t place : strongestBundles(candidates, budget)) {
        m_drawn.push_back(inView[place]);
        m_folds.alarmingBundles -= candidates[place].counts.isAlarming() ? 1 : 0;
    }
    m_folds.bundles = std::uint32_t(inView.size() - m_drawn.size());
}

std::array<QPointF, 3> FarView::curveOf(std::uint32_t bundle) const
{
    const auto &[start, control, end] = m_scene.bundles[bundle].curve;
    return {m_viewport.toView(start), m_viewport.toView(control), m_viewport.toView(end)};
}

QPainterPath FarView::pathOf(std::uint32_t bundle) const
{
    const auto [start, control, end] = curveOf(bundle);
    QPainterPath path(start);
    path.quadTo(control, end);
    return path;
}

QRectF FarView::aloneRect(std::uint32_t node) const
{
    const QRectF rect = m_viewport.toView(m_scene.nodes[node].rect);
    const QSizeF size(std::max(14.0, rect.width()), std::max(10.0, rect.height()));
    return {rect.center() - QPointF(size.width(), size.height()) / 2, size};
}

MapItem FarView::itemAt(QPointF view, double tolerance) const
{
    for (const FarAlone &alone : m_alone) {
        if (aloneRect(alone.node).contains(view))
            return {MapItem::Kind::Node, alone.node};
    }
    const QRectF reach(view - QPointF(tolerance, tolerance), QSizeF(2 * tolerance, 2 * tolerance));
    MapItem tile;
    for (const FarTile &each : m_tiles) {
        if (each.rect.contains(view)) {
            if (each.texts.contains(view))
                return {MapItem::Kind::Group, each.group}; // Lines pass below its texts.
            tile = {MapItem::Kind::Group, each.group};
        }
    }
    double best = tolerance;
    MapItem bundle;
    for (const std::uint32_t index : m_drawn) {
        const auto [start, control, end] = curveOf(index);
        if (!QPolygonF{{start, control, end}}.boundingRect().intersects(reach) && start != end)
            continue;
        // A quadratic curve as the cubic one that it is.
        const auto point = [](QPointF p) { return Point{p.x(), p.y()}; };
        const Point cubic[] = {point(start), point(start + (control - start) * 2 / 3),
                               point(end + (control - end) * 2 / 3), point(end)};
        const double distance = distanceTo(cubic, view);
        if (distance <= best) {
            best = distance;
            bundle = {MapItem::Kind::Bundle, index};
        }
    }
    // Above a tile a line has to be hit itself: what is meant there is mostly the tile.
    return bundle && (!tile || best <= tolerance / 2) ? bundle : tile;
}

FarParts farPartsOf(const MapScene &scene, const std::vector<MapItem> &items)
{
    std::set<std::uint32_t> groups, nodes, bundles;
    const auto addEnd = [&](MapItem end) {
        (end.kind == MapItem::Kind::Group ? groups : nodes).insert(end.index);
    };
    const auto addNode = [&](std::uint32_t node) {
        const std::uint32_t group = scene.nodes[node].group;
        group == noIndex ? nodes.insert(node) : groups.insert(group);
    };
    for (const MapItem item : items) {
        if (item.kind == MapItem::Kind::Node)
            addNode(item.index);
        else if (item.kind == MapItem::Kind::Group)
            groups.insert(item.index);
        else if (item.kind == MapItem::Kind::Edge && scene.edges[item.index].bundle != noIndex)
            bundles.insert(scene.edges[item.index].bundle);
        else if (item.kind == MapItem::Kind::Bundle)
            bundles.insert(item.index);
    }
    for (const std::uint32_t bundle : bundles) {
        addEnd(scene.bundles[bundle].first);
        addEnd(scene.bundles[bundle].second);
    }
    return {{groups.begin(), groups.end()}, {nodes.begin(), nodes.end()}, {bundles.begin(), bundles.end()}};
}

} // namespace portolan::ui
