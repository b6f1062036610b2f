#include "ui/words/words.h"

#include "ui/words/text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace portolan::ui::words {

namespace {
struct ObjectWords
{
    Q_DECLARE_TR_FUNCTIONS(ObjectWords)
};
} // namespace

QString refName(const ObjectRef &ref)
{
    return plainText(ref.ns.empty() ? ref.name : ref.ns + "/" + ref.name);
}

QString refText(const ObjectRef &ref)
{
    return kindText(ref) + u' ' + refName(ref);
}

QString kindText(const ObjectRef &ref)
{
    const QString type = plainText(ref.type);
    return type.section(u'.', 0, 0);
}

QString portText(const EdgePort &port)
{
    const QString protocol = plainText(protocolName(port.protocol));
    QString number = port.name.empty() ? QString::number(port.number) : plainText(port.name);
    if (port.number == 0 && port.name.empty())
        number = ObjectWords::tr("any");
    else if (port.endNumber > port.number && port.name.empty())
        number += u'-' + QString::number(port.endNumber);
    return number + u'/' + protocol;
}

QString portsText(const std::vector<EdgePort> &ports)
{
    if (ports.empty())
        return ObjectWords::tr("any port");
    QStringList words;
    for (const EdgePort &port : ports)
        words << portText(port);
    return words.join(QStringLiteral(", "));
}

QString podStateText(const Pod &pod)
{
    if (pod.meta.terminating)
        return ObjectWords::tr("Terminating");
    if (pod.phase == PodPhase::Running && pod.ready)
        return ObjectWords::tr("Ready");
    if (pod.phase == PodPhase::Succeeded)
        return ObjectWords::tr("Completed");
    QString state = ObjectWords::tr("Not ready");
    if (pod.phase == PodPhase::Pending)
        state = ObjectWords::tr("Pending");
    else if (pod.phase == PodPhase::Failed)
        state = ObjectWords::tr("Failed");
    return pod.reason.empty() ? state : state + QStringLiteral(": ") + plainText(pod.reason);
}

QString healthText(PodHealth health)
{
    switch (health) {
    case PodHealth::Ready:
        return ObjectWords::tr("Ready");
    case PodHealth::NotReady:
        return ObjectWords::tr("Not ready");
    case PodHealth::Failed:
        return ObjectWords::tr("Failed");
    case PodHealth::Pending:
        return ObjectWords::tr("Pending");
    case PodHealth::Done:
        return ObjectWords::tr("Completed");
    }
    return {};
}

QString selectorText(const LabelSelector &selector)
{
    return selector.isEmpty() ? ObjectWords::tr("all pods") : plainText(selector.toString());
}

QString enforcerText(policy::Enforcer enforcer)
{
    switch (enforcer) {
    case policy::Enforcer::Generic:
        return ObjectWords::tr("As Kubernetes documents");
    case policy::Enforcer::Calico:
        return QStringLiteral("Calico");
    case policy::Enforcer::Cilium:
        return QStringLiteral("Cilium");
    case policy::Enforcer::None:
        return ObjectWords::tr("Nobody");
    }
    return {};
}

QString verdictText(const GraphEdge &edge)
{
    if (edge.kind == EdgeKind::MachineLink)
        return {};
    if (edge.kind == EdgeKind::PolicyPeer && edge.verdict == EdgeVerdict::NotApplicable)
        return ObjectWords::tr("Present, not enforced");
    return verdictText(edge.verdict);
}

QString verdictText(EdgeVerdict verdict)
{
    switch (verdict) {
    case EdgeVerdict::NotApplicable:
        return ObjectWords::tr("Does not apply");
    case EdgeVerdict::Allowed:
        return ObjectWords::tr("Allowed");
    case EdgeVerdict::Denied:
        return ObjectWords::tr("Denied");
    case EdgeVerdict::Unknown:
        return ObjectWords::tr("Cannot tell");
    case EdgeVerdict::Mixed:
        return ObjectWords::tr("Some pods");
    }
    return {};
}

QString cellVerdictText(CellVerdict verdict)
{
    switch (verdict) {
    case CellVerdict::NoPods:
        return ObjectWords::tr("No pods that policies apply to");
    case CellVerdict::Allowed:
        return ObjectWords::tr("Allowed");
    case CellVerdict::Denied:
        return ObjectWords::tr("Denied");
    case CellVerdict::Mixed:
        return ObjectWords::tr("Some pods or ports");
    case CellVerdict::Unknown:
        return ObjectWords::tr("Cannot tell");
    }
    return {};
}

QString edgeKindText(EdgeKind kind)
{
    switch (kind) {
    case EdgeKind::ServiceEndpoint:
        return ObjectWords::tr("Service to its pods");
    case EdgeKind::IngressService:
        return ObjectWords::tr("Ingress");
    case EdgeKind::PolicyPeer:
        return ObjectWords::tr("Policy");
    case EdgeKind::Observed:
        return ObjectWords::tr("Probe or observed flow");
    case EdgeKind::MachineLink:
        return ObjectWords::tr("Machines");
    }
    return {};
}

QString viewText(GraphView view)
{
    return view == GraphView::Services ? ObjectWords::tr("Services") : ObjectWords::tr("Nodes");
}

QString labelsText(const Labels &labels)
{
    QStringList words;
    for (const auto &[key, value] : labels.entries())
        words << plainText(key + "=" + value);
    return words.join(QStringLiteral(", "));
}

QString nodeText(const GraphNode *node)
{
    if (!node)
        return ObjectWords::tr("not on the map");
    if (node->kind == NodeKind::World)
        return ObjectWords::tr("world");
    if (node->kind == NodeKind::PodSet && node->label.empty())
        return ObjectWords::tr("any pod");
    return plainText(node->label);
}

QString countText(std::size_t count, bool isUnread)
{
    return countText(QLocale().toString(qulonglong(count)), count, isUnread);
}

QString countText(const QString &counted, std::size_t count, bool isUnread)
{
    if (!isUnread)
        return counted;
    return count > 0 ? QStringLiteral("≥ ") + counted
                     : QString(counted).replace(QLocale().toString(0), QStringLiteral("?"));
}

} // namespace portolan::ui::words
