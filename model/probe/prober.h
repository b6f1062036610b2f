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
    ProbeRequest request;
    std::string container; ///< of the source pod
    struct Step
    {
        ProbeStepKind kind = ProbeStepKind::Address;
        std::string host;
        std::uint16_t port = 0;
        ObjectRef endpoint;
    };
    std::vector<Step> steps; ///< Service: its name, its ClusterIP, each endpoint (16 at most)
    std::size_t endpointsLeftOut = 0;
};

/// Plans against what the state says of the destination. Errors: NotFound (source or destination is not
/// in the state), InvalidInput (no such port), Conflict (the source pod does not run), Unsupported.
Result<ProbePlan> planProbe(const ClusterState &state, const ProbeRequest &request);

/// Runs plans by exec in the real source pod. Finds out once per image which tools it has. Blocks;
/// called by worker threads; several probes may run at once.
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
