#pragma once

#include "model/graph/policy_index.h"

#include <string>
#include <vector>

namespace portolan::graph {

/// One side of a rule: the workloads that it means, and the stub that stands for them where they are many.
struct PolicyEnd
{
    std::vector<std::uint32_t> workloads; ///< sorted; empty for an ipBlock
    const IpBlock *block = nullptr;
    std::uint32_t ns = none; ///< where the stub stands; none: outside of every box
    std::string label;       ///< GraphNode::label of the stub
    bool understood = true;
    bool isStub = false; ///< drawn as the stub
};

/// The pods that a policy is about. Nothing where it selects none.
std::vector<PolicyEnd> subjectOf(const PolicyIndex &index, const CompiledPolicy &policy);
/// The peers of one rule; one end for each namespace where that says more.
std::vector<PolicyEnd> peersOf(const PolicyIndex &index, const CompiledRule &rule);

/// The stub's node, or the ipBlock's.
GraphNode nodeOf(const PolicyIndex &index, const PolicyEnd &end);

} // namespace portolan::graph
