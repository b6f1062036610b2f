#include "ui/tables/list_table.h"
#include "ui/tables/objects_table.h"
#include "ui/tables/tables.h"
#include "ui/words/object_facts.h"
#include "ui/words/text.h"
#include "ui/words/words.h"

#include <QCoreApplication>
#include <QStringList>

namespace portolan::ui {

namespace {
struct ServiceTable
{
    Q_DECLARE_TR_FUNCTIONS(ServiceTable)
};

QString outsideText(const Service &service)
{
    QStringList parts;
    for (const ServicePort &port : service.ports) {
        if (port.nodePort)
            parts << ServiceTable::tr("node port %1").arg(port.nodePort);
    }
    for (const auto *list : {&service.loadBalancerAddresses, &service.externalIps}) {
        if (!list->empty())
            parts << addressesText(*list);
    }
    if (service.type == ServiceType::LoadBalancer && service.loadBalancerAddresses.empty())
        parts << ServiceTable::tr("load balancer pending");
    return parts.join(QStringLiteral(", "));
}

/// One address of a slice.
struct EndpointRow
{
    std::shared_ptr<const EndpointSlice> slice;
    std::size_t endpoint = 0;
    std::string address;

    const Endpoint &end() const { return slice->endpoints[endpoint]; }
    friend bool operator==(const EndpointRow &, const EndpointRow &) = default;
};

std::vector<EndpointRow> endpointRows(const TopologyFrame &frame)
{
    std::vector<EndpointRow> rows;
    if (!frame.state)
        return rows;
    for (const auto &slice : frame.state->endpointSlices) {
        for (std::size_t i = 0; i < slice->endpoints.size(); ++i) {
            for (const std::string &address : slice->endpoints[i].addresses)
                rows.push_back({slice, i, address});
        }
    }
    return rows;
}

int endpointCount(const TopologyFrame &frame)
{
    int count = 0;
    if (!frame.state)
        return count;
    for (const auto &slice : frame.state->endpointSlices) {
        for (const Endpoint &endpoint : slice->endpoints)
            count += int(endpoint.addresses.size());
    }
    return count;
}

QString endpointState(const EndpointRow &row)
{
    if (row.end().terminating)
        return ServiceTable::tr("Terminating");
    return row.end().ready ? ServiceTable::tr("Ready") : ServiceTable::tr("Not ready");
}

QString endpointPorts(const EndpointRow &row)
{
    QStringList ports;
    for (const EndpointPort &port : row.slice->ports) {
        const QString number = port.number ? QString::number(port.number) : ServiceTable::tr("any");
        ports << number + u'/' + plainText(protocolName(port.protocol));
    }
    return ports.join(QStringLiteral(", "));
}

Subject endpointSubject(const EndpointRow &row)
{
    if (!row.end().podName.empty())
        return Subject::of(ObjectRef{ObjectKind::Pod, "Pod", row.end().podNs, row.end().podName});
    return Subject::of(ObjectRef{ObjectKind::Service, "Service", row.slice->meta.ns, row.slice->serviceName});
}
} // namespace

std::unique_ptr<FactTable> makeServiceTable()
{
    using C = ObjectColumn<Service>;
    std::vector<C> columns{
        {{ServiceTable::tr("Namespace"), 120}, [](auto &s, auto &) { return plainText(s.meta.ns); }},
        {{ServiceTable::tr("Service"), 200}, [](auto &s, auto &) { return plainText(s.meta.name); }},
        {{ServiceTable::tr("Type"), 110}, [](auto &s, auto &) { return plainText(serviceTypeName(s.type)); }},
        {{ServiceTable::tr("Address"), 120, false, true},
         [](auto &s, auto &) { return addressesText(s.clusterIps); }},
        {{ServiceTable::tr("Ports"), 160, false, true}, [](auto &s, auto &) { return servicePortsText(s); }},
        {{ServiceTable::tr("Ready endpoints"), 130, true},
         [](auto &s, auto &frame) {
             const EndpointCount count = endpointsOf(*frame.state, s);
             return s.type == ServiceType::ExternalName ? QString() : outOf(count.ready, count.all);
         },
         {},
         {},
         true},
        {{ServiceTable::tr("From outside"), 180}, [](auto &s, auto &) { return outsideText(s); }},
        {{ServiceTable::tr("Selector"), 220, false, true},
         [](auto &s, auto &) { return words::labelsText(Labels(s.selector)); }},
    };
    return std::make_unique<ObjectsTable<Service>>(QStringLiteral("services"), ServiceTable::tr("Services"),
                                                   std::move(columns));
}

std::unique_ptr<FactTable> makeEndpointTable()
{
    using C = ListColumn<EndpointRow>;
    std::vector<C> columns{
        {{ServiceTable::tr("Namespace"), 120}, [](auto &r) { return plainText(r.slice->meta.ns); }},
        {{ServiceTable::tr("Service"), 180}, [](auto &r) { return plainText(r.slice->serviceName); }},
        {{ServiceTable::tr("Address"), 140, false, true}, [](auto &r) { return plainText(r.address); }},
        {{ServiceTable::tr("Ports"), 140, false, true}, endpointPorts},
        {{ServiceTable::tr("State"), 110},
         endpointState,
         {},
         [](auto &r) { return r.end().ready ? Tone::Good : Tone::Warning; }},
        {{ServiceTable::tr("Pod"), 220}, [](auto &r) { return plainText(r.end().podName); }},
        {{ServiceTable::tr("Node"), 120}, [](auto &r) { return plainText(r.end().nodeName); }},
        {{ServiceTable::tr("Slice"), 200}, [](auto &r) { return plainText(r.slice->meta.name); }},
    };
    return std::make_unique<ListTable<EndpointRow>>(QStringLiteral("endpoints"),
                                                    ServiceTable::tr("Endpoints"), std::move(columns),
                                                    endpointRows, endpointCount, endpointSubject);
}

std::unique_ptr<FactTable> makeIngressTable()
{
    using C = ObjectColumn<Ingress>;
    std::vector<C> columns{
        {{ServiceTable::tr("Namespace"), 120}, [](auto &i, auto &) { return plainText(i.meta.ns); }},
        {{ServiceTable::tr("Ingress"), 180}, [](auto &i, auto &) { return plainText(i.meta.name); }},
        {{ServiceTable::tr("Class"), 110}, [](auto &i, auto &) { return plainText(i.className); }},
        {{ServiceTable::tr("Hosts and paths"), 260, false, true},
         [](auto &i, auto &) {
             QStringList parts;
             for (const IngressPath &path : i.paths)
                 parts << plainText((path.host.empty() ? "*" : path.host) + path.path);
             return parts.join(QStringLiteral(", "));
         }},
        {{ServiceTable::tr("Services"), 200},
         [](auto &i, auto &) {
             QStringList parts;
             for (const IngressPath &path : i.paths)
                 parts << plainText(path.backend.serviceName + ":" + portRefText(path.backend.servicePort));
             parts.removeDuplicates();
             return parts.join(QStringLiteral(", "));
         }},
        {{ServiceTable::tr("Addresses"), 140, false, true},
         [](auto &i, auto &) { return addressesText(i.loadBalancerAddresses); }},
    };
    return std::make_unique<ObjectsTable<Ingress>>(QStringLiteral("ingresses"), ServiceTable::tr("Ingresses"),
                                                   std::move(columns));
}

} // namespace portolan::ui
