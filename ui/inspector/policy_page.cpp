#include "ui/inspector/page_parts.h"
#include "ui/inspector/pages.h"
#include "ui/words/object_facts.h"
#include "ui/words/text.h"
#include "ui/words/words.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace portolan::ui {

namespace {

struct PolicyPage
{
    Q_DECLARE_TR_FUNCTIONS(PolicyPage)
};

QString peerText(const PolicyPeer &peer)
{
    if (peer.ipBlock) {
        const QString except = addressesText(peer.ipBlock->except);
        const QString cidr = plainText(peer.ipBlock->cidr);
        return except.isEmpty() ? cidr : PolicyPage::tr("%1 without %2").arg(cidr, except);
    }
    const QString pods = words::selectorText(peer.podSelector.value_or(LabelSelector{}));
    if (!peer.namespaceSelector)
        return PolicyPage::tr("%1 of this namespace").arg(pods);
    if (peer.namespaceSelector->isEmpty())
        return PolicyPage::tr("%1 of any namespace").arg(pods);
    return PolicyPage::tr("%1 of namespaces with %2")
        .arg(pods, plainText(peer.namespaceSelector->toString()));
}

QString portsText(const std::vector<PolicyPort> &ports)
{
    QStringList words;
    for (const PolicyPort &port : ports) {
        QString number = port.port ? plainText(portRefText(*port.port)) : PolicyPage::tr("any port");
        if (port.endPort)
            number += u'-' + QString::number(*port.endPort);
        words << number + u'/' + plainText(protocolName(port.protocol));
    }
    return words.isEmpty() ? PolicyPage::tr("any port") : words.join(QStringLiteral(", "));
}

Section rules(const QString &title, const std::vector<PolicyRule> &rules, const QString &anyone)
{
    Section section;
    section.title = title;
    for (const PolicyRule &rule : rules) {
        if (section.blocks.size() >= mostRows)
            break;
        QStringList peers;
        for (const PolicyPeer &peer : rule.peers)
            peers << peerText(peer);
        if (peers.isEmpty())
            peers << anyone;
        section.blocks.push_back(Fact{portsText(rule.ports), peers.join(u'\n'), true, Tone::None, {}, {}});
    }
    if (rules.empty())
        section.blocks.push_back(
            Paragraph{PolicyPage::tr("Nothing: what no other policy lets through is denied."), false, true});
    return section;
}

std::vector<const Pod *> podsOf(const TopologyFrame &frame, const NetworkPolicy &policy)
{
    std::vector<const Pod *> pods;
    for (const auto &pod : frame.state->pods.inNamespace(policy.meta.ns)) {
        if (policy.podSelector.matches(pod->meta.labels))
            pods.push_back(pod.get());
    }
    return pods;
}

Section edgesBecauseOf(const TopologyFrame &frame, const ObjectRef &policy)
{
    Section section;
    section.title = PolicyPage::tr("Connections");
    if (!frame.graph)
        return section;
    for (const GraphEdge &edge : frame.graph->edges) {
        const bool because =
            std::find(edge.because.begin(), edge.because.end(), policy) != edge.because.end();
        if (because && section.blocks.size() < mostRows)
            section.blocks.push_back(edgeRow(*frame.graph, edge));
    }
    return section;
}

} // namespace

InspectorContent policyPage(const TopologyFrame &frame, const NetworkPolicy &policy)
{
    const ObjectRef ref = refOf(policy);
    const std::vector<const Pod *> pods = podsOf(frame, policy);
    InspectorContent content;
    content.caption = PolicyPage::tr("Network policy");
    content.heading = plainText(policy.meta.name);
    content.subtitle = plainText(policy.meta.ns);
    Section facts;
    addFact(facts, PolicyPage::tr("Selects"), words::selectorText(policy.podSelector), true);
    facts.blocks.push_back(Fact{PolicyPage::tr("Pods"),
                                PolicyPage::tr("%Ln pod(s)", nullptr, int(pods.size())),
                                false,
                                pods.empty() ? Tone::Warning : Tone::None,
                                {},
                                {}});
    addFact(facts, PolicyPage::tr("Isolates"), directionsText(policy));
    if (!policy.podSelector.isUnderstood())
        facts.blocks.push_back(
            Remark{Tone::Warning, PolicyPage::tr("Selector not understood"),
                   PolicyPage::tr("It uses an operator that this version does not know: what "
                                  "it selects cannot be told.")});
    addSection(content, std::move(facts));
    addSection(content, findingsAbout(frame, ref));
    if (policy.isolatesIngress)
        addSection(content, rules(PolicyPage::tr("Lets in"), policy.ingress, PolicyPage::tr("anyone")));
    if (policy.isolatesEgress)
        addSection(content, rules(PolicyPage::tr("Lets out"), policy.egress, PolicyPage::tr("anywhere")));
    addSection(content, podRows(PolicyPage::tr("Selected pods"), pods));
    addSection(content, edgesBecauseOf(frame, ref));
    addSection(content, rawObject(policy.json));
    addSection(content, eventsAbout(frame, ref));
    addSection(content, labelsOf(policy.meta));
    return content;
}

} // namespace portolan::ui
