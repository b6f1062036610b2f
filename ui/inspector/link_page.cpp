#include "ui/canvas/link_text.h"
#include "ui/inspector/page_parts.h"
#include "ui/inspector/pages.h"
#include "ui/words/text.h"
#include "ui/words/words.h"

#include <QCoreApplication>

namespace portolan::ui {

namespace {

struct LinkPage
{
    Q_DECLARE_TR_FUNCTIONS(LinkPage)
};

LinkRow machineRow(const GraphNode &node)
{
    return {plainText(node.label), plainText(node.detail), Subject::of(node.object), Tone::None};
}

} // namespace

InspectorContent linkPage(const PageContext &context, const GraphEdge &edge)
{
    const TopologyFrame &frame = *context.frame;
    const TopologyGraph &graph = *frame.graph;
    const GraphNode *ends[] = {graph.node(edge.from), graph.node(edge.to)};
    InspectorContent content;
    content.caption = LinkPage::tr("Between two machines");
    content.heading = words::nodeText(ends[0]) + QStringLiteral(" ↔ ") + words::nodeText(ends[1]);
    content.subtitle = joinText(edge.join.join);
    Section facts;
    const bool isKnown = edge.join.join != NodeJoin::Unknown;
    facts.blocks.push_back(Fact{LinkPage::tr("Joined by"),
                                joinText(edge.join.join),
                                false,
                                isKnown ? Tone::None : Tone::Warning,
                                {},
                                {}});
    if (graph.network) {
        addFact(facts, LinkPage::tr("In doubt"), doubtText(edge.join.doubt, graph.network->subject));
        addFact(facts, LinkPage::tr("All machines"), networkText(*graph.network));
        addFact(facts, LinkPage::tr("MTU, as configured"), mtuSourceText(graph.network->mtu));
    }
    addSection(content, std::move(facts));
    Section machines;
    machines.title = LinkPage::tr("Machines");
    for (const GraphNode *end : ends) {
        if (end)
            machines.blocks.push_back(machineRow(*end));
    }
    addSection(content, std::move(machines));
    for (const GraphNode *end : ends) {
        if (end)
            addSection(content, findingsAbout(frame, end->object));
    }
    Section because;
    because.title = LinkPage::tr("By these objects");
    for (const ObjectRef &ref : edge.because)
        because.blocks.push_back(LinkRow{words::refText(ref), {}, Subject::of(ref), Tone::None});
    addSection(content, std::move(because));
    return content;
}

} // namespace portolan::ui
