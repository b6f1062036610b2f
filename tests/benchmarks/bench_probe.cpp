// One probe beside `kubectl exec … nc` of the same, against the real cluster.
//
//   PORTOLAN_TEST_KUBECONFIG=… bench_probe [RUNS]
//
// Prints JSON lines: a median for each way and their ratios. The two alternate, so that what else the
// machine does falls on both. Outcomes are checked: a probe that fails is not a fast one.
#include "model/probe/prober.h"
#include "tests/cluster/live_cluster.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstring>

using namespace portolan;

namespace {

using Milliseconds = std::chrono::duration<double, std::milli>;

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
}

template<class Work>
double timed(const Work &work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return Milliseconds(std::chrono::steady_clock::now() - start).count();
}

int fail(const std::string &why)
{
    std::fprintf(stderr, "bench_probe: %s\n", why.c_str());
    return 1;
}

const Pod *runningPod(const ClusterState &state, const std::string &ns, const std::string &app)
{
    for (const auto &pod : state.pods.inNamespace(ns)) {
        if (pod->meta.name.starts_with(app) && pod->phase == PodPhase::Running)
            return pod.get();
    }
    return nullptr;
}

struct Bench
{
    const fakes::LiveCluster &cluster;
    kube::PodExec &exec;
    ProbePlan full;
    ProbePlan single; ///< the ClusterIP alone: what the one nc does
    std::vector<std::string> ncCommand;

    std::vector<double> nc, one, whole, cold, inPod;
    std::size_t failures = 0;

    void round(Prober &prober)
    {
        nc.push_back(timed([&] { failures += cluster.kubectl(ncCommand).exitCode == 0 ? 0 : 1; }));
        one.push_back(timed([&] { probe(prober, single); }));
        whole.push_back(timed([&] { probe(prober, full); }));
        cold.push_back(timed([&] {
            Prober fresh(exec, "");
            probe(fresh, single);
        }));
    }

    void probe(Prober &prober, const ProbePlan &plan)
    {
        const auto result = prober.run(plan, {});
        if (!result || result->outcome != ProbeOutcome::Reached)
            ++failures;
        else
            inPod.push_back(Milliseconds(result->elapsed).count());
    }
};

Result<ProbePlan> planOf(const ClusterState &state, const Pod &pod)
{
    ProbeRequest request;
    request.source = refOf(pod);
    request.destination = {ObjectKind::Service, "Service", "shop", "catalog"};
    return planProbe(state, request);
}

} // namespace

int main(int argc, char **argv)
{
    int runs = 31;
    if (argc > 1)
        std::from_chars(argv[1], argv[1] + std::strlen(argv[1]), runs);
    const auto cluster = fakes::LiveCluster::open();
    if (!cluster)
        return fail(cluster.error().oneLine());
    const auto state = cluster->read({"shop"});
    if (!state)
        return fail(state.error().oneLine());
    const Pod *pod = runningPod(**state, "shop", "web");
    if (!pod)
        return fail("the cluster has no running pod shop/web");
    const auto plan = planOf(**state, *pod);
    if (!plan)
        return fail(plan.error().oneLine());
    const auto exec = kube::makeWebSocketExec(cluster->credentials());
    ProbePlan single = *plan;
    single.steps = {plan->steps.at(1)};
    Bench bench{*cluster,
                *exec,
                *plan,
                single,
                {"exec", "-n", "shop", pod->meta.name, "-c", plan->container, "--", "nc", "-w", "3",
                 single.steps.front().host, std::to_string(single.steps.front().port), "-e", "true"},
                {},
                {},
                {},
                {},
                {},
                0};
    Prober prober(*exec, "");
    bench.probe(prober, single);
    bench.inPod.clear();
    for (int i = 0; i < runs; ++i)
        bench.round(prober);
    const double nc = median(bench.nc);
    const auto print = [&](const char *name, const std::vector<double> &values) {
        std::printf("{\"bench\":\"probe\",\"what\":\"%s\",\"runs\":%zu,\"median_ms\":%.2f,\"ratio_to_"
                    "kubectl\":%.3f}\n",
                    name, values.size(), median(values), median(values) / nc);
    };
    print("kubectl exec nc", bench.nc);
    print("probe of one address, tools known", bench.one);
    print("probe of name, ClusterIP and endpoints, tools known", bench.whole);
    print("probe of one address, first in its image", bench.cold);
    std::printf("{\"bench\":\"probe\",\"what\":\"connection as measured in the pod\",\"median_ms\":%.3f}\n",
                median(bench.inPod));
    return bench.failures == 0 ? 0 : fail(std::to_string(bench.failures) + " probes failed");
}
