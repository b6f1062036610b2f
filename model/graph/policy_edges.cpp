#include "model/graph/policy_edges.h"

#include "model/graph/policy_claim.h"
#include "model/graph/probe_choice.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <tuple>

namespace portolan::graph {

namespace {

using policy::Direction;
using policy::RuleEffect;
using Policies = std::vector<std::uint32_t>; // places in OrderedPolicies::policies

constexpr std::size_t mostLines = 12;        // that one rule draws between single workloads
constexpr std::size_t mostInsteadOfStub = 4; // pairs that are drawn where a stub would be Mixed
constexpr std::size_t mostToLookAt = 600;    // pairs of a stub, to see whether they are so few

/// A line with something else than a card as an end, over all rules that draw it.
struct Line
{
    PolicyEndPtr from;
    PolicyEndPtr to;
    Claim claim;
    Policies because;
};

/// A pair of cards, and the policies that name it.
struct Pair
{
    Policies admit;
    Policies deny;
};

class PolicyDrawer
{
public:
    PolicyDrawer(Reaches &reaches, const ServiceIndex &services, bool enforced)
        : m_reaches(reaches),
          m_services(services),
          m_isEnforced(enforced),
          m_ends(reaches)
    {
    }

    PolicyDrawing draw()
    {
        const auto &policies = m_reaches.model().policies().policies;
        for (std::uint32_t i = 0; i < policies.size(); ++i) {
            for (const Direction direction : policy::bothDirections) {
                for (const policy::Rule &rule : policies[i].rules[std::size_t(direction)])
                    drawRule(policies[i], {i, rule, direction});
            }
        }
        drawPairs();
        drawLines(m_lines, false);
        drawLines(m_denials, true);
        for (auto &[id, node] : m_nodes)
            m_drawing.nodes.push_back(std::move(node));
        countOpen();
        return std::move(m_drawing);
    }

private:
    void drawRule(const policy::Policy &policy, const Mention &mention)
    {
        const policy::Rule &rule = mention.rule;
        const bool isVague = rule.peer.op() == policy::Predicate::Op::Maybe;
        const bool says = rule.effect == RuleEffect::Allow || (mention.denies() && !isVague);
        // Without a place in the object it stands for a policy that is not known.
        if (policy.isPending || !says || rule.index < 0)
            return;
        if (isForSctpInVain(rule)) {
            ++m_drawing.forSctp;
            return;
        }
        const bool everything = rule.peer.op() == policy::Predicate::Op::Always && rule.traffic.empty();
        for (const PolicyEndPtr &subject : m_ends.of(policy.subject && rule.subject)) {
            if (everything) {
                m_drawing.openToAll += mention.denies() ? 0 : std::uint32_t(subject->workloads().size());
                continue;
            }
            for (const PolicyEndPtr &peer : m_ends.of(rule.peer)) {
                const bool in = mention.direction == Direction::Ingress;
                drawEnds(mention, in ? peer : subject, in ? subject : peer);
            }
        }
    }

    /// Whether it is about SCTP alone, which may be dropped whatever it says.
    bool isForSctpInVain(const policy::Rule &rule) const
    {
        return !m_reaches.model().policies().sctpIsDropped.empty() && !namesPorts(rule) &&
               !portsOfRule(rule, policy::Endpoint()).isEmpty() &&
               portsOfRule(rule, m_reaches.model(), {}).isEmpty();
    }

    void drawEnds(const Mention &mention, PolicyEndPtr from, PolicyEndPtr to)
    {
        using Shape = PolicyEnd::Shape;
        // Two sets that are small by themselves can still be many lines: the larger one becomes a stub.
        const std::size_t count = from->workloads().size() * to->workloads().size();
        if (from->shape == Shape::Cards && to->shape == Shape::Cards && count > mostLines) {
            PolicyEndPtr &larger = from->workloads().size() >= to->workloads().size() ? from : to;
            auto stub = std::make_shared<PolicyEnd>(*larger);
            stub->shape = Shape::Stub;
            larger = std::move(stub);
        }
        if (from->shape != Shape::Cards || to->shape != Shape::Cards) {
            for (const PolicyEndPtr &f : drawnEnds(from)) {
                for (const PolicyEndPtr &t : drawnEnds(to))
                    addLine(mention, f, t);
            }
            return;
        }
        for (const std::uint32_t f : from->workloads()) {
            for (const std::uint32_t t : to->workloads()) {
                if (f != t)
                    addPair(mention, f, t);
                else
                    m_drawing.toSelf += count == 1 && !mention.denies() ? 1 : 0;
            }
        }
    }

    /// The end itself where it is one thing on the map, else one end for each workload.
    std::vector<PolicyEndPtr> drawnEnds(const PolicyEndPtr &end)
    {
        if (end->shape != PolicyEnd::Shape::Cards)
            return {end};
        std::vector<PolicyEndPtr> ends;
        for (const std::uint32_t workload : end->workloads()) {
            PolicyEndPtr &card = m_cards[workload];
            if (!card) {
                auto made = std::make_shared<PolicyEnd>();
                made->members = m_reaches.members(workload);
                card = std::move(made);
            }
            ends.push_back(card);
        }
        return ends;
    }

    void addPair(const Mention &mention, std::uint32_t from, std::uint32_t to)
    {
        Pair &pair = m_pairs[{from, to}];
        (mention.denies() ? pair.deny : pair.admit).push_back(mention.policy);
        if (mention.denies())
            m_deniedPorts[{from, to}].add(
                portsOfRule(mention.rule, m_reaches.model(), m_reaches.members(to)));
    }

    NodeId idOf(const PolicyEnd &end) const
    {
        if (end.shape != PolicyEnd::Shape::Cards)
            return m_ends.nodeOf(end).id;
        return m_reaches.cluster().workloads()[end.workloads().front()].node;
    }

    void addLine(const Mention &mention, const PolicyEndPtr &from, const PolicyEndPtr &to)
    {
        const bool toStub = from->shape == PolicyEnd::Shape::Stub || to->shape == PolicyEnd::Shape::Stub;
        if (mention.denies() && toStub) {
            m_drawing.deniedToMany += std::uint32_t(std::max<std::size_t>(1, from->workloads().size()) *
                                                    std::max<std::size_t>(1, to->workloads().size()));
            return;
        }
        const Claim claim = weighClaim(m_reaches, mention, *from, *to);
        const bool expandable = toStub && claim.holds && claim.fails && (claim.differs || !claim.unsure);
        if (expandable && expand(mention, *from, *to))
            return;
        Line &line = (mention.denies() ? m_denials : m_lines)[{idOf(*from), idOf(*to)}];
        line.from = from;
        line.to = to;
        line.because.push_back(mention.policy);
        line.claim.ports.add(claim.ports);
        line.claim.holds |= claim.holds;
        line.claim.fails |= claim.fails;
        line.claim.unsure |= claim.unsure;
        line.claim.differs |= claim.differs;
    }

    /// A stub that would hold for a few pairs alone says less than these pairs.
    bool expand(const Mention &mention, const PolicyEnd &from, const PolicyEnd &to)
    {
        if (from.workloads().size() * to.workloads().size() > mostToLookAt)
            return false;
        std::vector<std::pair<std::uint32_t, std::uint32_t>> found;
        for (const std::uint32_t t : to.workloads()) {
            const PortSet claimed = portsOfRule(mention.rule, m_reaches.model(), m_reaches.members(t));
            for (const std::uint32_t f : from.workloads()) {
                if (f == t || m_reaches.between(f, t).ports.common(claimed).isEmpty())
                    continue;
                found.emplace_back(f, t);
                if (found.size() > mostInsteadOfStub)
                    return false;
            }
        }
        for (const auto &[f, t] : found)
            addPair(mention, f, t);
        return true;
    }

    std::vector<ObjectRef> refsOf(const Policies &policies) const
    {
        std::vector<ObjectRef> refs;
        for (const std::uint32_t policy : policies)
            refs.push_back(m_reaches.model().policies().policies[policy].object);
        const auto key = [](const ObjectRef &ref) { return std::tie(ref.ns, ref.name, ref.type); };
        std::sort(refs.begin(), refs.end(), [&](const auto &a, const auto &b) { return key(a) < key(b); });
        refs.erase(std::unique(refs.begin(), refs.end()), refs.end());
        return refs;
    }

    void drawPairs()
    {
        for (const auto &[ids, pair] : m_pairs) {
            const auto &[from, to] = ids;
            const Reach reach = m_reaches.between(from, to);
            if (reach.verdict != EdgeVerdict::Denied && !pair.admit.empty())
                drawPair(from, to, reach.verdict, reach.ports, pair.admit, RuleEffect::Allow);
            else if (!pair.deny.empty())
                drawDeniedPair(from, to, reach, pair.deny);
        }
    }

    void drawDeniedPair(std::uint32_t from, std::uint32_t to, const Reach &reach, const Policies &named)
    {
        PortSet open = reach.somewhere;
        open.add(reach.unknown);
        const PortSet closed = PortSet::all().without(open).common(m_deniedPorts[{from, to}]);
        if (!closed.isEmpty())
            drawPair(from, to, EdgeVerdict::Denied, closed, named, RuleEffect::Deny);
    }

    void drawPair(std::uint32_t from, std::uint32_t to, EdgeVerdict verdict, const PortSet &ports,
                  const Policies &named, RuleEffect effect)
    {
        const auto &workloads = m_reaches.cluster().workloads();
        Policies because = m_reaches.decidedBy(m_reaches.members(from), m_reaches.members(to), effect, ports);
        if (because.empty())
            because = named;
        GraphEdge edge = edgeBetween(workloads[from].node, workloads[to].node, verdict);
        edge.ports = namedPorts(ports, because, m_reaches.members(to));
        edge.because = refsOf(because);
        edge.probe = chooseProbe(m_reaches.cluster(), m_services, std::vector{from}, to, edge.ports);
        m_drawing.edges.push_back(std::move(edge));
    }

    void drawLines(const std::map<std::pair<NodeId, NodeId>, Line> &lines, bool denies)
    {
        for (const auto &[ids, line] : lines) {
            const Claim &claim = line.claim;
            if (!claim.holds && !claim.unsure)
                continue;
            const auto known = m_lines.find(ids);
            // One line can say one thing: what is open.
            if (denies &&
                (claim.unsure || claim.fails || (known != m_lines.end() && known->second.claim.holds)))
                continue;
            const EdgeVerdict verdict = claim.differs  ? EdgeVerdict::Mixed
                                        : claim.unsure ? EdgeVerdict::Unknown
                                        : claim.fails  ? EdgeVerdict::Mixed
                                        : denies       ? EdgeVerdict::Denied
                                                       : EdgeVerdict::Allowed;
            GraphEdge edge = edgeBetween(ids.first, ids.second, verdict);
            edge.ports = namedPorts(claim.ports, line.because, line.to->members);
            edge.because = refsOf(line.because);
            const bool hasPods = !line.from->workloads().empty() && !line.to->workloads().empty();
            if (hasPods && !line.from->isVague && !line.to->isVague)
                edge.probe = chooseProbe(m_reaches.cluster(), m_services, line.from->workloads(),
                                         line.to->workloads().front(), edge.ports);
            for (const PolicyEndPtr &end : {line.from, line.to}) {
                // The World is drawn once for all its lines.
                if (end->shape == PolicyEnd::Shape::Stub || end->shape == PolicyEnd::Shape::Block)
                    m_nodes.emplace(idOf(*end), m_ends.nodeOf(*end));
            }
            m_drawing.edges.push_back(std::move(edge));
        }
    }

    GraphEdge edgeBetween(NodeId from, NodeId to, EdgeVerdict verdict) const
    {
        GraphEdge edge;
        edge.kind = EdgeKind::PolicyPeer;
        edge.from = from;
        edge.to = to;
        edge.id = edgeIdOf(edge.kind, from, to);
        edge.verdict = m_isEnforced ? verdict : EdgeVerdict::NotApplicable;
        return edge;
    }

    /// Ports with the names that the rules gave them.
    std::vector<EdgePort> namedPorts(const PortSet &set, const Policies &because,
                                     const Members &destinations) const
    {
        std::vector<EdgePort> ports = set.edgePorts(everyPort(m_reaches.model()));
        const std::set<std::string> names = namesIn(because);
        if (names.empty())
            return ports;
        const auto &classes = m_reaches.model().classified().classes;
        destinations.classes.forEach([&](policy::ClassId c) {
            if (c >= classes.podClassCount())
                return;
            for (const ContainerPort *own : classes.representative(c).namedPorts) {
                for (EdgePort &port : ports) {
                    if (port.number == own->number && port.protocol == own->protocol && port.endNumber == 0 &&
                        names.contains(own->name))
                        port.name = own->name;
                }
            }
        });
        return ports;
    }

    std::set<std::string> namesIn(const Policies &because) const
    {
        std::set<std::string> names;
        for (const std::uint32_t policy : because) {
            for (const auto &rules : m_reaches.model().policies().policies[policy].rules) {
                for (const policy::Rule &rule : rules) {
                    for (const policy::TrafficMatch &match : rule.traffic) {
                        for (const policy::NamedPort &port : match.named)
                            names.insert(port.name);
                    }
                }
            }
        }
        return names;
    }

    void countOpen()
    {
        std::uint64_t freeOut = 0;
        std::uint64_t freeIn = 0;
        std::uint64_t both = 0;
        for (std::uint32_t i = 0; i < m_reaches.cluster().workloads().size(); ++i) {
            if (!m_reaches.takesPart(i))
                continue;
            const bool out = !m_isEnforced || !m_reaches.mayBeIsolated(i, Direction::Egress);
            const bool in = !m_isEnforced || !m_reaches.mayBeIsolated(i, Direction::Ingress);
            freeOut += out ? 1 : 0;
            freeIn += in ? 1 : 0;
            both += out && in ? 1 : 0;
        }
        const std::uint64_t byRules = m_isEnforced ? m_drawing.openToAll : 0;
        m_drawing.openToAll = std::uint32_t(std::min<std::uint64_t>(
            freeOut * freeIn - both + byRules, std::numeric_limits<std::uint32_t>::max()));
    }

    Reaches &m_reaches;
    const ServiceIndex &m_services;
    const bool m_isEnforced;
    PolicyEnds m_ends;
    PolicyDrawing m_drawing;
    std::map<std::pair<std::uint32_t, std::uint32_t>, Pair> m_pairs;
    std::map<std::pair<std::uint32_t, std::uint32_t>, PortSet> m_deniedPorts;
    std::map<std::pair<NodeId, NodeId>, Line> m_lines;
    std::map<std::pair<NodeId, NodeId>, Line> m_denials;
    std::map<std::uint32_t, PolicyEndPtr> m_cards;
    std::map<NodeId, GraphNode> m_nodes;
};

} // namespace

PolicyDrawing drawPolicies(Reaches &reaches, const ServiceIndex &services, bool enforced)
{
    return PolicyDrawer(reaches, services, enforced).draw();
}

} // namespace portolan::graph
