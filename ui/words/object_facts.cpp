#include "ui/words/object_facts.h"

#include "ui/words/text.h"
#include "ui/words/words.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace portolan::ui {

namespace {
struct ObjectFacts
{
    Q_DECLARE_TR_FUNCTIONS(ObjectFacts)
};
} // namespace

QString createdText(const ObjectMeta &meta)
{
    return words::timeText(meta.created);
}

QString servicePortsText(const Service &service)
{
    if (service.type == ServiceType::ExternalName)
        return QStringLiteral("→ ") + plainText(service.externalName);
    QStringList ports;
    for (const ServicePort &port : service.ports) {
        QString words = QString::number(port.port);
        const QString target = plainText(portRefText(port.targetPort));
        if (target != words)
            words += u'→' + target;
        ports << words + u'/' + plainText(protocolName(port.protocol));
    }
    return ports.join(QStringLiteral(", "));
}

QString addressesText(const std::vector<std::string> &addresses)
{
    QStringList words;
    for (const std::string &address : addresses)
        words << plainText(address);
    return words.join(QStringLiteral(", "));
}

QString directionsText(const NetworkPolicy &policy)
{
    QStringList words;
    if (policy.isolatesIngress)
        words << ObjectFacts::tr("incoming");
    if (policy.isolatesEgress)
        words << ObjectFacts::tr("outgoing");
    return words.join(QStringLiteral(", "));
}

EndpointCount endpointsOf(const ClusterState &state, const Service &service)
{
    EndpointCount count;
    for (const auto &slice : state.endpointSlices.inNamespace(service.meta.ns)) {
        if (slice->serviceName != service.meta.name)
            continue;
        count.all += int(slice->endpoints.size());
        for (const Endpoint &endpoint : slice->endpoints)
            count.ready += endpoint.ready ? 1 : 0;
    }
    return count;
}

int selectedPods(const ClusterState &state, const NetworkPolicy &policy)
{
    int count = 0;
    for (const auto &pod : state.pods.inNamespace(policy.meta.ns))
        count += policy.podSelector.matches(pod->meta.labels) ? 1 : 0;
    return count;
}

QString outOf(int part, int whole)
{
    const QLocale locale;
    return ObjectFacts::tr("%1 of %2").arg(locale.toString(part), locale.toString(whole));
}

} // namespace portolan::ui
