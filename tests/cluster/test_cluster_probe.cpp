#include "model/kube/pod_exec.h"
#include "model/probe/prober.h"
#include "tests/cluster/live_cluster.h"

#include <QProcess>
#include <QTest>

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <thread>

using namespace portolan;
using namespace std::chrono_literals;
using fakes::LiveCluster;

namespace {

const std::vector<std::string> shopNamespaces{"edge", "shop",       "payments",
                                              "data", "monitoring", "kube-system"};

/// "host:port" as a probe's steps and nc's commands have it in common.
using Target = std::string;
using Outcomes = std::map<Target, std::string>;

/// What nc in that pod says of each target, all asked at once in one kubectl exec. Read by its own words,
/// apart from the rules under test.
Outcomes askNc(const LiveCluster &cluster, const Pod &pod, const std::set<Target> &targets)
{
    std::vector<std::string> command{
        "exec",
        "-n",
        pod.meta.ns,
        pod.meta.name,
        "-c",
        pod.containers.front().name,
        "--",
        "sh",
        "-c",
        R"(for t in "$@"; do ( o=$(nc -w 3 "${t%:*}" "${t##*:}" -e true 2>&1 </dev/null); echo "$t|$?|$o" ) & done; wait)",
        "sh"};
    command.insert(command.end(), targets.begin(), targets.end());
    Outcomes outcomes;
    const std::string text = cluster.kubectl(command).out;
    for (const QString &line : QString::fromStdString(text).split(QLatin1Char('\n'))) {
        const QStringList fields = line.split(QLatin1Char('|'));
        if (fields.size() != 3)
            continue;
        const QString &said = fields[2];
        const std::string outcome = fields[1] == QLatin1String("0")               ? "REACHED"
                                    : said.contains(QLatin1String("refused"))     ? "REFUSED"
                                    : said.contains(QLatin1String("timed out"))   ? "TIMEOUT"
                                    : said.contains(QLatin1String("No route"))    ? "NO_ROUTE"
                                    : said.contains(QLatin1String("bad address")) ? "DNS"
                                                                                  : "? " + said.toStdString();
        outcomes[fields[0].toStdString()] = outcome;
    }
    return outcomes;
}

bool hasTools(const Pod &pod)
{
    return pod.phase == PodPhase::Running && !pod.containers.empty() &&
           pod.containers.front().image.find("shopd-with-tools") != std::string::npos;
}

/// The plans from one pod to every TCP port of every service of the shop.
std::vector<ProbePlan> plansFrom(const ClusterState &state, const Pod &pod)
{
    std::vector<ProbePlan> plans;
    for (const auto &service : state.services) {
        for (const ServicePort &port : service->ports) {
            ProbeRequest request;
            request.source = refOf(pod);
            request.destination = refOf(*service);
            request.port = port.port;
            request.protocol = port.protocol;
            if (port.protocol != Protocol::Tcp)
                continue;
            if (auto plan = planProbe(state, request))
                plans.push_back(std::move(*plan));
        }
    }
    return plans;
}

Target targetOf(const ProbePlan::Step &step)
{
    return step.host + ":" + std::to_string(step.port);
}

/// Endpoints of one service that answer differently (a pod of the host's network reaches those on its own
/// node alone): then what its address says depends on the endpoint that the proxy picks.
template<class Outcome>
bool isMixed(const ProbePlan &plan, const Outcome &outcomeOf)
{
    std::set<std::string> kinds;
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
        if (plan.steps[i].kind == ProbeStepKind::Endpoint)
            kinds.insert(outcomeOf(i));
    }
    return kinds.size() > 1;
}

struct Comparison
{
    std::size_t agreed = 0;
    std::map<std::string, std::size_t> kinds;
    std::vector<std::string> differences;
};

/// Probes every plan and asks nc for the same targets.
Comparison compare(const LiveCluster &cluster, Prober &prober, const Pod &pod,
                   const std::vector<ProbePlan> &plans)
{
    std::set<Target> targets;
    for (const ProbePlan &plan : plans) {
        for (const ProbePlan::Step &step : plan.steps)
            targets.insert(targetOf(step));
    }
    const Outcomes expected = askNc(cluster, pod, targets);
    Comparison comparison;
    for (const ProbePlan &plan : plans) {
        const auto result = prober.run(plan, {});
        if (!result)
            continue;
        const auto ncSays = [&](std::size_t i) {
            const auto known = expected.find(targetOf(plan.steps[i]));
            return known == expected.end() ? std::string("nothing") : known->second;
        };
        const auto weSay = [&](std::size_t i) {
            return std::string(probeOutcomeName(result->steps[i].outcome));
        };
        const bool mixed = isMixed(plan, ncSays) && isMixed(plan, weSay);
        for (std::size_t i = 0; i < plan.steps.size(); ++i) {
            const Target target = targetOf(plan.steps[i]);
            const std::string nc = ncSays(i);
            const std::string ours = weSay(i);
            ++comparison.kinds[ours];
            const bool depends = mixed && plan.steps[i].kind != ProbeStepKind::Endpoint && nc != "nothing";
            if (ours == nc || depends)
                ++comparison.agreed;
            else
                comparison.differences.push_back(pod.meta.ns + "/" + pod.meta.name + " -> " + target +
                                                 ": nc says " + nc + ", we say " + ours + ": " +
                                                 result->steps[i].output + " " + result->detail);
        }
    }
    return comparison;
}

} // namespace

class TestClusterProbe : public QObject
{
    Q_OBJECT

    std::optional<LiveCluster> m_cluster;
    std::unique_ptr<kube::PodExec> m_exec;
    ClusterStatePtr m_state;

    const Pod *somePod(const std::string &ns, const std::string &app) const
    {
        for (const auto &pod : m_state->pods.inNamespace(ns)) {
            if (pod->meta.name.starts_with(app) && pod->phase == PodPhase::Running)
                return pod.get();
        }
        return nullptr;
    }

    Result<ProbePlan> planBetween(const Pod &source, const std::string &ns, const std::string &service,
                                  std::uint16_t port, ProbeMethod method = ProbeMethod::Tcp) const
    {
        ProbeRequest request;
        request.source = refOf(source);
        request.destination = {ObjectKind::Service, "Service", ns, service};
        request.port = port;
        request.method = method;
        return planProbe(*m_state, request);
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto cluster = LiveCluster::open();
        QVERIFY2(cluster.has_value(), cluster ? "" : cluster.error().oneLine().c_str());
        m_cluster = std::move(*cluster);
        m_exec = kube::makeWebSocketExec(m_cluster->credentials());
        auto state = m_cluster->read(shopNamespaces);
        QVERIFY2(state.has_value(), state ? "" : state.error().oneLine().c_str());
        m_state = *state;
        QVERIFY(!m_state->services.empty());
        QVERIFY(!m_state->endpointSlices.empty());
    }

    void execTellsOutputAndExitCode()
    {
        const Pod *pod = somePod("shop", "web");
        QVERIFY(pod);
        kube::ExecRequest request;
        request.ns = pod->meta.ns;
        request.pod = pod->meta.name;
        request.container = pod->containers.front().name;
        request.command = {"sh", "-c", "echo \"$1\"; echo err >&2; exit 42", "sh",
                           "two words\n한 \"quoted\" $HOME"};
        const auto outcome = m_exec->exec(request, {});
        QVERIFY2(outcome.has_value(), outcome ? "" : outcome.error().oneLine().c_str());
        QCOMPARE(outcome->exitCode, std::optional<int>(42));
        QCOMPARE(outcome->out, std::string("two words\n한 \"quoted\" $HOME\n"));
        QCOMPARE(outcome->err, std::string("err\n"));
        request.pod = "no-such-pod";
        QCOMPARE(m_exec->exec(request, {}).error().code, ErrorCode::NotFound);
        request.pod = pod->meta.name;
        request.container = "no-such-container";
        QVERIFY(!m_exec->exec(request, {}));
    }

    void agreesWithNcOnEveryPair()
    {
        std::vector<const Pod *> sources;
        for (const auto &pod : m_state->pods) {
            if (hasTools(*pod))
                sources.push_back(pod.get());
        }
        QVERIFY(sources.size() >= 10);
        Prober prober(*m_exec, "");
        std::mutex mutex;
        Comparison all;
        std::vector<std::thread> threads;
        for (const Pod *pod : sources) {
            threads.emplace_back([&, pod] {
                Comparison mine = compare(*m_cluster, prober, *pod, plansFrom(*m_state, *pod));
                // What changed between the two looks is looked at again; what differs twice is a difference.
                if (!mine.differences.empty())
                    mine = compare(*m_cluster, prober, *pod, plansFrom(*m_state, *pod));
                const std::lock_guard lock(mutex);
                all.agreed += mine.agreed;
                for (const auto &[kind, count] : mine.kinds)
                    all.kinds[kind] += count;
                all.differences.insert(all.differences.end(), mine.differences.begin(),
                                       mine.differences.end());
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        for (const auto &[kind, count] : all.kinds)
            qInfo("%s %zu", kind.c_str(), count);
        for (const std::string &difference : all.differences)
            qWarning("%s", difference.c_str());
        QVERIFY(all.differences.empty());
        QVERIFY(all.kinds["REACHED"] > 0);
        QVERIFY(all.kinds["TIMEOUT"] > 0);
        QVERIFY(all.kinds["REFUSED"] > 0);
    }

    void aPodWithoutToolsSaysSo()
    {
        const Pod *ledger = somePod("payments", "ledger");
        QVERIFY(ledger);
        const auto plan = planBetween(*ledger, "data", "postgres", 5432);
        QVERIFY2(plan.has_value(), plan ? "" : plan.error().oneLine().c_str());
        Prober prober(*m_exec, "");
        const auto result = prober.run(*plan, {});
        QCOMPARE(result->outcome, ProbeOutcome::ToolMissing);
    }

    void dnsAndHttp()
    {
        const Pod *web = somePod("shop", "web");
        QVERIFY(web);
        Prober prober(*m_exec, "");
        const auto dns = prober.run(*planBetween(*web, "kube-system", "kube-dns", 53, ProbeMethod::Udp), {});
        QVERIFY2(dns->outcome == ProbeOutcome::Reached,
                 (dns->detail + "\n" + dns->steps.front().output).c_str());
        const auto name = prober.run(*planBetween(*web, "shop", "catalog", 0, ProbeMethod::Dns), {});
        QCOMPARE(name->outcome, ProbeOutcome::Reached);
        const auto http = prober.run(*planBetween(*web, "shop", "catalog", 8080, ProbeMethod::Http), {});
        QVERIFY2(http->outcome == ProbeOutcome::Reached,
                 (http->detail + "\n" + http->steps.front().output).c_str());
        QVERIFY(http->steps.front().note.starts_with("http-"));
    }

    void aBurstOfFifty()
    {
        const Pod *web = somePod("shop", "web");
        Prober prober(*m_exec, "");
        const auto result = prober.run(burst(*planBetween(*web, "shop", "catalog", 8080), 50), {});
        QCOMPARE(result->detail, std::string("50 of 50 reached"));
        QVERIFY(std::all_of(result->steps.begin(), result->steps.end(),
                            [](const ProbeStep &step) { return step.elapsed > 0us; }));
    }

    /// The shop's programs reap nobody, as most first processes of containers.
    void noProcessIsLeftBehind()
    {
        const Pod *catalog = somePod("shop", "catalog");
        QVERIFY(catalog);
        const auto processes = [&] {
            kube::ExecRequest request;
            request.ns = catalog->meta.ns;
            request.pod = catalog->meta.name;
            request.container = catalog->containers.front().name;
            request.command = {"sh", "-c",
                               "for p in /proc/[0-9]*/stat; do [ -e $p ] && echo $p; done | wc -l"};
            const auto outcome = m_exec->exec(request, {});
            return outcome ? QByteArray::fromStdString(outcome->out).trimmed().toInt() : -1;
        };
        const int before = processes();
        QVERIFY(before > 0);
        Prober prober(*m_exec, "");
        const auto run = [&](const std::string &ns, const std::string &service, std::uint16_t port,
                             ProbeMethod method) {
            const auto result = prober.run(*planBetween(*catalog, ns, service, port, method), {});
            QVERIFY2(result && result->outcome != ProbeOutcome::ToolMissing, service.c_str());
        };
        run("data", "postgres", 5432, ProbeMethod::Tcp);
        run("payments", "ledger", 5432, ProbeMethod::Tcp);
        run("shop", "web", 8080, ProbeMethod::Http);
        run("payments", "gateway", 8080, ProbeMethod::Http);
        run("shop", "web", 0, ProbeMethod::Dns);
        run("kube-system", "kube-dns", 53, ProbeMethod::Udp);
        QCOMPARE(processes(), before);
    }

    void cancelEndsAProbeThatWaits()
    {
        const Pod *catalog = somePod("shop", "catalog");
        QVERIFY(catalog);
        CancelSource cancel;
        Prober prober(*m_exec, "");
        ProbePlan plan = *planBetween(*catalog, "payments", "ledger", 5432);
        // The pod's own port answers at once: then the denied one is still being waited for.
        plan.steps.insert(plan.steps.begin(), {ProbeStepKind::Address, "127.0.0.1", 1, {}});
        const auto result = prober.run(plan, cancel.token(), [&](const ProbeStep &) { cancel.cancel(); });
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Cancelled);
    }

    void anEphemeralContainerProbesWhereToolsAreMissing()
    {
        const Pod *gateway = somePod("payments", "gateway");
        QVERIFY(gateway);
        kube::EphemeralContainerRequest request;
        request.ns = gateway->meta.ns;
        request.pod = gateway->meta.name;
        request.name = "portolan-probe";
        request.image = "portolan.test/shopd-with-tools:1";
        const auto name = kube::addEphemeralContainer(*m_cluster->credentials(), request, {});
        QVERIFY2(name.has_value(), name ? "" : name.error().oneLine().c_str());
        QCOMPARE(kube::addEphemeralContainer(*m_cluster->credentials(), request, {}).value_or(""), *name);
        ProbeRequest probe;
        probe.source = refOf(*gateway);
        probe.container = *name;
        probe.destination = {ObjectKind::Service, "Service", "payments", "ledger"};
        const auto plan = planProbe(*m_state, probe);
        QVERIFY2(plan.has_value(), plan ? "" : plan.error().oneLine().c_str());
        Prober prober(*m_exec, "");
        const auto result = prober.run(*plan, {});
        QVERIFY2(result->outcome == ProbeOutcome::Reached,
                 (result->detail + result->steps.front().output).c_str());
    }

    /// Last, because it breaks a node for a moment. The kubelet dies while the denied step waits: what had
    /// ended is kept, and nothing is said of the rest.
    void aKubeletKilledMidExecIsUnknown()
    {
        const QString fault = QStringLiteral(PORTOLAN_CLUSTER_TOOLS "/fault");
        const Pod *catalog = somePod("shop", "catalog");
        QVERIFY(catalog);
        const QString node = QString::fromStdString(catalog->nodeName);
        Prober prober(*m_exec, "");
        ProbePlan plan = *planBetween(*catalog, "payments", "ledger", 5432);
        plan.steps.insert(plan.steps.begin(), {ProbeStepKind::Address, "127.0.0.1", 1, {}});
        bool killed = false;
        const auto result = prober.run(plan, {}, [&](const ProbeStep &) {
            if (!std::exchange(killed, true))
                QCOMPARE(QProcess::execute(fault, {QStringLiteral("kill-kubelet"), node}), 0);
        });
        QCOMPARE(QProcess::execute(fault, {QStringLiteral("start-kubelet"), node}), 0);
        QVERIFY(killed);
        QVERIFY(result.has_value());
        QCOMPARE(result->steps.front().outcome, ProbeOutcome::Refused);
        for (std::size_t i = 1; i < result->steps.size(); ++i)
            QCOMPARE(result->steps[i].outcome, ProbeOutcome::Unknown);
        QVERIFY(!result->detail.empty());
    }
};

QTEST_GUILESS_MAIN(TestClusterProbe)
#include "test_cluster_probe.moc"
