#include "model/graph/graph_diff.h"

#include <algorithm>
#include <unordered_map>

namespace portolan {

namespace {

/// Calls back for what came (null, item), went (item, null) or is in both.
template<class Item, class Visit>
void compare(const std::vector<Item> &before, const std::vector<Item> &after, Visit visit)
{
    std::unordered_map<decltype(Item::id), const Item *> known;
    known.reserve(before.size());
    for (const Item &item : before)
        known.emplace(item.id, &item);
    for (const Item &item : after) {
        const auto at = known.find(item.id);
        visit(at == known.end() ? nullptr : at->second, &item);
        if (at != known.end())
            known.erase(at);
    }
    for (const Item &item : before) {
        if (known.contains(item.id))
            visit(&item, nullptr);
    }
}

template<class Item, class Id>
void collect(const std::vector<Item> &before, const std::vector<Item> &after, std::vector<Id> &added,
             std::vector<Id> &removed, std::vector<Id> &changed)
{
    compare(before, after, [&](const Item *was, const Item *is) {
        if (!was)
            added.push_back(is->id);
        else if (!is)
            removed.push_back(was->id);
        else if (!(*was == *is))
            changed.push_back(is->id);
    });
}

/// What nodeSize() and the placing of a node depend on. Of the cards only machines grow with their pods.
bool standsDifferently(const GraphNode &a, const GraphNode &b)
{
    return a.kind != b.kind || a.group != b.group || a.label != b.label || a.detail != b.detail ||
           a.attachedTo != b.attachedTo || a.withoutEndpoints != b.withoutEndpoints ||
           (a.kind == NodeKind::Machine && a.pods.size() != b.pods.size());
}

/// The label of an edge has a size too.
bool readsDifferently(const GraphEdge &a, const GraphEdge &b)
{
    return a.ports != b.ports;
}

template<class Item, class Differs>
bool anyDiffers(const std::vector<Item> &before, const std::vector<Item> &after, Differs differs)
{
    bool any = false;
    compare(before, after,
            [&](const Item *was, const Item *is) { any = any || (was && is && differs(*was, *is)); });
    return any;
}

} // namespace

bool GraphDiff::needsLayout() const
{
    return geometryChanged || !addedNodes.empty() || !removedNodes.empty() || !addedEdges.empty() ||
           !removedEdges.empty() || !addedGroups.empty() || !removedGroups.empty();
}

bool GraphDiff::isEmpty() const
{
    return !needsLayout() && changedNodes.empty() && changedEdges.empty() && changedGroups.empty();
}

GraphDiff diffGraphs(const TopologyGraph &before, const TopologyGraph &after)
{
    GraphDiff diff;
    collect(before.nodes, after.nodes, diff.addedNodes, diff.removedNodes, diff.changedNodes);
    collect(before.edges, after.edges, diff.addedEdges, diff.removedEdges, diff.changedEdges);
    collect(before.groups, after.groups, diff.addedGroups, diff.removedGroups, diff.changedGroups);
    diff.geometryChanged =
        before.view != after.view ||
        (!diff.changedNodes.empty() && anyDiffers(before.nodes, after.nodes, standsDifferently)) ||
        (!diff.changedEdges.empty() && anyDiffers(before.edges, after.edges, readsDifferently)) ||
        (!diff.changedGroups.empty() &&
         anyDiffers(before.groups, after.groups, [](const GraphGroup &a, const GraphGroup &b) {
             return a.folded != b.folded || a.label != b.label;
         }));
    return diff;
}

} // namespace portolan
