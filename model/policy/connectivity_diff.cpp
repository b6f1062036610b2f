#include "model/policy/connectivity.h"
#include "model/policy/endpoint_classes.h"
#include "model/policy/verdict_rows.h"
#include "model/policy/workload_parties.h"

#include <algorithm>
#include <set>

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
        ConnectivityChange change{key.first, key.second, {}, {}, {}, {}, {}};
        change.nowAllowed = withoutSpans(now.allowed, was->second.allowed);
        change.nowUnknown = withoutSpans(now.unknown, was->second.unknown);
        change.nowDenied = withoutSpans(deniedOf(now), deniedOf(was->second));
        const PortSpans &told = !change.nowAllowed.empty()  ? change.nowAllowed
                                : !change.nowDenied.empty() ? change.nowDenied
                                                            : change.nowUnknown;
        if (told.empty())
            continue;
        const Traffic traffic{told.front().protocol, told.front().first, 0, 0};
        change.before = decisions(before, oldParties.at(key.first), oldParties.at(key.second), traffic);
        change.after = decisions(after, newParties.at(key.first), newParties.at(key.second), traffic);
        diff.changes.push_back(std::move(change));
    }
    return diff;
}

} // namespace portolan::policy
