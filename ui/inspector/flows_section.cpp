#include "ui/canvas/flow_text.h"
#include "ui/inspector/connection.h"
#include "ui/inspector/page_parts.h"
#include "ui/words/text.h"
#include "ui/words/words.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <tuple>

namespace portolan::ui {

namespace {

struct FlowsSection
{
    Q_DECLARE_TR_FUNCTIONS(FlowsSection)
};

constexpr std::size_t mostFlows = 12;

QString endText(const ObjectRef &end)
{
    return plainText(end.name);
}

LinkRow rowOf(const ObservedFlow &flow, const FlowLog &log)
{
    FlowCounts counts;
    counts.add(flow);
    counts.dropReason.clear(); // told once, beneath
    return {endText(flow.source) + QStringLiteral(" → ") + endText(flow.destination) + u':' +
                words::portText({flow.port, 0, flow.protocol, {}}),
            flowCountsText(counts, perMinute(counts, log)),
            flow.source.kind == ObjectKind::Pod ? Subject::of(flow.source) : Subject{},
            flow.dropped > 0 ? Tone::Bad : Tone::None};
}

/// As the log has them.
QString reasonsOf(const std::vector<const ObservedFlow *> &flows)
{
    QStringList reasons;
    for (const ObservedFlow *flow : flows)
        reasons << plainText(flow->dropReason);
    reasons.removeAll(QString());
    reasons.removeDuplicates();
    return reasons.join(QStringLiteral(", "));
}

} // namespace

Section flowsSection(const ClusterState &state, const Connection &connection)
{
    Section section;
    if (connection.flows.empty())
        return section;
    section.title = FlowsSection::tr("Observed flows");
    section.more = QLocale().toString(qulonglong(connection.flows.size()));
    std::vector<const ObservedFlow *> flows = connection.flows;
    std::stable_sort(flows.begin(), flows.end(), [](const ObservedFlow *a, const ObservedFlow *b) {
        return std::tie(a->dropped, a->forwarded) > std::tie(b->dropped, b->forwarded);
    });
    for (std::size_t i = 0; i < flows.size() && i < mostFlows; ++i)
        section.blocks.push_back(rowOf(*flows[i], *state.flows));
    if (const QString reasons = reasonsOf(flows); !reasons.isEmpty())
        addFact(section, FlowsSection::tr("Why dropped"), reasons, true);
    section.blocks.push_back(Paragraph{flowLogText(*state.flows), false, true});
    return section;
}

} // namespace portolan::ui
