#include "ui/canvas/map_bundles.h"

#include <QLineF>

#include <algorithm>
#include <cmath>

namespace portolan::ui {

namespace {

constexpr double bow = 0.07; // of its length

/// Where the way from inside `rect` to `outside` crosses its border.
QPointF borderOf(const QRectF &rect, QPointF outside)
{
    const QPointF centre = rect.center(), way = outside - centre;
    const double across = std::abs(way.x()) / std::max(1e-6, rect.width() / 2);
    const double down = std::abs(way.y()) / std::max(1e-6, rect.height() / 2);
    const double most = std::max(across, down);
    return most <= 1 ? outside : centre + way / most;
}

void setCurve(const MapScene &scene, MapBundle &bundle)
{
    const QRectF from = endRectOf(scene, bundle.first), to = endRectOf(scene, bundle.second);
    const QPointF way = to.center() - from.center();
    // Bowed a little, so that lines in one row do not lie on one another.
    const QPointF control = (from.center() + to.center()) / 2 + QPointF(-way.y(), way.x()) * bow;
    bundle.curve = {borderOf(from, control), control, borderOf(to, control)};
    bundle.length = QLineF(bundle.curve.front(), bundle.curve.back()).length();
}

class EndNumbers
{
public:
    explicit EndNumbers(const MapScene &scene) : m_scene(scene)
    {
        for (std::uint32_t i = 0; i < scene.groups.size(); ++i)
            m_groups.emplace(scene.groups[i].id, i);
    }

    /// None for an end that is not drawn.
    MapItem itemOf(BundleEnd end) const
    {
        if (end.group.isValid()) {
            const auto group = m_groups.find(end.group);
            return group == m_groups.end() ? MapItem{} : MapItem{MapItem::Kind::Group, group->second};
        }
        const auto node = m_scene.nodeById.find(end.node);
        return node == m_scene.nodeById.end() ? MapItem{} : MapItem{MapItem::Kind::Node, node->second};
    }

    std::uint32_t numberOf(MapItem item) const
    {
        return item.kind == MapItem::Kind::Group ? item.index : std::uint32_t(m_groups.size()) + item.index;
    }

    /// Boxes, and what stands alone: what can be an end.
    std::uint32_t count() const { return std::uint32_t(m_groups.size() + m_scene.nodes.size()); }

private:
    const MapScene &m_scene;
    std::unordered_map<GroupId, std::uint32_t> m_groups;
};

BundleCandidate candidateOf(const MapBundle &bundle, const EndNumbers &numbers)
{
    BundleCandidate candidate;
    candidate.counts = bundle.sum();
    candidate.first = numbers.numberOf(bundle.first);
    candidate.second = numbers.numberOf(bundle.second);
    return candidate;
}

/// Boxes alone say how many "nearly all" are: cards inside of them are no ends.
std::vector<bool> everywhereOf(const MapScene &scene, const std::vector<BundleCandidate> &candidates,
                               std::uint32_t ends)
{
    std::uint32_t alone = 0;
    for (const MapNode &node : scene.nodes)
        alone += node.group == noIndex ? 1 : 0;
    return endsEverywhere(candidates, ends, std::uint32_t(scene.groups.size()) + alone);
}

void gather(MapScene &scene, const EndNumbers &numbers)
{
    std::vector<BundleCandidate> candidates;
    candidates.reserve(scene.bundles.size());
    for (const MapBundle &bundle : scene.bundles)
        candidates.push_back(candidateOf(bundle, numbers));
    const std::vector<bool> everywhere = everywhereOf(scene, candidates, numbers.count());
    std::unordered_map<std::uint32_t, MapHub> hubs;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        MapBundle &bundle = scene.bundles[i];
        bundle.gathered = isGathered(candidates[i], everywhere);
        if (!bundle.gathered)
            continue;
        const auto count = [&](MapItem item, const VerdictCounts &to, const VerdictCounts &from) {
            const std::uint32_t number = numbers.numberOf(item);
            if (!everywhere[number])
                return;
            MapHub &hub = hubs[number];
            hub.item = item;
            hub.from += to.total() > 0 ? 1 : 0;
            hub.to += from.total() > 0 ? 1 : 0;
        };
        count(bundle.first, bundle.backward, bundle.forward);
        count(bundle.second, bundle.forward, bundle.backward);
    }
    for (const auto &[number, hub] : hubs)
        scene.hubs.push_back(hub);
    std::sort(scene.hubs.begin(), scene.hubs.end(), [&numbers](const MapHub &a, const MapHub &b) {
        return numbers.numberOf(a.item) < numbers.numberOf(b.item);
    });
}

} // namespace

QRectF endRectOf(const MapScene &scene, MapItem end)
{
    return end.kind == MapItem::Kind::Group ? scene.groups[end.index].rect : scene.nodes[end.index].rect;
}

void addBundles(MapScene &scene)
{
    const EndNumbers numbers(scene);
    const auto drawn = [&scene](const GraphEdge &edge) { return scene.edgeById.contains(edge.id); };
    const BundledEdges bundled = bundleEdges(*scene.frame->graph, drawn);
    for (MapGroup &group : scene.groups) {
        if (const auto inside = bundled.inside.find(group.id); inside != bundled.inside.end())
            group.inside = inside->second;
    }
    for (const EdgeBundle &bundle : bundled.bundles) {
        MapBundle made{bundle.id,
                       numbers.itemOf(bundle.first),
                       numbers.itemOf(bundle.second),
                       bundle.forward,
                       bundle.backward,
                       {},
                       0,
                       false};
        if (!made.first || !made.second)
            continue;
        setCurve(scene, made);
        scene.bundleById.emplace(made.id, std::uint32_t(scene.bundles.size()));
        scene.bundles.push_back(made);
    }
    for (MapEdge &edge : scene.edges) {
        const auto endOf = [&scene](std::uint32_t node) {
            const MapNode &at = scene.nodes[node];
            return at.group == noIndex ? BundleEnd{{}, at.id} : BundleEnd{scene.groups[at.group].id, {}};
        };
        const BundleEnd from = endOf(edge.from), to = endOf(edge.to);
        if (from == to)
            continue;
        const auto found = scene.bundleById.find(bundleIdOf(from, to));
        edge.bundle = found == scene.bundleById.end() ? noIndex : found->second;
    }
    gather(scene, numbers);
}

} // namespace portolan::ui
