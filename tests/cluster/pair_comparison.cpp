#include "tests/cluster/pair_comparison.h"

#include <QtCore/QString>
#include <QtCore/QStringList>

#include <algorithm>
#include <atomic>
#include <functional>
#include <mutex>
#include <set>
#include <thread>

namespace portolan::fakes {

namespace {

using SharedPod = std::shared_ptr<const Pod>;
using Target = std::string; // "host:port"
using Outcomes = std::map<Target, std::string>;

/// A source pod, what is to be probed from it, and what nc said of all of that.
struct Source
{
    SharedPod pod;
    std::vector<ProbePlan> plans;
    Outcomes ncSaid;
};

// Nearly all of their time is waiting; a pod has 64 MB for what runs in it at once.
constexpr std::size_t threads = 24;

void inParallel(std::size_t count, const std::function<void(std::size_t)> &task)
{
    std::atomic<std::size_t> next{0};
    std::vector<std::thread> workers;
    for (std::size_t i = 0; i < std::min(threads, count); ++i) {
        workers.emplace_back([&] {
            for (std::size_t at = next++; at < count; at = next++)
                task(at);
        });
    }
    for (std::thread &worker : workers)
        worker.join();
}

Target targetOf(const ProbePlan::Step &step)
{
    return step.host + ":" + std::to_string(step.port);
}

std::vector<ProbePlan> plansFrom(const ClusterState &state, const Pod &pod,
                                 std::vector<std::string> &unplanned)
{
    std::vector<ProbePlan> plans;
    for (const auto &service : state.services) {
        for (const ServicePort &port : service->ports) {
            if (port.protocol != Protocol::Tcp)
                continue;
            ProbeRequest request;
            request.source = refOf(pod);
            request.destination = refOf(*service);
            request.port = port.port;
            request.protocol = port.protocol;
            if (auto plan = planProbe(state, request))
                plans.push_back(std::move(*plan));
            else
                unplanned.push_back(plan.error().oneLine());
        }
    }
    return plans;
}

/// Read by nc's own words, apart from the rules under test.
std::string outcomeOf(const QString &exitCode, const QString &said)
{
    return exitCode == QLatin1String("0")                ? "REACHED"
           : said.contains(QLatin1String("refused"))     ? "REFUSED"
           : said.contains(QLatin1String("timed out"))   ? "TIMEOUT"
           : said.contains(QLatin1String("No route"))    ? "NO_ROUTE"
           : said.contains(QLatin1String("bad address")) ? "DNS"
                                                         : "? " + said.toStdString();
}

/// All targets of the pod in one kubectl exec, many at a time. Not by busybox' timeout: it leaves its child
/// to the pod's first process, which reaps nobody.
Outcomes askNc(const LiveCluster &cluster, const Pod &pod, const std::set<Target> &targets, int seconds)
{
    const char *const script = R"(n=0; for t in "$@"; do
( o=$(nc -w $0 "${t%:*}" "${t##*:}" -e true 2>&1 </dev/null); echo "$t|$?|$o" ) &
n=$((n+1)); [ $((n%24)) -eq 0 ] && wait; done; wait)";
    std::vector<std::string> command{
        "exec", "-n", pod.meta.ns, pod.meta.name,          "-c", pod.containers.front().name, "--",
        "sh",   "-c", script,      std::to_string(seconds)};
    command.insert(command.end(), targets.begin(), targets.end());
    const QString text = QString::fromStdString(cluster.kubectl(command).out);
    Outcomes outcomes;
    for (const QString &line : text.split(QLatin1Char('\n'))) {
        const QStringList fields = line.split(QLatin1Char('|'));
        if (fields.size() == 3)
            outcomes[fields[0].toStdString()] = outcomeOf(fields[1], fields[2]);
    }
    return outcomes;
}

std::string saidOf(const Outcomes &outcomes, const ProbePlan::Step &step)
{
    const auto known = outcomes.find(targetOf(step));
    return known == outcomes.end() ? "nothing" : known->second;
}

/// Endpoints of one service that answer differently (a pod of the host's network reaches those on its own
/// node alone): then what its address says depends on the endpoint that the proxy picks.
bool isMixed(const ProbePlan &plan, const std::function<std::string(std::size_t)> &said)
{
    std::set<std::string> kinds;
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
        if (plan.steps[i].kind == ProbeStepKind::Endpoint)
            kinds.insert(said(i));
    }
    return kinds.size() > 1;
}

PairComparison compare(const ProbePlan &plan, const Outcomes &ncSaid, const Result<ProbeResult> &result)
{
    PairComparison found;
    found.plans = 1;
    const std::string from = plan.request.source.ns + "/" + plan.request.source.name + " -> ";
    if (!result) {
        found.differences.push_back(from + plan.request.destination.name + ": " + result.error().oneLine());
        return found;
    }
    const auto nc = [&](std::size_t i) { return saidOf(ncSaid, plan.steps[i]); };
    const auto ours = [&](std::size_t i) { return std::string(probeOutcomeName(result->steps[i].outcome)); };
    const bool mixed = isMixed(plan, nc) && isMixed(plan, ours);
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
        const bool isEndpoint = plan.steps[i].kind == ProbeStepKind::Endpoint;
        ++found.kinds[ours(i)];
        found.podPairs += isEndpoint ? 1 : 0;
        if (ours(i) == nc(i) || (mixed && !isEndpoint && nc(i) != "nothing"))
            ++found.agreed;
        else
            found.differences.push_back(from + targetOf(plan.steps[i]) + ": nc says " + nc(i) + ", we say " +
                                        ours(i) + ": " + result->steps[i].output + " " + result->detail);
    }
    return found;
}

std::set<Target> targetsOf(const std::vector<ProbePlan> &plans)
{
    std::set<Target> targets;
    for (const ProbePlan &plan : plans) {
        for (const ProbePlan::Step &step : plan.steps)
            targets.insert(targetOf(step));
    }
    return targets;
}

void add(PairComparison &all, const PairComparison &one)
{
    all.plans += one.plans;
    all.podPairs += one.podPairs;
    all.agreed += one.agreed;
    for (const auto &[kind, count] : one.kinds)
        all.kinds[kind] += count;
    all.differences.insert(all.differences.end(), one.differences.begin(), one.differences.end());
}

} // namespace

std::vector<SharedPod> podsWithTools(const ClusterState &state)
{
    std::vector<SharedPod> pods;
    for (const auto &pod : state.pods) {
        const bool ends = std::any_of(pod->meta.owners.begin(), pod->meta.owners.end(),
                                      [](const OwnerRef &owner) { return owner.kind == "Job"; });
        if (!ends && pod->phase == PodPhase::Running && !pod->containers.empty() &&
            pod->containers.front().image.find("shopd-with-tools") != std::string::npos)
            pods.push_back(pod);
    }
    return pods;
}

PairComparison comparePairs(const LiveCluster &cluster, kube::PodExec &exec, const ClusterState &state,
                            const std::vector<SharedPod> &pods)
{
    PairComparison all;
    std::vector<Source> sources;
    for (const SharedPod &pod : pods)
        sources.push_back({pod, plansFrom(state, *pod, all.unplanned), {}});
    inParallel(sources.size(), [&](std::size_t i) {
        sources[i].ncSaid = askNc(cluster, *sources[i].pod, targetsOf(sources[i].plans), 3);
    });
    // Neighbours in the list are of different pods, so that no pod runs many plans at once.
    std::vector<std::pair<const Source *, const ProbePlan *>> plans;
    const auto more = [](const Source &a, const Source &b) { return a.plans.size() < b.plans.size(); };
    const auto most = std::max_element(sources.begin(), sources.end(), more);
    for (std::size_t turn = 0; most != sources.end() && turn < most->plans.size(); ++turn) {
        for (const Source &source : sources) {
            if (turn < source.plans.size())
                plans.emplace_back(&source, &source.plans[turn]);
        }
    }
    Prober prober(exec, "");
    std::mutex mutex;
    inParallel(plans.size(), [&](std::size_t i) {
        const auto &[source, plan] = plans[i];
        PairComparison one = compare(*plan, source->ncSaid, prober.run(*plan, {}));
        if (!one.differences.empty())
            one = compare(*plan, askNc(cluster, *source->pod, targetsOf({*plan}), 6), prober.run(*plan, {}));
        const std::lock_guard lock(mutex);
        add(all, one);
    });
    return all;
}

} // namespace portolan::fakes
