#pragma once

#include "model/probe/prober.h"

#include <string>
#include <utility>
#include <vector>

namespace portolan::fakes {

inline ProbePlan planTo(std::vector<ProbePlan::Step> steps, ProbeMethod method = ProbeMethod::Tcp)
{
    ProbePlan plan;
    plan.request.source = {ObjectKind::Pod, "Pod", "shop", "client"};
    plan.request.destination = {ObjectKind::Service, "Service", "shop", "web"};
    plan.request.method = method;
    plan.request.protocol = method == ProbeMethod::Udp ? Protocol::Udp : Protocol::Tcp;
    plan.request.port = steps.front().port;
    plan.container = "app";
    plan.image = "app:1";
    plan.steps = std::move(steps);
    return plan;
}

inline ProbePlan::Step vipStep()
{
    return {ProbeStepKind::ClusterIp, "10.96.0.7", 80, {}};
}
inline std::string outcomesOf(const ProbeResult &result)
{
    std::string line;
    for (const ProbeStep &step : result.steps)
        line += (line.empty() ? "" : " ") + std::string(probeOutcomeName(step.outcome));
    return line;
}

} // namespace portolan::fakes
