// Verdicts for every ordered pair of pods on one port, from a ClusterState; and one change after another.
//
//   bench_policy [--only NAME] [FOLDER…]     FOLDER: manifests; all pairs of their pods
//
// Prints one JSON line a case: medians in milliseconds of processor time, of making the model (compile and
// classify) and of all pairs, and the memory that the process holds at most. A case runs in a process of its
// own.
#include "model/manifest/manifest.h"
#include "model/policy/policy_api.h"
#include "model/policy/policy_model.h"
#include "model/policy/verdict_rows.h"
#include "tests/benchmarks/policy_clusters.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <string>

using namespace portolan;
using namespace portolan::policy;
using fakes::BlockStyle;
using fakes::PolicyClusterOptions;

namespace {

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
}

template<class Work>
double timed(const Work &work)
{
    // The thread's own time: what else the machine does is not ours. Nothing here waits.
    timespec start{};
    timespec end{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start);
    work();
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
    return double(end.tv_sec - start.tv_sec) * 1e3 + double(end.tv_nsec - start.tv_nsec) / 1e6;
}

double heldMegabytes()
{
    long pages = 0;
    long resident = 0;
    if (std::FILE *file = std::fopen("/proc/self/statm", "r")) {
        if (std::fscanf(file, "%ld %ld", &pages, &resident) != 2)
            resident = 0;
        std::fclose(file);
    }
    return double(resident) * double(::sysconf(_SC_PAGESIZE)) / 1e6;
}

double peakMegabytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_maxrss) / 1e3;
}

/// All five APIs at once, which no single enforcer has.
OrderedPolicies compileAll(const ClusterState &state)
{
    OrderedPolicies out;
    for (const PolicyApi *api : policyApis()) {
        std::vector<const ApiObject *> objects;
        for (const auto &object : state.others) {
            if (api->accepts(object->group, object->kind))
                objects.push_back(object.get());
        }
        api->compile(objects, {state, Enforcer::Calico}, out);
    }
    out.finish();
    return out;
}

void measure(const std::string &name, const ClusterStatePtr &state, int runs, bool everyApi)
{
    std::vector<double> compile, classify, pairs, whole;
    PairCounts counts;
    std::size_t classes = 0;
    std::size_t policies = 0;
    const double before = heldMegabytes();
    for (int i = 0; i < runs; ++i) {
        OrderedPolicies ordered;
        std::shared_ptr<const PolicyModel> model;
        compile.push_back(timed([&] {
            ordered = everyApi ? compileAll(*state) : compilePolicies({*state, Enforcer::Generic});
        }));
        classify.push_back(
            timed([&] { model = PolicyModel::of(state, std::move(ordered), Enforcer::Generic); }));
        pairs.push_back(timed([&] { counts = model->countPairs({protocol::tcp, 80, 0, 0}); }));
        whole.push_back(compile.back() + classify.back() + pairs.back());
        classes = model->classified().classes.count();
        policies = model->policies().policies.size();
    }
    std::printf("{\"case\":\"%s\",\"pods\":%zu,\"policies\":%zu,\"classes\":%zu,\"compileMs\":%.2f,"
                "\"classifyMs\":%.2f,\"pairsMs\":%.2f,\"wholeMs\":%.2f,\"stateMB\":%.0f,\"peakMB\":%.0f,"
                "\"allowed\":%llu,\"denied\":%llu,\"unknown\":%llu}\n",
                name.c_str(), state->pods.size(), policies, classes, median(compile), median(classify),
                median(pairs), median(whole), before, peakMegabytes(), (unsigned long long)counts.allowed,
                (unsigned long long)counts.denied, (unsigned long long)counts.unknown);
    std::fflush(stdout);
}

struct Case
{
    const char *name;
    PolicyClusterOptions options;
    int runs;
};

const Case cases[] = {
    {"10000-pods", {10'000, 200, 5, 1'000}, 9},
    {"10000-pods-mixed", {10'000, 200, 5, 1'000, BlockStyle::Outside, true}, 9},
    {"10000-pods-hostile-blocks", {10'000, 200, 5, 1'000, BlockStyle::CutThePods}, 5},
    {"150000-pods", {150'000, 300, 25, 10'000}, 5},
    {"150000-pods-mixed", {150'000, 300, 25, 10'000, BlockStyle::Outside, true}, 3},
    {"150000-pods-hostile-blocks", {150'000, 300, 25, 10'000, BlockStyle::CutThePods}, 3},
};

/// Memory is a process's own affair, and what one case holds would count for the next.
template<class Work>
void inOwnProcess(const Work &work)
{
    std::fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        work();
        std::fflush(stdout);
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
}

} // namespace

int main(int argc, char **argv)
{
    std::string only;
    std::vector<std::string> folders;
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--only") == 0 && i + 1 < argc)
            only = argv[++i];
        else
            folders.emplace_back(argv[i]);
    }
    for (const std::string &folder : folders) {
        inOwnProcess([&] {
            const auto cluster = loadManifests(folder);
            if (!cluster)
                std::fprintf(stderr, "bench_policy: %s\n", cluster.error().oneLine().c_str());
            else
                measure(folder, cluster->state, 5, false);
        });
    }
    for (const Case &one : cases) {
        if (folders.empty() && (only.empty() || only == one.name))
            inOwnProcess(
                [&] { measure(one.name, fakes::policyCluster(one.options), one.runs, one.options.mixed); });
    }
    return 0;
}
