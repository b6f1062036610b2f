#include "model/graph/policy_edges.h"

#include "model/graph/policy_claim.h"
#include "model/graph/policy_end.h"
#include "model/graph/probe_choice.h"

#include <algorithm>
#include <map>
#include <set>

namespace portolan::graph {

namespace {

constexpr std::size_t mostLines = 12;        // that one rule draws between single workloads
constexpr std::size_t mostInsteadOfStub = 4; // pairs that are drawn where a stub would be Mixed
constexpr std::size_t pairBudget = 400'000;  // looked up for one map; past it verdicts of stubs are Unknown

/// What is known of a line with a PodSet or an IpBlock as an end, over all rules that draw it.
struct Line
{
    PolicyEnd from;
    PolicyEnd to;
    PortSet ports;
    std::vector<std::uint32_t> because;
    bool holds = false; ///< for some pair
    bool fails = false;
    bool unsure = false;
};

EdgeVerdict verdictOf(const Line &line)
{
    if (line.unsure)
        return EdgeVerdict::Unknown;
    return line.fails ? EdgeVerdict::Mixed : EdgeVerdict::Allowed;
}

class PolicyDrawer
{
public:
    PolicyDrawer(const PolicyIndex &index, const ServiceIndex &services)
        : m_index(index),
          m_services(services)
    {
    }

    PolicyDrawing draw()
    {
        for (std::uint32_t i = 0; i < m_index.policies().size(); ++i) {
            const CompiledPolicy &policy = m_index.policies()[i];
            const std::vector<PolicyEnd> subjects = subjectOf(m_index, policy);
            for (const CompiledRule &rule : policy.ingress)
                drawRule(i, rule, subjects, Direction::Ingress);
            for (const CompiledRule &rule : policy.egress)
                drawRule(i, rule, subjects, Direction::Egress);
        }
        drawPairs();
        drawLines();
        countOpen();
        return std::move(m_drawing);
    }

private:
    void drawRule(std::uint32_t policy, const CompiledRule &rule, const std::vector<PolicyEnd> &subjects,
                  Direction direction)
    {
        const bool everything = rule.anyPeer && rule.ports.isAll();
        for (const PolicyEnd &subject : subjects) {
            if (everything) {
                m_drawing.openToAll += std::uint32_t(subject.workloads.size());
                continue;
            }
            for (const PolicyEnd &peer : peersOf(m_index, rule)) {
                const bool in = direction == Direction::Ingress;
                drawEnds(policy, rule, in ? peer : subject, in ? subject : peer, direction);
            }
        }
    }

    void drawEnds(std::uint32_t policy, const CompiledRule &rule, const PolicyEnd &from, const PolicyEnd &to,
                  Direction direction)
    {
        const bool single = from.workloads.size() == 1 && to.workloads.size() == 1;
        // Two sets that are small by themselves can still be many lines: the larger one becomes a stub.
        const bool tooMany =
            !from.isStub && !to.isStub && from.workloads.size() * to.workloads.size() > mostLines;
        const bool fromIsLarger = from.workloads.size() >= to.workloads.size();
        for (const PolicyEnd &f : drawnEnds(from, tooMany && fromIsLarger)) {
            for (const PolicyEnd &t : drawnEnds(to, tooMany && !fromIsLarger)) {
                const bool lineNeeded = f.isStub || t.isStub || f.block || t.block;
                if (lineNeeded)
                    addLine(policy, rule, f, t, direction);
                else if (f.workloads.front() != t.workloads.front())
                    m_pairs.emplace(f.workloads.front(), t.workloads.front());
                else
                    m_drawing.toSelf += single ? 1 : 0;
            }
        }
    }

    /// The end itself where it is one thing on the map, else one end for each workload.
    static std::vector<PolicyEnd> drawnEnds(PolicyEnd end, bool asStub)
    {
        end.isStub = end.isStub || asStub;
        if (end.isStub || end.block)
            return {std::move(end)};
        std::vector<PolicyEnd> ends;
        for (const std::uint32_t workload : end.workloads) {
            ends.push_back({});
            ends.back().workloads = {workload};
        }
        return ends;
    }

    NodeId idOf(const PolicyEnd &end) const
    {
        if (end.isStub || end.block)
            return nodeOf(m_index, end).id;
        return m_index.cluster().workloads()[end.workloads.front()].node;
    }

    void addLine(std::uint32_t policy, const CompiledRule &rule, const PolicyEnd &from, const PolicyEnd &to,
                 Direction direction)
    {
        Claim claim;
        if (from.block || to.block || from.workloads.empty() || to.workloads.empty()) {
            claim = unpairedClaim(rule, to);
        } else {
            claim = weighClaim(m_index, rule, from, to, direction, m_budget);
            if (claim.holds && claim.fails && !claim.unsure && expand(rule, from, to))
                return;
        }
        Line &line = m_lines[{idOf(from), idOf(to)}];
        line.from = from;
        line.to = to;
        line.because.push_back(policy);
        line.ports.add(claim.ports);
        line.holds = line.holds || claim.holds;
        line.fails = line.fails || claim.fails;
        line.unsure = line.unsure || claim.unsure || !from.understood || !to.understood ||
                      isUncertain(from) || isUncertain(to);
    }

    /// A stub that would hold for a few pairs alone says less than these pairs.
    bool expand(const CompiledRule &rule, const PolicyEnd &from, const PolicyEnd &to)
    {
        const auto pairs = holdingPairs(m_index, rule, from, to, mostInsteadOfStub, m_budget);
        if (!pairs)
            return false;
        m_pairs.insert(pairs->begin(), pairs->end());
        return true;
    }

    /// A line with an end that is no pod of this cluster, or whose pods are not known: one side decides.
    Claim unpairedClaim(const CompiledRule &rule, const PolicyEnd &to) const
    {
        Claim claim;
        claim.ports = rule.ports;
        claim.holds = true;
        for (const std::uint32_t workload : to.workloads) {
            for (const Variant &variant : m_index.variantsOf(workload))
                claim.ports.add(portsOn(rule, variant).possible);
        }
        // A name on addresses outside can mean any number.
        claim.unsure = rule.hasNamed && to.workloads.empty();
        return claim;
    }

    bool isUncertain(const PolicyEnd &end) const
    {
        return std::any_of(end.workloads.begin(), end.workloads.end(), [this](std::uint32_t workload) {
            return m_index.isUncertain(m_index.cluster().workloads()[workload].ns);
        });
    }

    std::vector<ObjectRef> refsOf(std::vector<std::uint32_t> policies) const
    {
        std::sort(policies.begin(), policies.end());
        policies.erase(std::unique(policies.begin(), policies.end()), policies.end());
        std::vector<ObjectRef> refs;
        for (const std::uint32_t policy : policies)
            refs.push_back(m_index.policies()[policy].ref);
        return refs;
    }

    void drawPairs()
    {
        for (const auto &[from, to] : m_pairs) {
            const Reach reach = reachOf(m_index, from, to);
            if (reach.verdict == EdgeVerdict::Denied)
                continue;
            const auto &workloads = m_index.cluster().workloads();
            GraphEdge edge = edgeBetween(workloads[from].node, workloads[to].node);
            edge.verdict = reach.verdict;
            edge.ports = namedPorts(reach.ports, reach.because, {to});
            edge.because = refsOf(reach.because);
            edge.probe = chooseProbe(m_index.cluster(), m_services, std::vector{from}, to, edge.ports);
            m_drawing.edges.push_back(std::move(edge));
        }
    }

    void drawLines()
    {
        std::map<NodeId, GraphNode> stubs;
        for (const auto &[ids, line] : m_lines) {
            if (!line.holds && !line.unsure)
                continue;
            GraphEdge edge = edgeBetween(ids.first, ids.second);
            edge.verdict = verdictOf(line);
            edge.ports = namedPorts(line.ports, line.because, line.to.workloads);
            edge.because = refsOf(line.because);
            if (!line.from.workloads.empty() && !line.to.workloads.empty())
                edge.probe = chooseProbe(m_index.cluster(), m_services, line.from.workloads,
                                         line.to.workloads.front(), edge.ports);
            for (const PolicyEnd *end : {&line.from, &line.to}) {
                if (end->isStub || end->block)
                    stubs.emplace(idOf(*end), nodeOf(m_index, *end));
            }
            m_drawing.edges.push_back(std::move(edge));
        }
        for (auto &[id, node] : stubs)
            m_drawing.nodes.push_back(std::move(node));
    }

    static GraphEdge edgeBetween(NodeId from, NodeId to)
    {
        GraphEdge edge;
        edge.kind = EdgeKind::PolicyPeer;
        edge.from = from;
        edge.to = to;
        edge.id = edgeIdOf(edge.kind, from, to);
        return edge;
    }

    /// Ports with the names that the rules gave them.
    std::vector<EdgePort> namedPorts(const PortSet &set, const std::vector<std::uint32_t> &because,
                                     const std::vector<std::uint32_t> &destinations) const
    {
        std::vector<EdgePort> ports = set.edgePorts();
        const auto isNamed = [&](const std::string &name) {
            return std::any_of(because.begin(), because.end(), [&](std::uint32_t policy) {
                return namesPort(*m_index.policies()[policy].object, name);
            });
        };
        for (const std::uint32_t workload : destinations) {
            for (const Variant &variant : m_index.variantsOf(workload)) {
                for (const ContainerPort &own : variant.namedPorts) {
                    for (EdgePort &port : ports) {
                        if (port.number == own.number && port.protocol == own.protocol &&
                            port.endNumber == 0 && isNamed(own.name))
                            port.name = own.name;
                    }
                }
            }
        }
        return ports;
    }

    static bool namesPort(const NetworkPolicy &policy, const std::string &name)
    {
        const auto inRules = [&](const std::vector<PolicyRule> &rules) {
            return std::any_of(rules.begin(), rules.end(), [&](const PolicyRule &rule) {
                return std::any_of(rule.ports.begin(), rule.ports.end(), [&](const PolicyPort &port) {
                    return port.port && *port.port == PortRef(name);
                });
            });
        };
        return inRules(policy.ingress) || inRules(policy.egress);
    }

    void countOpen()
    {
        std::uint64_t freeOut = 0;
        std::uint64_t freeIn = 0;
        std::uint64_t both = 0;
        for (std::uint32_t i = 0; i < m_index.cluster().workloads().size(); ++i) {
            const auto variants = m_index.variantsOf(i);
            if (variants.empty())
                continue;
            const bool out = std::all_of(variants.begin(), variants.end(), [](const Variant &v) {
                return v.egress.empty() && v.maybeEgress.empty();
            });
            const bool in = std::all_of(variants.begin(), variants.end(), [](const Variant &v) {
                return v.ingress.empty() && v.maybeIngress.empty();
            });
            freeOut += out ? 1 : 0;
            freeIn += in ? 1 : 0;
            both += out && in ? 1 : 0;
        }
        const std::uint64_t pairs = freeOut * freeIn - both + m_drawing.openToAll;
        m_drawing.openToAll =
            std::uint32_t(std::min<std::uint64_t>(pairs, std::numeric_limits<std::uint32_t>::max()));
    }

    const PolicyIndex &m_index;
    const ServiceIndex &m_services;
    PolicyDrawing m_drawing;
    std::size_t m_budget = pairBudget;
    std::set<std::pair<std::uint32_t, std::uint32_t>> m_pairs;
    std::map<std::pair<NodeId, NodeId>, Line> m_lines;
};

} // namespace

PolicyDrawing drawPolicies(const PolicyIndex &index, const ServiceIndex &services)
{
    return PolicyDrawer(index, services).draw();
}

} // namespace portolan::graph
