// The matrix of all workloads, on any port and on one, from a ClusterState.
//
//   bench_matrix [PODS[:PODS_A_WORKLOAD:WORKLOADS_A_NAMESPACE]...]
//
// Prints one JSON line a size: medians in milliseconds, and "mixed", how many cells of the matrix of any port
// are neither all allowed nor all denied.
#include "model/graph/reach_matrix.h"
#include "tests/fakes/synthetic_cluster.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

using namespace portolan;

namespace {

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

void run(const char *size, std::size_t runs)
{
    fakes::SyntheticOptions options;
    std::sscanf(size, "%zu:%zu:%zu", &options.pods, &options.podsPerWorkload, &options.workloadsPerNamespace);
    const auto policies = policy::PolicyModel::make(fakes::syntheticCluster(options));
    ReachMatrixPtr any;
    const auto timed = [&](std::optional<policy::Traffic> traffic) {
        std::vector<double> times;
        for (std::size_t i = 0; i < runs; ++i) {
            const auto begin = std::chrono::steady_clock::now();
            any = ReachMatrix::make(*policies, traffic, CancelSource().token());
            const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - begin;
            times.push_back(taken.count());
        }
        return median(std::move(times));
    };
    const double onePort = timed(policy::Traffic{policy::protocol::tcp, 8080});
    const double anyPort = timed(std::nullopt);
    const auto mixed = std::count(any->cells().begin(), any->cells().end(), CellVerdict::Mixed);
    std::printf("{\"benchmark\":\"matrix\",\"workloads\":%zu,\"runs\":%zu,\"one_port_ms\":%.1f,"
                "\"any_port_ms\":%.1f,\"mixed\":%td}\n",
                any->ends().size(), runs, onePort, anyPort, mixed);
    std::fflush(stdout);
}

} // namespace

int main(int argc, char **argv)
{
    std::vector<const char *> sizes(argv + 1, argv + argc);
    if (sizes.empty())
        sizes = {"1000:5:10", "10000:5:10", "150000:25:20"};
    for (const char *size : sizes)
        run(size, 3);
    return 0;
}
