// How long a map takes to lay out, beside Graphviz's own programs on the same graph in the same run. One JSON
// object a line; medians, times of the wall. The programs start anew for every map, as the layout's workers
// do, and draw no lines (splines=none); each is given up after its deadline and that is said.
//
// Usage: bench_layout [--deadline SECONDS] [CASE...]; cases: 1000 (workloads), 6000 (workloads and services).

#include "model/graph/graph_builder.h"
#include "model/layout/layout_engine.h"
#include "tests/fakes/synthetic_cluster.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QStandardPaths>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

using namespace portolan;

namespace {

using Milliseconds = std::chrono::duration<double, std::milli>;

struct Case
{
    const char *name;
    fakes::SyntheticOptions cluster;
    int rounds;
};

std::vector<Case> cases()
{
    fakes::SyntheticOptions middle;
    middle.pods = 5'000;
    middle.podsPerWorkload = 5;
    middle.workloadsPerNamespace = 20;
    fakes::SyntheticOptions large;
    large.pods = 150'000;
    large.podsPerWorkload = 25;
    large.workloadsPerNamespace = 20;
    return {{"1000", middle, 9}, {"6000", large, 5}};
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
}

/// As Graphviz reads it: boxes of fixed size, the lines between them.
QByteArray dotText(const TopologyGraph &graph, const MapFonts &fonts)
{
    constexpr double pointsPerInch = 72;
    QByteArray text = "digraph { rankdir=LR; splines=none; node [shape=box, fixedsize=true, label=\"\"];\n";
    std::unordered_map<NodeId, std::size_t> numberOf;
    for (const GraphNode &node : graph.nodes) {
        const std::size_t number = numberOf.size();
        numberOf[node.id] = number;
        const Size size = nodeSize(node, fonts);
        text += QByteArray::number(qulonglong(number)) +
                " [width=" + QByteArray::number(size.width / pointsPerInch) +
                ", height=" + QByteArray::number(size.height / pointsPerInch) + "];\n";
    }
    for (const GraphEdge &edge : graph.edges)
        text += QByteArray::number(qulonglong(numberOf[edge.from])) + " -> " +
                QByteArray::number(qulonglong(numberOf[edge.to])) + ";\n";
    return text + "}\n";
}

/// "did not end in 20 s", or a number.
QByteArray timeOf(const QString &program, const QByteArray &graph, int deadlineMs)
{
    QProcess process;
    process.setStandardOutputFile(QProcess::nullDevice());
    QElapsedTimer timer;
    timer.start();
    process.start(program, {QStringLiteral("-Tplain")});
    if (!process.waitForStarted())
        return "\"not installed\"";
    process.write(graph);
    process.closeWriteChannel();
    if (!process.waitForFinished(deadlineMs)) {
        process.kill();
        process.waitForFinished();
        return "\"given up after " + QByteArray::number(deadlineMs / 1000) + " s\"";
    }
    const bool done = process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    return done ? QByteArray::number(double(timer.nsecsElapsed()) / 1e6, 'f', 1) : QByteArray("\"failed\"");
}

/// The graph without one workload: when it comes back, its namespace has something to place.
TopologyGraphPtr withoutOne(const TopologyGraph &graph)
{
    auto less = std::make_shared<TopologyGraph>(graph);
    const auto last = std::find_if(less->nodes.rbegin(), less->nodes.rend(), [](const GraphNode &node) {
        return node.kind == NodeKind::Workload && node.group.isValid();
    });
    const NodeId gone = last->id;
    less->nodes.erase(std::next(last).base());
    std::erase_if(less->edges,
                  [gone](const GraphEdge &edge) { return edge.from == gone || edge.to == gone; });
    for (GraphNode &node : less->nodes)
        node.attachedTo = node.attachedTo == gone ? NodeId{} : node.attachedTo;
    indexGraph(*less);
    return less;
}

void run(const Case &one, int deadlineMs)
{
    const MapFonts fonts = defaultMapFonts();
    const ClusterStatePtr state = fakes::syntheticCluster(one.cluster);
    std::vector<double> graphs, layouts, totals, agains;
    TopologyGraphPtr graph;
    for (int round = 0; round < one.rounds; ++round) {
        auto engine = makeNamespaceLayout({PORTOLAN_LAYOUT_PROGRAM});
        const auto t0 = std::chrono::steady_clock::now();
        graph = std::make_shared<TopologyGraph>(buildGraph(*state, {}));
        const auto t1 = std::chrono::steady_clock::now();
        const auto layout = engine->layout({graph, fonts, {}}, {});
        const auto t2 = std::chrono::steady_clock::now();
        if (!layout || !layout->packed.empty()) {
            std::fprintf(stderr, "the layout worker did not do its part\n");
            std::exit(1);
        }
        graphs.push_back(Milliseconds(t1 - t0).count());
        layouts.push_back(Milliseconds(t2 - t1).count());
        totals.push_back(Milliseconds(t2 - t0).count());
        const auto less =
            engine->layout({withoutOne(*graph), fonts, std::make_shared<LayoutResult>(*layout)}, {});
        const auto previous = std::make_shared<LayoutResult>(*less);
        const auto t3 = std::chrono::steady_clock::now();
        const auto again = engine->layout({graph, fonts, previous}, {});
        agains.push_back(Milliseconds(std::chrono::steady_clock::now() - t3).count());
    }
    const auto count = [&graph](NodeKind kind) {
        return std::count_if(graph->nodes.begin(), graph->nodes.end(),
                             [kind](const GraphNode &node) { return node.kind == kind; });
    };
    const QByteArray text = dotText(*graph, fonts);
    std::printf("{\"benchmark\":\"layout\",\"case\":\"%s\",\"workloads\":%td,\"services\":%td,\"lines\":%zu,"
                "\"namespaces\":%zu,\"rounds\":%d,\"graph_ms\":%.1f,\"layout_ms\":%.1f,\"first_map_ms\":%.1f,"
                "\"one_namespace_again_ms\":%.1f",
                one.name, count(NodeKind::Workload), count(NodeKind::Service), graph->edges.size(),
                graph->groups.size(), one.rounds, median(graphs), median(layouts), median(totals),
                median(agains));
    std::fflush(stdout);
    for (const char *program : {"dot", "sfdp", "fdp"}) {
        const QByteArray time = timeOf(QString::fromLatin1(program), text, deadlineMs);
        std::printf(",\"%s_ms\":%s", program, time.constData());
        std::fflush(stdout);
    }
    std::printf("}\n");
    std::fflush(stdout);
}

} // namespace

int main(int argc, char **argv)
{
    int deadlineMs = 60'000;
    std::vector<std::string> wanted;
    for (int i = 1; i < argc; ++i) {
        if (std::string(argv[i]) == "--deadline" && i + 1 < argc)
            deadlineMs = std::max(1, std::atoi(argv[++i])) * 1000;
        else
            wanted.emplace_back(argv[i]);
    }
    for (const Case &one : cases()) {
        if (wanted.empty() || std::find(wanted.begin(), wanted.end(), one.name) != wanted.end())
            run(one, deadlineMs);
    }
}
