// Verdicts for every ordered pair of pods on one port, from a ClusterState; and one change after another.
//
//   bench_policy [--only NAME] [FOLDER…]     FOLDER: manifests; all pairs of their pods
//
// Prints one JSON line a case. All pairs: medians in milliseconds of processor time, of making the model
// (compile and classify) and of all pairs, and the memory that the process holds at most. Changes: median and
// most of updating the model by one change and of making the rows that it touched anew, on one port; the
// model of one change is what the next starts from, and `anewMs` is what making it anew takes instead. A
// change is an edit of a policy (another port, another peer, another subject), its removal, its return; or of
// a pod (another workload's labels and ports), its removal, another in its place. A case runs in a process of
// its own.
#include "model/manifest/manifest.h"
#include "model/policy/policy_api.h"
#include "model/policy/policy_model.h"
#include "model/policy/verdict_rows.h"
#include "tests/benchmarks/policy_clusters.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <string>
#include <utility>

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

template<class T>
ClusterStatePtr with(const ClusterStatePtr &state, std::shared_ptr<const T> object)
{
    ClusterDelta delta;
    delta.upserts.emplace_back(std::move(object));
    return applied(state, delta);
}

ClusterStatePtr without(const ClusterStatePtr &state, const ObjectRef &ref)
{
    ClusterDelta delta;
    delta.removed.push_back(ref);
    return applied(state, delta);
}

/// The i-th change of a policy: five edits of as many policies, then one goes and comes back.
ClusterStatePtr changedPolicy(const ClusterStatePtr &state, std::size_t i)
{
    static std::shared_ptr<const NetworkPolicy> removed;
    const auto all = state->networkPolicies.all();
    const auto &chosen = all[i * 37 % all.size()];
    if (i % 7 == 6)
        return with(state, std::exchange(removed, nullptr));
    if (i % 7 == 5) {
        removed = chosen;
        return without(state, refOf(*chosen));
    }
    const auto &other = all[i * 53 % all.size()];
    auto policy = std::make_shared<NetworkPolicy>(*chosen);
    if (i % 3 == 0)
        policy->ingress.front().ports = {{Protocol::Tcp, PortRef(std::uint16_t(1000 + i)), {}}};
    else if (i % 3 == 1)
        policy->ingress.front().peers = other->ingress.front().peers;
    else
        policy->podSelector = other->podSelector;
    return with<NetworkPolicy>(state, policy);
}

/// The i-th change of a pod.
ClusterStatePtr changedPod(const ClusterStatePtr &state, std::size_t i)
{
    const auto pods = state->pods.all();
    const auto &chosen = pods[i * 997 % (pods.size() - 8)];
    const auto &other = pods[i * 997 % (pods.size() - 8) + 7];
    auto pod = std::make_shared<Pod>(*chosen);
    if (i % 3 == 1)
        return without(state, refOf(*chosen));
    if (i % 3 == 2) {
        pod->meta.name += "x" + std::to_string(i);
        pod->ips = {"10.200." + std::to_string(i / 250) + "." + std::to_string(i % 250)};
    } else if (chosen->meta.ns == other->meta.ns) {
        pod->meta.labels = other->meta.labels;
        pod->containers = other->containers;
    }
    return with<Pod>(state, pod);
}

/// Whose rows a change touched: groups that other policies select than did before, and those of some pods.
std::vector<std::uint32_t> touchedGroups(const PolicyModel &before, const PolicyModel &after,
                                         Direction direction, std::size_t pods)
{
    const SubjectGroups &old = before.classified().groups[std::size_t(direction)];
    const SubjectGroups &groups = after.classified().groups[std::size_t(direction)];
    std::vector<std::uint32_t> touched;
    for (std::uint32_t g = 0; g < groups.groups().size(); ++g) {
        const SubjectGroup &group = groups.groups()[g];
        const SubjectGroup &was = old.groups()[old.groupOf(group.representative)];
        // Places in the list move where a policy goes; the policies themselves are shared.
        const bool isSame = std::equal(group.policies.begin(), group.policies.end(), was.policies.begin(),
                                       was.policies.end(), [&](const GroupPolicy &a, const GroupPolicy &b) {
                                           return &after.policies().policies[a.policy] ==
                                                  &before.policies().policies[b.policy];
                                       });
        if (!isSame)
            touched.push_back(g);
    }
    // No row is another where a pod came or went: as many are made as its own, for the sake of the count.
    for (std::size_t pod = 0; pod < pods; ++pod)
        touched.push_back(groups.groupOf(after.classified().classes.classOf(EndpointId(pod * 101), 0)));
    return touched;
}

void measureChanges(const std::string &name, ClusterStatePtr state, bool ofPods)
{
    constexpr int runs = 210;
    const Traffic traffic{protocol::tcp, 80, 0, 0};
    const ModelOptions options{Enforcer::Generic, false};
    std::vector<double> update, rows, whole, anew;
    auto model = PolicyModel::make(state, options);
    int kept = 0;
    for (int i = 0; i < runs; ++i) {
        const ClusterStatePtr next =
            ofPods ? changedPod(state, std::size_t(i)) : changedPolicy(state, std::size_t(i));
        std::shared_ptr<const PolicyModel> after;
        update.push_back(timed([&] { after = model->updated(next); }));
        kept += after->history().keptClasses ? 1 : 0;
        std::array<std::vector<std::uint32_t>, 2> touched;
        for (const Direction direction : bothDirections)
            touched[std::size_t(direction)] = touchedGroups(*model, *after, direction, ofPods ? 2 : 0);
        rows.push_back(timed([&] {
            VerdictRows made(after->classified(), representativeOf(after->classified(), traffic));
            for (const Direction direction : bothDirections) {
                for (const std::uint32_t group : touched[std::size_t(direction)])
                    made.row(direction, group, false);
            }
        }));
        whole.push_back(update.back() + rows.back());
        if (i % 20 == 0)
            anew.push_back(timed([&] { PolicyModel::make(next, options); }));
        model = after;
        state = next;
    }
    const auto most = *std::max_element(whole.begin(), whole.end());
    std::printf("{\"case\":\"%s\",\"changes\":%d,\"kept\":%d,\"updateMs\":%.3f,\"rowsMs\":%.3f,"
                "\"wholeMs\":%.3f,\"mostMs\":%.2f,\"anewMs\":%.2f}\n",
                name.c_str(), runs, kept, median(update), median(rows), median(whole), most, median(anew));
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
    for (const bool ofPods : {false, true}) {
        const std::string name = ofPods ? "10000-pods-one-pod-changed" : "10000-pods-one-policy-changed";
        if (folders.empty() && (only.empty() || only == name))
            inOwnProcess([&] {
                measureChanges(name, fakes::policyCluster({10'000, 200, 5, 1'000}), ofPods);
            });
    }
    return 0;
}
