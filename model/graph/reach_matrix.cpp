#include "model/graph/reach_matrix.h"

#include "model/graph/cluster_index.h"
#include "model/graph/speakers.h"
#include "model/policy/endpoint_classes.h"
#include "model/policy/verdict_rows.h"

#include <set>

namespace portolan {

namespace {

using graph::Speaker;
using graph::Speakers;
using policy::EndpointId;
using policy::Outcome;
using policy::Traffic;

/// Traffic of which one stands for all that policies do not tell apart. Ports that no rule names are one kind
/// of traffic; so is each stretch between two ports where some rule begins or ends.
std::vector<Traffic> kindsOfTraffic(const policy::PolicyModel &policies)
{
    std::set<Traffic> kinds;
    const auto add = [&](policy::IpProtocol protocol, std::uint16_t port) {
        kinds.insert(policy::representativeOf(policies.classified(), {protocol, port}));
    };
    for (const policy::IpProtocol protocol :
         {policy::protocol::tcp, policy::protocol::udp, policy::protocol::sctp}) {
        add(protocol, 1);
        for (const std::uint16_t cut : policies.classified().portCuts[protocol])
            add(protocol, cut);
    }
    policies.classified().classes.forEachNamedPort(
        [&](const ContainerPort &port) { add(policy::ipProtocol(port.protocol), port.number); });
    return {kinds.begin(), kinds.end()};
}

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

} // namespace

CellVerdict joined(CellVerdict a, CellVerdict b)
{
    if (a == b || b == CellVerdict::NoPods)
        return a;
    if (a == CellVerdict::NoPods)
        return b;
    return a == CellVerdict::Unknown || b == CellVerdict::Unknown ? CellVerdict::Unknown : CellVerdict::Mixed;
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
    const std::vector<Traffic> kinds = traffic ? std::vector{*traffic} : kindsOfTraffic(policies);
    matrix->m_cells.assign(speakers.size() * speakers.size(), CellVerdict::NoPods);
    policy::PairVerdicts verdicts(policies);
    for (const Traffic &kind : kinds) {
        for (std::size_t from = 0; from < speakers.size(); ++from) {
            if (cancel.isCancelled())
                return nullptr;
            for (std::size_t to = 0; to < speakers.size(); ++to) {
                CellVerdict &cell = matrix->m_cells[from * speakers.size() + to];
                cell = joined(cell, cellBetween(verdicts, speakers[from], speakers[to], kind));
            }
        }
    }
    return matrix;
}

} // namespace portolan
