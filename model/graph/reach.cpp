#include "model/graph/reach.h"

#include <algorithm>

namespace portolan::graph {

namespace {

using policy::ClassBits;
using policy::Direction;
using policy::EndpointId;
using policy::Outcome;

constexpr std::size_t budget = 4'000'000; // steps for one map, about a second; past it verdicts are Unknown

/// A rule that nothing passes: a denial of everyone and everything.
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

void Reaches::forEachBlock(const Members &from, const Members &to, const BlockVisit &each)
{
    const bool inside = !from.workloads.empty() && !to.workloads.empty();
    if (from.isAsleep() || to.isAsleep() || (m_familiesDiffer && inside))
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
                each({{}, {}, m_groups.everything()});
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
            const bool several = !m_otherClasses.empty() && !from.workloads.empty() && !to.workloads.empty();
            const PeerPorts in = m_groups.ask(Direction::Ingress, destinations.group,
                                              several ? withOtherAddresses(others) : others);
            const PeerPorts out = m_groups.ask(Direction::Egress, sources.group,
                                               several ? withOtherAddresses(targets) : targets);
            Block block{in.some.common(out.some), in.all.common(out.all), in.unknown.common(out.unknown)};
            block.unknown.add(in.unknown.common(out.some));
            block.unknown.add(in.some.common(out.unknown));
            // Where the addresses of a pod have different answers, a pair depends on both its ends.
            const bool isPlain = !several || (block.some == block.all && block.unknown.isEmpty());
            if (!(isPlain ? each(block)
                          : byPairs({others, from.workloads, {}, {}}, {targets, to.workloads, {}, {}}, each)))
                return;
        }
    }
}

std::vector<Reaches::Voice> Reaches::voicesOf(const Members &members)
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
    const std::vector<std::uint32_t> nobody;
    for (const std::uint32_t workload : members.isAsleep() ? nobody : members.workloads) {
        const auto [known, isNew] = m_speakers.try_emplace(workload);
        if (isNew)
            known->second = speakersOf(model(), m_cluster.workloads()[workload]);
        for (const Speaker &speaker : known->second.ofClass) {
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

bool Reaches::byPairs(const Members &from, const Members &to, const BlockVisit &each)
{
    const std::vector<Voice> sources = voicesOf(from);
    for (const Voice &destination : voicesOf(to)) {
        for (const Voice &source : sources) {
            const bool same = source.id == destination.id && source.sleeper == destination.sleeper &&
                              source.outside == destination.outside;
            if (!same && !each(pairBlock(source, destination)))
                return false;
        }
    }
    return true;
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
        return {{}, {}, m_groups.everything()};
    m_budget -= cost;
    for (const PortStretch &stretch : stretches) {
        if (!m_groups.everything().contains(stretch.protocol, stretch.first))
            continue;
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
    if (!model().policies().carries(policy::ipProtocol(protocol)))
        return EdgeVerdict::Unknown;
    const Reach reach = between(from, to);
    if (reach.everywhere.contains(protocol, port))
        return EdgeVerdict::Allowed;
    if (reach.unknown.contains(protocol, port))
        return EdgeVerdict::Unknown;
    return reach.somewhere.contains(protocol, port) ? EdgeVerdict::Mixed : EdgeVerdict::Denied;
}

/// What selects the workload's pods, a list for each part of them.
std::vector<const std::vector<policy::GroupPolicy> *> Reaches::selecting(std::uint32_t workload,
                                                                         Direction direction) const
{
    const Members &members = m_members[workload];
    if (members.isAsleep())
        return {&members.sleepers.front()->policies[std::size_t(direction)]};
    std::vector<const std::vector<policy::GroupPolicy> *> lists;
    for (const Part &part : partsOf(members, direction))
        lists.push_back(&m_groups.group(direction, part.group).policies);
    return lists;
}

bool Reaches::isIsolated(std::uint32_t workload, Direction direction) const
{
    const auto d = std::size_t(direction);
    const policy::OrderedPolicies &policies = model().policies();
    const auto isolates = [&](const policy::GroupPolicy &selected) {
        const policy::Policy &policy = policies.policies[selected.policy];
        const bool byTier = policy.isolates[d] && policies.tierList[policy.tier].end == policy::TierEnd::Deny;
        return selected.isCertain &&
               (byTier || std::any_of(policy.rules[d].begin(), policy.rules[d].end(), deniesAll));
    };
    const auto lists = selecting(workload, direction);
    return !lists.empty() && std::all_of(lists.begin(), lists.end(), [&](const auto *list) {
        return std::any_of(list->begin(), list->end(), isolates);
    });
}

bool Reaches::mayBeIsolated(std::uint32_t workload, Direction direction) const
{
    const auto lists = selecting(workload, direction);
    return std::any_of(lists.begin(), lists.end(), [&](const auto *list) {
        return std::any_of(list->begin(), list->end(), [&](const policy::GroupPolicy &selected) {
            const policy::OrderedPolicies &policies = model().policies();
            return policy::mayHoldBack(policies, policies.policies[selected.policy], direction);
        });
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
