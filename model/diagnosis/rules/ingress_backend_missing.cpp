#include "model/diagnosis/rules/rules.h"

#include <algorithm>

namespace portolan::rules {

namespace {

bool hasPort(const Service &service, const PortRef &wanted)
{
    return std::any_of(service.ports.begin(), service.ports.end(), [&](const ServicePort &port) {
        if (const auto *number = std::get_if<std::uint16_t>(&wanted))
            return port.port == *number;
        return port.name == std::get<std::string>(wanted);
    });
}

void check(const FindingContext &context, const Ingress &ingress, const IngressPath &path, Findings &findings)
{
    const IngressBackend &backend = path.backend;
    // A path may name a resource instead of a service.
    if (backend.serviceName.empty())
        return;
    const Service *service = context.state().services.find(ingress.meta.ns, backend.serviceName);
    if (service && hasPort(*service, backend.servicePort))
        return;
    Finding finding{"ingress-backend-missing", Severity::Problem, refOf(ingress), {}, {}};
    finding.facts = {{"service", backend.serviceName},
                     {"port", portRefText(backend.servicePort)},
                     {"missing", service ? "port" : "service"},
                     {"host", path.host},
                     {"path", path.path}};
    if (service)
        finding.evidence.push_back(refOf(*service));
    findings.push_back(std::move(finding));
}

} // namespace

void ingressBackendMissing(const FindingContext &context, Findings &findings)
{
    for (const auto &ingress : context.state().ingresses) {
        if (!context.canRead(ObjectKind::Service, ingress->meta.ns))
            continue;
        for (const IngressPath &path : ingress->paths)
            check(context, *ingress, path, findings);
        if (ingress->defaultBackend)
            check(context, *ingress, {{}, {}, {}, *ingress->defaultBackend}, findings);
    }
}

} // namespace portolan::rules
