/// From connect to ClusterState on a real API server, against `kubectl get pods -A -o json > /dev/null` on
/// the same one, run after run, so that a busy machine slows both alike. Every run is a process of its own:
/// its time and its largest resident size are what the kernel says of it. The reader reads every kind that
/// the chart shows, kubectl the pods alone: kubectl is given the easier task.
///
/// Usage: bench_read KUBECONFIG [RUNS [KUBECTL]]. One JSON object a line; medians.

#include "model/kube/cluster_reader.h"
#include "model/kube/curl_transport.h"
#include "model/kube/kubeconfig.h"

#include "model/cluster/cluster_state.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

using namespace portolan;
using namespace portolan::kube;

namespace {

using Milliseconds = std::chrono::duration<double, std::milli>;
using SteadyClock = std::chrono::steady_clock;

struct Sample
{
    double milliseconds = 0;
    double cpuMilliseconds = 0;
    double mebibytes = 0;
};

struct ReadReport
{
    double podsMs = 0;
    double syncedMs = 0;
    std::size_t pods = 0;
    std::size_t objects = 0;
};

[[noreturn]] void giveUp(const std::string &why)
{
    std::fprintf(stderr, "bench_read: %s\n", why.c_str());
    std::exit(1);
}

ClusterAccess accessOf(const char *file)
{
    const auto config = loadKubeconfig(std::filesystem::path(file));
    if (!config)
        giveUp(config.error().oneLine());
    auto access = resolveContext(*config, {});
    if (!access)
        giveUp(access.error().oneLine());
    return std::move(*access);
}

std::size_t objectsOf(const ClusterState &state)
{
    return state.namespaces.size() + state.nodes.size() + state.pods.size() + state.services.size() +
           state.endpointSlices.size() + state.networkPolicies.size() + state.ingresses.size() +
           state.workloads.size() + state.events.size() + state.others.size();
}

/// The whole way, once, in this process.
ReadReport readOnce(const char *kubeconfig, bool watchList)
{
    const auto started = SteadyClock::now();
    const auto elapsed = [started] { return Milliseconds(SteadyClock::now() - started).count(); };
    CurlTransport transport(std::make_shared<CredentialSource>(accessOf(kubeconfig),
                                                               [](const ExecPluginSpec &) { return true; }));
    ReadReport report;
    CancelSource end;
    ClusterStatePtr state = std::make_shared<ClusterState>();
    ReaderHandlers handlers;
    handlers.onDelta = [&](const ClusterDelta &delta) {
        state = applied(state, delta);
        for (const Replacement &replacement : delta.replacements) {
            if (replacement.resource.objectKind() == ObjectKind::Pod)
                report.podsMs = elapsed();
        }
    };
    handlers.onUnreachable = [](const Error &error) { giveUp(error.oneLine()); };
    handlers.onSynced = [&] {
        report.syncedMs = elapsed();
        end.cancel();
    };
    ReaderOptions options;
    options.watchList = watchList;
    ClusterReader reader(transport, {{}, "default"}, std::move(handlers), options);
    transport.post([&reader] { reader.start(); });
    transport.run(end.token());
    report.pods = state->pods.size();
    report.objects = objectsOf(*state);
    return report;
}

/// Runs `argv` and measures it; its output goes to /dev/null, or into `output`.
Sample measured(const std::vector<std::string> &argv, std::string *output = nullptr)
{
    int ends[2];
    if (pipe(ends) != 0)
        giveUp("no pipe");
    const auto started = SteadyClock::now();
    const pid_t child = fork();
    if (child == 0) {
        const int target = output ? ends[1] : open("/dev/null", O_WRONLY);
        dup2(target, STDOUT_FILENO);
        close(ends[0]);
        std::vector<char *> arguments;
        for (const std::string &argument : argv)
            arguments.push_back(const_cast<char *>(argument.c_str()));
        arguments.push_back(nullptr);
        execvp(arguments[0], arguments.data());
        _exit(127);
    }
    close(ends[1]);
    char buffer[4096];
    for (ssize_t got = 0; (got = read(ends[0], buffer, sizeof buffer)) > 0;) {
        if (output)
            output->append(buffer, std::size_t(got));
    }
    close(ends[0]);
    int status = 0;
    rusage usage{};
    wait4(child, &status, 0, &usage);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        giveUp(argv[0] + " failed");
    const auto seconds = [](const timeval &time) { return double(time.tv_sec) + double(time.tv_usec) / 1e6; };
    return {Milliseconds(SteadyClock::now() - started).count(),
            1000 * (seconds(usage.ru_utime) + seconds(usage.ru_stime)), double(usage.ru_maxrss) / 1024};
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

Sample medians(const std::vector<Sample> &samples)
{
    Sample middle;
    for (double Sample::*field : {&Sample::milliseconds, &Sample::cpuMilliseconds, &Sample::mebibytes}) {
        std::vector<double> values;
        for (const Sample &sample : samples)
            values.push_back(sample.*field);
        middle.*field = median(values);
    }
    return middle;
}

void print(const char *what, const Sample &sample, const std::string &more = {})
{
    std::printf("{\"what\":\"%s\",\"ms\":%.1f,\"cpu_ms\":%.1f,\"max_rss_mib\":%.1f%s}\n", what,
                sample.milliseconds, sample.cpuMilliseconds, sample.mebibytes, more.c_str());
    std::fflush(stdout);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc >= 4 && std::strcmp(argv[1], "--once") == 0) {
        const ReadReport report = readOnce(argv[2], std::strcmp(argv[3], "watchlist") == 0);
        std::printf(",\"pods\":%zu,\"objects\":%zu,\"pods_read_ms\":%.1f,\"all_read_ms\":%.1f", report.pods,
                    report.objects, report.podsMs, report.syncedMs);
        return 0;
    }
    if (argc < 2)
        giveUp("usage: bench_read KUBECONFIG [RUNS [KUBECTL]]");
    const int runs = argc > 2 ? std::max(1, std::atoi(argv[2])) : 5;
    const std::string kubectl = argc > 3 ? argv[3] : "kubectl";
    std::vector<Sample> ours;
    std::vector<Sample> byWatchList;
    std::vector<Sample> theirs;
    std::string report;
    std::string watchListReport;
    for (int run = 0; run < runs; ++run) {
        report.clear();
        watchListReport.clear();
        ours.push_back(measured({argv[0], "--once", argv[1], "list"}, &report));
        byWatchList.push_back(measured({argv[0], "--once", argv[1], "watchlist"}, &watchListReport));
        theirs.push_back(
            measured({kubectl, "--kubeconfig", argv[1], "get", "pods", "-A", "-o", "json"}, nullptr));
    }
    const Sample mine = medians(ours);
    const Sample kube = medians(theirs);
    print("portolan: every kind, by list", mine, report);
    print("portolan: every kind, by WatchList", medians(byWatchList), watchListReport);
    print("kubectl get pods -A -o json", kube);
    std::printf("{\"what\":\"ratio\",\"times_faster\":%.1f,\"memory_part\":%.4f,\"runs\":%d}\n",
                kube.milliseconds / mine.milliseconds, mine.mebibytes / kube.mebibytes, runs);
    return 0;
}
