#include "model/kube/pod_exec.h"
#include "model/probe/prober.h"
#include "tests/cluster/pair_comparison.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include <algorithm>
#include <map>
#include <optional>

using namespace portolan;
using namespace std::chrono_literals;
using fakes::LiveCluster;

namespace {

const std::vector<std::string> shopNamespaces{"edge", "shop",       "payments",
                                              "data", "monitoring", "kube-system"};

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
        const auto sources = fakes::podsWithTools(*m_state);
        QVERIFY(sources.size() >= 10);
        fakes::PairComparison all = fakes::comparePairs(*m_cluster, *m_exec, *m_state, sources);
        qInfo("%zu pods, %zu plans, %zu pairs of pod and endpoint; %zu targets identical, %zu different",
              sources.size(), all.plans, all.podPairs, all.agreed, all.differences.size());
        for (const auto &[kind, count] : all.kinds)
            qInfo("%s %zu", kind.c_str(), count);
        for (const std::string &difference : all.differences)
            qWarning("%s", difference.c_str());
        for (const std::string &what : all.unplanned)
            qWarning("not planned: %s", what.c_str());
        QVERIFY(all.differences.empty());
        QVERIFY(all.unplanned.empty());
        QVERIFY(all.podPairs >= sources.size() * (sources.size() - 1));
        QVERIFY(all.kinds["REACHED"] > 0);
        QVERIFY(all.kinds["TIMEOUT"] > 0);
        QVERIFY(all.kinds["REFUSED"] > 0);
    }

    /// portolanctl itself, as a user runs it: the outcome and the exit code.
    void theProgramAnswersAsTheProberDoes()
    {
        const Pod *web = somePod("shop", "web");
        const Pod *ledger = somePod("payments", "ledger"); // its image has no tool
        QVERIFY(web && ledger);
        struct Question
        {
            const Pod *source;
            std::string ns, service;
            std::uint16_t port;
            ProbeMethod method = ProbeMethod::Tcp;
        };
        const Question questions[] = {
            {web, "shop", "catalog", 8080},     {web, "shop", "cart", 8080},
            {web, "payments", "gateway", 8080}, {web, "payments", "ledger", 5432},
            {web, "data", "postgres", 5432},    {web, "kube-system", "kube-dns", 53, ProbeMethod::Udp},
            {ledger, "data", "postgres", 5432}};
        std::map<ProbeOutcome, int> seen;
        for (const Question &q : questions) {
            const auto plan = planBetween(*q.source, q.ns, q.service, q.port, q.method);
            QVERIFY2(plan.has_value(), plan ? "" : plan.error().oneLine().c_str());
            const auto result = Prober(*m_exec, "").run(*plan, {});
            QVERIFY(result.has_value());
            QProcess program;
            program.start(QStringLiteral(PORTOLAN_BIN_DIR "/portolanctl"),
                          {QStringLiteral("probe"), QStringLiteral("--json"), QStringLiteral("--kubeconfig"),
                           QString::fromStdString(m_cluster->kubeconfig()),
                           QString::fromStdString(q.source->meta.ns + "/" + q.source->meta.name),
                           QString::fromStdString(q.ns + "/" + q.service + ":" + std::to_string(q.port) +
                                                  (q.method == ProbeMethod::Udp ? "/UDP" : ""))});
            QVERIFY(program.waitForFinished(120'000));
            const QJsonObject said = QJsonDocument::fromJson(program.readAllStandardOutput()).object();
            const std::string expected(probeOutcomeName(result->outcome));
            QVERIFY2(
                said[u"outcome"].toString().toStdString() == expected,
                (q.service + ": " + expected + "; " + program.readAllStandardError().toStdString()).c_str());
            QCOMPARE(program.exitCode(), result->outcome == ProbeOutcome::Reached       ? 0
                                         : result->outcome == ProbeOutcome::ToolMissing ? 6
                                                                                        : 1);
            ++seen[result->outcome];
        }
        QVERIFY(seen[ProbeOutcome::Reached] > 1);
        QVERIFY(seen[ProbeOutcome::Timeout] > 0);
        QCOMPARE(seen[ProbeOutcome::ToolMissing], 1);
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
            request.command = {"sh", "-c", "n=0; for p in /proc/[0-9]*/stat; do n=$((n+1)); done; echo $n"};
            const auto outcome = m_exec->exec(request, {});
            return outcome ? QByteArray::fromStdString(outcome->out).trimmed().toInt() : -1;
        };
        constexpr int onlyShopAndShell = 2; // what ended a moment ago may still be there
        QTRY_COMPARE_WITH_TIMEOUT(processes(), onlyShopAndShell, 30'000);
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
        QTRY_COMPARE_WITH_TIMEOUT(processes(), onlyShopAndShell, 30'000);
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
        const testing::Kubectl kubectl;
        const Pod *catalog = somePod("shop", "catalog");
        QVERIFY(catalog);
        const QString node = QString::fromStdString(catalog->nodeName);
        Prober prober(*m_exec, "");
        ProbePlan plan = *planBetween(*catalog, "payments", "ledger", 5432);
        plan.steps.insert(plan.steps.begin(), {ProbeStepKind::Address, "127.0.0.1", 1, {}});
        bool killed = false;
        const auto result = prober.run(plan, {}, [&](const ProbeStep &) {
            if (!std::exchange(killed, true))
                QVERIFY(kubectl.fault({QStringLiteral("kill-kubelet"), node}).isOk());
        });
        QVERIFY(kubectl.fault({QStringLiteral("start-kubelet"), node}).isOk());
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
