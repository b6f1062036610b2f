#include "ui/inspector/page_parts.h"

#include "ui/inspector/rule_yaml.h"
#include "ui/words/object_facts.h"
#include "ui/words/text.h"
#include "ui/words/words.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace portolan::ui {

namespace {

struct PageParts
{
    Q_DECLARE_TR_FUNCTIONS(PageParts)
};

void addMore(Section &section, std::size_t all)
{
    section.more = QLocale().toString(qulonglong(all));
    if (all > mostRows)
        section.blocks.push_back(
            Paragraph{PageParts::tr("and %Ln more in the table", nullptr, int(all - mostRows)), false, true});
}

} // namespace

void addSection(InspectorContent &content, Section section)
{
    if (!section.blocks.empty())
        content.sections.push_back(std::move(section));
}

void addFact(Section &section, const QString &name, const QString &value, bool mono)
{
    if (!value.isEmpty())
        section.blocks.push_back(Fact{name, value, mono, Tone::None, {}, {}});
}

Section findingsAbout(const TopologyFrame &frame, const ObjectRef &object)
{
    Section section;
    section.title = PageParts::tr("Findings");
    if (!frame.findings)
        return section;
    for (const Finding &finding : *frame.findings) {
        const bool about =
            finding.object == object ||
            std::find(finding.evidence.begin(), finding.evidence.end(), object) != finding.evidence.end();
        if (about && section.blocks.size() < mostRows)
            section.blocks.push_back(Remark{toneOf(finding.severity), words::findingTitle(finding.rule),
                                            words::findingText(finding)});
    }
    return section;
}

Section eventsAbout(const TopologyFrame &frame, const ObjectRef &object)
{
    Section section;
    section.title = PageParts::tr("Events");
    std::vector<const ClusterEvent *> events;
    for (const auto &event : frame.state->events) {
        if (event->involvedName == object.name && event->involvedNs == object.ns &&
            event->involvedKind == object.type)
            events.push_back(event.get());
    }
    std::sort(events.begin(), events.end(),
              [](const ClusterEvent *a, const ClusterEvent *b) { return a->lastSeen > b->lastSeen; });
    for (const ClusterEvent *event : events) {
        if (section.blocks.size() == mostRows)
            break;
        QString title = plainText(event->reason);
        if (event->count > 1)
            title += QStringLiteral(" ×") + QLocale().toString(event->count);
        section.blocks.push_back(Fact{title,
                                      words::timeText(event->lastSeen),
                                      false,
                                      event->type == "Warning" ? Tone::Warning : Tone::None,
                                      {},
                                      event->lastSeen});
        section.blocks.push_back(Paragraph{plainText(event->message), false, true});
    }
    return section;
}

Section labelsOf(const ObjectMeta &meta)
{
    Section section;
    section.title = PageParts::tr("Labels");
    for (const auto &[key, value] : meta.labels.entries()) {
        if (section.blocks.size() < mostRows)
            section.blocks.push_back(Paragraph{plainText(key + "=" + value), true, false});
    }
    return section;
}

void addEvidence(StepRow &row, const ProbeStep &step)
{
    QStringList command;
    for (const std::string &argument : step.command)
        command << plainText(argument);
    row.command = command.join(u' ');
    row.kubectl = plainText(step.kubectl);
    row.output = plainLines(step.output);
    row.note = words::noteText(step.note);
}

LinkRow edgeRow(const TopologyGraph &graph, const GraphEdge &edge)
{
    const QString ends =
        words::nodeText(graph.node(edge.from)) + QStringLiteral(" → ") + words::nodeText(graph.node(edge.to));
    const Tone tone = edge.verdict == EdgeVerdict::NotApplicable ? Tone::Muted : toneOf(edge.verdict);
    return {ends, words::portsText(edge.ports), Subject::of(edge.id), tone};
}

Section connectionsOf(const TopologyFrame &frame, const ObjectRef &object)
{
    Section section;
    section.title = PageParts::tr("Connections");
    const NodeId node = frame.graph ? nodeShowing(*frame.graph, object) : NodeId{};
    if (!node.isValid())
        return section;
    std::size_t all = 0;
    for (const GraphEdge &edge : frame.graph->edges) {
        if (edge.from != node && edge.to != node)
            continue;
        if (++all <= mostRows)
            section.blocks.push_back(edgeRow(*frame.graph, edge));
    }
    if (all)
        addMore(section, all);
    return section;
}

Section podRows(const QString &title, const std::vector<const Pod *> &pods)
{
    Section section;
    section.title = title;
    for (const Pod *pod : pods) {
        if (section.blocks.size() == mostRows)
            break;
        const Tone tone = pod->ready                       ? Tone::Good
                          : pod->phase == PodPhase::Failed ? Tone::Bad
                                                           : Tone::Warning;
        section.blocks.push_back(LinkRow{plainText(pod->meta.name), addressesText(pod->ips),
                                         Subject::of(refOf(*pod)),
                                         pod->phase == PodPhase::Succeeded ? Tone::Muted : tone});
    }
    if (!pods.empty())
        addMore(section, pods.size());
    return section;
}

Section rawObject(const std::shared_ptr<const std::string> &json, const std::string &path)
{
    Section section;
    if (!json || json->empty())
        return section;
    RawText raw = markedYaml(*json, path);
    section.folded = !raw.marked;
    section.title = raw.marked ? PageParts::tr("The rule, as the server sent it")
                               : PageParts::tr("As the server sent it");
    section.blocks.push_back(std::move(raw));
    return section;
}

} // namespace portolan::ui
