#include "ui/canvas/flow_text.h"
#include "ui/canvas/link_text.h"
#include "ui/tables/list_table.h"
#include "ui/tables/tables.h"
#include "ui/words/text.h"
#include "ui/words/words.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace portolan::ui {

namespace {
struct MapTables
{
    Q_DECLARE_TR_FUNCTIONS(MapTables)
};

/// A line of the map, with texts made once: its ends are found by look-ups.
struct ConnectionRow
{
    EdgeId id;
    QString from, to, kind, ports, verdict, because;
    EdgeVerdict verdictValue = EdgeVerdict::NotApplicable;
    friend bool operator==(const ConnectionRow &, const ConnectionRow &) = default;
};

QString endText(const TopologyGraph &graph, NodeId id)
{
    const GraphNode *node = graph.node(id);
    const QString name = words::nodeText(node);
    return node && !node->object.ns.empty() ? plainText(node->object.ns) + u'/' + name : name;
}

std::vector<ConnectionRow> connectionRows(const TopologyFrame &frame)
{
    std::vector<ConnectionRow> rows;
    if (!frame.graph)
        return rows;
    rows.reserve(frame.graph->edges.size());
    for (const GraphEdge &edge : frame.graph->edges) {
        QStringList because;
        for (const ObjectRef &ref : edge.because)
            because << words::refText(ref);
        rows.push_back(
            {edge.id, endText(*frame.graph, edge.from), endText(*frame.graph, edge.to),
             words::edgeKindText(edge.kind),
             edge.kind == EdgeKind::MachineLink ? linkLabel(edge.join.join) : words::portsText(edge.ports),
             words::verdictText(edge), because.join(QStringLiteral(", ")), edge.verdict});
    }
    return rows;
}

struct GapRow
{
    ReadGap gap;
    friend bool operator==(const GapRow &, const GapRow &) = default;
};

struct ProbeRow
{
    ProbeRequest request;
    ProbeOutcome outcome = ProbeOutcome::Unknown;
    std::chrono::microseconds elapsed{0};
    WallTime at;
    std::string tool;
    std::string detail;
    friend bool operator==(const ProbeRow &, const ProbeRow &) = default;
};

struct FlowRow
{
    ObservedFlow flow;
    double perMinute = 0;
    friend bool operator==(const FlowRow &, const FlowRow &) = default;
};

std::vector<FlowRow> flowRows(const TopologyFrame &frame)
{
    std::vector<FlowRow> rows;
    if (!frame.state || !frame.state->flows)
        return rows;
    const FlowLog &log = *frame.state->flows;
    rows.reserve(log.flows.size());
    for (const ObservedFlow &flow : log.flows) {
        FlowCounts counts;
        counts.add(flow);
        rows.push_back({flow, perMinute(counts, log)});
    }
    return rows;
}

WallTime lastOf(const ObservedFlow &flow)
{
    return std::max(flow.forwardedAt, flow.droppedAt);
}

QString flowEndText(const ObjectRef &end)
{
    return end.kind == ObjectKind::Pod ? words::refName(end) : plainText(end.name);
}

std::vector<ProbeRow> probeRows(const TopologyFrame &frame)
{
    std::vector<ProbeRow> rows;
    if (!frame.state)
        return rows;
    for (const ProbeResult &probe : frame.state->probes)
        rows.push_back({probe.request, probe.outcome, probe.elapsed, probe.at, probe.tool, probe.detail});
    return rows;
}
} // namespace

std::unique_ptr<FactTable> makeConnectionTable()
{
    using C = ListColumn<ConnectionRow>;
    std::vector<C> columns{
        {{MapTables::tr("From"), 210}, [](auto &r) { return r.from; }},
        {{MapTables::tr("To"), 210}, [](auto &r) { return r.to; }},
        {{MapTables::tr("Ports"), 150, false, true}, [](auto &r) { return r.ports; }},
        {{MapTables::tr("Policy says"), 120},
         [](auto &r) { return r.verdict; },
         {},
         [](auto &r) {
             return r.verdictValue == EdgeVerdict::NotApplicable ? Tone::None : toneOf(r.verdictValue);
         }},
        {{MapTables::tr("Made by"), 140}, [](auto &r) { return r.kind; }},
        {{MapTables::tr("Because of"), 380}, [](auto &r) { return r.because; }},
    };
    return std::make_unique<ListTable<ConnectionRow>>(
        QStringLiteral("connections"), MapTables::tr("Connections"), std::move(columns), connectionRows,
        [](const TopologyFrame &frame) { return frame.graph ? int(frame.graph->edges.size()) : 0; },
        [](const ConnectionRow &row) { return Subject::of(row.id); });
}

std::unique_ptr<FactTable> makeProbeTable()
{
    using C = ListColumn<ProbeRow>;
    std::vector<C> columns{
        {{MapTables::tr("When"), 180},
         [](auto &r) { return words::timeText(r.at); },
         [](auto &a, auto &b) { return a.at < b.at; }},
        {{MapTables::tr("From"), 220}, [](auto &r) { return words::refName(r.request.source); }},
        {{MapTables::tr("To"), 240},
         [](auto &r) { return words::requestText(r.request).section(QStringLiteral(" → "), 1); }},
        {{MapTables::tr("Outcome"), 120},
         [](auto &r) { return words::outcomeText(r.outcome); },
         {},
         [](auto &r) { return toneOf(r.outcome); }},
        {{MapTables::tr("Time taken"), 100, true},
         [](auto &r) { return words::durationText(r.elapsed); },
         [](auto &a, auto &b) { return a.elapsed < b.elapsed; }},
        {{MapTables::tr("Tool"), 90, false, true}, [](auto &r) { return plainText(r.tool); }},
        {{MapTables::tr("Detail"), 320}, [](auto &r) { return plainText(r.detail); }},
    };
    return std::make_unique<ListTable<ProbeRow>>(
        QStringLiteral("probes"), MapTables::tr("Probes"), std::move(columns), probeRows,
        [](const TopologyFrame &frame) { return frame.state ? int(frame.state->probes.size()) : 0; },
        [](const ProbeRow &row) { return Subject::of(row.request); });
}

std::unique_ptr<FactTable> makeFlowTable()
{
    using C = ListColumn<FlowRow>;
    std::vector<C> columns{
        {{MapTables::tr("From"), 230}, [](auto &r) { return flowEndText(r.flow.source); }},
        {{MapTables::tr("To"), 230}, [](auto &r) { return flowEndText(r.flow.destination); }},
        {{MapTables::tr("Port"), 90, false, true},
         [](auto &r) {
             return words::portText({r.flow.port, 0, r.flow.protocol, {}});
         }},
        {{MapTables::tr("Forwarded"), 90, true},
         [](auto &r) { return QLocale().toString(r.flow.forwarded); },
         [](auto &a, auto &b) { return a.flow.forwarded < b.flow.forwarded; }},
        {{MapTables::tr("Dropped"), 90, true},
         [](auto &r) { return QLocale().toString(r.flow.dropped); },
         [](auto &a, auto &b) { return a.flow.dropped < b.flow.dropped; },
         [](auto &r) { return r.flow.dropped > 0 ? Tone::Bad : Tone::None; }},
        {{MapTables::tr("Why dropped"), 180}, [](auto &r) { return plainText(r.flow.dropReason); }},
        {{MapTables::tr("Rate"), 90, true},
         [](auto &r) { return rateText(r.perMinute); },
         [](auto &a, auto &b) { return a.perMinute < b.perMinute; }},
        {{MapTables::tr("Last seen"), 190},
         [](auto &r) { return words::timeText(lastOf(r.flow)); },
         [](auto &a, auto &b) { return lastOf(a.flow) < lastOf(b.flow); }},
    };
    return std::make_unique<ListTable<FlowRow>>(
        QStringLiteral("flows"), MapTables::tr("Observed flows"), std::move(columns), flowRows,
        [](const TopologyFrame &frame) {
            return frame.state && frame.state->flows ? int(frame.state->flows->flows.size()) : 0;
        },
        [](const FlowRow &row) { return Subject::of(row.flow.source); });
}

std::unique_ptr<FactTable> makeFindingTable()
{
    using C = ListColumn<Finding>;
    std::vector<C> columns{
        {{MapTables::tr("Severity"), 110},
         [](auto &f) { return words::severityText(f.severity); },
         [](auto &a, auto &b) { return a.severity < b.severity; },
         [](auto &f) { return toneOf(f.severity); }},
        {{MapTables::tr("Finding"), 240}, [](auto &f) { return words::findingTitle(f.rule); }},
        {{MapTables::tr("About"), 280}, [](auto &f) { return words::refText(f.object); }},
        {{MapTables::tr("What it means"), 560}, [](auto &f) { return words::findingText(f); }},
    };
    return std::make_unique<ListTable<Finding>>(
        QStringLiteral("findings"), MapTables::tr("Findings"), std::move(columns),
        [](const TopologyFrame &frame) { return frame.findings ? *frame.findings : std::vector<Finding>(); },
        [](const TopologyFrame &frame) { return frame.findings ? int(frame.findings->size()) : 0; },
        [](const Finding &finding) { return subjectOf(finding); });
}

std::unique_ptr<FactTable> makeGapTable()
{
    using C = ListColumn<GapRow>;
    std::vector<C> columns{
        {{MapTables::tr("What"), 260},
         [](auto &r) {
             const ResourceType &resource = r.gap.resource;
             const bool isAll = resource.kind == "*" && resource.group.empty();
             return isAll ? MapTables::tr("everything") : plainText(resource.qualifiedName());
         }},
        {{MapTables::tr("Namespace"), 160},
         [](auto &r) { return r.gap.ns.empty() ? MapTables::tr("all") : plainText(r.gap.ns); }},
        {{MapTables::tr("Why"), 200},
         [](auto &r) { return words::errorTitle(r.gap.reason.code); },
         {},
         [](auto &) { return Tone::Warning; }},
        {{MapTables::tr("Detail"), 560}, [](auto &r) { return plainText(r.gap.reason.oneLine()); }},
    };
    const auto rows = [](const TopologyFrame &frame) {
        std::vector<GapRow> all;
        for (const ReadGap &gap : frame.state ? frame.state->gaps : std::vector<ReadGap>())
            all.push_back({gap});
        return all;
    };
    return std::make_unique<ListTable<GapRow>>(
        QStringLiteral("gaps"), MapTables::tr("Not readable"), std::move(columns), rows,
        [](const TopologyFrame &frame) { return frame.state ? int(frame.state->gaps.size()) : 0; },
        [](const GapRow &) { return Subject{}; });
}

} // namespace portolan::ui
