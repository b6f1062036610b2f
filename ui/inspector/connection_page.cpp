#include "ui/canvas/flow_text.h"
#include "ui/inspector/connection.h"
#include "ui/inspector/page_parts.h"
#include "ui/inspector/pages.h"
#include "ui/words/object_facts.h"
#include "ui/words/text.h"
#include "ui/words/words.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <set>

namespace portolan::ui {

namespace {

struct ConnectionPage
{
    Q_DECLARE_TR_FUNCTIONS(ConnectionPage)
};

constexpr std::size_t mostEarlier = 12;

Tile policyTile(const Connection &connection)
{
    const bool applies = connection.verdict != EdgeVerdict::NotApplicable;
    const bool isThere = connection.edge && connection.edge->kind == EdgeKind::PolicyPeer;
    return {ConnectionPage::tr("Policy says"),
            applies   ? words::verdictText(connection.verdict)
            : isThere ? words::verdictText(*connection.edge)
                      : ConnectionPage::tr("Nothing"),
            applies ? toneOf(connection.verdict) : Tone::Muted,
            ConnectionPage::tr("What the network policies of source and destination say together.")};
}

Tile trafficTile(const FlowLog &log, const Connection &connection)
{
    FlowCounts counts;
    for (const ObservedFlow *flow : connection.flows)
        counts.add(*flow);
    const QLocale locale;
    const bool dropped = counts.dropped > 0;
    return {ConnectionPage::tr("Observed"),
            dropped
                ? ConnectionPage::tr("%1 dropped", "records").arg(locale.toString(qulonglong(counts.dropped)))
                : ConnectionPage::tr("%1 forwarded", "records")
                      .arg(locale.toString(qulonglong(counts.forwarded))),
            dropped ? Tone::Bad : Tone::Good,
            flowCountsText(counts, perMinute(counts, log)) + QStringLiteral(" · ") + flowLogText(log)};
}

/// What flow logs saw; where there is nothing, what the cluster itself reports of the destination.
Tile observedTile(const ClusterState &state, const Connection &connection)
{
    if (!connection.flows.empty())
        return trafficTile(*state.flows, connection);
    Tile tile{
        ConnectionPage::tr("Observed"), ConnectionPage::tr("Not known"), Tone::Muted,
        ConnectionPage::tr("What the cluster itself reports of the destination: ready endpoints or pods.")};
    const ObjectRef &to = connection.request.destination;
    if (const Service *service =
            to.kind == ObjectKind::Service ? state.services.find(to.ns, to.name) : nullptr) {
        const EndpointCount count = endpointsOf(state, *service);
        tile.value = ConnectionPage::tr("%1 ready").arg(outOf(count.ready, count.all));
        tile.tone = count.ready == 0 ? Tone::Bad : count.ready < count.all ? Tone::Warning : Tone::None;
    } else if (const Pod *pod = to.kind == ObjectKind::Pod ? state.pods.find(to.ns, to.name) : nullptr) {
        tile.value = pod->ready ? ConnectionPage::tr("Pod ready") : ConnectionPage::tr("Pod not ready");
        tile.tone = pod->ready ? Tone::None : Tone::Warning;
    } else if (to.type == "Address") {
        tile.value = ConnectionPage::tr("Outside");
    }
    return tile;
}

Tile probeTile(const Connection &connection, const std::optional<ProbeActivity> &activity)
{
    Tile tile{ConnectionPage::tr("Probe"), ConnectionPage::tr("Not yet"), Tone::Muted, {}};
    if (activity && activity->running) {
        tile.value = ConnectionPage::tr("Running…");
    } else if (!connection.probes.empty()) {
        const ProbeResult &probe = *connection.probes.front();
        tile.value = words::outcomeText(probe.outcome);
        if (probe.outcome == ProbeOutcome::Reached || probe.outcome == ProbeOutcome::Timeout)
            tile.value += u' ' + words::durationText(probe.elapsed).replace(u' ', QChar(QChar::Nbsp));
        tile.tone = toneOf(probe.outcome);
        tile.note = words::outcomeMeaning(probe.outcome);
    } else if (!connection.request.source.isValid()) {
        tile.value = ConnectionPage::tr("Not possible");
        tile.note = ConnectionPage::tr("No pod stands at its start, or no port is known to ask.");
    }
    return tile;
}

/// The places of its line's traffic in the log.
void addFlows(Connection &connection, const TopologyFrame &frame)
{
    const EdgeTraffic *traffic =
        connection.edge && frame.state->flows ? frame.graph->trafficOn(connection.edge->id) : nullptr;
    if (!traffic)
        return;
    for (const std::uint32_t place : traffic->flows)
        connection.flows.push_back(&frame.state->flows->flows[place]);
}

/// What the evaluator of all policy APIs says of the pair is surer than what the line says of two workloads.
EdgeVerdict verdictOf(const PolicyReasonPtr &reason, EdgeVerdict ofLine)
{
    if (!reason || ofLine == EdgeVerdict::Mixed)
        return ofLine;
    switch (reason->verdict.outcome) {
    case policy::Outcome::Allow:
        return EdgeVerdict::Allowed;
    case policy::Outcome::Deny:
        return EdgeVerdict::Denied;
    case policy::Outcome::Unknown:
        break;
    }
    return EdgeVerdict::Unknown;
}

StepRow stepRow(const ProbeStep &step, ProbeMethod method)
{
    StepRow row;
    row.layer = words::stepLayer(step, method);
    row.text = words::stepText(step);
    row.outcome = step.outcome;
    row.time = step.outcome == ProbeOutcome::Reached ? words::durationText(step.elapsed)
                                                     : words::outcomeText(step.outcome);
    addEvidence(row, step);
    return row;
}

Section stepsSection(const Connection &connection, const std::optional<ProbeActivity> &activity)
{
    Section section;
    section.title = ConnectionPage::tr("Layer by layer");
    if (activity && activity->running) {
        for (const ProbeStep &step : activity->steps)
            section.blocks.push_back(stepRow(step, activity->request.method));
        StepRow waiting;
        waiting.text = ConnectionPage::tr("Asking…");
        waiting.running = true;
        section.blocks.push_back(waiting);
        return section;
    }
    if (connection.probes.empty())
        return section;
    const ProbeResult &probe = *connection.probes.front();
    for (const ProbeStep &step : probe.steps)
        section.blocks.push_back(stepRow(step, probe.request.method));
    std::set<std::string> notes;
    for (const ProbeStep &step : probe.steps) {
        if (!step.note.empty() && notes.insert(step.note).second)
            section.blocks.push_back(Paragraph{words::noteText(step.note), false, true});
    }
    section.blocks.push_back(
        Fact{ConnectionPage::tr("Probed"), words::timeText(probe.at), false, Tone::None, {}, probe.at});
    if (connection.edge && !sameQuestion(probe.request, connection.request))
        addFact(section, ConnectionPage::tr("Asked"), words::requestText(probe.request), true);
    if (!probe.tool.empty())
        addFact(section, ConnectionPage::tr("Tool"), plainText(probe.tool), true);
    return section;
}

Section earlierSection(const Connection &connection)
{
    Section section;
    section.title = ConnectionPage::tr("Earlier probes");
    for (std::size_t i = 1; i < connection.probes.size() && i <= mostEarlier; ++i) {
        const ProbeResult &probe = *connection.probes[i];
        section.blocks.push_back(Fact{words::timeText(probe.at),
                                      words::outcomeText(probe.outcome) + QStringLiteral(" · ") +
                                          words::durationText(probe.elapsed),
                                      false,
                                      toneOf(probe.outcome),
                                      {},
                                      {}});
    }
    if (connection.probes.size() > 1)
        section.more = QLocale().toString(qulonglong(connection.probes.size() - 1));
    return section;
}

ProbeControls controlsOf(const PageContext &context, const Connection &connection)
{
    ProbeControls controls;
    controls.request = connection.request;
    if (context.activity)
        controls.activity = *context.activity;
    controls.live = !words::isRecording(context.frame->state->info);
    controls.probedBefore = !connection.probes.empty();
    if (controls.probedBefore) {
        const ProbeResult &probe = *connection.probes.front();
        controls.toolMissing = probe.outcome == ProbeOutcome::ToolMissing;
        for (const ProbeStep &step : probe.steps) {
            if (controls.kubectl.isEmpty() || step.outcome == probe.outcome)
                controls.kubectl = plainText(step.kubectl);
            if (step.outcome == probe.outcome)
                break;
        }
    }
    return controls;
}

QString subtitleOf(const ClusterState &state, const ProbeRequest &request)
{
    const QString all = words::requestText(request);
    const Pod *pod = state.pods.find(request.source.ns, request.source.name);
    if (!pod)
        return all;
    QStringList where{addressesText(pod->ips).section(QStringLiteral(", "), 0, 0), plainText(pod->nodeName)};
    where.removeAll(QString());
    if (where.isEmpty())
        return all;
    const QString arrow = QStringLiteral(" → ");
    return all.section(arrow, 0, 0) + QStringLiteral(" (") + where.join(QStringLiteral(", ")) +
           QStringLiteral(")") + arrow + all.section(arrow, 1);
}

void fill(InspectorContent &content, const PageContext &context, Connection &connection)
{
    addFlows(connection, *context.frame);
    const std::optional<ProbeActivity> &activity = context.activity;
    addSection(content, {{},
                         {},
                         {Tiles{{policyTile(connection), observedTile(*context.frame->state, connection),
                                 probeTile(connection, activity)}}},
                         false});
    addSection(content, comparisonOf(*context.frame->state, connection, activity));
    if (connection.request.source.isValid())
        addSection(content, {{}, {}, {controlsOf(context, connection)}, false});
    addSection(content, whySection(*context.frame, connection));
    addSection(content, stepsSection(connection, activity));
    addSection(content, flowsSection(*context.frame->state, connection));
    addSection(content, earlierSection(connection));
}

} // namespace

InspectorContent edgePage(const PageContext &context, const GraphEdge &edge)
{
    const TopologyGraph &graph = *context.frame->graph;
    Connection connection{&edge, edge.probe, verdictOf(context.reason, edge.verdict), {}, context.reason};
    for (const ProbeResult &probe : context.frame->state->probes) {
        if (tellsAbout(graph, edge, probe.request))
            connection.probes.push_back(&probe);
    }
    InspectorContent content;
    content.caption = ConnectionPage::tr("Connection");
    content.heading =
        words::nodeText(graph.node(edge.from)) + QStringLiteral(" → ") + words::nodeText(graph.node(edge.to));
    content.subtitle = edge.probe.source.isValid() ? subtitleOf(*context.frame->state, edge.probe)
                                                   : words::edgeKindText(edge.kind);
    fill(content, context, connection);
    return content;
}

InspectorContent pairPage(const PageContext &context, const ProbeRequest &request)
{
    Connection connection{nullptr, request, EdgeVerdict::NotApplicable, {}, context.reason};
    const TopologyGraph *graph = context.frame->graph.get();
    if (const EdgeId id = graph ? edgeAsking(*graph, request) : EdgeId{}; id.isValid()) {
        connection.edge = graph->edge(id);
        connection.verdict = connection.edge->verdict;
    }
    connection.verdict = verdictOf(context.reason, connection.verdict);
    for (const ProbeResult &probe : context.frame->state->probes) {
        if (sameQuestion(probe.request, request))
            connection.probes.push_back(&probe);
    }
    InspectorContent content;
    content.caption = ConnectionPage::tr("Connection");
    content.heading =
        plainText(request.source.name) + QStringLiteral(" → ") + plainText(request.destination.name);
    content.subtitle = subtitleOf(*context.frame->state, request);
    fill(content, context, connection);
    return content;
}

} // namespace portolan::ui
