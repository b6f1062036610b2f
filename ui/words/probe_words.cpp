#include "ui/words/words.h"

#include "ui/words/text.h"

#include <QCoreApplication>

namespace portolan::ui::words {

namespace {
struct ProbeWords
{
    Q_DECLARE_TR_FUNCTIONS(ProbeWords)
};

QString hostAndPort(const ProbeStep &step)
{
    const QString host = plainText(step.host);
    if (step.port == 0)
        return host;
    return (host.contains(u':') ? u'[' + host + u']' : host) + u':' + QString::number(step.port);
}
} // namespace

QString outcomeText(ProbeOutcome outcome)
{
    switch (outcome) {
    case ProbeOutcome::Reached:
        return ProbeWords::tr("Reached");
    case ProbeOutcome::Refused:
        return ProbeWords::tr("Refused");
    case ProbeOutcome::Timeout:
        return ProbeWords::tr("Timeout");
    case ProbeOutcome::NoRoute:
        return ProbeWords::tr("No route");
    case ProbeOutcome::Dns:
        return ProbeWords::tr("Name unknown");
    case ProbeOutcome::ToolMissing:
        return ProbeWords::tr("No tool");
    case ProbeOutcome::Unknown:
        return ProbeWords::tr("Unknown");
    }
    return {};
}

QString outcomeMeaning(ProbeOutcome outcome)
{
    switch (outcome) {
    case ProbeOutcome::Reached:
        return ProbeWords::tr("The destination answered.");
    case ProbeOutcome::Refused:
        return ProbeWords::tr("The destination is there and refuses: nothing listens on that port, or a "
                              "policy rejects instead of dropping.");
    case ProbeOutcome::Timeout:
        return ProbeWords::tr("No answer came back: packets are dropped on the way, by a policy or by the "
                              "network.");
    case ProbeOutcome::NoRoute:
        return ProbeWords::tr("The source has no way to that address.");
    case ProbeOutcome::Dns:
        return ProbeWords::tr("The source cannot turn the name into an address.");
    case ProbeOutcome::ToolMissing:
        return ProbeWords::tr("There is no tool in this image that could make a connection.");
    case ProbeOutcome::Unknown:
        return ProbeWords::tr("What came back says neither success nor a known failure. It is not counted as "
                              "success.");
    }
    return {};
}

QString methodText(ProbeMethod method)
{
    switch (method) {
    case ProbeMethod::Tcp:
        return ProbeWords::tr("TCP connection");
    case ProbeMethod::Udp:
        return ProbeWords::tr("UDP datagram");
    case ProbeMethod::Http:
        return ProbeWords::tr("HTTP request");
    case ProbeMethod::Dns:
        return ProbeWords::tr("DNS question");
    }
    return {};
}

QString stepText(const ProbeStep &step)
{
    switch (step.kind) {
    case ProbeStepKind::Name:
        return ProbeWords::tr("By name: %1").arg(hostAndPort(step));
    case ProbeStepKind::ClusterIp:
        return ProbeWords::tr("Service address %1").arg(hostAndPort(step));
    case ProbeStepKind::Endpoint:
        if (step.endpoint.isValid())
            return ProbeWords::tr("Pod %1 at %2").arg(plainText(step.endpoint.name), hostAndPort(step));
        return ProbeWords::tr("Endpoint %1").arg(hostAndPort(step));
    case ProbeStepKind::Address:
        return ProbeWords::tr("Address %1").arg(hostAndPort(step));
    }
    return {};
}

QString stepLayer(const ProbeStep &step, ProbeMethod method)
{
    if (step.outcome == ProbeOutcome::NoRoute)
        return QStringLiteral("L3");
    const bool asksName = step.kind == ProbeStepKind::Name || step.outcome == ProbeOutcome::Dns;
    const bool speaks = method == ProbeMethod::Http || method == ProbeMethod::Dns;
    return asksName || speaks ? QStringLiteral("L7") : QStringLiteral("L4");
}

QString noteText(std::string_view note)
{
    if (note.empty())
        return {};
    if (note == "udp-silent")
        return ProbeWords::tr("A UDP port that stays silent looks the same whether a program received the "
                              "datagram and said nothing, or a policy dropped it. Only an answer, or a "
                              "refusal, tells.");
    QString words = plainText(note);
    return words.replace(u'-', u' ');
}

QString requestText(const ProbeRequest &request)
{
    QString destination = refName(request.destination);
    if (request.destination.name.find(':') != std::string::npos)
        destination = u'[' + destination + u']';
    if (request.port)
        destination +=
            u':' + QString::number(request.port) + u'/' + plainText(protocolName(request.protocol));
    return refName(request.source) + QStringLiteral(" → ") + destination;
}

} // namespace portolan::ui::words
