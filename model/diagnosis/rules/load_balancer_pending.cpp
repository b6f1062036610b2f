#include "model/diagnosis/rules/rules.h"

namespace portolan::rules {

void loadBalancerPending(const FindingContext &context, Findings &findings)
{
    for (const auto &service : context.state().services) {
        if (service->type == ServiceType::LoadBalancer && service->loadBalancerAddresses.empty())
            findings.push_back({"load-balancer-pending", Severity::Warning, refOf(*service), {}, {}});
    }
}

} // namespace portolan::rules
