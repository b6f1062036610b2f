#include "ui/inspector/connection.h"
#include "ui/inspector/page_parts.h"
#include "ui/inspector/rule_yaml.h"
#include "ui/words/text.h"
#include "ui/words/words.h"

#include "model/policy/agreement.h"

#include <QCoreApplication>

namespace portolan::ui {

namespace {

struct WhySection
{
    Q_DECLARE_TR_FUNCTIONS(WhySection)
};

constexpr std::size_t mostDecisions = 24;
constexpr std::size_t mostInlineBytes = std::size_t{512} * 1024; ///< of JSON that is shown where it decides

/// A decision with the lines of the rule, where they can be shown; else only the way to the policy.
Block decisionRow(const ClusterState &state, const policy::Decision &decision, bool settles)
{
    const QString text = words::refText(decision.object);
    const auto json = jsonOf(state, decision.object);
    if (!json || json->empty() || json->size() > mostInlineBytes)
        return LinkRow{text, decisionText(decision), Subject::of(decision.object, decision.path), Tone::None};
    const RawText plain = markedYaml(*json, {});
    const std::string path = pathOf(decision, plain.text);
    return RuleRow{text, decisionText(decision), Subject::of(decision.object, path),
                   RawText{plain.text, linesOfYaml(utf8(plain.text), path)}, settles};
}

/// Everything that decided, in the order in which it was asked.
void addDecisions(Section &section, const ClusterState &state, const PolicyReason &reason)
{
    const policy::Decision *settling = policy::settledBy(reason.verdict);
    for (const policy::Decision &decision : reason.verdict.by) {
        if (section.blocks.size() >= mostDecisions)
            break;
        if (decision.object.isValid())
            section.blocks.push_back(decisionRow(state, decision, &decision == settling));
        else if (!decision.isCertain)
            section.blocks.push_back(Paragraph{
                WhySection::tr("What could not be read may decide: %1").arg(plainText(decision.kind)), false,
                true});
        else
            section.blocks.push_back(Paragraph{decisionText(decision), false, true});
    }
    if (reason.verdict.by.size() > mostDecisions)
        section.blocks.push_back(Paragraph{WhySection::tr("and %Ln more that decided", nullptr,
                                                          int(reason.verdict.by.size() - mostDecisions)),
                                           false, true});
    if (!reason.verdict.reason.empty())
        section.blocks.push_back(Paragraph{plainText(reason.verdict.reason), false, true});
}

QString titleOf(EdgeVerdict verdict)
{
    switch (verdict) {
    case EdgeVerdict::Allowed:
        return WhySection::tr("Why policy allows it");
    case EdgeVerdict::Denied:
        return WhySection::tr("Why policy denies it");
    case EdgeVerdict::Mixed:
    case EdgeVerdict::Unknown:
        return WhySection::tr("What policy says");
    case EdgeVerdict::NotApplicable:
        break;
    }
    return WhySection::tr("Why it is there");
}

} // namespace

QString decisionText(const policy::Decision &decision)
{
    using Effect = policy::Decision::Effect;
    QString place = plainText(decision.path);
    place.remove(QStringLiteral("spec."));
    const bool egress = decision.direction == policy::Direction::Egress;
    if (!decision.isCertain)
        return place.isEmpty() ? WhySection::tr("may decide") : WhySection::tr("%1 may apply").arg(place);
    switch (decision.effect) {
    case Effect::Allows:
        return WhySection::tr("%1 allows").arg(place);
    case Effect::Denies:
        return WhySection::tr("%1 denies").arg(place);
    case Effect::Passes:
        return WhySection::tr("%1 passes on").arg(place);
    case Effect::Isolates:
        return egress ? WhySection::tr("isolates egress") : WhySection::tr("isolates ingress");
    case Effect::Default:
        return egress ? WhySection::tr("No policy restricts what leaves the source.")
                      : WhySection::tr("No policy restricts what reaches the destination.");
    case Effect::OwnNode:
        return WhySection::tr("A pod and its own node always reach one another.");
    case Effect::Self:
        return WhySection::tr("A pod always reaches itself.");
    }
    return {};
}

Section whySection(const TopologyFrame &frame, const Connection &connection)
{
    Section section;
    if (!connection.edge && !connection.reason)
        return section;
    section.title = titleOf(connection.verdict);
    if (connection.reason)
        addDecisions(section, *frame.state, *connection.reason);
    if (connection.verdict == EdgeVerdict::Denied && connection.request.source.isValid())
        section.blocks.push_back(PolicyStarter{PolicyStarter::Kind::Allow, {}, connection.request});
    if (!connection.edge)
        return section;
    for (const ObjectRef &ref : connection.edge->because) {
        if (!connection.reason && section.blocks.size() < mostRows)
            section.blocks.push_back(
                LinkRow{words::refName(ref), words::kindText(ref), Subject::of(ref), Tone::None});
    }
    addFact(section, WhySection::tr("Ports"), words::portsText(connection.edge->ports), true);
    if (connection.verdict == EdgeVerdict::Unknown)
        section.blocks.push_back(
            Paragraph{WhySection::tr("It cannot be told: a selector, a kind of policy or "
                                     "something unreadable is not understood."),
                      false, true});
    if (connection.verdict == EdgeVerdict::Mixed)
        section.blocks.push_back(
            Paragraph{WhySection::tr("Some of the pods at its ends may, others may not."), false, true});
    for (const NodeId end : {connection.edge->from, connection.edge->to}) {
        const GraphNode *node = frame.graph->node(end);
        if (node && node->object.isValid())
            section.blocks.push_back(
                Fact{end == connection.edge->from ? WhySection::tr("From") : WhySection::tr("To"),
                     words::refText(node->object),
                     false,
                     Tone::None,
                     Subject::of(node->object),
                     {}});
    }
    return section;
}

} // namespace portolan::ui
