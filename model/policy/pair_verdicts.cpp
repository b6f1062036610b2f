#include "model/policy/plain_evaluator.h"
#include "model/policy/policy_model.h"
#include "model/policy/verdict_rows.h"

#include <map>

namespace portolan::policy {

namespace {

constexpr std::size_t mostBytes = std::size_t{512} << 20;

} // namespace

struct PairVerdicts::Kept
{
    std::map<Traffic, std::unique_ptr<VerdictRows>> rows;
};

PairVerdicts::PairVerdicts(const PolicyModel &model) : m_model(model), m_kept(std::make_unique<Kept>()) {}

PairVerdicts::~PairVerdicts() = default;

void PairVerdicts::select(const Traffic &traffic)
{
    if (m_rows && traffic == m_current)
        return;
    m_current = traffic;
    auto &rows = m_kept->rows[representativeOf(m_model.classified(), traffic)];
    if (!rows) {
        std::size_t bytes = 0;
        for (const auto &[key, kept] : m_kept->rows)
            bytes += kept ? kept->bytes() : 0;
        if (bytes > mostBytes) {
            m_kept->rows.clear();
            m_rows = nullptr;
            select(traffic);
            return;
        }
        rows = std::make_unique<VerdictRows>(m_model.classified(),
                                             representativeOf(m_model.classified(), traffic));
    }
    m_rows = rows.get();
}

Outcome PairVerdicts::oneWay(Direction direction, std::uint32_t subject, std::uint32_t peer, bool sameNode)
{
    const SubjectGroups &groups = m_model.classified().groups[std::size_t(direction)];
    return m_rows->row(direction, groups.groupOf(subject), sameNode).at(peer);
}

Outcome PairVerdicts::byClasses(std::uint32_t source, std::uint32_t destination, bool sameNode)
{
    const Outcome in = oneWay(Direction::Ingress, destination, source, sameNode);
    if (in == Outcome::Deny)
        return in;
    return combined(in, oneWay(Direction::Egress, source, destination, sameNode));
}

Outcome PairVerdicts::severalFamilies(EndpointId source, EndpointId destination, bool sameNode)
{
    const EndpointTable &table = m_model.endpoints();
    const EndpointClasses &classes = m_model.classified().classes;
    const auto families = commonFamilies(table.endpoint(source), table.endpoint(destination));
    std::optional<Outcome> result;
    for (const auto &[from, to] : families) {
        const Outcome one =
            byClasses(classes.classOf(source, from), classes.classOf(destination, to), sameNode);
        result = result && *result != one ? Outcome::Unknown : one;
    }
    return result.value_or(Outcome::Unknown);
}

Outcome PairVerdicts::outcome(EndpointId source, EndpointId destination, const Traffic &traffic)
{
    const EndpointTable &table = m_model.endpoints();
    if (source == destination)
        return Outcome::Allow;
    bool sameNode = false;
    const bool hasHost = source >= table.podCount() || destination >= table.podCount();
    if (hasHost || m_model.classified().usesLocality) {
        const Endpoint from = table.endpoint(source);
        const Endpoint to = table.endpoint(destination);
        sameNode = !from.nodeName.empty() && from.nodeName == to.nodeName;
        for (const Direction direction : bothDirections) {
            if (exemption(from, to, direction, m_model.enforcer().enforcer, m_model.policies().asksOwnNode) ||
                mayBeOnOneNode(from, to, direction))
                return plain(from, to, traffic);
        }
    }
    select(traffic);
    using Family = EndpointTable::Family;
    const Family from = table.family(source);
    const Family to = table.family(destination);
    const bool several = from == Family::Several || to == Family::Several ||
                         (from != to && from != Family::Unknown && to != Family::Unknown);
    if (several)
        return severalFamilies(source, destination, sameNode);
    const EndpointClasses &classes = m_model.classified().classes;
    return byClasses(classes.classOf(source, 0), classes.classOf(destination, 0), sameNode);
}

Outcome PairVerdicts::plain(const Endpoint &source, const Endpoint &destination, const Traffic &traffic) const
{
    return m_model.explain(source, destination, traffic).outcome;
}

Outcome PairVerdicts::outcomeFrom(const IpRange::Address &source, EndpointId destination,
                                  const Traffic &traffic)
{
    const auto outside = m_model.classified().classes.classOfOutside(source);
    const auto family = m_model.endpoints().family(destination);
    const bool fits = family == (source.v6 ? EndpointTable::Family::V6 : EndpointTable::Family::V4);
    if (outside == noClass || !fits)
        return plain(EndpointTable::external(source), m_model.endpoints().endpoint(destination), traffic);
    select(traffic);
    return byClasses(outside, m_model.classified().classes.classOf(destination, 0), false);
}

Outcome PairVerdicts::outcomeTo(EndpointId source, const IpRange::Address &destination,
                                const Traffic &traffic)
{
    const auto outside = m_model.classified().classes.classOfOutside(destination);
    const auto family = m_model.endpoints().family(source);
    const bool fits = family == (destination.v6 ? EndpointTable::Family::V6 : EndpointTable::Family::V4);
    if (outside == noClass || !fits)
        return plain(m_model.endpoints().endpoint(source), EndpointTable::external(destination), traffic);
    select(traffic);
    return byClasses(m_model.classified().classes.classOf(source, 0), outside, false);
}

} // namespace portolan::policy
