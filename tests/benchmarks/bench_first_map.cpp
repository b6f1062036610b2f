// From ClusterState to a map with places: what a person waits for once everything was read.
// Prints one JSON object per size: medians in milliseconds, worker start included in every run.

#include "model/graph/graph_builder.h"
#include "model/layout/layout_engine.h"
#include "tests/fakes/synthetic_cluster.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
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
};

Sample measure(const ClusterState &state, const std::string &worker)
{
    const auto engine = makeNamespaceLayout({worker});
    const auto t0 = std::chrono::steady_clock::now();
    const auto graph = std::make_shared<TopologyGraph>(buildGraph(state, {}));
    const auto t1 = std::chrono::steady_clock::now();
    const auto layout = engine->layout({graph, defaultMapFonts(), {}, 1.6}, {});
    const auto t2 = std::chrono::steady_clock::now();
    if (!layout || !layout->packed.empty()) {
        std::fprintf(stderr, "the layout worker %s did not do its part\n", worker.c_str());
        std::exit(1);
    }
    const auto previous = std::make_shared<LayoutResult>(*layout);
    const auto t3 = std::chrono::steady_clock::now();
    const auto kept = engine->layout({graph, defaultMapFonts(), previous, 1.6}, {});
    const auto t4 = std::chrono::steady_clock::now();
    return {Milliseconds(t1 - t0).count(), Milliseconds(t2 - t1).count(), Milliseconds(t4 - t3).count()};
}

void run(std::size_t pods, const std::string &worker, int rounds)
{
    fakes::SyntheticOptions options;
    options.pods = pods;
    const ClusterStatePtr state = fakes::syntheticCluster(options);
    const TopologyGraph graph = buildGraph(*state, {});
    std::vector<double> graphs, layouts, totals, agains;
    for (int round = 0; round < rounds; ++round) {
        const Sample sample = measure(*state, worker);
        graphs.push_back(sample.graph);
        layouts.push_back(sample.layout);
        totals.push_back(sample.graph + sample.layout);
        agains.push_back(sample.again);
    }
    std::printf("{\"benchmark\":\"first_map\",\"pods\":%zu,\"namespaces\":%zu,\"policies\":%zu,\"nodes\":%zu,"
                "\"edges\":%zu,\"rounds\":%d,\"graph_ms\":%.2f,\"layout_ms\":%.2f,\"total_ms\":%.2f,"
                "\"update_ms\":%.2f}\n",
                state->pods.size(), state->namespaces.size(), state->networkPolicies.size(),
                graph.nodes.size(), graph.edges.size(), rounds, median(graphs), median(layouts),
                median(totals), median(agains));
    std::fflush(stdout);
}

} // namespace

/// bench_first_map [PODS...]; without arguments 100, 1,000 and 10,000.
int main(int argc, char **argv)
{
    const std::string worker = PORTOLAN_LAYOUT_PROGRAM;
    std::vector<std::size_t> sizes;
    for (int i = 1; i < argc; ++i)
        sizes.push_back(std::strtoul(argv[i], nullptr, 10));
    if (sizes.empty())
        sizes = {100, 1'000, 10'000};
    for (const std::size_t pods : sizes)
        run(pods, worker, pods > 5'000 ? 7 : 15);
}
