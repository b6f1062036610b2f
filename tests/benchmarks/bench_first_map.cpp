// From ClusterState to a map with places: what a person waits for once everything was read.
// Prints one JSON object per size: medians in milliseconds, worker start included in every run. The "cpu"
// figures are time on the processor, the layout's workers included: what the same would take on a machine
// with nothing else to do, if all of it came one after the other.
//
// Usage: bench_first_map [PODS[:PODS_A_WORKLOAD:WORKLOADS_A_NAMESPACE]...]; without arguments 100, 1000 and
// 10000 pods.

#include "model/graph/graph_builder.h"
#include "model/layout/layout_engine.h"
#include "tests/fakes/synthetic_cluster.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <sys/resource.h>
#include <vector>

using namespace portolan;

namespace {

using Milliseconds = std::chrono::duration<double, std::milli>;

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

struct Sample
{
    double graph;
    double layout;
    double again; ///< one pod went: the same map once more, everything kept
    double graphCpu;
    double layoutCpu;
};

double cpuOf(int who)
{
    rusage usage{};
    getrusage(who, &usage);
    const auto ms = [](const timeval &time) {
        return double(time.tv_sec) * 1e3 + double(time.tv_usec) / 1e3;
    };
    return ms(usage.ru_utime) + ms(usage.ru_stime);
}

Sample measure(const ClusterState &state, const std::string &worker)
{
    const double workersBefore = cpuOf(RUSAGE_CHILDREN);
    const double c0 = cpuOf(RUSAGE_SELF);
    auto engine = makeNamespaceLayout({worker});
    const auto t0 = std::chrono::steady_clock::now();
    const auto graph = std::make_shared<TopologyGraph>(buildGraph(state, {}));
    const auto t1 = std::chrono::steady_clock::now();
    const double c1 = cpuOf(RUSAGE_SELF);
    const auto layout = engine->layout({graph, defaultMapFonts(), {}, 1.6}, {});
    const auto t2 = std::chrono::steady_clock::now();
    const double c2 = cpuOf(RUSAGE_SELF);
    if (!layout || !layout->packed.empty()) {
        std::fprintf(stderr, "the layout worker %s did not do its part\n", worker.c_str());
        std::exit(1);
    }
    const auto previous = std::make_shared<LayoutResult>(*layout);
    const auto t3 = std::chrono::steady_clock::now();
    const auto kept = engine->layout({graph, defaultMapFonts(), previous, 1.6}, {});
    const auto t4 = std::chrono::steady_clock::now();
    engine.reset(); // waits for its workers, whose time is known then
    const double workers = cpuOf(RUSAGE_CHILDREN) - workersBefore;
    return {Milliseconds(t1 - t0).count(), Milliseconds(t2 - t1).count(), Milliseconds(t4 - t3).count(),
            c1 - c0, c2 - c1 + workers};
}

void run(const fakes::SyntheticOptions &options, const std::string &worker, int rounds)
{
    const ClusterStatePtr state = fakes::syntheticCluster(options);
    const TopologyGraph graph = buildGraph(*state, {});
    std::vector<double> graphs, layouts, totals, agains, graphCpus, layoutCpus;
    for (int round = 0; round < rounds; ++round) {
        const Sample sample = measure(*state, worker);
        graphs.push_back(sample.graph);
        layouts.push_back(sample.layout);
        totals.push_back(sample.graph + sample.layout);
        agains.push_back(sample.again);
        graphCpus.push_back(sample.graphCpu);
        layoutCpus.push_back(sample.layoutCpu);
    }
    std::printf("{\"benchmark\":\"first_map\",\"pods\":%zu,\"namespaces\":%zu,\"policies\":%zu,\"nodes\":%zu,"
                "\"edges\":%zu,\"rounds\":%d,\"graph_ms\":%.2f,\"layout_ms\":%.2f,\"total_ms\":%.2f,"
                "\"least_total_ms\":%.2f,\"graph_cpu_ms\":%.2f,\"layout_cpu_ms\":%.2f,\"update_ms\":%.2f}\n",
                state->pods.size(), state->namespaces.size(), state->networkPolicies.size(),
                graph.nodes.size(), graph.edges.size(), rounds, median(graphs), median(layouts),
                median(totals), *std::min_element(totals.begin(), totals.end()), median(graphCpus),
                median(layoutCpus), median(agains));
    std::fflush(stdout);
}

/// "10000" or "150000:25:20".
fakes::SyntheticOptions optionsOf(const char *text)
{
    fakes::SyntheticOptions options;
    std::sscanf(text, "%zu:%zu:%zu", &options.pods, &options.podsPerWorkload, &options.workloadsPerNamespace);
    return options;
}

} // namespace

int main(int argc, char **argv)
{
    const std::string worker = PORTOLAN_LAYOUT_PROGRAM;
    std::vector<const char *> sizes(argv + 1, argv + argc);
    if (sizes.empty())
        sizes = {"100", "1000", "10000"};
    for (const char *size : sizes) {
        const fakes::SyntheticOptions options = optionsOf(size);
        run(options, worker, options.pods > 50'000 ? 3 : options.pods > 5'000 ? 7 : 15);
    }
}
