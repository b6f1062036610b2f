#include "ui/canvas/bezier.h"
#include "ui/canvas/link_text.h"
#include "ui/canvas/map_bundles.h"
#include "ui/canvas/map_scene.h"
#include "ui/canvas/map_text.h"
#include "ui/canvas/probe_badges.h"
#include "ui/theme/theme.h"

#include <QFontMetricsF>

#include <algorithm>
#include <set>

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
        addTileTexts();
        addBundles(m_scene);
        addIndices();
    }

private:
    void addGroups();
    void addNodes();
    void addEdges();
    void addFindings();
    void dropRepeatedLabels();
    void worsenLinks(const std::vector<std::optional<Severity>> &machines);
    void addTileTexts();
    void addIndices();
    bool isWanted(NodeId node) const;
    bool isWanted(GroupId group) const;
    void setTraffic();
    void keepLayer();
    MapNode made(const GraphNode &node, const Rect &place);
    void countOn(MapGroup &group, const GraphNode &node);
    void setTexts(MapNode &made, const GraphNode &node);
    void setAgent(MapNode &made, const GraphNode &node);
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
        if (group.folded || place == m_layout.groups.end() || !isWanted(group.id))
            continue;
        MapGroup made;
        made.id = group.id;
        made.rect = toQt(place->second);
        made.parts = groupParts(group, place->second, m_fonts);
        made.title = fitted(group.label, m_fonts.title, m_theme.strong, made.parts.title.width);
        const GroupNote note = groupNote(group, m_frame.state.get());
        made.note = fitted(note.text.toStdString(), m_fonts.body, m_theme.small, made.parts.note.width);
        made.name = plainLine(group.label);
        made.nameWidth = m_fonts.title.width(group.label);
        made.noteWarns = note.warns;
        made.unread = note.unread;
        made.pinned = m_layout.pinnedGroups.contains(group.id);
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
        if (!isWanted(node.id)) {
            ++m_scene.cardsBesideFocus;
            continue;
        }
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
    result.pinned = m_layout.pinnedNodes.contains(node.id);
    result.firstDot = std::uint32_t(m_scene.dots.size());
    for (std::size_t i = 0; i < result.parts.dots.shown; ++i)
        m_scene.dots.push_back(node.pods[i].health);
    if (const auto group = m_groupById.find(node.group); group != m_groupById.end()) {
        result.group = group->second;
        countOn(m_scene.groups[result.group], node);
    }
    setTexts(result, node);
    return result;
}

void SceneBuilder::countOn(MapGroup &group, const GraphNode &node)
{
    group.pods += std::uint32_t(node.pods.size());
    group.podsNotReady +=
        std::uint32_t(std::count_if(node.pods.begin(), node.pods.end(), [](const PodDot &dot) {
            return dot.health != PodHealth::Ready && dot.health != PodHealth::Done;
        }));
    group.workloads += node.kind == NodeKind::Workload || node.kind == NodeKind::Pod ? 1 : 0;
    m_scene.mostPods = std::max(m_scene.mostPods, group.pods);
}

/// Measured here, once, and not in every picture.
void SceneBuilder::addTileTexts()
{
    const QFontMetricsF metrics(m_theme.small);
    std::unordered_map<std::uint32_t, double> widths; // many boxes have the same number
    for (MapGroup &group : m_scene.groups) {
        group.podsText = podCountText(group.pods);
        const auto [width, isNew] = widths.try_emplace(group.pods, 0);
        if (isNew)
            width->second = metrics.horizontalAdvance(group.podsText);
        group.podsTextWidth = width->second;
    }
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
        setAgent(made, node);
}

/// "30 pods · calico-node ready". Where that has no room, the dots alone say how many are not ready.
void SceneBuilder::setAgent(MapNode &made, const GraphNode &node)
{
    made.footer = podCountText(node.pods);
    const CniAgent *agent = m_frame.nodeFacts ? m_frame.nodeFacts->agentOn(node.object.name) : nullptr;
    if (!agent)
        return;
    made.agent = cniAgentText(agent);
    const double room = made.parts.footer.width;
    const QFontMetricsF metrics(m_theme.small);
    made.footer += QStringLiteral(" · ") + made.agent;
    if (metrics.horizontalAdvance(made.footer) > room)
        made.footer = metrics.elidedText(podCountText(node.pods.size()) + QStringLiteral(" · ") + made.agent,
                                         Qt::ElideRight, room);
}

bool SceneBuilder::isWanted(NodeId node) const
{
    const std::vector<NodeId> &only = m_scene.choice.only;
    return only.empty() || std::binary_search(only.begin(), only.end(), node);
}

/// A box without any of the cards that are asked for is not drawn.
bool SceneBuilder::isWanted(GroupId group) const
{
    return m_scene.choice.only.empty() ||
           std::any_of(m_graph.nodes.begin(), m_graph.nodes.end(),
                       [&](const GraphNode &node) { return node.group == group && isWanted(node.id); });
}

void SceneBuilder::setTraffic()
{
    const FlowLog &log = *m_frame.state->flows;
    for (const EdgeTraffic &one : m_graph.traffic) {
        const auto at = m_scene.edgeById.find(one.edge);
        if (at == m_scene.edgeById.end())
            continue;
        const FlowCounts counts = countsOf(one, log);
        m_scene.edges[at->second].traffic = {counts, perMinute(counts, log)};
    }
}

/// Whether lines were probed, or traffic seen, is known only once they have their badges.
void SceneBuilder::keepLayer()
{
    const MapLayer layer = m_scene.choice.layer;
    if (layer != MapLayer::Probed && layer != MapLayer::Observed)
        return;
    m_scene.linesOfOtherLayers += std::uint32_t(std::erase_if(m_scene.edges, [layer](const MapEdge &edge) {
        const bool probed = edge.badge || (edge.kind == EdgeKind::Observed && !edge.traffic);
        return layer == MapLayer::Probed ? !probed : !edge.traffic;
    }));
    m_scene.edgeById.clear();
    for (std::uint32_t i = 0; i < m_scene.edges.size(); ++i)
        m_scene.edgeById.emplace(m_scene.edges[i].id, i);
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
        if (m_scene.choice.layer == MapLayer::Policy && edge.kind == EdgeKind::Observed) {
            ++m_scene.linesOfOtherLayers;
            continue;
        }
        MapEdge made;
        made.id = edge.id;
        made.kind = edge.kind;
        made.verdict = edge.verdict;
        made.join = edge.join.join;
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
            made.label =
                edge.kind == EdgeKind::MachineLink ? linkLabel(edge.join.join) : plainLine(edgeLabel(edge));
        m_scene.edgeById.emplace(edge.id, std::uint32_t(m_scene.edges.size()));
        m_scene.edges.push_back(std::move(made));
    }
    if (m_frame.state && m_scene.choice.layer != MapLayer::Policy) {
        setProbeBadges(m_scene, m_graph, m_frame.state->probes);
        if (m_frame.state->flows)
            setTraffic();
    }
    keepLayer();
    dropRepeatedLabels();
    for (MapEdge &edge : m_scene.edges) {
        placeLabel(edge, toQt(m_layout.edges.at(edge.id).labelAt),
                   edgeLabelSize(*m_graph.edge(edge.id), m_fonts));
    }
}

void SceneBuilder::addFindings()
{
    if (!m_frame.findings)
        return;
    std::vector<std::optional<Severity>> machines(m_scene.nodes.size()); // about themselves, not their pods
    const auto worsen = [](std::optional<Severity> &worst, Severity severity) {
        if (!worst || severity < *worst)
            worst = severity;
    };
    for (const Finding &finding : *m_frame.findings) {
        if (const auto at = m_scene.nodeByObject.find(finding.object); at != m_scene.nodeByObject.end()) {
            MapNode &node = m_scene.nodes[at->second];
            worsen(node.finding, finding.severity);
            if (node.kind == NodeKind::Machine && finding.object.kind == ObjectKind::Node)
                worsen(machines[at->second], finding.severity);
            if (node.group != noIndex) {
                MapGroup &around = m_scene.groups[node.group];
                worsen(around.findingInside, finding.severity);
                ++around.findingCounts[std::size_t(finding.severity)];
            }
        } else if (const auto group = m_groupByObject.find(finding.object); group != m_groupByObject.end()) {
            worsen(m_scene.groups[group->second].finding, finding.severity);
            ++m_scene.groups[group->second].findingCounts[std::size_t(finding.severity)];
        }
    }
    worsenLinks(machines);
}

/// Where one thing joins all machines, the map says it once, beneath; the same word on every line is noise.
void SceneBuilder::dropRepeatedLabels()
{
    constexpr std::size_t mostAlike = 6;
    std::set<NodeJoin> joins;
    std::size_t links = 0;
    for (const MapEdge &edge : m_scene.edges) {
        if (edge.kind != EdgeKind::MachineLink)
            continue;
        joins.insert(edge.join);
        ++links;
    }
    for (MapEdge &edge : m_scene.edges) {
        if (edge.kind == EdgeKind::MachineLink && joins.size() == 1 && links > mostAlike)
            edge.label.clear();
    }
}

/// A machine that is not well is not well joined, whatever joins it.
void SceneBuilder::worsenLinks(const std::vector<std::optional<Severity>> &machines)
{
    for (MapEdge &edge : m_scene.edges) {
        if (edge.kind != EdgeKind::MachineLink)
            continue;
        for (const std::optional<Severity> &one : {machines[edge.from], machines[edge.to]}) {
            if (one && (!edge.finding || *one < *edge.finding))
                edge.finding = one;
        }
    }
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
    if (m_scene.choice.only.empty())
        return;
    m_scene.bounds = {};
    for (const MapGroup &group : m_scene.groups)
        m_scene.bounds |= group.rect;
    for (const MapNode &node : m_scene.nodes)
        m_scene.bounds |= node.rect;
    for (const MapEdge &edge : m_scene.edges)
        m_scene.bounds |= controlBox(m_scene.pathOf(edge));
}

} // namespace

MapScenePtr prepareScene(const TopologyFramePtr &frame, const Theme &theme, const MapFonts &fonts,
                         const SceneChoice &choice)
{
    auto scene = std::make_shared<MapScene>();
    scene->choice = choice;
    scene->frame = frame;
    if (frame && frame->graph && frame->layout)
        SceneBuilder(*frame, theme, fonts, *scene).build();
    else
        scene->frame = nullptr;
    return scene;
}

} // namespace portolan::ui
