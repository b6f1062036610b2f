#include "model/policy/connectivity.h"
#include "model/policy/endpoint_classes.h"
#include "model/policy/verdict_rows.h"
#include "model/policy/workload_parties.h"

#include <algorithm>

namespace portolan::policy {

namespace {

using Pairs = std::map<std::pair<Party, Party>, Connectivity>;

Pairs workloadPairs(const ConnectivityReport &report)
{
    Pairs pairs;
    for (const Connectivity &one : report.pairs) {
        if (one.from.range.empty() && one.to.range.empty())
            pairs.emplace(std::pair(one.from, one.to), one);
    }
    return pairs;
}

std::map<Party, PartyEnds> partiesOf(const PolicyModel &model)
{
    std::map<Party, PartyEnds> parties;
    for (PartyEnds &ends : workloadParties(model))
        parties.emplace(ends.party, std::move(ends));
    return parties;
}

/// What decided about that traffic between two workloads: of the first pair of their pods.
std::vector<Decision> decisions(const PolicyModel &model, const PartyEnds &from, const PartyEnds &to,
                                const Traffic &traffic)
{
    for (const EndpointId source : from.ids) {
        for (const EndpointId destination : to.ids) {
            if (source != destination)
                return model
                    .explain(model.endpoints().endpoint(source), model.endpoints().endpoint(destination),
                             traffic)
                    .by;
        }
    }
    return {};
}

PortSpans deniedOf(const Connectivity &one)
{
    PortSpans every;
    for (const IpProtocol number : {protocol::tcp, protocol::udp, protocol::sctp})
        every.push_back({number, 1, 65535});
    return withoutSpans(withoutSpans(every, one.allowed), one.unknown);
}

/// Nothing where the two say the same.
std::optional<ConnectivityChange> changeBetween(const Connectivity &was, const Connectivity &now)
{
    ConnectivityChange change{now.from, now.to, {}, {}, {}, {}, {}};
    change.nowAllowed = withoutSpans(now.allowed, was.allowed);
    change.nowUnknown = withoutSpans(now.unknown, was.unknown);
    change.nowDenied = withoutSpans(deniedOf(now), deniedOf(was));
    const bool isNone = change.nowAllowed.empty() && change.nowDenied.empty() && change.nowUnknown.empty();
    return isNone ? std::nullopt : std::optional(std::move(change));
}

Traffic firstOf(const ConnectivityChange &change)
{
    const PortSpans &told = !change.nowAllowed.empty()  ? change.nowAllowed
                            : !change.nowDenied.empty() ? change.nowDenied
                                                        : change.nowUnknown;
    return {told.front().protocol, told.front().first, 0, 0};
}

/// A workload and the addresses of one range.
struct Outside
{
    IpRange::Address first;
    IpRange::Address last;
    const Connectivity *pair;
};
/// By workload, and whether it is the destination; ranges rise.
using OutsideOf = std::map<std::pair<Party, bool>, std::vector<Outside>>;

OutsideOf outsidePairs(const ConnectivityReport &report)
{
    OutsideOf pairs;
    for (const Connectivity &one : report.pairs) {
        const bool isIn = !one.from.range.empty();
        const std::string &range = isIn ? one.from.range : one.to.range;
        const std::size_t dash = range.find('-');
        const auto first = IpRange::parse(range.substr(0, dash));
        const auto last = dash == std::string::npos ? first : IpRange::parse(range.substr(dash + 1));
        if (first && last)
            pairs[{isIn ? one.to : one.from, isIn}].push_back({first->first(), last->first(), &one});
    }
    for (auto &[workload, ranges] : pairs)
        std::sort(ranges.begin(), ranges.end(),
                  [](const Outside &a, const Outside &b) { return a.first < b.first; });
    return pairs;
}

std::string rangeText(const IpRange::Address &first, const IpRange::Address &last)
{
    const std::string text = IpRange::ofAddress(first).toString();
    return first == last ? text : text + "-" + IpRange::ofAddress(last).toString();
}

std::vector<Decision> outsideDecisions(const PolicyModel &model, const Party &workload, bool isIn,
                                       const IpRange::Address &address, const Traffic &traffic)
{
    const auto ids = model.endpoints().podsOfWorkload(workload.workload.ns, workload.workload.name);
    const EndpointId id =
        ids.empty() ? model.endpoints().find(workload.workload.ns, workload.workload.name) : ids.front();
    if (id == noEndpoint)
        return {};
    const Endpoint own = model.endpoints().endpoint(id);
    const Endpoint outside = EndpointTable::external(address);
    return (isIn ? model.explain(outside, own, traffic) : model.explain(own, outside, traffic)).by;
}

/// Ranges of both are cut where either has a border; neighbours that change alike are one.
void addOutside(const PolicyModel &before, const PolicyModel &after, const ConnectivityReport &first,
                const ConnectivityReport &second, ConnectivityDiff &diff)
{
    const OutsideOf old = outsidePairs(first);
    for (const auto &[key, ranges] : outsidePairs(second)) {
        const auto &[workload, isIn] = key;
        const auto known = old.find(key);
        if (known == old.end())
            continue;
        Party ConnectivityChange::*side = isIn ? &ConnectivityChange::from : &ConnectivityChange::to;
        bool isBehindChange = false;
        IpRange::Address begin{}; // of that change
        for (auto was = known->second.begin(), now = ranges.begin();
             was != known->second.end() && now != ranges.end();) {
            const IpRange::Address from = std::max(was->first, now->first);
            const IpRange::Address to = std::min(was->last, now->last);
            auto change = from <= to && from.v6 == to.v6 && !was->pair->isLeftOut && !now->pair->isLeftOut
                              ? changeBetween(*was->pair, *now->pair)
                              : std::nullopt;
            if (change) {
                ConnectivityChange *last = diff.changes.empty() ? nullptr : &diff.changes.back();
                const bool goesOn =
                    isBehindChange && last && begin.v6 == from.v6 && last->nowAllowed == change->nowAllowed &&
                    last->nowDenied == change->nowDenied && last->nowUnknown == change->nowUnknown;
                if (goesOn) {
                    (last->*side).range = rangeText(begin, to);
                } else {
                    begin = from;
                    ((*change).*side).range = rangeText(from, to);
                    const Traffic traffic = firstOf(*change);
                    change->before = outsideDecisions(before, workload, isIn, from, traffic);
                    change->after = outsideDecisions(after, workload, isIn, from, traffic);
                    diff.changes.push_back(std::move(*change));
                }
                isBehindChange = true;
            } else if (from <= to) {
                isBehindChange = false;
            }
            const bool wasEnds = was->last <= now->last;
            const bool nowEnds = now->last <= was->last;
            was += wasEnds ? 1 : 0;
            now += nowEnds ? 1 : 0;
        }
    }
}

} // namespace

ConnectivityDiff connectivityDiff(const PolicyModel &before, const PolicyModel &after)
{
    ConnectivityDiff diff;
    const auto oldParties = partiesOf(before);
    const auto newParties = partiesOf(after);
    for (const auto &[party, ends] : oldParties) {
        if (!newParties.contains(party))
            diff.onlyBefore.push_back(party);
    }
    for (const auto &[party, ends] : newParties) {
        if (!oldParties.contains(party))
            diff.onlyAfter.push_back(party);
    }
    const ConnectivityReport first = connectivityOf(before);
    const ConnectivityReport second = connectivityOf(after);
    for (const ConnectivityReport *report : {&first, &second})
        diff.tooLarge.insert(diff.tooLarge.end(), report->tooLarge.begin(), report->tooLarge.end());
    const Pairs old = workloadPairs(first);
    for (const auto &[key, now] : workloadPairs(second)) {
        const auto was = old.find(key);
        if (was == old.end() || was->second.isLeftOut || now.isLeftOut)
            continue;
        auto change = changeBetween(was->second, now);
        if (!change)
            continue;
        const Traffic traffic = firstOf(*change);
        change->before = decisions(before, oldParties.at(key.first), oldParties.at(key.second), traffic);
        change->after = decisions(after, newParties.at(key.first), newParties.at(key.second), traffic);
        diff.changes.push_back(std::move(*change));
    }
    if (first.hasOutside && second.hasOutside)
        addOutside(before, after, first, second, diff);
    return diff;
}

} // namespace portolan::policy
