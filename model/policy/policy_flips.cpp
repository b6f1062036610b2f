#include "model/policy/policy_flips.h"

#include "model/policy/verdict_rows.h"
#include "model/policy/workload_parties.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace portolan::policy {

namespace {

constexpr std::size_t mostFlips = 2000;

/// The same party in both models: the pods that either of them tells apart.
std::vector<PartyEnds> commonWorkloads(const PolicyModel &before, const PolicyModel &after)
{
    std::map<Party, PartyEnds> parties;
    for (const PolicyModel *model : {&before, &after}) {
        for (PartyEnds &ends : workloadParties(*model)) {
            PartyEnds &known = parties[ends.party];
            known.party = ends.party;
            known.ids.insert(known.ids.end(), ends.ids.begin(), ends.ids.end());
        }
    }
    std::vector<PartyEnds> result;
    for (auto &[party, ends] : parties) {
        std::sort(ends.ids.begin(), ends.ids.end());
        ends.ids.erase(std::unique(ends.ids.begin(), ends.ids.end()), ends.ids.end());
        result.push_back(std::move(ends));
    }
    return result;
}

/// The parts of the address space that policies of either model make.
std::vector<PartyEnds> commonOutside(const PolicyModel &before, const PolicyModel &after, bool &hasOutside)
{
    const std::vector<PartyEnds> a = outsideParties(before);
    const std::vector<PartyEnds> b = outsideParties(after);
    hasOutside = (!a.empty() && !b.empty()) || before.endpoints().podCount() == 0;
    std::vector<PartyEnds> parts;
    for (auto left = a.begin(), right = b.begin(); left != a.end() && right != b.end();) {
        PartyEnds part;
        part.outside = std::max(*left->outside, *right->outside);
        part.last = std::min(left->last, right->last);
        if (*part.outside <= part.last && part.outside->v6 == part.last.v6) {
            const std::string first = IpRange::ofAddress(*part.outside).toString();
            part.party.range =
                *part.outside == part.last ? first : first + "-" + IpRange::ofAddress(part.last).toString();
            parts.push_back(part);
        }
        const bool leftEnds = left->last <= right->last;
        const bool rightEnds = right->last <= left->last;
        left += leftEnds ? 1 : 0;
        right += rightEnds ? 1 : 0;
    }
    return parts;
}

/// Traffic that policies of either model tell apart.
PortSpans commonSpans(const PolicyModel &before, const PolicyModel &after)
{
    PortSpans spans;
    for (const IpProtocol number : {protocol::tcp, protocol::udp, protocol::sctp}) {
        if (!after.policies().carries(number))
            continue;
        std::set<std::uint16_t> starts{1};
        for (const PolicyModel *model : {&before, &after}) {
            const auto &cuts = model->classified().portCuts[number];
            starts.insert(cuts.begin(), cuts.end());
        }
        starts.erase(0);
        for (auto start = starts.begin(); start != starts.end(); ++start) {
            const auto next = std::next(start);
            spans.push_back({number, *start, std::uint16_t(next == starts.end() ? 65535 : *next - 1)});
        }
    }
    return spans;
}

/// Whether a changed policy is asked about a pod of the party in that direction.
class Touched
{
public:
    Touched(const PolicyModel &model, const std::vector<ObjectRef> &changed) : m_model(model)
    {
        const std::set<ObjectRef> refs(changed.begin(), changed.end());
        for (const Policy &policy : model.policies().policies)
            m_changed.push_back(refs.contains(policy.object));
    }

    bool is(const PartyEnds &ends, Direction direction) const
    {
        const ClassifiedPolicies &all = m_model.classified();
        const SubjectGroups &groups = all.groups[std::size_t(direction)];
        return std::any_of(ends.ids.begin(), ends.ids.end(), [&](EndpointId id) {
            const std::size_t addresses = std::max<std::size_t>(m_model.endpoints().pod(id).ips.size(), 1);
            for (std::size_t a = 0; a < addresses; ++a) {
                const auto &group = groups.groups()[groups.groupOf(all.classes.classOf(id, a))];
                if (std::any_of(group.policies.begin(), group.policies.end(),
                                [this](const GroupPolicy &one) { return m_changed[one.policy]; }))
                    return true;
            }
            return false;
        });
    }

private:
    const PolicyModel &m_model;
    std::vector<bool> m_changed; ///< by index of the policy
};

void addSpan(PortSpans &spans, const PortSpan &span)
{
    if (!spans.empty() && spans.back().protocol == span.protocol && spans.back().last + 1 == span.first)
        spans.back().last = span.last;
    else
        spans.push_back(span);
}

/// Whether `b` is the address after `a`.
bool isNext(IpRange::Address a, const IpRange::Address &b)
{
    for (std::size_t i = a.v6 ? 16 : 4; i-- > 0;) {
        if (++a.bytes[i] != 0)
            break;
    }
    return a == b;
}

std::optional<Endpoint> someEnd(const PolicyModel &model, const PartyEnds &ends, EndpointId other)
{
    if (ends.outside)
        return EndpointTable::external(*ends.outside);
    for (const EndpointId id : ends.ids) {
        if (id != other)
            return model.endpoints().endpoint(id);
    }
    return std::nullopt;
}

class FlipFinder
{
public:
    FlipFinder(const PolicyModel &before, const PolicyModel &after, const CancelToken &cancel)
        : m_after(after),
          m_was(before),
          m_now(after),
          m_cancel(cancel),
          m_spans(commonSpans(before, after))
    {
    }

    /// False: cancelled.
    bool compare(const PartyEnds &from, const PartyEnds &to)
    {
        if (m_cancel.isCancelled())
            return false;
        std::map<std::pair<Outcome, Outcome>, PortSpans> changes;
        for (const PortSpan &span : m_spans) {
            const Traffic traffic{span.protocol, span.first, 0, 0};
            const auto was = outcomeBetween(m_was, from, to, traffic);
            const auto now = outcomeBetween(m_now, from, to, traffic);
            if (!was || !now)
                return true;
            if (*was != *now)
                addSpan(changes[{*was, *now}], span);
        }
        for (auto &[outcomes, ports] : changes)
            add(from, to, {from.party, to.party, outcomes.first, outcomes.second, std::move(ports), {}});
        return true;
    }

    FlipList take()
    {
        const auto rank = [](const Flip &flip) {
            return flip.now == Outcome::Deny ? 0 : flip.now == Outcome::Allow ? 1 : 2;
        };
        std::stable_sort(m_found.begin(), m_found.end(),
                         [&](const Found &a, const Found &b) { return rank(a.flip) < rank(b.flip); });
        FlipList list;
        for (Found &found : m_found) {
            if (list.flips.size() >= mostFlips) {
                ++list.leftOut;
                continue;
            }
            if (m_cancel.isCancelled())
                break;
            found.flip.by = decisions(found);
            list.flips.push_back(std::move(found.flip));
        }
        return list;
    }

private:
    struct Found
    {
        Flip flip;
        const PartyEnds *from;
        const PartyEnds *to;
        IpRange::Address last; ///< of the range, where one end is outside
    };

    /// Neighbouring ranges of which the same is true become one.
    void add(const PartyEnds &from, const PartyEnds &to, Flip flip)
    {
        for (std::size_t i = m_found.size(); i-- > 0 && m_found.size() - i <= 6;) {
            Flip &last = m_found[i].flip;
            const bool sameFrom = last.from == flip.from;
            const bool sameTo = last.to == flip.to;
            std::string &grown = sameFrom ? last.to.range : last.from.range;
            const std::string &range = sameFrom ? flip.to.range : flip.from.range;
            const PartyEnds &part = sameFrom ? to : from;
            if (sameFrom == sameTo || grown.empty() || range.empty() || last.was != flip.was ||
                last.now != flip.now || last.ports != flip.ports || !isNext(m_found[i].last, *part.outside))
                continue;
            const std::size_t end = range.find('-');
            grown = grown.substr(0, grown.find('-')) + "-" +
                    (end == std::string_view::npos ? range : range.substr(end + 1));
            m_found[i].last = part.last;
            return;
        }
        m_found.push_back({std::move(flip), &from, &to, from.outside ? from.last : to.last});
    }

    std::vector<Decision> decisions(const Found &found) const
    {
        const auto source = someEnd(m_after, *found.from, noEndpoint);
        const bool same = found.from == found.to && !found.from->ids.empty();
        const auto destination = someEnd(m_after, *found.to, same ? found.from->ids.front() : noEndpoint);
        if (!source || !destination)
            return {};
        const PortSpan &first = found.flip.ports.front();
        return m_after.explain(*source, *destination, {first.protocol, first.first, 0, 0}).by;
    }

    const PolicyModel &m_after;
    PairVerdicts m_was;
    PairVerdicts m_now;
    const CancelToken &m_cancel;
    const PortSpans m_spans;
    std::vector<Found> m_found;
};

} // namespace

std::optional<FlipList> policyFlips(const PolicyModel &before, const PolicyModel &after,
                                    const std::optional<std::vector<ObjectRef>> &changed,
                                    const CancelToken &cancel)
{
    const std::vector<PartyEnds> workloads = commonWorkloads(before, after);
    bool hasOutside = true;
    const std::vector<PartyEnds> outside = commonOutside(before, after, hasOutside);
    std::array<std::vector<bool>, 2> touched;
    for (const Direction direction : bothDirections) {
        auto &flags = touched[std::size_t(direction)];
        flags.assign(workloads.size(), !changed);
        for (const PolicyModel *model : {&before, &after}) {
            const Touched asked(*model, changed.value_or(std::vector<ObjectRef>()));
            for (std::size_t i = 0; i < workloads.size(); ++i)
                flags[i] = flags[i] || asked.is(workloads[i], direction);
        }
    }
    const auto &sends = touched[std::size_t(Direction::Egress)];
    const auto &receives = touched[std::size_t(Direction::Ingress)];

    FlipFinder finder(before, after, cancel);
    for (std::size_t f = 0; f < workloads.size(); ++f) {
        for (std::size_t t = 0; t < workloads.size(); ++t) {
            if ((sends[f] || receives[t]) && !finder.compare(workloads[f], workloads[t]))
                return std::nullopt;
        }
        for (const PartyEnds &to : outside) {
            if (sends[f] && !finder.compare(workloads[f], to))
                return std::nullopt;
        }
    }
    for (std::size_t t = 0; t < workloads.size(); ++t) {
        for (const PartyEnds &from : outside) {
            if (receives[t] && !finder.compare(from, workloads[t]))
                return std::nullopt;
        }
    }
    FlipList list = finder.take();
    if (cancel.isCancelled())
        return std::nullopt;
    list.hasOutside = hasOutside;
    return list;
}

} // namespace portolan::policy
