#include "model/diagnosis/rules/rules.h"

#include <algorithm>

namespace portolan::rules {

namespace {

bool keepsFailing(const Pod &pod)
{
    return pod.phase == PodPhase::Failed ||
           std::any_of(pod.containers.begin(), pod.containers.end(), [](const Container &container) {
               return container.reason == "CrashLoopBackOff" || container.reason == "ImagePullBackOff" ||
                      container.reason == "ErrImagePull" || container.reason == "ErrImageNeverPull" ||
                      container.reason == "CreateContainerConfigError";
           });
}

} // namespace

void podNotReady(const FindingContext &context, Findings &findings)
{
    for (const auto &pod : context.state().pods) {
        if (pod->ready || pod->meta.terminating || pod->phase == PodPhase::Succeeded)
            continue;
        std::int32_t restarts = 0;
        for (const Container &container : pod->containers)
            restarts += container.restarts;
        Finding finding{
            "pod-not-ready", keepsFailing(*pod) ? Severity::Problem : Severity::Warning, refOf(*pod), {}, {}};
        finding.facts = {
            {"reason", pod->reason.empty() ? std::string(podPhaseName(pod->phase)) : pod->reason},
            {"restarts", std::to_string(restarts)}};
        findings.push_back(std::move(finding));
    }
}

} // namespace portolan::rules
