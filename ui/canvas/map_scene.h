#pragma once

#include "model/graph/edge_bundles.h"
#include "model/layout/card_metrics.h"
#include "model/session/topology_frame.h"
#include "ui/canvas/grid_index.h"

#include <QPointF>
#include <QRectF>
#include <QString>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

namespace portolan::ui {

struct Theme;

inline constexpr std::uint32_t noIndex = ~std::uint32_t{0};

/// How much of the map is drawn; follows from the zoom, or is asked for (exports draw Full). Far shows boxes
/// as tiles and bundles for lines; Middle has no labels; Near writes pods with their names and addresses.
enum class MapDetail { Far, Middle, Full, Near };
MapDetail detailFor(double zoom);

/// One thing on the map that can be pointed at, by its place in MapScene's arrays.
struct MapItem
{
    enum class Kind : std::uint8_t { None, Group, Node, Edge, Bundle };
    Kind kind = Kind::None;
    std::uint32_t index = 0;

    explicit operator bool() const { return kind != Kind::None; }
    friend bool operator==(const MapItem &, const MapItem &) = default;
};

struct MapGroup
{
    GroupId id;
    QRectF rect;
    GroupParts parts;
    QString title, note;
    bool noteWarns = false;   ///< the note is a warning (open to all)
    bool unread = false;      ///< something in it could not be read: hatched, never shown as empty
    QString name;             ///< whole, for the far view
    double nameWidth = 0;     ///< at the size of its font
    QString podsText;         ///< "62 pods"
    double podsTextWidth = 0; ///< at the size of the small font
    std::uint32_t pods = 0, podsNotReady = 0;
    std::uint32_t workloads = 0;
    VerdictCounts inside;                         ///< of the lines that stay in it
    std::array<std::uint32_t, 3> findingCounts{}; ///< by Severity; about it and anything in it
    std::optional<Severity> finding;              ///< the worst about this namespace or machine itself
    std::optional<Severity> findingInside;        ///< the worst about anything in it
    bool pinned = false;

    /// The worse of the two.
    std::optional<Severity> worst() const
    {
        return finding && (!findingInside || *finding < *findingInside) ? finding : findingInside;
    }
};

struct MapNode
{
    NodeId id;
    NodeKind kind = NodeKind::Workload;
    QRectF rect;
    CardParts parts;
    QString title, kindWord, detail, more, footer;
    QString agent;              ///< of a machine, whole: "calico-node ready"
    std::uint32_t firstDot = 0; ///< in MapScene::dots; parts.dots.shown of them
    std::uint32_t group = noIndex;
    bool ingressIsolated = false;
    bool egressIsolated = false;
    bool withoutEndpoints = false;
    bool pinned = false;
    std::optional<Severity> finding; ///< the worst about this object or one of its pods
};

/// The newest probe on an edge, and whether it contradicts what the policies say.
struct MapBadge
{
    ProbeOutcome outcome = ProbeOutcome::Unknown;
    bool disagrees = false;
    WallTime at;
    friend bool operator==(const MapBadge &, const MapBadge &) = default;
};

/// What a flow log saw on an edge.
struct MapTraffic
{
    FlowCounts counts;
    double perMinute = 0; ///< records; 0 where the log does not tell its length
};

struct MapEdge
{
    EdgeId id;
    EdgeKind kind = EdgeKind::ServiceEndpoint;
    EdgeVerdict verdict = EdgeVerdict::NotApplicable;
    std::uint32_t from = noIndex, to = noIndex; ///< in MapScene::nodes
    std::uint32_t firstPoint = 0, pointCount = 0;
    QString label;    ///< "" where it has none or there was no room
    QRectF labelRect; ///< of the label; empty where there is none
    QPointF badgeAt;  ///< centre of the badge, there or not
    QRectF ageRect;   ///< of the badge's age; empty without a badge or without room
    QRectF labelBox;  ///< what all of these cover; empty where none is there
    std::optional<MapBadge> badge;
    std::optional<MapTraffic> traffic;
    NodeJoin join = NodeJoin::Unknown; ///< of a MachineLink
    std::optional<Severity> finding;   ///< of a MachineLink: the worst about one of its machines itself
    bool probeable = false;
    bool hasRoom = false;           ///< for more than a badge; see EdgePath::labelShown
    bool behind = false;            ///< see EdgePath::behind
    std::uint32_t bundle = noIndex; ///< that it is part of; none inside of a box
};

/// All lines between two boxes, or a box and something that stands alone, for the far view.
struct MapBundle
{
    BundleId id;
    MapItem first, second; ///< groups or nodes
    VerdictCounts forward, backward;
    std::array<QPointF, 3> curve; ///< a quadratic one, from border to border
    double length = 0;
    bool gathered = false; ///< told on the end that nearly all go to; see endsEverywhere()

    VerdictCounts sum() const
    {
        VerdictCounts both = forward;
        both.add(backward);
        return both;
    }
};

/// An end that nearly all go to.
struct MapHub
{
    MapItem item;
    std::uint32_t from = 0, to = 0; ///< ends whose gathered bundles lead to it, and that it leads to
};

/// What a picture of a view does not draw, so that it can be said.
struct MapFolds
{
    std::uint32_t bundles = 0;         ///< with an end in view, past the budget
    std::uint32_t alarmingBundles = 0; ///< of these, with lines that are denied or unknown
    std::uint32_t gathered = 0;        ///< with an end in view, told on the tile that all go to
    std::uint32_t names = 0;           ///< of boxes that are too small for theirs
    std::uint32_t workloads = 0;       ///< cards that are drawn without their name
    std::uint32_t lines = 0;           ///< that only pass through the view
    std::uint32_t pods = 0;            ///< that are a number on their card
    friend bool operator==(const MapFolds &, const MapFolds &) = default;
};

/// Which lines are drawn.
enum class MapLayer : std::uint8_t {
    Policy,   ///< what policies, services and ingresses say; nothing that was probed or observed
    Observed, ///< lines that traffic was seen on
    Probed,   ///< lines that a probe was made on
    All,
};

/// What of a frame a scene shows. A value.
struct SceneChoice
{
    MapLayer layer = MapLayer::All;
    std::vector<NodeId> only; ///< these cards and the lines between them; empty: everything. In order of id
    friend bool operator==(const SceneChoice &, const SceneChoice &) = default;
};

/// A TopologyFrame made ready for drawing and pointing: texts converted and elided, places looked up, lines
/// flattened into one array, a spatial index over it all. Immutable; safe from any thread once prepared.
struct MapScene
{
    std::vector<MapGroup> groups; ///< folded ones are left out
    std::vector<MapNode> nodes;
    std::vector<MapEdge> edges;
    std::vector<PodHealth> dots;
    std::vector<Point> points; ///< of all edges
    std::vector<MapBundle> bundles;
    std::vector<MapHub> hubs;
    std::uint32_t mostPods = 1; ///< in one box
    QRectF bounds;
    TopologyFramePtr frame; ///< what it was made from
    SceneChoice choice;
    std::uint32_t linesOfOtherLayers = 0; ///< left out by the choice
    std::uint32_t cardsBesideFocus = 0;

    GridIndex nodeIndex, groupIndex, edgeIndex;
    std::unordered_map<NodeId, std::uint32_t> nodeById;
    std::unordered_map<EdgeId, std::uint32_t> edgeById;
    std::unordered_map<BundleId, std::uint32_t> bundleById;
    std::unordered_map<ObjectRef, std::uint32_t> nodeByObject; ///< a pod leads to the card that shows it

    std::span<const Point> pathOf(const MapEdge &edge) const
    {
        return {points.data() + edge.firstPoint, edge.pointCount};
    }
    const GraphNode &graphNode(std::uint32_t node) const;
    const GraphEdge &graphEdge(std::uint32_t edge) const;
    QRectF rectOf(MapItem item) const;

    /// What a person points at: labels and badges before cards, cards before lines, lines before boxes.
    /// `tolerance` in scene units is how far from a line still counts. What `detail` does not draw is not
    /// found: nobody probes a line that is not there to be seen.
    MapItem itemAt(QPointF scene, double tolerance, MapDetail detail = MapDetail::Full) const;

    /// Cards and lines in the order in which a reader comes across them: boxes by rows, in each its cards
    /// by rows, after each card the lines that leave it.
    std::vector<MapItem> readingOrder() const;
    /// The same of the far view: boxes and what stands alone by rows, after each the bundles that are not
    /// told before.
    std::vector<MapItem> farReadingOrder() const;

private:
    MapItem nearestLine(std::span<const std::uint32_t> candidates, QPointF scene, double tolerance) const;
    MapItem groupAt(QPointF scene) const;
};

using MapScenePtr = std::shared_ptr<const MapScene>;

/// Makes a frame ready. Nodes and edges without a place in frame->layout are left out. Linear in what is
/// drawn. Needs a QGuiApplication (fonts); any thread. A null frame, or one without graph or layout, gives
/// an empty scene.
MapScenePtr prepareScene(const TopologyFramePtr &frame, const Theme &theme, const MapFonts &fonts,
                         const SceneChoice &choice = {});

/// True where both frames draw the same map (badges included); time and generation do not count.
bool drawSame(const MapScene &a, const MapScene &b);

} // namespace portolan::ui
