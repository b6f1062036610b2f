#pragma once

#include "model/base/cancel_token.h"
#include "model/base/result.h"
#include "model/graph/topology_graph.h"
#include "model/layout/geometry.h"
#include "model/layout/text_metrics.h"

#include <chrono>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace portolan {

/// The line of an edge: a start point and cubic Bézier segments (control, control, end), with the place
/// where its label and probe badge sit.
struct EdgePath
{
    std::vector<Point> points; ///< 1 + 3·n points
    Point labelAt;             ///< centre of the label; labels of different edges do not overlap
    bool labelShown = true;    ///< false where there was no room
    bool behind = false;       ///< runs behind a card that it does not end at: to be drawn thin
    friend bool operator==(const EdgePath &, const EdgePath &) = default;
};

/// Where everything stands. Immutable once shared.
struct LayoutResult
{
    std::unordered_map<NodeId, Rect> nodes;
    /// Boxes; a folded group keeps its place here (reserved, not drawn) once it had one.
    std::unordered_map<GroupId, Rect> groups;
    std::unordered_map<EdgeId, EdgePath> edges;
    Rect bounds; ///< the page: around everything, and no narrower than 1:2 or broader than 2:1
    /// Namespaces that were laid out by the plain packer because the worker failed or was too slow:
    /// the map says so.
    std::vector<GroupId> packed;
    /// Boxes in which something was placed anew, rather than where the layout before had it.
    std::vector<GroupId> laidOut;
    /// Of `nodes`: the places of what is hidden or gone for a while. Lines may run over these meanwhile.
    std::unordered_set<NodeId> remembered;
    /// What a person pinned: tidying up leaves it where it is. A pinned box with everything in it. Those that
    /// are hidden or gone for a while are still in here.
    std::unordered_set<NodeId> pinnedNodes;
    std::unordered_set<GroupId> pinnedGroups;
};

using LayoutResultPtr = std::shared_ptr<const LayoutResult>;

/// Width : height of a map that fills the window between its panels, at the usual sizes of screens.
inline constexpr double windowAspect = 1.35;

struct LayoutRequest
{
    TopologyGraphPtr graph;
    MapFonts fonts;
    LayoutResultPtr previous;     ///< what is on the screen; what it places keeps its place to the pixel
    double aspect = windowAspect; ///< wanted width : height of the whole
};

/// Places a graph. Implementations promise: nodes stand inside their group's box and overlap nothing;
/// what `previous` placed and still fits stays to the pixel; equal requests give equal results.
/// layout() blocks and is called by one worker thread; errors are Cancelled alone, since the plain packer
/// always has an answer.
class LayoutEngine
{
public:
    virtual ~LayoutEngine() = default;
    virtual Result<LayoutResult> layout(const LayoutRequest &request, const CancelToken &cancel) = 0;
};

struct LayoutOptions
{
    /// The Graphviz worker program; "" lays every namespace out with the plain packer.
    std::string workerProgram;
    std::chrono::milliseconds pieceDeadline{2'000}; ///< per namespace; past it the worker is killed
    int maxWorkers = 2;
};

/// Each namespace by itself (Graphviz dot in worker processes), the boxes packed on shelves, edges
/// between namespaces routed afterwards. The first map of a small cluster is also drawn by dot as a whole,
/// and the one whose lines cross less is taken.
std::unique_ptr<LayoutEngine> makeNamespaceLayout(const LayoutOptions &options);

/// The size a node gets, from its texts and pods; the same numbers that the painter uses.
Size nodeSize(const GraphNode &node, const MapFonts &fonts);

} // namespace portolan
