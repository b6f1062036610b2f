#include "model/diagnosis/rules/rules.h"

#include <algorithm>

namespace portolan::rules {

namespace {

bool declares(const Pod &pod, const std::string &name, Protocol protocol)
{
    return std::any_of(pod.containers.begin(), pod.containers.end(), [&](const Container &container) {
        return std::any_of(container.ports.begin(), container.ports.end(), [&](const ContainerPort &port) {
            return port.name == name && port.protocol == protocol;
        });
    });
}

} // namespace

void targetPortMissing(const FindingContext &context, Findings &findings)
{
    for (const auto &service : context.state().services) {
        if (service->selector.empty())
            continue;
        const std::vector<const Pod *> pods = context.podsOf(*service);
        if (pods.empty())
            continue;
        for (const ServicePort &port : service->ports) {
            const auto *target = std::get_if<std::string>(&port.targetPort);
            if (!target || std::any_of(pods.begin(), pods.end(), [&](const Pod *pod) {
                    return declares(*pod, *target, port.protocol);
                }))
                continue;
            Finding finding{
                "target-port-missing", Severity::Problem, refOf(*service), {refOf(*pods.front())}, {}};
            finding.facts = {{"port", std::to_string(port.port)}, {"target", *target}};
            findings.push_back(std::move(finding));
        }
    }
}

} // namespace portolan::rules
