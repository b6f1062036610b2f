#include "model/policy/policy_kinds.h"
#include "ui/canvas/link_text.h"
#include "ui/canvas/map_text.h"
#include "ui/inspector/page_parts.h"
#include "ui/inspector/pages.h"
#include "ui/inspector/policy_sections.h"
#include "ui/words/object_facts.h"
#include "ui/words/text.h"
#include "ui/words/words.h"

#include <QCoreApplication>
#include <QLocale>

namespace portolan::ui {

namespace {

struct ClusterPages
{
    Q_DECLARE_TR_FUNCTIONS(ClusterPages)
};

void addCreated(Section &section, const ObjectMeta &meta)
{
    if (meta.created != WallTime{})
        section.blocks.push_back(Fact{
            ClusterPages::tr("Created"), words::timeText(meta.created), false, Tone::None, {}, meta.created});
}

std::vector<const Pod *> podsOn(const ClusterState &state, const std::string &node)
{
    std::vector<const Pod *> pods;
    for (const auto &pod : state.pods) {
        if (pod->nodeName == node)
            pods.push_back(pod.get());
    }
    return pods;
}

template<class T>
Section linksTo(const QString &title, const ObjectTable<T> &table, const std::string &ns)
{
    Section section;
    section.title = title;
    const auto objects = table.inNamespace(ns);
    for (const auto &object : objects) {
        if (section.blocks.size() < mostRows)
            section.blocks.push_back(
                LinkRow{plainText(object->meta.name), {}, Subject::of(refOf(*object)), Tone::None});
    }
    section.more = QLocale().toString(qulonglong(objects.size()));
    return section;
}

} // namespace

InspectorContent nodePage(const TopologyFrame &frame, const Node &node)
{
    const ObjectRef ref = refOf(node);
    const NodeFacts &known = *frame.nodeFacts;
    InspectorContent content;
    content.caption = ClusterPages::tr("Node");
    content.heading = plainText(node.meta.name);
    content.subtitle = addressesText(node.internalIps);
    Section facts;
    QString state = node.ready ? ClusterPages::tr("Ready") : ClusterPages::tr("Not ready");
    if (!node.ready && !node.notReadyReason.empty())
        state += QStringLiteral(": ") + plainText(node.notReadyReason);
    facts.blocks.push_back(
        Fact{ClusterPages::tr("State"), state, false, node.ready ? Tone::Good : Tone::Bad, {}, {}});
    if (node.unschedulable)
        facts.blocks.push_back(Fact{ClusterPages::tr("Scheduling"),
                                    ClusterPages::tr("takes no new pods"),
                                    false,
                                    Tone::Warning,
                                    {},
                                    {}});
    addFact(facts, ClusterPages::tr("Pod network"), addressesText(known.podNetworks.of(node)), true);
    addFact(facts, ClusterPages::tr("Joined by"), networkText(known.network));
    addFact(facts, ClusterPages::tr("MTU, as configured"), mtuSourceText(known.network.mtu));
    if (const CniAgent *agent = known.agentOn(node.meta.name))
        facts.blocks.push_back(Fact{ClusterPages::tr("CNI agent"),
                                    cniAgentText(agent),
                                    false,
                                    agent->ready ? Tone::Good : Tone::Bad,
                                    Subject::of(agent->pod),
                                    {}});
    addFact(facts, ClusterPages::tr("Kubelet"), plainText(node.kubeletVersion));
    addFact(facts, ClusterPages::tr("Container runtime"), plainText(node.containerRuntime));
    addFact(facts, ClusterPages::tr("System"), plainText(node.osImage));
    addFact(facts, ClusterPages::tr("Kernel"), plainText(node.kernelVersion));
    addCreated(facts, node.meta);
    addSection(content, std::move(facts));
    addSection(content, findingsAbout(frame, ref));
    Section network;
    network.title = ClusterPages::tr("Network annotations");
    for (const auto &[key, value] : node.networkAnnotations) {
        network.blocks.push_back(Paragraph{plainText(key), true, true});
        network.blocks.push_back(Paragraph{plainText(value), true, false});
    }
    addSection(content, std::move(network));
    addSection(content, podRows(ClusterPages::tr("Pods"), podsOn(*frame.state, node.meta.name)));
    addSection(content, eventsAbout(frame, ref));
    addSection(content, labelsOf(node.meta));
    return content;
}

InspectorContent namespacePage(const TopologyFrame &frame, const std::string &ns)
{
    const ClusterState &state = *frame.state;
    const ObjectRef ref{ObjectKind::Namespace, "Namespace", "", ns};
    InspectorContent content;
    content.caption = ClusterPages::tr("Namespace");
    content.heading = plainText(ns);
    Section facts;
    const Namespace *object = state.namespaces.find("", ns);
    if (object) {
        addFact(facts, ClusterPages::tr("Phase"), plainText(object->phase));
        addCreated(facts, object->meta);
    }
    facts.blocks.push_back(Fact{ClusterPages::tr("Pods"),
                                QLocale().toString(qulonglong(state.pods.inNamespace(ns).size())),
                                false,
                                Tone::None,
                                {},
                                {}});
    addSection(content, std::move(facts));
    addSection(content, findingsAbout(frame, ref));
    addSection(content, linksTo(ClusterPages::tr("Policies"), state.networkPolicies, ns));
    addSection(content, linksTo(ClusterPages::tr("Services"), state.services, ns));
    std::vector<const Pod *> pods;
    for (const auto &pod : state.pods.inNamespace(ns))
        pods.push_back(pod.get());
    addSection(content, podRows(ClusterPages::tr("Pods"), pods));
    if (object)
        addSection(content, labelsOf(object->meta));
    return content;
}

InspectorContent otherPage(const PageContext &context, const ApiObject &object, const std::string &path)
{
    const TopologyFrame &frame = *context.frame;
    const ObjectRef ref = refOf(object);
    InspectorContent content;
    content.caption = plainText(object.kind);
    content.heading = plainText(object.meta.name);
    content.subtitle = plainText(object.meta.ns);
    Section facts;
    addFact(facts, ClusterPages::tr("API"), plainText(object.group + "/" + object.version), true);
    addCreated(facts, object.meta);
    if (object.group.empty() && object.kind == "ConfigMap")
        facts.blocks.push_back(Paragraph{
            ClusterPages::tr("Of its keys only those are read that the chart needs."), false, true});
    addSection(content, std::move(facts));
    addSection(content, findingsAbout(frame, ref));
    Section raw = rawObject(object.json, path);
    const bool isPolicy = policy::isPolicy(ref);
    const bool rawFirst = !isPolicy || !raw.folded;
    raw.folded = raw.folded && isPolicy;
    if (rawFirst)
        addSection(content, raw);
    if (isPolicy)
        addPolicySections(content, context, ref);
    if (!rawFirst)
        addSection(content, std::move(raw));
    addSection(content, eventsAbout(frame, ref));
    addSection(content, labelsOf(object.meta));
    return content;
}

InspectorContent eventPage(const TopologyFrame &frame, const ClusterEvent &event)
{
    InspectorContent content;
    content.caption = ClusterPages::tr("Event");
    content.heading = plainText(event.reason);
    content.subtitle = plainText(event.meta.ns);
    Section facts;
    facts.blocks.push_back(Paragraph{plainText(event.message), false, false});
    const ResourceType guess{{}, {}, event.involvedKind, {}, true};
    ObjectRef about{guess.objectKind(), event.involvedKind, event.involvedNs, event.involvedName};
    for (const ObjectKind kind :
         {ObjectKind::Workload, ObjectKind::EndpointSlice, ObjectKind::NetworkPolicy, ObjectKind::Ingress}) {
        const ObjectRef other{kind, about.type, about.ns, about.name};
        if (about.kind == ObjectKind::Other && findObject(*frame.state, other))
            about = other;
    }
    facts.blocks.push_back(
        Fact{ClusterPages::tr("About"), words::refText(about), false, Tone::None, Subject::of(about), {}});
    facts.blocks.push_back(Fact{ClusterPages::tr("Type"),
                                plainText(event.type),
                                false,
                                event.type == "Warning" ? Tone::Warning : Tone::None,
                                {},
                                {}});
    facts.blocks.push_back(Fact{ClusterPages::tr("Last seen"),
                                words::timeText(event.lastSeen),
                                false,
                                Tone::None,
                                {},
                                event.lastSeen});
    addFact(facts, ClusterPages::tr("Count"), QLocale().toString(event.count));
    addSection(content, std::move(facts));
    return content;
}

} // namespace portolan::ui
