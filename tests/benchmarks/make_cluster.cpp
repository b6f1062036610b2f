// Writes a cluster of any size: as a recording that portolan and portolanctl open, or as a folder of
// manifests, a list for each namespace, that kubectl applies.
//
//   make_cluster --pods N [--seed S] -o FILE.portolan|FOLDER
//
// The same options write the same cluster on every machine.

#include "cluster_manifests.h"
#include "model/snapshot/snapshot.h"
#include "tests/fakes/synthetic_cluster.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <optional>
#include <string>

using namespace portolan;

namespace {

struct Request
{
    fakes::SyntheticOptions cluster;
    std::string output;
};

template<class Number>
bool readNumber(const char *text, Number &number)
{
    const char *end = text + std::strlen(text);
    const auto [stop, error] = std::from_chars(text, end, number);
    return error == std::errc{} && stop == end;
}

std::optional<Request> requestOf(int argc, char **argv)
{
    Request request;
    request.cluster.pods = 0;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string option = argv[i];
        const char *value = argv[i + 1];
        const bool understood = option == "--pods"   ? readNumber(value, request.cluster.pods)
                                : option == "--seed" ? readNumber(value, request.cluster.seed)
                                                     : option == "-o" && !(request.output = value).empty();
        if (!understood)
            return std::nullopt;
    }
    constexpr std::size_t most = 1'000'000;
    const std::size_t pods = request.cluster.pods;
    if (argc % 2 == 0 || pods == 0 || pods > most || request.output.empty())
        return std::nullopt;
    // Large clusters have larger workloads and namespaces, not only more of them: 150,000 pods are about
    // 6,000 workloads in 300 namespaces.
    request.cluster.podsPerWorkload = std::max<std::size_t>(5, pods / 6'000);
    request.cluster.workloadsPerNamespace = pods >= 50'000 ? 20 : 10;
    return request;
}

} // namespace

int main(int argc, char **argv)
{
    const auto request = requestOf(argc, argv);
    if (!request) {
        std::fprintf(stderr, "usage: %s --pods N [--seed S] -o FILE.portolan|FOLDER\n", argv[0]);
        return 2;
    }
    const ClusterStatePtr state = fakes::syntheticCluster(request->cluster);
    const auto written = request->output.ends_with(".portolan")
                             ? saveSnapshot(*state, request->output)
                             : bench::writeManifests(*state, request->output);
    if (!written) {
        std::fprintf(stderr, "make_cluster: %s\n", written.error().oneLine().c_str());
        return 1;
    }
    const auto isTop = [](const auto &workload) { return workload->meta.owners.empty(); };
    const auto workloads = std::count_if(state->workloads.begin(), state->workloads.end(), isTop);
    std::printf("{\"pods\":%zu,\"namespaces\":%zu,\"workloads\":%td,\"services\":%zu,\"policies\":%zu}\n",
                state->pods.size(), state->namespaces.size(), workloads, state->services.size(),
                state->networkPolicies.size());
    return 0;
}
