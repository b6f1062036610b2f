#pragma once

#include "model/cluster/cluster_state.h"
#include "model/cluster/node_facts.h"
#include "model/diagnosis/finding.h"
#include "model/graph/graph_diff.h"
#include "model/graph/topology_graph.h"
#include "model/layout/layout_engine.h"
#include "model/policy/policy_model.h"

#include <QMetaType>

#include <memory>
#include <vector>

namespace portolan {

/// One complete picture of the cluster: what ui draws and lists. All parts belong together.
struct TopologyFrame
{
    std::uint64_t generation = 0;
    ClusterStatePtr state;
    NodeFactsPtr nodeFacts;                              ///< of that state
    std::shared_ptr<const policy::PolicyModel> policies; ///< of that state
    TopologyGraphPtr graph;
    GraphDiff diff; ///< from the frame before it, of the same view
    LayoutResultPtr layout;
    LayoutResultPtr places; ///< of everything placed so far, what is hidden or filtered out now included
    std::shared_ptr<const std::vector<Finding>> findings;
};

using TopologyFramePtr = std::shared_ptr<const TopologyFrame>;

} // namespace portolan

Q_DECLARE_METATYPE(portolan::TopologyFramePtr)
