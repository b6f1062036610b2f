#include "ui/canvas/bezier.h"
#include "ui/canvas/map_scene.h"
#include "ui/canvas/map_text.h"
#include "ui/canvas/probe_badges.h"
#include "ui/theme/theme.h"

#include <QFontMetricsF>

#include <algorithm>
#include <map>

namespace portolan::ui {

namespace {

/// Fills a MapScene step by step; each step needs the ones before it.
class SceneBuilder
{
public:
    SceneBuilder(const TopologyFrame &frame, const Theme &theme, const MapFonts &fonts, MapScene &scene)
        : m_graph(*frame.graph),
          m_layout(*frame.layout),
          m_frame(frame),
          m_theme(theme),
          m_fonts(fonts),
          m_scene(scene)
    {
    }

    void build()
    {
        addGroups();
        addNodes();
        addEdges();
        addFindings();
        addBundles();
        addIndices();
    }

private:
    void addGroups();
    void addNodes();
    void addEdges();
    void addFindings();
    void addBundles();
    void addIndices();
    MapNode made(const GraphNode &node, const Rect &place);
    void setTexts(MapNode &made, const GraphNode &node);
    QString fitted(const std::string &text, const TextMetrics &metrics, const QFont &font, double room) const;

    const TopologyGraph &m_graph;
    const LayoutResult &m_layout;
    const TopologyFrame &m_frame;
    const Theme &m_theme;
    const MapFonts &m_fonts;
    MapScene &m_scene;
    std::unordered_map<GroupId, std::uint32_t> m_groupById;
    std::unordered_map<ObjectRef, std::uint32_t> m_groupByObject;
};

/// Elided only where it has to be: measuring every text with the real font would cost more than all else.
QString SceneBuilder::fitted(const std::string &text, const TextMetrics &metrics, const QFont &font,
                             double room) const
{
    const QString plain = plainLine(text);
    if (metrics.width(text) <= room)
        return plain;
    return QFontMetricsF(font).elidedText(plain, Qt::ElideMiddle, room);
}

void SceneBuilder::addGroups()
{
    for (const GraphGroup &group : m_graph.groups) {
        const auto place = m_layout.groups.find(group.id);
        if (group.folded || place == m_layout.groups.end())
            continue;
        MapGroup made;
        made.id = group.id;
        made.rect = toQt(place->second);
        made.parts = groupParts(group, place->second, m_fonts);
        made.title = fitted(group.label, m_fonts.title, m_theme.strong, made.parts.title.width);
        const GroupNote note = groupNote(group, m_frame.state.get());
        made.note = fitted(note.text.toStdString(), m_fonts.body, m_theme.small, made.parts.note.width);
        made.noteWarns = note.warns;
        made.unread = note.unread;
        m_groupById.emplace(group.id, std::uint32_t(m_scene.groups.size()));
        m_groupByObject.emplace(group.object, std::uint32_t(m_scene.groups.size()));
        m_scene.groups.push_back(std::move(made));
    }
}

void SceneBuilder::addNodes()
{
    m_scene.nodes.reserve(m_graph.nodes.size());
    for (const GraphNode &node : m_graph.nodes) {
        const auto place = m_layout.nodes.find(node.id);
        if (place == m_layout.nodes.end())
            continue;
        const auto index = std::uint32_t(m_scene.nodes.size());
        m_scene.nodes.push_back(made(node, place->second));
        m_scene.nodeById.emplace(node.id, index);
        if (node.object.isValid())
            m_scene.nodeByObject.emplace(node.object, index);
        for (const PodDot &dot : node.pods)
            m_scene.nodeByObject.emplace(dot.pod, index);
    }
}

MapNode SceneBuilder::made(const GraphNode &node, const Rect &place)
{
    MapNode result;
    result.id = node.id;
    result.kind = node.kind;
    result.rect = toQt(place);
    result.parts = cardParts(node, place, m_fonts);
    result.ingressIsolated = node.ingressIsolated;
    result.egressIsolated = node.egressIsolated;
    result.withoutEndpoints = node.withoutEndpoints;
    result.firstDot = std::uint32_t(m_scene.dots.size());
    for (std::size_t i = 0; i < result.parts.dots.shown; ++i)
        m_scene.dots.push_back(node.pods[i].health);
    if (const auto group = m_groupById.find(node.group); group != m_groupById.end()) {
        result.group = group->second;
        m_scene.groups[result.group].pods += std::uint32_t(node.pods.size());
    }
    setTexts(result, node);
    return result;
}

void SceneBuilder::setTexts(MapNode &made, const GraphNode &node)
{
    const CardParts &parts = made.parts;
    if (isPill(node.kind))
        made.title = fitted(pillText(node, m_fonts), m_fonts.mono, m_theme.mapMono, parts.title.width);
    else if (node.kind == NodeKind::World)
        made.title = worldText();
    else if (node.kind == NodeKind::IpBlock)
        made.title = fitted(node.label, m_fonts.mono, m_theme.mapMono, parts.title.width);
    else
        made.title = fitted(machineOrName(node), m_fonts.title, m_theme.strong, parts.title.width);
    made.kindWord = plainLine(kindWord(node));
    if (parts.detail.width > 0)
        made.detail = fitted(node.detail, m_fonts.mono, m_theme.mapMono, parts.detail.width);
    if (parts.dots.hidden > 0)
        made.more = QLatin1Char('+') + QString::number(parts.dots.hidden);
    if (node.kind == NodeKind::Machine)
        made.footer = podCountText(node.pods);
}

void SceneBuilder::addEdges()
{
    for (const GraphEdge &edge : m_graph.edges) {
        const auto path = m_layout.edges.find(edge.id);
        const auto from = m_scene.nodeById.find(edge.from);
        const auto to = m_scene.nodeById.find(edge.to);
        if (path == m_layout.edges.end() || from == m_scene.nodeById.end() || to == m_scene.nodeById.end() ||
            segmentCount(path->second.points) == 0)
            continue;
        MapEdge made;
        made.id = edge.id;
        made.kind = edge.kind;
        made.verdict = edge.verdict;
        made.from = from->second;
        made.to = to->second;
        made.probeable = edge.probe.source.isValid();
        made.firstPoint = std::uint32_t(m_scene.points.size());
        made.pointCount = std::uint32_t(3 * segmentCount(path->second.points) + 1);
        m_scene.points.insert(m_scene.points.end(), path->second.points.begin(),
                              path->second.points.begin() + made.pointCount);
        made.hasRoom = path->second.labelShown;
        made.behind = path->second.behind;
        if (made.hasRoom)
            made.label = plainLine(edgeLabel(edge));
        m_scene.edgeById.emplace(edge.id, std::uint32_t(m_scene.edges.size()));
        m_scene.edges.push_back(std::move(made));
    }
    if (m_frame.state)
        setProbeBadges(m_scene, m_graph, m_frame.state->probes);
    for (MapEdge &edge : m_scene.edges) {
        placeLabel(edge, toQt(m_layout.edges.at(edge.id).labelAt),
                   edgeLabelSize(*m_graph.edge(edge.id), m_fonts));
    }
}

void SceneBuilder::addFindings()
{
    if (!m_frame.findings)
        return;
    const auto worsen = [](std::optional<Severity> &worst, Severity severity) {
        if (!worst || severity < *worst)
            worst = severity;
    };
    for (const Finding &finding : *m_frame.findings) {
        if (const auto at = m_scene.nodeByObject.find(finding.object); at != m_scene.nodeByObject.end()) {
            MapNode &node = m_scene.nodes[at->second];
            worsen(node.finding, finding.severity);
            if (node.group != noIndex)
                worsen(m_scene.groups[node.group].findingInside, finding.severity);
        } else if (const auto group = m_groupByObject.find(finding.object); group != m_groupByObject.end()) {
            worsen(m_scene.groups[group->second].finding, finding.severity);
        }
    }
}

void SceneBuilder::addBundles()
{
    std::map<std::pair<std::uint32_t, std::uint32_t>, MapBundle> bundles;
    for (const MapEdge &edge : m_scene.edges) {
        const std::uint32_t from = m_scene.nodes[edge.from].group, to = m_scene.nodes[edge.to].group;
        if (from == to || from == noIndex || to == noIndex)
            continue;
        const auto [at, isNew] = bundles.try_emplace({from, to}, MapBundle{from, to, 0, true});
        ++at->second.lines;
        at->second.denied = at->second.denied && edge.verdict == EdgeVerdict::Denied;
    }
    for (const auto &[ends, bundle] : bundles)
        m_scene.bundles.push_back(bundle);
}

void SceneBuilder::addIndices()
{
    std::vector<QRectF> boxes;
    const auto fill = [&boxes](const auto &items, auto rectOf) {
        boxes.clear();
        boxes.reserve(items.size());
        for (const auto &item : items)
            boxes.push_back(rectOf(item));
        return GridIndex(boxes);
    };
    m_scene.groupIndex = fill(m_scene.groups, [](const MapGroup &g) { return g.rect; });
    m_scene.nodeIndex = fill(m_scene.nodes, [](const MapNode &n) { return n.rect; });
    m_scene.edgeIndex = fill(m_scene.edges, [this](const MapEdge &e) {
        const QRectF line = controlBox(m_scene.pathOf(e)).adjusted(-6, -6, 6, 6);
        return e.labelBox.isEmpty() ? line : line.united(e.labelBox);
    });
    m_scene.bounds = toQt(m_layout.bounds);
}

} // namespace

MapScenePtr prepareScene(const TopologyFramePtr &frame, const Theme &theme, const MapFonts &fonts)
{
    auto scene = std::make_shared<MapScene>();
    scene->frame = frame;
    if (frame && frame->graph && frame->layout)
        SceneBuilder(*frame, theme, fonts, *scene).build();
    else
        scene->frame = nullptr;
    return scene;
}

} // namespace portolan::ui
