/// How long a recording of many pods takes to write and to read, in time on the processor. One JSON
/// object a line; medians. Usage: bench_snapshot [RUNS [PODS]]

#include "model/cluster/decode.h"
#include "model/snapshot/snapshot.h"
#include "pod_pages.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <vector>

using namespace portolan;

namespace {

double processorSeconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) + double(now.tv_nsec) / 1e9;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

ClusterStatePtr stateOf(std::size_t pods)
{
    const ResourceType type{"", "v1", "Pod", "pods", true};
    Decoder decoder;
    auto list = decoder.list(type, bench::podPage(pods));
    if (!list)
        std::abort();
    ClusterDelta delta;
    delta.replacements.push_back({type, "", std::move(list->objects)});
    return applied(nullptr, delta);
}

} // namespace

int main(int argc, char **argv)
{
    const std::size_t runs = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 5;
    const std::size_t pods = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 20'000;
    if (runs == 0 || pods == 0)
        return 2;
    const ClusterStatePtr state = stateOf(pods);
    const auto file = std::filesystem::temp_directory_path() / "bench_snapshot.portolan";
    std::vector<double> saving, loading;
    for (std::size_t run = 0; run < runs; ++run) {
        double begin = processorSeconds();
        if (!saveSnapshot(*state, file))
            std::abort();
        saving.push_back(processorSeconds() - begin);
        begin = processorSeconds();
        const auto loaded = loadSnapshot(file);
        if (!loaded || (*loaded)->pods.size() != pods)
            std::abort();
        loading.push_back(processorSeconds() - begin);
    }
    std::printf(R"({"bench":"snapshot","pods":%zu,"file_bytes":%ju,"runs":%zu,"save_ms":%.0f,"load_ms":%.0f})"
                "\n",
                pods, std::uintmax_t(std::filesystem::file_size(file)), runs, median(saving) * 1e3,
                median(loading) * 1e3);
    std::filesystem::remove(file);
    return 0;
}
