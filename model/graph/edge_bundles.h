#pragma once

#include "model/graph/topology_graph.h"

#include <functional>
#include <unordered_map>
#include <vector>

namespace portolan {

struct BundleTag;
/// The same two ends have the same bundle in every frame.
using BundleId = StrongId<BundleTag>;

/// How many lines say what.
struct VerdictCounts
{
    std::uint32_t allowed = 0;
    std::uint32_t mixed = 0;
    std::uint32_t denied = 0;
    std::uint32_t unknown = 0; ///< policies that nothing enforces are counted here
    std::uint32_t plain = 0;   ///< lines that no policy is asked about: services, ingresses, probes

    void add(const GraphEdge &edge);
    void add(const VerdictCounts &other);
    std::uint32_t total() const { return allowed + mixed + denied + unknown + plain; }
    /// Some of them are denied, or cannot be told.
    bool isAlarming() const { return denied + unknown > 0; }
    friend bool operator==(const VerdictCounts &, const VerdictCounts &) = default;
};

/// Where a bundle ends: a box, or a node that stands outside of every box. One of the two is valid.
struct BundleEnd
{
    GroupId group;
    NodeId node;
    friend auto operator<=>(const BundleEnd &, const BundleEnd &) = default;
};

/// All lines between two ends, in both directions; `first` is the smaller end.
struct EdgeBundle
{
    BundleId id;
    BundleEnd first, second;
    VerdictCounts forward;  ///< from first to second
    VerdictCounts backward; ///< from second to first

    VerdictCounts sum() const;
    friend bool operator==(const EdgeBundle &, const EdgeBundle &) = default;
};

/// A graph seen from afar.
struct BundledEdges
{
    std::vector<EdgeBundle> bundles; ///< by their ends: equal graphs give equal bundles
    std::unordered_map<GroupId, VerdictCounts> inside;
};

/// Sums the lines of a graph by their ends; lines for which `counts` says no, and lines without both ends,
/// are left out. Linear in the edges but for the order.
BundledEdges bundleEdges(const TopologyGraph &graph,
                         const std::function<bool(const GraphEdge &)> &counts = {});

/// Where a node's lines end when seen from afar.
BundleEnd bundleEndOf(const GraphNode &node);
BundleId bundleIdOf(BundleEnd a, BundleEnd b);

/// A bundle with what decides whether it is drawn.
struct BundleCandidate
{
    VerdictCounts counts;
    std::uint32_t first = 0, second = 0; ///< ends as small numbers, for counting
    double length = 0;
};

/// Which ends more than a quarter of `all` ends (and more than 12) are joined with. Their single lines say
/// nothing and drown the rest. Candidates name ends by numbers below `numbers`.
std::vector<bool> endsEverywhere(const std::vector<BundleCandidate> &candidates, std::uint32_t numbers,
                                 std::uint32_t all);

/// A bundle that is told on the end that all go to instead of by a line of its own; never an alarming one.
bool isGathered(const BundleCandidate &candidate, const std::vector<bool> &everywhere);

/// Those of many bundles that a picture shows, as places in `candidates`, strongest first: `budget` at
/// most; first those with lines that are denied or unknown, then those of most lines, then the shortest.
std::vector<std::uint32_t> strongestBundles(const std::vector<BundleCandidate> &candidates,
                                            std::size_t budget);

} // namespace portolan
