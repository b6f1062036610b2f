#include "ui/inspector/page_parts.h"
#include "ui/inspector/pages.h"
#include "ui/inspector/policy_sections.h"
#include "ui/words/object_facts.h"
#include "ui/words/text.h"
#include "ui/words/words.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace portolan::ui {

namespace {

struct PodPage
{
    Q_DECLARE_TR_FUNCTIONS(PodPage)
};

Tone podTone(const Pod &pod)
{
    if (pod.ready)
        return Tone::Good;
    if (pod.phase == PodPhase::Succeeded)
        return Tone::Muted;
    return pod.phase == PodPhase::Failed ? Tone::Bad : Tone::Warning;
}

Section podFacts(const TopologyFrame &frame, const Pod &pod)
{
    Section section;
    section.blocks.push_back(
        Fact{PodPage::tr("State"), words::podStateText(pod), false, podTone(pod), {}, {}});
    addFact(section, PodPage::tr("Address"), addressesText(pod.ips), true);
    if (!pod.nodeName.empty())
        section.blocks.push_back(Fact{PodPage::tr("Node"),
                                      plainText(pod.nodeName),
                                      false,
                                      Tone::None,
                                      Subject::of(ObjectRef{ObjectKind::Node, "Node", "", pod.nodeName}),
                                      {}});
    const ObjectRef owner = topOwnerOf(*frame.state, pod);
    if (owner.kind != ObjectKind::Pod)
        section.blocks.push_back(Fact{PodPage::tr("Belongs to"),
                                      plainText(owner.type + " " + owner.name),
                                      false,
                                      Tone::None,
                                      Subject::of(owner),
                                      {}});
    if (pod.hostNetwork)
        addFact(section, PodPage::tr("Network"), PodPage::tr("of the node: policies do not apply to it"));
    addFact(section, PodPage::tr("Service account"), plainText(pod.serviceAccount));
    addFact(section, PodPage::tr("DNS policy"), plainText(pod.dnsPolicy));
    if (pod.meta.created != WallTime{})
        section.blocks.push_back(Fact{PodPage::tr("Created"),
                                      words::timeText(pod.meta.created),
                                      false,
                                      Tone::None,
                                      {},
                                      pod.meta.created});
    return section;
}

QString containerState(const Container &container)
{
    QStringList parts;
    if (container.role == Container::Role::Init)
        parts << PodPage::tr("init");
    else if (container.role == Container::Role::Ephemeral)
        parts << PodPage::tr("ephemeral");
    if (!container.reason.empty())
        parts << plainText(container.reason);
    else
        parts << (container.ready     ? PodPage::tr("ready")
                  : container.running ? PodPage::tr("running")
                                      : PodPage::tr("not running"));
    if (container.restarts > 0)
        parts << PodPage::tr("%Ln restart(s)", nullptr, container.restarts);
    return parts.join(QStringLiteral(", "));
}

Section containersOf(const Pod &pod)
{
    Section section;
    section.title = PodPage::tr("Containers");
    for (const Container &container : pod.containers) {
        if (section.blocks.size() >= mostRows)
            break;
        const bool fine = container.ready || container.role != Container::Role::App;
        section.blocks.push_back(Fact{plainText(container.name),
                                      containerState(container),
                                      false,
                                      fine ? Tone::None : Tone::Warning,
                                      {},
                                      {}});
        QStringList ports;
        for (const ContainerPort &port : container.ports) {
            const QString name = port.name.empty() ? QString() : plainText(port.name) + u' ';
            ports << name + QString::number(port.number) + u'/' + plainText(protocolName(port.protocol));
        }
        const QString image = plainText(container.image);
        const QString listens = ports.join(QStringLiteral(", "));
        section.blocks.push_back(Paragraph{
            image.isEmpty() || listens.isEmpty() ? image + listens : image + QStringLiteral(" · ") + listens,
            true, true});
    }
    return section;
}

Section servicesBefore(const TopologyFrame &frame, const Pod &pod)
{
    Section section;
    section.title = PodPage::tr("Services that lead to it");
    for (const auto &slice : frame.state->endpointSlices.inNamespace(pod.meta.ns)) {
        for (const Endpoint &endpoint : slice->endpoints) {
            if (endpoint.podName != pod.meta.name || endpoint.podNs != pod.meta.ns ||
                section.blocks.size() >= mostRows)
                continue;
            const ObjectRef ref{ObjectKind::Service, "Service", slice->meta.ns, slice->serviceName};
            LinkRow row{plainText(slice->serviceName),
                        endpoint.ready ? PodPage::tr("ready") : PodPage::tr("not ready"), Subject::of(ref),
                        endpoint.ready ? Tone::Good : Tone::Warning};
            const Block block = row;
            if (std::find(section.blocks.begin(), section.blocks.end(), block) == section.blocks.end())
                section.blocks.push_back(block);
        }
    }
    return section;
}

std::vector<const Pod *> podsOf(const TopologyFrame &frame, const ObjectRef &workload)
{
    std::vector<const Pod *> pods;
    for (const auto &pod : frame.state->pods.inNamespace(workload.ns)) {
        if (topOwnerOf(*frame.state, *pod) == workload)
            pods.push_back(pod.get());
    }
    return pods;
}

} // namespace

InspectorContent podPage(const PageContext &context, const Pod &pod)
{
    const TopologyFrame &frame = *context.frame;
    const ObjectRef ref = refOf(pod);
    InspectorContent content;
    content.caption = PodPage::tr("Pod");
    content.heading = plainText(pod.meta.name);
    content.subtitle = plainText(pod.meta.ns);
    addSection(content, podFacts(frame, pod));
    addSection(content, findingsAbout(frame, ref));
    if (pod.phase == PodPhase::Running && !words::isRecording(frame.state->info))
        addSection(content, {{}, {}, {ProbeStarter{ref, {}}}, false});
    addSection(content, containersOf(pod));
    addSection(content, servicesBefore(frame, pod));
    addSection(content, selectingPolicies(context, ref));
    addSection(content, connectionsOf(frame, ref));
    addSection(content, eventsAbout(frame, ref));
    addSection(content, labelsOf(pod.meta));
    return content;
}

InspectorContent workloadPage(const PageContext &context, const Workload &workload)
{
    const TopologyFrame &frame = *context.frame;
    const ObjectRef ref = refOf(workload);
    const std::vector<const Pod *> pods = podsOf(frame, ref);
    InspectorContent content;
    content.caption = plainText(workload.kind);
    content.heading = plainText(workload.meta.name);
    content.subtitle = plainText(workload.meta.ns);
    Section facts;
    const Tone tone = workload.ready >= workload.desired ? Tone::Good
                      : workload.ready == 0              ? Tone::Bad
                                                         : Tone::Warning;
    facts.blocks.push_back(
        Fact{PodPage::tr("Ready pods"), outOf(workload.ready, workload.desired), false, tone, {}, {}});
    addFact(facts, PodPage::tr("Selector"), plainText(workload.selector.toString()), true);
    if (workload.meta.created != WallTime{})
        facts.blocks.push_back(Fact{PodPage::tr("Created"),
                                    words::timeText(workload.meta.created),
                                    false,
                                    Tone::None,
                                    {},
                                    workload.meta.created});
    addSection(content, std::move(facts));
    addSection(content, findingsAbout(frame, ref));
    if (!pods.empty() && !words::isRecording(frame.state->info))
        addSection(content, {{}, {}, {ProbeStarter{refOf(*pods.front()), {}}}, false});
    addSection(content, podRows(PodPage::tr("Pods"), pods));
    addSection(content, selectingPolicies(context, ref));
    addSection(content, connectionsOf(frame, ref));
    addSection(content, eventsAbout(frame, ref));
    addSection(content, labelsOf(workload.meta));
    return content;
}

} // namespace portolan::ui
