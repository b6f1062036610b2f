#include "ui/canvas/map_canvas.h"

#include "ui/canvas/far_view.h"
#include "ui/canvas/map_accessible.h"
#include "ui/canvas/map_furniture.h"
#include "ui/canvas/map_text.h"

#include <QVariantAnimation>

#include <algorithm>
#include <utility>

namespace portolan::ui {

namespace {

constexpr std::chrono::milliseconds refineAfter{90};
constexpr std::chrono::seconds agesEvery{15};
constexpr std::chrono::milliseconds spinnerEvery{66};
constexpr std::chrono::milliseconds moveTakes{140};
constexpr std::chrono::milliseconds fadeTakes{180};

} // namespace

MapCanvas::MapCanvas(QWidget *parent)
    : QWidget(parent),
      m_theme(lightTheme()),
      m_fonts(mapFontsFrom(m_theme)),
      m_clock(&systemClock()),
      m_scene(prepareScene(nullptr, m_theme, m_fonts)),
      m_animation(new QVariantAnimation(this)),
      m_glide(new QVariantAnimation(this)),
      m_fade(new QVariantAnimation(this))
{
    installMapAccessibility();
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(240, 160);
    setAccessibleName(tr("Map of the cluster"));
    m_painters.setMaxThreadCount(1);
    m_refine.setSingleShot(true);
    m_refine.setInterval(refineAfter);
    connect(&m_refine, &QTimer::timeout, this, qOverload<>(&QWidget::update));
    m_ages.setInterval(agesEvery);
    connect(&m_ages, &QTimer::timeout, this, [this] {
        // Ages are part of the picture; without probes no time passes on it.
        const auto probed = [](const MapEdge &edge) { return edge.badge.has_value(); };
        m_pictureStale |= std::any_of(m_scene->edges.begin(), m_scene->edges.end(), probed);
        update();
    });
    m_ages.start();
    m_spinner.setInterval(spinnerEvery);
    connect(&m_spinner, &QTimer::timeout, this, qOverload<>(&QWidget::update));
    m_animation->setDuration(int(moveTakes.count()));
    m_fade->setDuration(int(fadeTakes.count()));
    m_fade->setStartValue(1.0);
    m_fade->setEndValue(0.0);
    connect(m_fade, &QVariantAnimation::valueChanged, this, qOverload<>(&QWidget::update));
    m_animation->setEasingCurve(QEasingCurve::OutCubic);
    m_glide->setEasingCurve(QEasingCurve::InOutCubic);
    connect(m_glide, &QVariantAnimation::valueChanged, this,
            [this](const QVariant &share) { glideTo(share.toDouble()); });
}

MapCanvas::~MapCanvas() = default;

void MapCanvas::setFrame(const TopologyFramePtr &frame, MapScenePtr prepared)
{
    const auto isGone = [&frame](NodeId id) { return !frame || !frame->graph || !frame->graph->node(id); };
    if (!m_choice.only.empty() && std::all_of(m_choice.only.begin(), m_choice.only.end(), isGone)) {
        m_choice.only.clear();
        prepared = nullptr;
    }
    const MapScenePtr scene =
        prepared ? std::move(prepared) : prepareScene(frame, m_theme, m_fonts, m_choice);
    const bool wasEmpty = m_scene->nodes.empty() && m_scene->groups.empty();
    const std::optional<GraphView> viewBefore = shownGraphView();
    if (!drawSame(*scene, *m_scene))
        m_pictureStale = true;
    const MapScenePtr before = m_scene;
    m_glideFrom = m_glideShown = nullptr;
    adoptScene(scene);
    if (beginGlide(before, scene))
        glideTo(0);
    lookAtNewView(viewBefore, wasEmpty);
    update();
}

/// Carries over, by identity, what was pointed at, and forgets what is gone.
void MapCanvas::adoptScene(const MapScenePtr &scene)
{
    const MapScenePtr before = m_scene;
    const auto carried = [&](MapItem item) -> MapItem {
        if (item.kind == MapItem::Kind::Node) {
            const auto found = scene->nodeById.find(before->nodes[item.index].id);
            return found == scene->nodeById.end() ? MapItem{} : MapItem{item.kind, found->second};
        }
        if (item.kind == MapItem::Kind::Edge) {
            const auto found = scene->edgeById.find(before->edges[item.index].id);
            return found == scene->edgeById.end() ? MapItem{} : MapItem{item.kind, found->second};
        }
        if (item.kind == MapItem::Kind::Bundle) {
            const auto found = scene->bundleById.find(before->bundles[item.index].id);
            return found == scene->bundleById.end() ? MapItem{} : MapItem{item.kind, found->second};
        }
        return {};
    };
    m_focus = carried(m_focus);
    m_hover = carried(m_hover);
    m_pressed = carried(m_pressed);
    m_scene = scene;
    m_spoken.reset();
    m_order.clear();
    const std::size_t selected = m_selectedNodes.size() + m_selectedEdges.size();
    std::erase_if(m_selectedNodes, [&](NodeId id) { return !scene->nodeById.contains(id); });
    std::erase_if(m_selectedEdges, [&](EdgeId id) { return !scene->edgeById.contains(id); });
    if (!scene->nodeById.contains(m_pairFrom))
        m_pairFrom = {};
    if (m_selectedNodes.size() + m_selectedEdges.size() != selected)
        Q_EMIT selectionChanged();
    Q_EMIT sceneChanged();
}

void MapCanvas::setTheme(const Theme &theme)
{
    if (theme == m_theme)
        return;
    m_theme = theme;
    m_far.reset();
    m_fonts = mapFontsFrom(theme);
    makeScene();
}

void MapCanvas::makeScene()
{
    adoptScene(prepareScene(m_scene->frame, m_theme, m_fonts, m_choice));
    m_pictureStale = true;
    update();
}

void MapCanvas::setClock(const Clock &clock)
{
    m_clock = &clock;
    m_pictureStale = true;
    update();
}

void MapCanvas::setBehind(std::chrono::milliseconds behind)
{
    if (behind == m_behind)
        return;
    m_behind = behind;
    update();
}

WallTime MapCanvas::shownTime() const
{
    return stateTime(*m_scene, now() - m_behind);
}

void MapCanvas::setRunningProbes(const std::vector<EdgeId> &edges)
{
    m_running = std::set<EdgeId>(edges.begin(), edges.end());
    if (m_running.empty())
        m_spinner.stop();
    else if (!m_spinner.isActive())
        m_spinner.start();
    update();
}

void MapCanvas::setMinimapVisible(bool visible)
{
    m_minimapVisible = visible;
    update();
}

const std::vector<MapItem> &MapCanvas::readingOrder()
{
    if (m_order.empty() || m_orderIsFar != isFar()) {
        m_orderIsFar = isFar();
        m_order = m_orderIsFar ? m_scene->farReadingOrder() : m_scene->readingOrder();
    }
    return m_order;
}

MapItem MapCanvas::itemOf(NodeId node) const
{
    const auto found = m_scene->nodeById.find(node);
    return found == m_scene->nodeById.end() ? MapItem{} : MapItem{MapItem::Kind::Node, found->second};
}

MapItem MapCanvas::itemOf(EdgeId edge) const
{
    const auto found = m_scene->edgeById.find(edge);
    return found == m_scene->edgeById.end() ? MapItem{} : MapItem{MapItem::Kind::Edge, found->second};
}

bool MapCanvas::isSelected(MapItem item) const
{
    if (item.kind == MapItem::Kind::Node)
        return m_selectedNodes.contains(m_scene->nodes[item.index].id);
    if (item.kind == MapItem::Kind::Group)
        return m_selectedGroup == m_scene->groups[item.index].id;
    if (item.kind == MapItem::Kind::Bundle) {
        const std::vector<EdgeId> edges = edgesOf(item);
        return std::all_of(edges.begin(), edges.end(),
                           [this](EdgeId e) { return m_selectedEdges.contains(e); });
    }
    return item.kind == MapItem::Kind::Edge && m_selectedEdges.contains(m_scene->edges[item.index].id);
}

void MapCanvas::setSelected(MapItem item, bool selected)
{
    if (item.kind == MapItem::Kind::Node && selected)
        m_selectedNodes.insert(m_scene->nodes[item.index].id);
    else if (item.kind == MapItem::Kind::Node)
        m_selectedNodes.erase(m_scene->nodes[item.index].id);
    else if (item.kind == MapItem::Kind::Edge && selected)
        m_selectedEdges.insert(m_scene->edges[item.index].id);
    else if (item.kind == MapItem::Kind::Edge)
        m_selectedEdges.erase(m_scene->edges[item.index].id);
    else if (item.kind == MapItem::Kind::Group)
        m_selectedGroup = selected ? m_scene->groups[item.index].id : GroupId{};
    else if (item.kind == MapItem::Kind::Bundle) {
        for (const EdgeId edge : edgesOf(item))
            selected ? (void)m_selectedEdges.insert(edge) : (void)m_selectedEdges.erase(edge);
    }
}

std::vector<MapItem> MapCanvas::selectedItems() const
{
    std::vector<MapItem> items;
    for (const NodeId node : m_selectedNodes)
        items.push_back(itemOf(node));
    for (const EdgeId edge : m_selectedEdges)
        items.push_back(itemOf(edge));
    std::erase_if(items, [](MapItem item) { return !item; });
    return items;
}

std::vector<NodeId> MapCanvas::selectedNodes() const
{
    return {m_selectedNodes.begin(), m_selectedNodes.end()};
}

std::vector<EdgeId> MapCanvas::selectedEdges() const
{
    return {m_selectedEdges.begin(), m_selectedEdges.end()};
}

void MapCanvas::select(const std::vector<NodeId> &nodes, const std::vector<EdgeId> &edges)
{
    const auto nodesBefore = m_selectedNodes;
    const auto edgesBefore = m_selectedEdges;
    const GroupId groupBefore = std::exchange(m_selectedGroup, {});
    m_selectedNodes = std::set<NodeId>(nodes.begin(), nodes.end());
    m_selectedEdges = std::set<EdgeId>(edges.begin(), edges.end());
    if (m_selectedNodes != nodesBefore || m_selectedEdges != edgesBefore || groupBefore.isValid())
        selectionEdited();
}

void MapCanvas::selectionEdited()
{
    m_spoken.reset();
    update();
    Q_EMIT selectionChanged();
}

void MapCanvas::clearSelection()
{
    select({}, {});
}

bool MapCanvas::reveal(const ObjectRef &object)
{
    const auto found = m_scene->nodeByObject.find(object);
    if (found == m_scene->nodeByObject.end())
        return false;
    const MapNode &node = m_scene->nodes[found->second];
    moveTo(m_viewport.revealing(node.rect, size(), 60));
    select({node.id}, {});
    return true;
}

bool MapCanvas::reveal(EdgeId edge)
{
    const MapItem item = itemOf(edge);
    if (!item)
        return false;
    moveTo(m_viewport.revealing(m_scene->rectOf(item), size(), 40));
    select({}, {edge});
    return true;
}

void MapCanvas::highlight(const std::vector<ObjectRef> &objects)
{
    m_highlight = objects;
    update();
}

void MapCanvas::setFlips(const std::vector<FlipLine> &flips)
{
    if (flips == m_flips)
        return;
    m_flips = flips;
    update();
}

void MapCanvas::beginPair(NodeId from)
{
    m_pairFrom = from;
    setCursor(from.isValid() ? Qt::CrossCursor : Qt::ArrowCursor);
    update();
}

} // namespace portolan::ui
