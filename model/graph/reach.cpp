#include "model/graph/reach.h"

#include "model/graph/speakers.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace portolan::graph {

namespace {

using policy::ClassBits;
using policy::Direction;
using policy::EndpointId;
using policy::Outcome;

constexpr std::size_t budget = 4'000'000; // steps for one map, about a second; past it verdicts are Unknown

/// Rules that nothing passes: a denial of everyone and everything.
bool deniesAll(const policy::Rule &rule)
{
    return rule.effect == policy::RuleEffect::Deny && rule.peer.op() == policy::Predicate::Op::Always &&
           rule.subject.op() == policy::Predicate::Op::Always && rule.traffic.empty() &&
           rule.locality == policy::Locality::Any;
}

ClassBits without(const ClassBits &bits, const ClassBits &taken)
{
    ClassBits left = bits;
    taken.forEach([&](policy::ClassId c) {
        const std::uint32_t word = c / 64 - left.firstWord;
        if (word < left.words.size())
            left.words[word] &= ~(std::uint64_t{1} << (c % 64));
    });
    left.trim();
    return left;
}

} // namespace

/// A pod, or what a sleeper's pods would be.
struct Reaches::Voice
{
    EndpointId id = policy::noEndpoint;
    const Sleeper *sleeper = nullptr;
    policy::ClassId outside = policy::noClass;
};

Reaches::Reaches(const ClusterIndex &cluster, const policy::PolicyModel &model)
    : m_cluster(cluster),
      m_groups(model),
      m_pairs(model),
      m_budget(budget)
{
    findMembers();
    findSleepers();
    findFamilies();
}

void Reaches::findMembers()
{
    const policy::EndpointClasses &classes = model().classified().classes;
    const policy::EndpointTable &table = model().endpoints();
    std::vector<std::vector<policy::ClassId>> found(m_cluster.workloads().size());
    const auto pods = m_cluster.state().pods.all();
    EndpointId id = 0; // endpoints are in the order of pods
    for (std::size_t place = 0; place < pods.size() && id < table.podCount(); ++place) {
        if (&table.pod(id) != pods[place].get())
            continue;
        const std::uint32_t workload = m_cluster.workloadAtPlace(place);
        const policy::ClassId own = classes.classOf(id++, 0);
        if (workload != none && (found[workload].empty() || found[workload].back() != own))
            found[workload].push_back(own);
    }
    m_members.resize(found.size());
    m_workloadsOf.resize(classes.podClassCount());
    for (std::uint32_t w = 0; w < found.size(); ++w) {
        std::vector<policy::ClassId> &own = found[w];
        std::sort(own.begin(), own.end());
        own.erase(std::unique(own.begin(), own.end()), own.end());
        for (const policy::ClassId c : own)
            m_workloadsOf[c].push_back(w);
        m_members[w].classes = policy::bitsOf(own);
        m_members[w].workloads = {w};
    }
}

/// Workloads without pods go by their template, those whose pods wait for an address by the first of these.
void Reaches::findSleepers()
{
    for (std::uint32_t w = 0; w < m_members.size(); ++w) {
        const WorkloadEntry &entry = m_cluster.workloads()[w];
        const auto waiting = std::find_if(entry.pods.begin(), entry.pods.end(),
                                          [](const Pod *pod) { return !pod->hostNetwork; });
        const bool isTemplate = entry.pods.empty() && entry.object;
        if (!m_members[w].classes.isEmpty() || (waiting == entry.pods.end() && !isTemplate))
            continue;
        const NamespaceEntry &space = m_cluster.namespaces()[entry.ns];
        Sleeper sleeper;
        sleeper.workload = w;
        sleeper.endpoint.kind = policy::EndpointKind::Pod;
        sleeper.endpoint.ref = entry.ref;
        sleeper.endpoint.ns = space.name;
        sleeper.endpoint.labels = isTemplate ? entry.object->templateLabels : (*waiting)->meta.labels;
        sleeper.endpoint.namespaceLabels = space.labels;
        sleeper.endpoint.namespaceIsKnown = space.object != nullptr;
        m_sleepers.push_back(std::move(sleeper));
    }
    const auto &policies = model().policies().policies;
    // Most policies are about the pods of one namespace: the others' sleepers need not be looked at.
    for (std::uint32_t p = 0; p < policies.size() && !m_sleepers.empty(); ++p) {
        if (policies[p].isPending)
            continue;
        auto [first, last] = std::pair(m_sleepers.begin(), m_sleepers.end());
        for (const policy::Predicate &part : policies[p].subject.parts()) {
            if (policies[p].subject.op() != policy::Predicate::Op::And ||
                part.op() != policy::Predicate::Op::Text || part.textOf() != policy::TextOf::NamespaceName ||
                part.test() != policy::TextTest::In || part.values().size() != 1)
                continue;
            const auto less = [](const auto &a, const auto &b) { return a < b; };
            first = std::lower_bound(m_sleepers.begin(), m_sleepers.end(), part.values().front(),
                                     [&](const Sleeper &s, const std::string &ns) {
                                         return less(s.endpoint.ns, std::string_view(ns));
                                     });
            last = std::find_if(first, m_sleepers.end(),
                                [&](const Sleeper &s) { return s.endpoint.ns != part.values().front(); });
        }
        for (auto sleeper = first; sleeper != last; ++sleeper) {
            const policy::Tri selected = policies[p].subject.matches(sleeper->endpoint, 0);
            for (const Direction d : policy::bothDirections) {
                const bool matters =
                    policies[p].isolates[std::size_t(d)] || !policies[p].rules[std::size_t(d)].empty();
                if (selected == policy::Tri::No || !matters)
                    continue;
                sleeper->policies[std::size_t(d)].push_back({p, selected == policy::Tri::Yes});
                const auto &rules = policies[p].rules[std::size_t(d)];
                sleeper->namesPorts |=
                    d == Direction::Ingress && std::any_of(rules.begin(), rules.end(), namesPorts);
            }
        }
    }
    for (const Sleeper &sleeper : m_sleepers)
        m_members[sleeper.workload].sleepers = {&sleeper};
}

/// Whether a pod's second address can have another answer than its first one.
void Reaches::findFamilies()
{
    using Family = policy::EndpointTable::Family;
    bool several = false;
    bool v4 = false;
    bool v6 = false;
    for (EndpointId id = 0; id < model().endpoints().podCount(); ++id) {
        const Family family = model().endpoints().family(id);
        several |= family == Family::Several;
        v4 |= family == Family::V4;
        v6 |= family == Family::V6;
    }
    m_familiesMatter = (v4 && v6) || (several && !model().classified().classes.mentions().blocks.empty()) ||
                       (several && (v4 || v6));
}

bool Reaches::takesPart(std::uint32_t workload) const
{
    return !m_members[workload].classes.isEmpty() || !m_members[workload].sleepers.empty();
}

std::vector<std::uint32_t> Reaches::workloadsIn(const ClassBits &classes) const
{
    std::vector<std::uint32_t> found;
    classes.forEach([&](policy::ClassId c) {
        if (c < m_workloadsOf.size())
            found.insert(found.end(), m_workloadsOf[c].begin(), m_workloadsOf[c].end());
    });
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

const std::vector<Part> &Reaches::partsOf(const Members &members, Direction direction) const
{
    auto &parts = members.parts[std::size_t(direction)];
    if (parts)
        return *parts;
    std::map<std::uint32_t, std::vector<policy::ClassId>> byGroup;
    members.classes.forEach([&](policy::ClassId c) { byGroup[m_groups.groupOf(direction, c)].push_back(c); });
    parts.emplace();
    for (const auto &[group, classes] : byGroup)
        parts->push_back({group, policy::bitsOf(classes), std::uint32_t(classes.size())});
    return *parts;
}

void Reaches::forEachBlock(const Members &from, const Members &to, const BlockVisit &each)
{
    const bool inside = !from.workloads.empty() && !to.workloads.empty();
    if (from.isAsleep() || to.isAsleep() || (m_familiesMatter && inside))
        byPairs(from, to, each);
    else
        byParts(from, to, each);
}

/// Of a part of each end, ingress depends on the source alone and egress on the destination alone.
void Reaches::byParts(const Members &from, const Members &to, const BlockVisit &each)
{
    const auto onlyPod = [this](const Part &part) {
        return part.count == 1 &&
               part.classes.firstWord * 64 < model().classified().classes.podClassCount() &&
               model().classified().classes.podsIn(
                   part.classes.firstWord * 64 + std::uint32_t(std::countr_zero(part.classes.words[0]))) < 2;
    };
    for (const Part &destinations : partsOf(to, Direction::Ingress)) {
        const bool oneDestination = onlyPod(destinations);
        for (const Part &sources : partsOf(from, Direction::Egress)) {
            const std::size_t cost = 4 + sources.classes.words.size() + destinations.classes.words.size();
            if (m_budget < cost) {
                each({{}, {}, PortSet::all()});
                return;
            }
            m_budget -= cost;
            // A pod and itself is no pair.
            const bool oneSource = onlyPod(sources);
            const ClassBits others =
                oneDestination ? without(sources.classes, destinations.classes) : sources.classes;
            const ClassBits targets =
                oneSource ? without(destinations.classes, sources.classes) : destinations.classes;
            if (others.isEmpty() || targets.isEmpty())
                continue;
            const PeerPorts in = m_groups.ask(Direction::Ingress, destinations.group, others);
            const PeerPorts out = m_groups.ask(Direction::Egress, sources.group, targets);
            Block block{in.some.common(out.some), in.all.common(out.all), in.unknown.common(out.unknown)};
            block.unknown.add(in.unknown.common(out.some));
            block.unknown.add(in.some.common(out.unknown));
            if (!each(block))
                return;
        }
    }
}

std::vector<Reaches::Voice> Reaches::voicesOf(const Members &members) const
{
    std::vector<Voice> voices;
    if (members.isAsleep()) {
        for (const Sleeper *sleeper : members.sleepers)
            voices.push_back({policy::noEndpoint, sleeper, policy::noClass});
    } else if (members.workloads.empty()) {
        members.classes.forEach([&](policy::ClassId c) {
            voices.push_back({policy::noEndpoint, nullptr, c});
        });
    }
    for (const std::uint32_t workload :
         members.isAsleep() ? std::vector<std::uint32_t>{} : members.workloads) {
        for (const Speaker &speaker : speakersOf(model(), m_cluster.workloads()[workload]).ofClass) {
            if (!members.classes.test(model().classified().classes.classOf(speaker.pod, 0)))
                continue;
            for (const EndpointId id : {speaker.pod, speaker.other}) {
                if (id != policy::noEndpoint)
                    voices.push_back({id, nullptr, policy::noClass});
            }
        }
    }
    return voices;
}

void Reaches::byPairs(const Members &from, const Members &to, const BlockVisit &each)
{
    const std::vector<Voice> sources = voicesOf(from);
    for (const Voice &destination : voicesOf(to)) {
        for (const Voice &source : sources) {
            const bool same = source.id == destination.id && source.sleeper == destination.sleeper &&
                              source.outside == destination.outside;
            if (!same && !each(pairBlock(source, destination)))
                return;
        }
    }
}

PortCuts Reaches::cutsOf(const Voice &voice, Direction direction)
{
    if (!voice.sleeper) {
        const policy::ClassId own = voice.id == policy::noEndpoint
                                        ? voice.outside
                                        : model().classified().classes.classOf(voice.id, 0);
        return m_groups.cutsOf(direction, m_groups.groupOf(direction, own));
    }
    PortCuts cuts;
    for (const policy::GroupPolicy &selecting : voice.sleeper->policies[std::size_t(direction)]) {
        for (const policy::Rule &rule :
             model().policies().policies[selecting.policy].rules[std::size_t(direction)])
            cuts.add(rule, {});
    }
    return cuts;
}

Block Reaches::pairBlock(const Voice &from, const Voice &to)
{
    PortCuts cuts = cutsOf(from, Direction::Egress);
    cuts.add(cutsOf(to, Direction::Ingress));
    const bool fast = from.id != policy::noEndpoint && to.id != policy::noEndpoint;
    const auto endpointOf = [this](const Voice &voice) {
        return voice.sleeper                    ? voice.sleeper->endpoint
               : voice.id != policy::noEndpoint ? model().endpoints().endpoint(voice.id)
                                                : model().classified().classes.representative(voice.outside);
    };
    const policy::Endpoint source = fast ? policy::Endpoint{} : endpointOf(from);
    const policy::Endpoint destination = fast ? policy::Endpoint{} : endpointOf(to);
    Block block;
    const auto stretches = cuts.stretches();
    const std::size_t cost = stretches.size() * (fast ? 4 : 40 + model().policies().policies.size());
    if (m_budget < cost)
        return {{}, {}, PortSet::all()};
    m_budget -= cost;
    for (const PortStretch &stretch : stretches) {
        Outcome outcome = fast ? m_pairs.outcome(from.id, to.id, stretch.traffic())
                               : model().explain(source, destination, stretch.traffic()).outcome;
        if (outcome == Outcome::Deny && to.sleeper && to.sleeper->namesPorts)
            outcome = Outcome::Unknown; // without a pod there is nothing to look the name up in
        PortSet &set = outcome == Outcome::Allow ? block.all : block.unknown;
        if (outcome != Outcome::Deny)
            set.add(stretch.protocol, stretch.first, stretch.last);
    }
    block.some = block.all;
    return block;
}

Reach Reaches::between(std::uint32_t from, std::uint32_t to)
{
    Reach reach;
    reach.everywhere = PortSet::all();
    bool any = false;
    forEachBlock(m_members[from], m_members[to], [&](const Block &block) {
        any = true;
        reach.everywhere = reach.everywhere.common(block.all);
        reach.somewhere.add(block.some);
        reach.unknown.add(block.unknown);
        return true;
    });
    if (!any)
        reach.everywhere = {};
    reach.verdict = !reach.everywhere.isEmpty()  ? EdgeVerdict::Allowed
                    : !reach.somewhere.isEmpty() ? EdgeVerdict::Mixed
                    : !reach.unknown.isEmpty()   ? EdgeVerdict::Unknown
                                                 : EdgeVerdict::Denied;
    reach.ports = !reach.everywhere.isEmpty()  ? reach.everywhere
                  : !reach.somewhere.isEmpty() ? reach.somewhere
                                               : reach.unknown;
    return reach;
}

EdgeVerdict Reaches::verdict(std::uint32_t from, std::uint32_t to, Protocol protocol, std::uint16_t port)
{
    if (!takesPart(from) || !takesPart(to))
        return EdgeVerdict::NotApplicable;
    const Reach reach = between(from, to);
    if (reach.everywhere.contains(protocol, port))
        return EdgeVerdict::Allowed;
    if (reach.unknown.contains(protocol, port))
        return EdgeVerdict::Unknown;
    return reach.somewhere.contains(protocol, port) ? EdgeVerdict::Mixed : EdgeVerdict::Denied;
}

/// Whether the policy can hold anything back from those whom it selects.
bool Reaches::holdsBack(const policy::GroupPolicy &selecting, Direction direction) const
{
    const auto d = std::size_t(direction);
    const policy::Policy &policy = model().policies().policies[selecting.policy];
    return (policy.isolates[d] && model().policies().tierList[policy.tier].end == policy::TierEnd::Deny) ||
           std::any_of(policy.rules[d].begin(), policy.rules[d].end(), deniesAll);
}

bool Reaches::isIsolated(std::uint32_t workload, Direction direction)
{
    const auto isolates = [&](const policy::GroupPolicy &selecting) {
        return selecting.isCertain && holdsBack(selecting, direction);
    };
    const Members &members = m_members[workload];
    if (members.isAsleep()) {
        const auto &own = members.sleepers.front()->policies[std::size_t(direction)];
        return std::any_of(own.begin(), own.end(), isolates);
    }
    const auto &parts = partsOf(members, direction);
    return !parts.empty() && std::all_of(parts.begin(), parts.end(), [&](const Part &part) {
        const auto &own = m_groups.group(direction, part.group).policies;
        return std::any_of(own.begin(), own.end(), isolates);
    });
}

bool Reaches::mayBeIsolated(std::uint32_t workload, Direction direction)
{
    const auto d = std::size_t(direction);
    const auto holds = [&](const policy::GroupPolicy &selecting) {
        const auto &rules = model().policies().policies[selecting.policy].rules[d];
        return holdsBack(selecting, direction) ||
               std::any_of(rules.begin(), rules.end(),
                           [](const auto &rule) { return rule.effect == policy::RuleEffect::Deny; });
    };
    const Members &members = m_members[workload];
    if (members.isAsleep()) {
        const auto &own = members.sleepers.front()->policies[d];
        return std::any_of(own.begin(), own.end(), holds);
    }
    const auto &parts = partsOf(members, direction);
    return std::any_of(parts.begin(), parts.end(), [&](const Part &part) {
        const auto &own = m_groups.group(direction, part.group).policies;
        return std::any_of(own.begin(), own.end(), holds);
    });
}

std::vector<std::uint32_t> Reaches::decidedBy(const Members &from, const Members &to,
                                              policy::RuleEffect effect, const PortSet &ports)
{
    std::vector<std::uint32_t> deciding;
    if (to.classes.isEmpty())
        return deciding;
    const policy::ClassId any =
        to.classes.firstWord * 64 + std::uint32_t(std::countr_zero(to.classes.words[0]));
    const policy::Endpoint destination = model().classified().classes.representative(any);
    for (const Direction d : policy::bothDirections) {
        const Members &subjects = d == Direction::Ingress ? to : from;
        const Members &peers = d == Direction::Ingress ? from : to;
        for (const Part &part : partsOf(subjects, d)) {
            for (const policy::GroupPolicy &selecting : m_groups.group(d, part.group).policies) {
                const auto &rules = model().policies().policies[selecting.policy].rules[std::size_t(d)];
                const auto &matched = model().classified().peers[std::size_t(d)][selecting.policy];
                for (std::size_t r = 0; r < rules.size(); ++r) {
                    const bool applies = policy::intersect(peers.classes, matched[r]->yes) ||
                                         policy::intersect(peers.classes, matched[r]->maybe);
                    if (rules[r].effect == effect && applies &&
                        !portsOfRule(rules[r], destination).common(ports).isEmpty())
                        deciding.push_back(selecting.policy);
                }
            }
        }
    }
    return deciding;
}

} // namespace portolan::graph
