#pragma once

#include "model/graph/peer_terms.h"
#include "model/graph/reach.h"

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace portolan::graph {

/// One side of a rule: those whom it means, and what stands for them where they are many.
struct PolicyEnd
{
    enum class Shape : std::uint8_t {
        Cards, ///< a line for each workload
        Stub,  ///< one PodSet
        Block, ///< one IpBlock
        World,
    };
    Shape shape = Shape::Cards;
    Members members; ///< exactly those whom the rule means; of Cards, verdicts are about whole workloads
    std::uint32_t ns = none; ///< where the stub stands; none: outside of every box
    std::string label;       ///< GraphNode::label of the stub or the block
    std::string detail;
    bool isVague = false; ///< of some it cannot be told whether the rule means them

    const std::vector<std::uint32_t> &workloads() const { return members.workloads; }
};

using PolicyEndPtr = std::shared_ptr<const PolicyEnd>;

/// Turns predicates of any policy API into ends. Those of the cluster's nodes have none: the map of services
/// does not show machines.
class PolicyEnds
{
public:
    explicit PolicyEnds(Reaches &reaches);

    /// Precondition: the policies mention what the predicate asks. Valid as long as this lives.
    const std::vector<PolicyEndPtr> &of(const policy::Predicate &predicate);
    /// The node of what is no card.
    GraphNode nodeOf(const PolicyEnd &end) const;

private:
    void addTerm(const PeerTerm &term, std::vector<PolicyEndPtr> &ends);
    void addBlocks(const PeerTerm &term, std::vector<PolicyEndPtr> &ends);
    void addPods(const PeerTerm &term, const policy::TriBits &matched, std::vector<PolicyEndPtr> &ends);
    void addWorld(const policy::TriBits &matched, std::vector<PolicyEndPtr> &ends);
    PolicyEndPtr endOf(const PeerTerm &term, const policy::ClassBits &classes, std::uint32_t ns,
                       bool isVague);
    void addSleepers(const PeerTerm &term, std::uint32_t ns, Members &members) const;
    std::vector<std::uint32_t> namespacesOf(const policy::Predicate &asked);
    bool isWholeNamespace(const Members &members, std::uint32_t ns) const;

    Reaches &m_reaches;
    policy::PredicateSets m_sets;
    std::unordered_map<policy::Predicate, std::vector<PolicyEndPtr>> m_known;
    std::unordered_map<policy::Predicate, std::vector<std::uint32_t>> m_namespaces;
};

} // namespace portolan::graph
