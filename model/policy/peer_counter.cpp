#include "model/policy/peer_counter.h"

#include <algorithm>
#include <unordered_map>

namespace portolan::policy {

namespace {

std::string rangeText(const IpRange::Address &first, const IpRange::Address &last)
{
    // A network where it is one.
    for (int prefix = 0; prefix <= (first.v6 ? 128 : 32); ++prefix) {
        const auto range =
            IpRange::parse(IpRange::ofAddress(first).toString() + "/" + std::to_string(prefix));
        if (range && range->first() == first && range->last() == last)
            return range->toString();
    }
    return IpRange::ofAddress(first).toString() + "-" + IpRange::ofAddress(last).toString();
}

/// Whether `next` is the address behind `last`.
bool isBehind(IpRange::Address last, const IpRange::Address &next)
{
    for (std::size_t byte = last.v6 ? 16 : 4; byte-- > 0;) {
        if (++last.bytes[byte] != 0)
            return last == next;
    }
    return false;
}

} // namespace

PeerCounter::PeerCounter(std::shared_ptr<const EndpointTable> table, const OrderedPolicies &policies)
    : m_table(std::move(table)),
      m_classes(m_table, Mentions(policies)),
      m_sets(m_classes),
      m_parts(m_classes.addressParts())
{
    std::unordered_map<ObjectRef, std::uint32_t> known;
    for (EndpointId id = 0; id < m_table->podCount(); ++id) {
        const Pod &pod = m_table->pod(id);
        const auto [at, isNew] =
            known.emplace(topOwnerOf(m_table->state(), pod), std::uint32_t(m_groups.size()));
        if (isNew)
            m_groups.push_back(at->first);
        m_groupOf.push_back(at->second);
        if (id == 0 || m_table->pod(id - 1).meta.ns != pod.meta.ns)
            m_namespaces.push_back(id);
    }
    m_namespaces.push_back(m_table->podCount());
}

PeerFacts PeerCounter::peers(const std::vector<const Predicate *> &anyOf)
{
    std::vector<char> yes(m_classes.count());
    std::vector<char> maybe(m_classes.count());
    for (const Predicate *predicate : anyOf) {
        const TriBits &bits = m_sets.of(*predicate);
        bits.yes.forEach([&](std::uint32_t id) { yes[id] = 1; });
        bits.maybe.forEach([&](std::uint32_t id) { maybe[id] = 1; });
    }
    PeerFacts facts;
    facts.hasUnknown = std::any_of(maybe.begin(), maybe.end(), [](char bit) { return bit != 0; });
    facts.pods = namedPods(yes, maybe);
    for (EndpointId id = EndpointId(m_table->podCount()); id < m_table->size(); ++id)
        facts.nodes += yes[m_classes.classOf(id, 0)] != 0 ? 1 : 0;
    addRanges(facts, yes);
    facts.isEveryone = !yes.empty() && std::all_of(yes.begin(), yes.end(), [](char bit) { return bit != 0; });
    return facts;
}

NamedPods PeerCounter::namedPods(const std::vector<char> &yes, const std::vector<char> &maybe)
{
    NamedPods pods;
    std::vector<char> matched(m_table->podCount());
    for (EndpointId id = 0; id < matched.size(); ++id) {
        const std::size_t addresses = std::max<std::size_t>(m_table->pod(id).ips.size(), 1);
        bool isMaybe = false;
        for (std::size_t a = 0; a < addresses && matched[id] == 0; ++a) {
            const ClassId of = m_classes.classOf(id, a);
            matched[id] = yes[of];
            isMaybe |= maybe[of] != 0;
        }
        ++(matched[id] != 0 ? pods.pods : pods.maybePods);
        pods.maybePods -= matched[id] == 0 && !isMaybe ? 1 : 0;
    }
    pods.isEveryPod = !matched.empty() && pods.pods == matched.size();
    nameGroups(pods, matched);
    return pods;
}

/// A namespace in place of its workloads where every pod of it is meant.
void PeerCounter::nameGroups(NamedPods &pods, const std::vector<char> &matched)
{
    const auto add = [&](const ObjectRef &object, std::size_t count) {
        if (++pods.groups <= NamedPods::mostNamed && !pods.isEveryPod)
            pods.named.push_back({object, count});
    };
    std::vector<std::size_t> counts(m_groups.size());
    for (std::size_t n = 0; n + 1 < m_namespaces.size(); ++n) {
        std::vector<std::uint32_t> seen;
        std::size_t inNamespace = 0;
        for (std::size_t id = m_namespaces[n]; id < m_namespaces[n + 1]; ++id) {
            if (matched[id] == 0)
                continue;
            ++inNamespace;
            if (counts[m_groupOf[id]]++ == 0)
                seen.push_back(m_groupOf[id]);
        }
        const std::string &ns = m_table->pod(EndpointId(m_namespaces[n])).meta.ns;
        if (inNamespace == m_namespaces[n + 1] - m_namespaces[n] && seen.size() > 1)
            add({ObjectKind::Namespace, "Namespace", {}, ns}, inNamespace);
        else
            for (const std::uint32_t group : seen)
                add(m_groups[group], counts[group]);
    }
}

void PeerCounter::addRanges(PeerFacts &facts, const std::vector<char> &yes) const
{
    std::size_t matched = 0;
    std::vector<std::pair<IpRange::Address, IpRange::Address>> joined;
    for (const auto &[first, last] : m_parts) {
        const ClassId of = m_classes.classOfOutside(first);
        if (of == noClass || yes[of] == 0)
            continue;
        ++matched;
        if (!joined.empty() && isBehind(joined.back().second, first))
            joined.back().second = last;
        else
            joined.emplace_back(first, last);
    }
    facts.rangeCount = joined.size();
    facts.isEveryAddress = matched > 0 && matched == m_parts.size();
    for (const auto &[first, last] : joined) {
        if (!facts.isEveryAddress && facts.ranges.size() < PeerFacts::mostRanges)
            facts.ranges.push_back(rangeText(first, last));
    }
}

} // namespace portolan::policy
