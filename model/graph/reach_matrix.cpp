#include "model/graph/reach_matrix.h"

#include "model/graph/cluster_index.h"
#include "model/graph/similar_order.h"
#include "model/graph/traffic_kinds.h"
#include "model/policy/verdict_rows.h"

#include <array>
#include <map>
#include <numeric>

namespace portolan {

namespace {

using graph::Speaker;
using graph::Speakers;
using policy::EndpointId;
using policy::Outcome;
using policy::Traffic;

CellVerdict cellOf(Outcome outcome)
{
    return outcome == Outcome::Allow  ? CellVerdict::Allowed
           : outcome == Outcome::Deny ? CellVerdict::Denied
                                      : CellVerdict::Unknown;
}

CellVerdict cellBetween(policy::PairVerdicts &verdicts, const Speakers &from, const Speakers &to,
                        const Traffic &traffic)
{
    CellVerdict cell = CellVerdict::NoPods;
    for (const Speaker &source : from.ofClass) {
        for (const Speaker &destination : to.ofClass) {
            const EndpointId target = source.pod == destination.pod ? destination.other : destination.pod;
            if (target == policy::noEndpoint)
                continue;
            cell = joined(cell, cellOf(verdicts.outcome(source.pod, target, traffic)));
            if (cell == CellVerdict::Unknown)
                return cell;
        }
    }
    return cell;
}

/// Which workloads are answered alike, by the classes of their pods and the families of their addresses;
/// numbers of kinds by workload.
std::vector<std::size_t> kindsOfSpeakers(const policy::PolicyModel &policies,
                                         const std::vector<Speakers> &speakers)
{
    std::map<std::pair<std::vector<std::vector<policy::ClassId>>, std::vector<policy::EndpointTable::Family>>,
             std::size_t>
        known;
    std::vector<std::size_t> kinds;
    kinds.reserve(speakers.size());
    for (const Speakers &one : speakers) {
        std::vector<policy::EndpointTable::Family> families;
        for (const Speaker &speaker : one.ofClass)
            families.push_back(policies.endpoints().family(speaker.pod));
        kinds.push_back(known.try_emplace({one.classes, std::move(families)}, known.size()).first->second);
    }
    // Where it matters who is on which node, each is of its own kind.
    if (policies.classified().usesLocality)
        std::iota(kinds.begin(), kinds.end(), std::size_t(0));
    return kinds;
}

} // namespace

CellVerdict joined(CellVerdict a, CellVerdict b)
{
    if (a == b || b == CellVerdict::NoPods)
        return a;
    if (a == CellVerdict::NoPods)
        return b;
    return a == CellVerdict::Unknown || b == CellVerdict::Unknown ? CellVerdict::Unknown : CellVerdict::Mixed;
}

/// Two of a kind of workloads stand for all of it; a workload and itself are asked about one by one, since a
/// pod is not asked about itself.
bool ReachMatrix::fill(const policy::PolicyModel &policies, const std::vector<Speakers> &speakers,
                       const std::vector<Traffic> &traffics, const CancelToken &cancel)
{
    const std::size_t count = speakers.size();
    const auto kinds = kindsOfSpeakers(policies, speakers);
    std::vector<std::array<std::size_t, 2>>
        samples; // the first two of each kind; the first twice where it is alone
    for (std::size_t i = 0; i < count; ++i) {
        if (kinds[i] == samples.size())
            samples.push_back({i, i});
        else if (auto &[first, second] = samples[kinds[i]]; first == second)
            second = i;
    }
    std::vector<CellVerdict> known(samples.size() * samples.size(), CellVerdict::NoPods);
    std::vector<CellVerdict> own(count, CellVerdict::NoPods);
    policy::PairVerdicts verdicts(policies);
    const auto ask = [&](CellVerdict &cell, std::size_t from, std::size_t to, const Traffic &traffic) {
        if (cell != CellVerdict::Unknown)
            cell = joined(cell, cellBetween(verdicts, speakers[from], speakers[to], traffic));
    };
    std::vector<Speakers> sampled;
    for (const auto &[first, second] : samples)
        sampled.push_back(speakers[first]);
    const graph::TellingTraffic telling(policies, traffics, sampled, cancel);
    for (std::size_t kind = 0; kind < traffics.size(); ++kind) {
        for (std::size_t from = 0; from < samples.size(); ++from) {
            if (cancel.isCancelled())
                return false;
            telling.forEachDestination(kind, from, [&](std::size_t to) {
                ask(known[from * samples.size() + to], samples[from][0], samples[to][from == to ? 1 : 0],
                    traffics[kind]);
            });
        }
        for (std::size_t i = 0; i < count; ++i) {
            if (telling.isTelling(kind, kinds[i], kinds[i]))
                ask(own[i], i, i, traffics[kind]);
        }
    }
    m_cells.resize(count * count);
    for (std::size_t from = 0; from < count; ++from) {
        for (std::size_t to = 0; to < count; ++to)
            m_cells[from * count + to] =
                from == to ? own[from] : known[kinds[from] * samples.size() + kinds[to]];
    }
    return true;
}

ReachMatrixPtr ReachMatrix::make(const policy::PolicyModel &policies, std::optional<Traffic> traffic,
                                 const CancelToken &cancel)
{
    const graph::ClusterIndex cluster(policies.endpoints().state());
    auto matrix = std::make_shared<ReachMatrix>();
    matrix->m_traffic = traffic;
    std::vector<Speakers> speakers;
    for (const graph::WorkloadEntry &workload : cluster.workloads()) {
        speakers.push_back(graph::speakersOf(policies, workload));
        matrix->m_ends.push_back({workload.ref, workload.node,
                                  std::string(cluster.namespaces()[workload.ns].name), speakers.back().pods});
    }
    const std::vector<Traffic> kinds = traffic ? std::vector{*traffic} : graph::kindsOfTraffic(policies);
    if (!matrix->fill(policies, speakers, kinds, cancel))
        return nullptr;
    matrix->m_similar = similarOrder(*matrix, cancel);
    return matrix;
}

} // namespace portolan
