#include "model/graph/traffic_kinds.h"

#include "model/policy/verdict_rows.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace portolan::graph {

namespace {

using policy::Direction;
using policy::Traffic;
using policy::VerdictRow;

/// Equal numbers for equal values, in the order in which they are first seen.
template<class Value>
class Numbers
{
public:
    std::uint32_t of(Value value)
    {
        return m_known.try_emplace(std::move(value), std::uint32_t(m_known.size())).first->second;
    }
    std::size_t size() const { return m_known.size(); }

private:
    std::map<Value, std::uint32_t> m_known;
};

/// Of each group of subjects, by kind of traffic, which of its rows it is.
class RowsOfGroups
{
public:
    RowsOfGroups(const policy::ClassifiedPolicies &policies, Direction direction,
                 const std::vector<Traffic> &kinds, const CancelToken &cancel)
        : m_numbers(policies.groups[std::size_t(direction)].groups().size(),
                    std::vector<std::uint32_t>(kinds.size()))
    {
        std::vector<std::vector<std::array<VerdictRow, 2>>> known(m_numbers.size());
        for (std::size_t kind = 0; kind < kinds.size() && !cancel.isCancelled(); ++kind) {
            policy::VerdictRows rows(policies, kinds[kind]);
            for (std::uint32_t group = 0; group < m_numbers.size(); ++group) {
                std::array<VerdictRow, 2> row{rows.make(direction, group, false), {}};
                if (policies.usesLocality)
                    row[1] = rows.make(direction, group, true);
                auto &ofGroup = known[group];
                const auto same = std::find(ofGroup.begin(), ofGroup.end(), row);
                m_numbers[group][kind] = std::uint32_t(same - ofGroup.begin());
                if (same == ofGroup.end())
                    ofGroup.push_back(std::move(row));
            }
        }
    }

    std::uint32_t of(std::uint32_t group, std::size_t kind) const { return m_numbers[group][kind]; }

private:
    std::vector<std::vector<std::uint32_t>> m_numbers;
};

} // namespace

std::vector<Traffic> kindsOfTraffic(const policy::PolicyModel &policies)
{
    std::set<Traffic> kinds;
    const auto add = [&](policy::IpProtocol protocol, std::uint16_t port) {
        kinds.insert(policy::representativeOf(policies.classified(), {protocol, port}));
    };
    for (const policy::IpProtocol protocol :
         {policy::protocol::tcp, policy::protocol::udp, policy::protocol::sctp}) {
        if (!policies.policies().carries(protocol))
            continue;
        add(protocol, 1);
        for (const std::uint16_t cut : policies.classified().portCuts[protocol])
            add(protocol, cut);
    }
    policies.classified().classes.forEachNamedPort([&](const ContainerPort &port) {
        if (policies.policies().carries(policy::ipProtocol(port.protocol)))
            add(policy::ipProtocol(port.protocol), port.number);
    });
    return {kinds.begin(), kinds.end()};
}

namespace {

constexpr std::size_t mostTelling = std::size_t{1} << 28; // bits

/// By kind of traffic a number; equal ones are answered alike, whoever the peer is.
using Pattern = std::vector<std::uint32_t>;

/// How workloads are spoken of in one direction.
struct Patterns
{
    std::vector<Pattern> all;
    std::vector<std::uint32_t> of; ///< by workload
};

Patterns patternsOf(const policy::PolicyModel &policies, Direction direction,
                    const std::vector<Traffic> &kinds, const std::vector<Speakers> &workloads,
                    const CancelToken &cancel)
{
    const RowsOfGroups rows(policies.classified(), direction, kinds, cancel);
    const policy::SubjectGroups &groups = policies.classified().groups[std::size_t(direction)];
    Patterns patterns;
    Numbers<Pattern> numbers;
    for (const Speakers &workload : workloads) {
        Numbers<std::vector<std::uint32_t>> answers; // of all its addresses together
        Pattern pattern;
        for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
            std::vector<std::uint32_t> answer;
            for (const auto &addresses : workload.classes) {
                for (const policy::ClassId id : addresses)
                    answer.push_back(rows.of(groups.groupOf(id), kind));
            }
            pattern.push_back(answers.of(std::move(answer)));
        }
        patterns.of.push_back(numbers.of(pattern));
        if (numbers.size() > patterns.all.size())
            patterns.all.push_back(std::move(pattern));
    }
    return patterns;
}

/// By kind: true for the first of those that are answered alike at both ends.
std::vector<bool> firstOfEach(const Pattern &out, const Pattern &in)
{
    std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
    std::vector<bool> first(out.size());
    for (std::size_t kind = 0; kind < out.size(); ++kind)
        first[kind] = seen.emplace(out[kind], in[kind]).second;
    return first;
}

} // namespace

TellingTraffic::TellingTraffic(const policy::PolicyModel &policies, const std::vector<Traffic> &kinds,
                               const std::vector<Speakers> &workloads, const CancelToken &cancel)
    : m_source(workloads.size()),
      m_destination(workloads.size()),
      m_destinations(1),
      m_telling{std::vector<bool>(kinds.size(), true)}
{
    if (kinds.size() > 1) {
        Patterns out = patternsOf(policies, Direction::Egress, kinds, workloads, cancel);
        Patterns in = patternsOf(policies, Direction::Ingress, kinds, workloads, cancel);
        if (out.all.size() * in.all.size() * kinds.size() <= mostTelling) {
            m_telling.clear();
            for (const Pattern &source : out.all) {
                for (const Pattern &destination : in.all)
                    m_telling.push_back(firstOfEach(source, destination));
            }
            m_source = std::move(out.of);
            m_destination = std::move(in.of);
            m_destinations.resize(in.all.size());
        }
    }
    for (std::uint32_t i = 0; i < m_destination.size(); ++i)
        m_destinations[m_destination[i]].push_back(i);
}

} // namespace portolan::graph
