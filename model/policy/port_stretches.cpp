#include "model/policy/port_stretches.h"

#include "model/policy/verdict_rows.h"

#include <algorithm>
#include <array>

namespace portolan::policy {

namespace {

constexpr std::size_t mostRulesAsked = 200'000'000; // rules times kinds of ports: some seconds
constexpr std::array asked{protocol::tcp, protocol::udp, protocol::sctp};

template<class Cuts>
void sortUnique(Cuts &cuts)
{
    std::sort(cuts.begin(), cuts.end());
    cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
}

std::size_t rulesOf(const Policy &policy)
{
    return policy.rules[0].size() + policy.rules[1].size();
}

} // namespace

PortStretches::PortStretches(const PolicyModel &model) : m_model(model)
{
    model.classified().classes.forEachNamedPort([&](const ContainerPort &port) {
        m_named.emplace_back(ipProtocol(port.protocol), port.number);
        if (port.number < 65535)
            m_named.emplace_back(ipProtocol(port.protocol), std::uint16_t(port.number + 1));
    });
    sortUnique(m_named);
}

const PortSpans *PortStretches::between(const PartyEnds &from, const PartyEnds &to)
{
    const std::uint32_t out = loadOf(from, Direction::Egress);
    const std::uint32_t in = loadOf(to, Direction::Ingress);
    if (m_loads[out].isTooMuch || m_loads[in].isTooMuch)
        return nullptr;
    const auto [known, isNew] = m_spans.try_emplace(std::uint64_t{out} << 32 | in);
    if (isNew)
        known->second = spansOf(m_loads[out], m_loads[in]);
    return &known->second;
}

std::uint32_t PortStretches::loadOf(const PartyEnds &ends, Direction direction)
{
    const auto known = m_loadOfParty[std::size_t(direction)].find(&ends);
    if (known != m_loadOfParty[std::size_t(direction)].end())
        return known->second;
    const ClassifiedPolicies &all = m_model.classified();
    const SubjectGroups &groups = all.groups[std::size_t(direction)];
    std::set<std::uint32_t> policies;
    for (const EndpointId id : ends.ids) {
        const std::size_t addresses = std::max<std::size_t>(m_model.endpoints().pod(id).ips.size(), 1);
        for (std::size_t address = 0; address < addresses; ++address) {
            for (const GroupPolicy &one :
                 groups.groups()[groups.groupOf(all.classes.classOf(id, address))].policies)
                policies.insert(one.policy);
        }
    }
    const auto [load, isNew] = m_loadOfPolicies.try_emplace(policies, std::uint32_t(m_loads.size()));
    if (isNew)
        m_loads.push_back(made(policies));
    m_loadOfParty[std::size_t(direction)].emplace(&ends, load->second);
    return load->second;
}

PortStretches::Load PortStretches::made(const std::set<std::uint32_t> &policies)
{
    const SharedList<Policy> &all = m_model.classified().ordered->policies;
    Load load;
    load.isFree = policies.empty();
    std::size_t rules = 0;
    for (const std::uint32_t policy : policies) {
        rules += rulesOf(all[policy]);
        const Cuts &cuts = cutsOf(policy);
        load.cuts.insert(load.cuts.end(), cuts.begin(), cuts.end());
    }
    sortUnique(load.cuts);
    load.isTooMuch = rules * load.cuts.size() > mostRulesAsked;
    if (!load.isTooMuch)
        return load;
    load.cuts.clear();
    const auto largest =
        std::max_element(policies.begin(), policies.end(),
                         [&](std::uint32_t a, std::uint32_t b) { return rulesOf(all[a]) < rulesOf(all[b]); });
    m_tooLarge.insert(all[*largest].object);
    return load;
}

const PortStretches::Cuts &PortStretches::cutsOf(std::uint32_t policy)
{
    const auto [known, isNew] = m_cutsOf.try_emplace(policy);
    if (!isNew)
        return known->second;
    Cuts &cuts = known->second;
    const auto add = [&cuts](const PortRange &range) {
        for (const IpProtocol one : asked) {
            if (range.protocol != PortRange::anyProtocol && range.protocol != one)
                continue;
            cuts.emplace_back(one, range.first);
            if (range.last < 65535)
                cuts.emplace_back(one, std::uint16_t(range.last + 1));
        }
    };
    for (const auto &rules : m_model.classified().ordered->policies[policy].rules) {
        for (const Rule &rule : rules) {
            for (const TrafficMatch &match : rule.traffic)
                std::for_each(match.ports.begin(), match.ports.end(), add);
        }
    }
    sortUnique(cuts);
    return cuts;
}

PortSpans PortStretches::spansOf(const Load &a, const Load &b) const
{
    Cuts all;
    if (!a.isFree || !b.isFree)
        all = m_named;
    all.insert(all.end(), a.cuts.begin(), a.cuts.end());
    all.insert(all.end(), b.cuts.begin(), b.cuts.end());
    sortUnique(all);
    PortSpans spans;
    for (const IpProtocol one : asked) {
        spans.push_back({one, 1, 65535});
        for (auto cut = std::lower_bound(all.begin(), all.end(), Cut(one, 2));
             cut != all.end() && cut->first == one; ++cut) {
            spans.back().last = std::uint16_t(cut->second - 1);
            spans.push_back({one, cut->second, 65535});
        }
    }
    return spans;
}

} // namespace portolan::policy
