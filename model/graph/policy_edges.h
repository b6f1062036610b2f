#pragma once

#include "model/graph/reach.h"
#include "model/graph/service_index.h"

#include <vector>

namespace portolan::graph {

struct PolicyDrawing
{
    std::vector<GraphNode> nodes; ///< IpBlocks and PodSets that the edges need
    std::vector<GraphEdge> edges;
    std::uint32_t openToAll = 0;    ///< see GraphOmissions
    std::uint32_t toSelf = 0;       ///< rules that admit pods of a card to one another: not drawn
    std::uint32_t deniedToMany = 0; ///< see GraphOmissions
    std::uint32_t forSctp = 0;      ///< see GraphOmissions::rulesForSctp
};

/// Every rule of every policy of every API as lines between cards; what the lines say are verdicts of all
/// policies together. A rule about two small sets becomes a line per pair of workloads. A rule about many
/// becomes one line from or to a PodSet: all pods of a namespace (two workloads or more), more than eight
/// workloads of a selector, or a selector of which it cannot be told whom it means. Its verdict is that of
/// all pods that it means; where it holds for a few pairs alone these are drawn instead, and where for more
/// but not all it is Mixed.
///
/// What is open on every port to everyone is counted, not drawn. A pair that no traffic may use is drawn
/// where a rule denies it by name and the pairs are few, else counted; that policies isolate is said by
/// shields. `enforced`: false where nothing makes these policies true; every line is NotApplicable then.
PolicyDrawing drawPolicies(Reaches &reaches, const ServiceIndex &services, bool enforced);

} // namespace portolan::graph
