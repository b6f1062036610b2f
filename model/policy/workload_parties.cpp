#include "model/policy/workload_parties.h"

#include "model/policy/verdict_rows.h"

#include <map>

namespace portolan::policy {

namespace {

ObjectRef workloadOf(const PolicyModel &model, EndpointId id)
{
    return topOwnerOf(model.endpoints().state(), model.endpoints().pod(id));
}

std::string addressText(const IpRange::Address &address)
{
    return IpRange::ofAddress(address).toString();
}

/// Of a pod that a manifest's template stands for: it has the workload's name.
bool standsForSeveral(const ClusterState &state, const Pod &pod)
{
    const Workload *workload = state.workloads.find(pod.meta.ns, pod.meta.name);
    return workload && (workload->desired > 1 || workload->kind == "DaemonSet");
}

} // namespace

Endpoint twinOf(Endpoint pod)
{
    pod.ref.name += " (another)";
    pod.nodeName = {};
    pod.addresses.clear();
    return pod;
}

std::optional<Outcome> outcomeBetween(PairVerdicts &verdicts, const PartyEnds &from, const PartyEnds &to,
                                      const Traffic &traffic)
{
    std::optional<Outcome> all;
    const auto add = [&all](Outcome one) { all = all && *all != one ? Outcome::Unknown : one; };
    for (const EndpointId source : from.ids) {
        if (to.outside)
            add(verdicts.outcomeTo(source, *to.outside, traffic));
        for (const EndpointId destination : to.ids) {
            if (source != destination)
                add(verdicts.outcome(source, destination, traffic));
        }
    }
    for (const EndpointId destination : to.ids) {
        if (from.outside)
            add(verdicts.outcomeFrom(*from.outside, destination, traffic));
    }
    return all;
}

std::vector<PartyEnds> workloadParties(const PolicyModel &model)
{
    struct Workload
    {
        PartyEnds ends;
        std::map<std::vector<ClassId>, int> seen;
    };
    std::map<Party, Workload> parties;
    const EndpointTable &table = model.endpoints();
    const EndpointClasses &classes = model.classified().classes;
    for (EndpointId id = 0; id < table.podCount(); ++id) {
        const Party party{workloadOf(model, id), {}};
        Workload &workload = parties[party];
        workload.ends.party = party;
        std::vector<ClassId> key;
        const std::size_t addresses = std::max<std::size_t>(table.pod(id).ips.size(), 1);
        for (std::size_t a = 0; a < addresses; ++a)
            key.push_back(classes.classOf(id, a));
        // Two of a class stand for connections inside of it.
        if (++workload.seen[key] <= 2)
            workload.ends.ids.push_back(id);
    }
    std::vector<PartyEnds> result;
    for (auto &[party, workload] : parties) {
        workload.ends.hasTwin = workload.ends.ids.size() == 1 &&
                                standsForSeveral(table.state(), table.pod(workload.ends.ids.front()));
        result.push_back(std::move(workload.ends));
    }
    return result;
}

std::vector<PartyEnds> outsideParties(const PolicyModel &model)
{
    std::vector<PartyEnds> result;
    const auto &classes = model.classified().classes;
    bool hasV6 = false;
    bool hasV4 = false;
    for (EndpointId id = 0; id < model.endpoints().podCount(); ++id) {
        const auto family = model.endpoints().family(id);
        hasV6 |= family == EndpointTable::Family::V6 || family == EndpointTable::Family::Several;
        hasV4 |= family != EndpointTable::Family::V6;
    }
    for (const auto &[first, last] : classes.addressParts()) {
        if (first.v6 ? !hasV6 : !hasV4)
            continue;
        PartyEnds ends;
        ends.outside = first;
        ends.last = last;
        ends.party.range = first == last ? addressText(first) : addressText(first) + "-" + addressText(last);
        result.push_back(std::move(ends));
    }
    return result;
}

} // namespace portolan::policy
