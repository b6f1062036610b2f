#pragma once

#include "model/base/cancel_token.h"
#include "model/base/clock.h"
#include "model/base/result.h"
#include "model/cluster/cluster_state.h"
#include "model/kube/pod_exec.h"

#include <functional>
#include <string>
#include <vector>

namespace portolan {

/// What a probe will do, before it does it: one step per thing that is tried.
struct ProbePlan
{
    /// As asked, with the container, port and protocol that were left open filled in.
    ProbeRequest request;
    std::string container; ///< of the source pod
    std::string image;     ///< of that container: tools are looked for once per image
    /// A running ephemeral container of ours in the same pod, used where `image` has no tool; or "".
    std::string spareContainer;
    std::string spareImage;
    struct Step
    {
        ProbeStepKind kind = ProbeStepKind::Address;
        std::string host;
        std::uint16_t port = 0;
        ObjectRef endpoint;
    };
    std::vector<Step> steps; ///< Service: its name, its ClusterIP, each endpoint (16 at most)
    std::size_t endpointsLeftOut = 0;
    std::vector<std::string> remarks; ///< English: what could not be planned, and why
    unsigned repeat = 1;              ///< how often each step is measured, within one exec; see burst()
};

/// At most so many endpoints of a service are probed one by one.
constexpr std::size_t maxProbedEndpoints = 16;
/// At most so many measurements in one burst.
constexpr unsigned maxBurst = 200;

/// Plans against what the state says of the destination.
///
/// A service is tried by its name ("NAME.NAMESPACE.svc": the pod's search list completes it, so that it
/// is right whatever the cluster's domain is), by its ClusterIPs and at each usable endpoint: the ready
/// ones, or where none is ready those that still serve while they terminate (KEP-1672). Port 0 stands for
/// the only port of the protocol. ExternalName services are tried by both names.
/// Errors: NotFound (source, container or destination is not in the state), InvalidInput (no such port,
/// a host that is none), Conflict (the source pod does not run, the destination has no address yet),
/// Unsupported (SCTP).
Result<ProbePlan> planProbe(const ClusterState &state, const ProbeRequest &request);

/// The plan that measures its decisive step `times` times, about 100 ms apart, within one exec: the
/// result has one step for each. Clamped to 1…maxBurst.
ProbePlan burst(const ProbePlan &plan, unsigned times);

/// Runs plans by exec in the real source pod. Finds out once per image which tools it has. Blocks;
/// called by worker threads; several probes may run at once.
///
/// All steps of a plan run in one exec of a fixed script where the image has a shell; a step that timed
/// out is tried once more, longer, before TIMEOUT stands. The outcome is that of the decisive step: the
/// first (a service's name), because that is what a client uses; `detail` says which of name, ClusterIP
/// and endpoints fails.
///
/// Notes of steps: "udp-silent" (open or filtered), "http-CODE", "http-no-answer" (connected, then
/// nothing that is HTTP), "name-or-connect" (stuck in one of the two), "dns-timeout", "prohibited" (an
/// administrative refusal on the way or in the pod's own node), "reached-on-retry", "not-finished".
class Prober
{
public:
    Prober(kube::PodExec &exec, std::string contextName, const Clock &clock = systemClock());
    ~Prober();

    /// Never fails as a function: what kept a probe from an answer is in the result (Unknown, ToolMissing)
    /// with its reason. Cancelled is the one error.
    Result<ProbeResult> run(const ProbePlan &plan, const CancelToken &cancel,
                            const std::function<void(const ProbeStep &)> &onStep = {});

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace portolan
