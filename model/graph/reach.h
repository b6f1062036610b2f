#pragma once

#include "model/graph/cluster_index.h"
#include "model/graph/group_ports.h"
#include "model/graph/speakers.h"

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace portolan::graph {

/// Pods of an end that one direction's policies do not tell apart.
struct Part
{
    std::uint32_t group = 0; ///< see policy::SubjectGroups
    policy::ClassBits classes;
    std::uint32_t count = 0; ///< of classes
};

/// A workload that no pod takes part for: it is asked about as its template describes it.
struct Sleeper
{
    std::uint32_t workload = none;
    policy::Endpoint endpoint;
    std::array<std::vector<policy::GroupPolicy>, 2> policies; ///< by Direction: those that select it
    bool namesPorts = false;                                  ///< a rule of its ingress names one
};

/// Those who stand at one end of a line: classes of pods or of addresses outside; sleepers where there are no
/// such. Immutable but for what is kept when it is first asked for.
struct Members
{
    policy::ClassBits classes;             ///< by first addresses
    std::vector<std::uint32_t> workloads;  ///< sorted; {} for addresses outside
    std::vector<const Sleeper *> sleepers; ///< looked at only where classes is empty
    mutable std::array<std::optional<std::vector<Part>>, 2> parts;

    bool isAsleep() const { return classes.isEmpty() && !sleepers.empty(); }
};

/// What policies say of some of the pairs of two ends, over all ports.
struct Block
{
    PortSet some;
    PortSet all;
    PortSet unknown;

    /// Allowed, or perhaps allowed, for none of the pairs.
    PortSet closed() const { return PortSet::all().without(some).without(unknown); }
};

/// Of all the pairs, over everyPort(). Answers as policy::PolicyModel::explain() does.
struct Reach
{
    EdgeVerdict verdict = EdgeVerdict::Denied;
    PortSet ports; ///< see GraphEdge::ports; empty for Denied

    PortSet everywhere;
    PortSet somewhere;
    PortSet unknown;
};

/// The workloads of a map as policies see them, and verdicts between any two sets of them. Not thread-safe;
/// refers to the cluster and the model.
class Reaches
{
public:
    Reaches(const ClusterIndex &cluster, const policy::PolicyModel &model);

    const ClusterIndex &cluster() const { return m_cluster; }
    const policy::PolicyModel &model() const { return m_groups.model(); }

    /// True for what takes part in policies at all: a workload with pods of its own network, or a template.
    bool takesPart(std::uint32_t workload) const;
    const Members &members(std::uint32_t workload) const { return m_members[workload]; }
    /// The workloads that have a pod of these classes, sorted.
    std::vector<std::uint32_t> workloadsIn(const policy::ClassBits &classes) const;
    const std::vector<Sleeper> &sleepers() const { return m_sleepers; }

    /// Over all pods of two different workloads.
    Reach between(std::uint32_t from, std::uint32_t to);
    /// The verdict for one port of a pair; NotApplicable where an end takes no part in policies.
    EdgeVerdict verdict(std::uint32_t from, std::uint32_t to, Protocol protocol, std::uint16_t port);

    /// Calls `each` for the pairs of the two ends in blocks, a pod and itself left out, until it returns
    /// false. Where too much was asked already, one block of which nothing is known.
    void forEachBlock(const Members &from, const Members &to, const std::function<bool(const Block &)> &each);

    /// Policies that select all of the workload's pods and let nothing through that they do not name (a
    /// direction's shield); that could hold back some pod of it.
    bool isIsolated(std::uint32_t workload, policy::Direction direction) const;
    bool mayBeIsolated(std::uint32_t workload, policy::Direction direction) const;
    /// Policies that select an end and have a rule with that effect for some pair of pods on some of the
    /// ports.
    std::vector<std::uint32_t> decidedBy(const Members &from, const Members &to, policy::RuleEffect effect,
                                         const PortSet &ports);

private:
    using BlockVisit = std::function<bool(const Block &)>;
    struct Voice; // one end of a pair that is asked about by itself

    void findMembers();
    void findSleepers();
    void selectSleepers(std::uint32_t policy);
    void findFamilies();
    const std::vector<Part> &partsOf(const Members &members, policy::Direction direction) const;
    policy::ClassBits withOtherAddresses(const policy::ClassBits &classes) const;
    std::vector<const std::vector<policy::GroupPolicy> *> selecting(std::uint32_t workload,
                                                                    policy::Direction direction) const;
    void byParts(const Members &from, const Members &to, const BlockVisit &each);
    /// False where `each` did not want to go on.
    bool byPairs(const Members &from, const Members &to, const BlockVisit &each);
    Block pairBlock(const Voice &from, const Voice &to);
    std::vector<Voice> voicesOf(const Members &members);
    PortCuts cutsOf(const Voice &voice, policy::Direction direction);

    const ClusterIndex &m_cluster;
    GroupPorts m_groups;
    policy::PairVerdicts m_pairs;
    std::vector<Members> m_members; // by workload
    std::vector<Sleeper> m_sleepers;
    std::vector<std::vector<std::uint32_t>> m_workloadsOf; // by class
    /// Of pods with several addresses, where these can have different answers.
    std::map<policy::ClassId, std::vector<policy::ClassId>> m_otherClasses;
    bool m_familiesDiffer = false;                ///< some pods have no family of addresses in common
    std::map<std::uint32_t, Speakers> m_speakers; // by workload, of those that were asked for
    std::size_t m_budget;
};

} // namespace portolan::graph
