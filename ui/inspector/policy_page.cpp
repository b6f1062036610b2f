#include "ui/inspector/page_parts.h"
#include "ui/inspector/pages.h"
#include "ui/inspector/policy_sections.h"
#include "ui/words/text.h"
#include "ui/words/words.h"

#include <QCoreApplication>

#include <algorithm>

namespace portolan::ui {

namespace {

struct PolicyPage
{
    Q_DECLARE_TR_FUNCTIONS(PolicyPage)
};

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

InspectorContent policyPage(const PageContext &context, const NetworkPolicy &policy, const std::string &path)
{
    const TopologyFrame &frame = *context.frame;
    const ObjectRef ref = refOf(policy);
    InspectorContent content;
    content.caption = PolicyPage::tr("Network policy");
    content.heading = plainText(policy.meta.name);
    content.subtitle = plainText(policy.meta.ns);
    Section facts;
    addFact(facts, PolicyPage::tr("Selector"), words::selectorText(policy.podSelector), true);
    if (!policy.podSelector.isUnderstood())
        facts.blocks.push_back(
            Remark{Tone::Warning, PolicyPage::tr("Selector not understood"),
                   PolicyPage::tr("It uses an operator that this version does not know: what "
                                  "it selects cannot be told.")});
    addSection(content, std::move(facts));
    addSection(content, findingsAbout(frame, ref));
    Section raw = rawObject(policy.json, path);
    if (!raw.folded)
        addSection(content, raw);
    addPolicySections(content, context, ref);
    addSection(content, edgesBecauseOf(frame, ref));
    if (raw.folded)
        addSection(content, std::move(raw));
    addSection(content, eventsAbout(frame, ref));
    addSection(content, labelsOf(policy.meta));
    return content;
}

} // namespace portolan::ui
