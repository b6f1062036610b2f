#include "model/policy/connectivity.h"

#include "model/policy/port_stretches.h"
#include "model/policy/verdict_rows.h"
#include "model/policy/workload_parties.h"

#include <algorithm>
#include <optional>

namespace portolan::policy {

namespace {

constexpr std::size_t mostOutsideAsked = 50'000'000;

constexpr std::array<std::pair<IpProtocol, const char *>, 3> protocols{
    {{protocol::tcp, "TCP"}, {protocol::udp, "UDP"}, {protocol::sctp, "SCTP"}}};

void addSpan(PortSpans &spans, const PortSpan &span)
{
    if (!spans.empty() && spans.back().protocol == span.protocol && spans.back().last + 1 == span.first)
        spans.back().last = span.last;
    else
        spans.push_back(span);
}

PortSpans everyPort()
{
    PortSpans spans;
    for (const auto &[number, name] : protocols)
        spans.push_back({number, 1, 65535});
    return spans;
}

/// Asks one pair of parties about every kind of traffic.
class PairReader
{
public:
    explicit PairReader(const PolicyModel &model) : m_model(model), m_verdicts(model), m_stretches(model) {}

    /// The policies that made a pair too much to be asked about.
    const std::set<ObjectRef> &tooLarge() const { return m_stretches.tooLarge(); }

    std::optional<Connectivity> read(const PartyEnds &from, const PartyEnds &to)
    {
        Connectivity result{from.party, to.party, {}, {}, false};
        const PortSpans *spans = m_stretches.between(from, to);
        if (!spans) {
            result.unknown = everyPort();
            result.isLeftOut = true;
            return hasPair(from, to) ? std::optional(result) : std::nullopt;
        }
        for (const PortSpan &span : *spans) {
            const auto outcome = outcomeOf(from, to, {span.protocol, span.first, 0, 0});
            if (!outcome)
                return std::nullopt;
            if (*outcome == Outcome::Allow)
                addSpan(result.allowed, span);
            else if (*outcome == Outcome::Unknown)
                addSpan(result.unknown, span);
        }
        return result;
    }

private:
    static bool hasPair(const PartyEnds &from, const PartyEnds &to)
    {
        return from.outside || to.outside || from.party != to.party || from.ids.size() > 1 || from.hasTwin;
    }

    std::optional<Outcome> outcomeOf(const PartyEnds &from, const PartyEnds &to, const Traffic &traffic)
    {
        if (from.party != to.party || !from.hasTwin)
            return outcomeBetween(m_verdicts, from, to, traffic);
        const Endpoint pod = m_model.endpoints().endpoint(from.ids.front());
        return m_model.explain(pod, twinOf(pod), traffic).outcome;
    }

    const PolicyModel &m_model;
    PairVerdicts m_verdicts;
    PortStretches m_stretches;
};

/// Neighbouring ranges of which the same is true become one.
void addOutside(std::vector<Connectivity> &pairs, Connectivity &&one, Party Connectivity::*side)
{
    if (!pairs.empty() && !(pairs.back().*side).range.empty()) {
        Connectivity &before = pairs.back();
        Connectivity same = one;
        same.*side = before.*side;
        const std::string &range = (one.*side).range;
        const std::string &grown = (before.*side).range;
        const bool sameFamily =
            (range.find(':') == std::string_view::npos) == (grown.find(':') == std::string_view::npos);
        if (same == before && sameFamily) {
            (before.*side).range = grown.substr(0, grown.find('-')) + "-" + range.substr(range.find('-') + 1);
            return;
        }
    }
    pairs.push_back(std::move(one));
}

/// That any policy of the cluster tells apart.
std::size_t kindsOfPorts(const PolicyModel &model)
{
    std::size_t kinds = 0;
    for (const auto &[number, name] : protocols)
        kinds += model.classified().portCuts[number].size() + 1;
    return kinds;
}

} // namespace

std::string Party::text() const
{
    if (!range.empty())
        return range;
    return workload.ns + "/" + workload.name + "[" + workload.type + "]";
}

bool isEveryPort(const PortSpans &spans)
{
    return spans == everyPort();
}

std::string portSpansText(const PortSpans &spans)
{
    if (spans.empty() || isEveryPort(spans))
        return spans.empty() ? "none" : "all";
    std::string text;
    for (const auto &[number, name] : protocols) {
        std::string ports;
        for (const PortSpan &span : spans) {
            if (span.protocol != number)
                continue;
            ports += ports.empty() ? " " : ", ";
            if (span.first == 1 && span.last == 65535)
                ports += "all";
            else
                ports += std::to_string(span.first) +
                         (span.last > span.first ? "-" + std::to_string(span.last) : "");
        }
        if (!ports.empty())
            text += (text.empty() ? "" : "; ") + std::string(name) + ports;
    }
    return text;
}

PortSpans withoutSpans(const PortSpans &a, const PortSpans &b)
{
    PortSpans left;
    for (const PortSpan &span : a) {
        std::uint32_t from = span.first;
        for (const PortSpan &other : b) {
            if (other.protocol != span.protocol || other.last < from || other.first > span.last)
                continue;
            if (other.first > from)
                addSpan(left, {span.protocol, std::uint16_t(from), std::uint16_t(other.first - 1)});
            from = std::uint32_t(other.last) + 1;
        }
        if (from <= span.last)
            addSpan(left, {span.protocol, std::uint16_t(from), span.last});
    }
    return left;
}

ConnectivityReport connectivityOf(const PolicyModel &model)
{
    ConnectivityReport report;
    PairReader reader(model);
    const std::vector<PartyEnds> workloads = workloadParties(model);
    std::vector<PartyEnds> outside = outsideParties(model);
    if (workloads.size() * outside.size() * kindsOfPorts(model) > mostOutsideAsked)
        outside.clear();
    report.hasOutside = !outside.empty() || workloads.empty();
    for (const PartyEnds &from : workloads) {
        for (const PartyEnds &to : workloads) {
            if (auto one = reader.read(from, to))
                report.pairs.push_back(std::move(*one));
        }
        std::vector<Connectivity> toOutside;
        for (const PartyEnds &to : outside) {
            if (auto one = reader.read(from, to))
                addOutside(toOutside, std::move(*one), &Connectivity::to);
        }
        report.pairs.insert(report.pairs.end(), toOutside.begin(), toOutside.end());
    }
    for (const PartyEnds &to : workloads) {
        std::vector<Connectivity> fromOutside;
        for (const PartyEnds &from : outside) {
            if (auto one = reader.read(from, to))
                addOutside(fromOutside, std::move(*one), &Connectivity::from);
        }
        report.pairs.insert(report.pairs.end(), fromOutside.begin(), fromOutside.end());
    }
    report.tooLarge.assign(reader.tooLarge().begin(), reader.tooLarge().end());
    return report;
}

} // namespace portolan::policy
