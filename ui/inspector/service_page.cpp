#include "ui/inspector/page_parts.h"
#include "ui/inspector/pages.h"
#include "ui/words/object_facts.h"
#include "ui/words/text.h"
#include "ui/words/words.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace portolan::ui {

namespace {

struct ServicePage
{
    Q_DECLARE_TR_FUNCTIONS(ServicePage)
};

Section serviceFacts(const TopologyFrame &frame, const Service &service)
{
    Section section;
    addFact(section, ServicePage::tr("Type"), plainText(serviceTypeName(service.type)));
    if (service.isHeadless())
        addFact(section, ServicePage::tr("Address"),
                ServicePage::tr("none (headless): its name leads to the pods"));
    else
        addFact(section, ServicePage::tr("Address"), addressesText(service.clusterIps), true);
    addFact(section, ServicePage::tr("Leads to"), plainText(service.externalName), true);
    addFact(section, ServicePage::tr("From outside"), addressesText(service.loadBalancerAddresses), true);
    if (service.type == ServiceType::LoadBalancer && service.loadBalancerAddresses.empty())
        addFact(section, ServicePage::tr("From outside"), ServicePage::tr("no address yet"));
    addFact(section, ServicePage::tr("External addresses"), addressesText(service.externalIps), true);
    addFact(section, ServicePage::tr("Selector"), words::labelsText(Labels(service.selector)), true);
    if (service.type != ServiceType::ExternalName) {
        const EndpointCount count = endpointsOf(*frame.state, service);
        section.blocks.push_back(Fact{ServicePage::tr("Ready endpoints"),
                                      outOf(count.ready, count.all),
                                      false,
                                      count.ready ? Tone::Good : Tone::Bad,
                                      {},
                                      {}});
    }
    addFact(section, ServicePage::tr("Session affinity"),
            service.sessionAffinity == "None" ? QString() : plainText(service.sessionAffinity));
    addFact(section, ServicePage::tr("External traffic"), plainText(service.externalTrafficPolicy));
    return section;
}

Section portsOf(const Service &service)
{
    Section section;
    section.title = ServicePage::tr("Ports");
    for (const ServicePort &port : service.ports) {
        if (section.blocks.size() >= mostRows)
            break;
        QString name = QString::number(port.port) + u'/' + plainText(protocolName(port.protocol));
        if (!port.name.empty())
            name = plainText(port.name) + u' ' + name;
        QString leads = ServicePage::tr("→ %1 in the pod").arg(plainText(portRefText(port.targetPort)));
        if (port.nodePort)
            leads += QStringLiteral(" · ") + ServicePage::tr("node port %1").arg(port.nodePort);
        section.blocks.push_back(Fact{name, leads, true, Tone::None, {}, {}});
    }
    return section;
}

void addEndpoint(Section &section, const Endpoint &endpoint)
{
    const Subject subject =
        endpoint.podName.empty()
            ? Subject{}
            : Subject::of(ObjectRef{ObjectKind::Pod, "Pod", endpoint.podNs, endpoint.podName});
    const QString name =
        endpoint.podName.empty() ? addressesText(endpoint.addresses) : plainText(endpoint.podName);
    QString more = endpoint.podName.empty() ? QString() : addressesText(endpoint.addresses);
    if (endpoint.terminating)
        more = ServicePage::tr("terminating");
    section.blocks.push_back(LinkRow{name, more, subject, endpoint.ready ? Tone::Good : Tone::Warning});
}

Section endpointRows(const TopologyFrame &frame, const Service &service)
{
    Section section;
    section.title = ServicePage::tr("Endpoints");
    std::size_t all = 0;
    for (const auto &slice : frame.state->endpointSlices.inNamespace(service.meta.ns)) {
        if (slice->serviceName != service.meta.name)
            continue;
        for (const Endpoint &endpoint : slice->endpoints) {
            if (++all <= mostRows)
                addEndpoint(section, endpoint);
        }
    }
    if (all)
        section.more = QLocale().toString(qulonglong(all));
    if (all > mostRows)
        section.blocks.push_back(Paragraph{
            ServicePage::tr("and %Ln more in the table", nullptr, int(all - mostRows)), false, true});
    return section;
}

} // namespace

InspectorContent servicePage(const TopologyFrame &frame, const Service &service)
{
    const ObjectRef ref = refOf(service);
    InspectorContent content;
    content.caption = ServicePage::tr("Service");
    content.heading = plainText(service.meta.name);
    content.subtitle = plainText(service.meta.name + "." + service.meta.ns + ".svc");
    addSection(content, serviceFacts(frame, service));
    addSection(content, findingsAbout(frame, ref));
    if (!service.ports.empty() && !words::isRecording(frame.state->info))
        addSection(content, {{}, {}, {ProbeStarter{{}, ref}}, false});
    addSection(content, portsOf(service));
    addSection(content, endpointRows(frame, service));
    addSection(content, connectionsOf(frame, ref));
    addSection(content, eventsAbout(frame, ref));
    addSection(content, labelsOf(service.meta));
    return content;
}

InspectorContent slicePage(const TopologyFrame &frame, const EndpointSlice &slice)
{
    InspectorContent content;
    content.caption = slice.legacyEndpoints ? QStringLiteral("Endpoints") : QStringLiteral("EndpointSlice");
    content.heading = plainText(slice.meta.name);
    content.subtitle = plainText(slice.meta.ns);
    Section facts;
    const ObjectRef service{ObjectKind::Service, "Service", slice.meta.ns, slice.serviceName};
    facts.blocks.push_back(Fact{ServicePage::tr("Service"),
                                plainText(slice.serviceName),
                                false,
                                Tone::None,
                                Subject::of(service),
                                {}});
    addFact(facts, ServicePage::tr("Address type"), plainText(slice.addressType));
    addSection(content, std::move(facts));
    Section endpoints;
    endpoints.title = ServicePage::tr("Endpoints");
    for (const Endpoint &endpoint : slice.endpoints) {
        if (endpoints.blocks.size() < mostRows)
            addEndpoint(endpoints, endpoint);
    }
    addSection(content, std::move(endpoints));
    addSection(content, eventsAbout(frame, refOf(slice)));
    addSection(content, labelsOf(slice.meta));
    return content;
}

InspectorContent ingressPage(const TopologyFrame &frame, const Ingress &ingress)
{
    const ObjectRef ref = refOf(ingress);
    const auto service = [&ingress](const IngressBackend &backend) {
        return Subject::of(ObjectRef{ObjectKind::Service, "Service", ingress.meta.ns, backend.serviceName});
    };
    const auto target = [](const IngressBackend &backend) {
        return plainText("→ " + backend.serviceName + ":" + portRefText(backend.servicePort));
    };
    InspectorContent content;
    content.caption = ServicePage::tr("Ingress");
    content.heading = plainText(ingress.meta.name);
    content.subtitle = plainText(ingress.meta.ns);
    Section facts;
    addFact(facts, ServicePage::tr("Class"), plainText(ingress.className));
    addFact(facts, ServicePage::tr("Addresses"), addressesText(ingress.loadBalancerAddresses), true);
    addFact(facts, ServicePage::tr("TLS secrets"), addressesText(ingress.tlsSecretNames), true);
    addSection(content, std::move(facts));
    addSection(content, findingsAbout(frame, ref));
    Section paths;
    paths.title = ServicePage::tr("Hosts and paths");
    for (const IngressPath &path : ingress.paths) {
        if (paths.blocks.size() < mostRows)
            paths.blocks.push_back(LinkRow{plainText((path.host.empty() ? "*" : path.host) + path.path),
                                           target(path.backend), service(path.backend), Tone::None});
    }
    if (ingress.defaultBackend)
        paths.blocks.push_back(LinkRow{ServicePage::tr("everything else"), target(*ingress.defaultBackend),
                                       service(*ingress.defaultBackend), Tone::None});
    addSection(content, std::move(paths));
    addSection(content, connectionsOf(frame, ref));
    addSection(content, eventsAbout(frame, ref));
    addSection(content, labelsOf(ingress.meta));
    return content;
}

} // namespace portolan::ui
