#pragma once

#include "model/probe/prober.h"

namespace portolan {

/// Settles what a single step could not tell by looking at the others (a name that hangs while the
/// ClusterIP answers is DNS), then fills in outcome, elapsed and detail of the result from its steps.
/// Precondition: result.steps are those of `plan`, in order, each `plan.repeat` times.
void summarise(const ProbePlan &plan, ProbeResult &result);

} // namespace portolan
