#include "model/diagnosis/rules/rules.h"

#include <algorithm>

namespace portolan::rules {

namespace {

/// Of a service with a thousand pods a few tell as much; fact `pods` has their number.
constexpr std::size_t mostEvidence = 10;

bool takesTraffic(const Endpoint &endpoint)
{
    // Where no endpoint is ready, one that still serves while it terminates is used (KEP-1669).
    return endpoint.ready || (endpoint.serving && endpoint.terminating);
}

bool hasEndpoint(const std::vector<const EndpointSlice *> &slices)
{
    return std::any_of(slices.begin(), slices.end(), [](const EndpointSlice *slice) {
        return std::any_of(slice->endpoints.begin(), slice->endpoints.end(), takesTraffic);
    });
}

} // namespace

void serviceWithoutEndpoints(const FindingContext &context, Findings &findings)
{
    for (const auto &service : context.state().services) {
        const std::string &ns = service->meta.ns;
        if (service->type == ServiceType::ExternalName || service->selector.empty() ||
            !context.canRead(ObjectKind::EndpointSlice, ns) || hasEndpoint(context.slicesOf(*service)))
            continue;
        const LabelSelector selector{service->selector, {}};
        const std::vector<const Pod *> pods = context.podsOf(*service);
        const bool anyReady =
            std::any_of(pods.begin(), pods.end(), [](const Pod *pod) { return pod->ready; });
        // Without the pods there is nothing to say about the cause.
        const std::string cause = !context.canRead(ObjectKind::Pod, ns) ? "unknown"
                                  : pods.empty()                        ? "selector-matches-nothing"
                                  : anyReady                            ? "not-listed"
                                                                        : "pods-not-ready";
        Finding finding{"service-without-endpoints", Severity::Problem, refOf(*service), {}, {}};
        finding.facts = {
            {"cause", cause}, {"selector", selector.toString()}, {"pods", std::to_string(pods.size())}};
        for (std::size_t i = 0; i < pods.size() && i < mostEvidence; ++i)
            finding.evidence.push_back(refOf(*pods[i]));
        findings.push_back(std::move(finding));
    }
}

} // namespace portolan::rules
