#pragma once

#include "model/graph/topology_graph.h"

#include <vector>

namespace portolan {

/// What changed from one graph to the next of the same view. `changed`: same identity, other content.
struct GraphDiff
{
    std::vector<NodeId> addedNodes, removedNodes, changedNodes;
    std::vector<EdgeId> addedEdges, removedEdges, changedEdges;
    std::vector<GroupId> addedGroups, removedGroups, changedGroups;
    bool geometryChanged = false; ///< something that stays may have changed its size

    /// True where positions have to be looked at again: something came, went, or changed its size.
    bool needsLayout() const;
    bool isEmpty() const;
};

GraphDiff diffGraphs(const TopologyGraph &before, const TopologyGraph &after);

} // namespace portolan
