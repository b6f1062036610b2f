#pragma once

#include "model/base/error.h"
#include "model/base/ip_range.h"
#include "model/cluster/cluster_delta.h"
#include "model/cluster/flow_log.h"
#include "model/cluster/object_table.h"
#include "model/cluster/probe_result.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace portolan {

/// Where a ClusterState came from.
enum class SourceKind { Live, Snapshot, Demo };

struct ClusterInfo
{
    SourceKind source = SourceKind::Live;
    std::string contextName;
    std::string serverVersion; ///< "v1.34.4"
    std::string serverUrl;     ///< without user information
    WallTime recordedAt;       ///< set for Snapshot and Demo: when the recording was made
};

/// Everything that was read of one cluster at one moment. Immutable once shared
/// (shared_ptr<const ClusterState>); offline and live sources produce the same type.
///
/// What could not be read is in `gaps`: a resource with a gap is *unknown* in that scope, never empty.
struct ClusterState
{
    ClusterInfo info;
    std::uint64_t generation = 0; ///< grows with every applied delta

    ObjectTable<Namespace> namespaces;
    ObjectTable<Node> nodes;
    ObjectTable<Pod> pods;
    ObjectTable<Service> services;
    ObjectTable<EndpointSlice> endpointSlices;
    ObjectTable<NetworkPolicy> networkPolicies;
    ObjectTable<Ingress> ingresses;
    ObjectTable<Workload> workloads;
    ObjectTable<ClusterEvent> events;
    ObjectTable<ApiObject> others;

    std::vector<ReadGap> gaps;
    std::vector<ProbeResult> probes; ///< latest first; what probes measured, live or recorded
    FlowLogPtr flows;                ///< what traffic was seen; null: no flow log was read

    /// The table that holds T.
    template<class T>
    const ObjectTable<T> &table() const;
    template<class T>
    ObjectTable<T> &table();
};

using ClusterStatePtr = std::shared_ptr<const ClusterState>;

/// Whether objects of that kind may be missing in `ns`, or ("") anywhere: how many there are is then not
/// known.
bool isUnread(const ClusterState &state, ObjectKind kind, std::string_view ns = {});
/// Why the address may be that of a pod that could not be read; "" where it is not. Pods are looked for in
/// the networks of nodes and in what is not routed in the internet (RFC 1918, 4193, 6598).
std::string mayBeUnreadPod(const ClusterState &state, const IpRange::Address &address);

/// The state after `delta`; shares every object that did not change. O(objects of the changed kinds).
ClusterStatePtr applied(const ClusterStatePtr &state, const ClusterDelta &delta);

/// The state with `result` put first among the probes; of older results the newest 500 are kept.
ClusterStatePtr withProbe(const ClusterStatePtr &state, ProbeResult result);

/// The state with what the flow logs tell now, instead of what they told before.
ClusterStatePtr withFlows(const ClusterStatePtr &state, FlowLogPtr flows);

/// The workload at the top of a pod's owner chain (Deployment for a pod of its ReplicaSet, CronJob for a
/// pod of its Job), or the direct owner where the chain cannot be read, or the pod itself.
ObjectRef topOwnerOf(const ClusterState &state, const Pod &pod);

/// The object that `ref` names, or nothing where it is not there.
std::optional<AnyObject> findObject(const ClusterState &state, const ObjectRef &ref);

} // namespace portolan
