#include "model/graph/edge_bundles.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

namespace portolan {

namespace {

constexpr std::uint32_t fewEnds = 12;

std::uint64_t mixed(std::uint64_t hash, std::uint64_t value)
{
    for (int byte = 0; byte < 8; ++byte)
        hash = (hash ^ ((value >> (8 * byte)) & 0xff)) * 1'099'511'628'211U;
    return hash;
}

} // namespace

void VerdictCounts::add(const GraphEdge &edge)
{
    switch (edge.verdict) {
    case EdgeVerdict::Allowed:
        ++allowed;
        break;
    case EdgeVerdict::Mixed:
        ++mixed;
        break;
    case EdgeVerdict::Denied:
        ++denied;
        break;
    case EdgeVerdict::Unknown:
        ++unknown;
        break;
    case EdgeVerdict::NotApplicable:
        ++(edge.kind == EdgeKind::PolicyPeer ? unknown : plain);
        break;
    }
}

void VerdictCounts::add(const VerdictCounts &other)
{
    allowed += other.allowed;
    mixed += other.mixed;
    denied += other.denied;
    unknown += other.unknown;
    plain += other.plain;
}

VerdictCounts EdgeBundle::sum() const
{
    VerdictCounts both = forward;
    both.add(backward);
    return both;
}

BundleEnd bundleEndOf(const GraphNode &node)
{
    return node.group.isValid() ? BundleEnd{node.group, {}} : BundleEnd{{}, node.id};
}

BundleId bundleIdOf(BundleEnd a, BundleEnd b)
{
    if (b < a)
        std::swap(a, b);
    std::uint64_t hash = 14'695'981'039'346'656'037U;
    for (const std::uint64_t part : {a.group.value, a.node.value, b.group.value, b.node.value})
        hash = mixed(hash, part);
    return {hash == 0 ? 1 : hash};
}

BundledEdges bundleEdges(const TopologyGraph &graph, const std::function<bool(const GraphEdge &)> &counts)
{
    BundledEdges result;
    std::map<std::pair<BundleEnd, BundleEnd>, EdgeBundle> bundles;
    for (const GraphEdge &edge : graph.edges) {
        const GraphNode *from = graph.node(edge.from), *to = graph.node(edge.to);
        if (!from || !to || (counts && !counts(edge)))
            continue;
        const BundleEnd source = bundleEndOf(*from), target = bundleEndOf(*to);
        if (source == target) {
            if (source.group.isValid())
                result.inside[source.group].add(edge);
            continue;
        }
        const bool forward = source < target;
        EdgeBundle &bundle = bundles[forward ? std::pair(source, target) : std::pair(target, source)];
        (forward ? bundle.forward : bundle.backward).add(edge);
    }
    result.bundles.reserve(bundles.size());
    for (auto &[ends, bundle] : bundles) {
        bundle.first = ends.first;
        bundle.second = ends.second;
        bundle.id = bundleIdOf(ends.first, ends.second);
        result.bundles.push_back(bundle);
    }
    return result;
}

std::vector<bool> endsEverywhere(const std::vector<BundleCandidate> &candidates, std::uint32_t numbers,
                                 std::uint32_t all)
{
    std::vector<std::uint32_t> joined(numbers, 0);
    for (const BundleCandidate &candidate : candidates) {
        ++joined[candidate.first];
        ++joined[candidate.second];
    }
    std::vector<bool> everywhere(numbers, false);
    for (std::uint32_t end = 0; end < numbers; ++end)
        everywhere[end] = joined[end] > std::max(fewEnds, all / 4);
    return everywhere;
}

bool isGathered(const BundleCandidate &candidate, const std::vector<bool> &everywhere)
{
    return (everywhere[candidate.first] || everywhere[candidate.second]) && !candidate.counts.isAlarming();
}

std::vector<std::uint32_t> strongestBundles(const std::vector<BundleCandidate> &candidates,
                                            std::size_t budget)
{
    std::vector<std::uint32_t> places(candidates.size());
    std::iota(places.begin(), places.end(), 0U);
    // Equal ones by their places, so that the same bundles give the same picture.
    std::sort(places.begin(), places.end(), [&](std::uint32_t x, std::uint32_t y) {
        const BundleCandidate &a = candidates[x], &b = candidates[y];
        return std::tuple(!a.counts.isAlarming(), b.counts.total(), a.length, x) <
               std::tuple(!b.counts.isAlarming(), a.counts.total(), b.length, y);
    });
    if (places.size() > budget)
        places.resize(budget);
    return places;
}

} // namespace portolan
