#include "model/flows/flow_reader.h"
#include "tests/fakes/cluster_maker.h"

#include <QTest>

#include <atomic>
#include <functional>
#include <mutex>
#include <set>

using namespace portolan;
using namespace portolan::fakes;

namespace {

/// Agents that answer as the test says, by the name of their pod.
class Agents final : public kube::PodExec
{
public:
    std::function<Result<kube::ExecOutcome>(const kube::ExecRequest &)> answer;
    std::vector<kube::ExecRequest> requests;

    Result<kube::ExecOutcome> exec(const kube::ExecRequest &request, const CancelToken &) override
    {
        const std::lock_guard lock(m_mutex);
        requests.push_back(request);
        return answer(request);
    }

private:
    std::mutex m_mutex;
};

ClusterStatePtr ciliumCluster()
{
    ClusterMaker maker;
    maker.node("node-a");
    maker.node("node-b");
    maker.ns("kube-system");
    maker.workload("DaemonSet", "kube-system", "cilium", 2, {{"k8s-app", "cilium"}});
    maker.workload("Deployment", "kube-system", "cilium-operator", 1, {{"k8s-app", "operator"}});
    return maker.state();
}

std::string line(const std::string &pod, const std::string &time, const std::string &verdict = "FORWARDED")
{
    const std::string event = verdict == "DROPPED" ? R"({"type":1},"drop_reason_desc":"POLICY_DENIED")"
                                                   : R"({"type":4},"trace_observation_point":"TO_ENDPOINT")";
    return R"({"flow":{"time":")" + time + R"(","verdict":")" + verdict +
           R"(","l4":{"TCP":{"destination_port":80}},"source":{"namespace":"a","pod_name":")" + pod +
           R"("},"destination":{"namespace":"a","pod_name":"server"},"Type":"L3_L4","is_reply":false,)"
           R"("event_type":)" +
           event + "}}\n";
}

kube::ExecOutcome outcome(int exitCode, const std::string &err = {})
{
    kube::ExecOutcome made;
    made.exitCode = exitCode;
    made.err = err;
    return made;
}

} // namespace

class TestFlowReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyAgentIsAskedOnceByAFixedCommand()
    {
        Agents agents;
        agents.answer = [](const kube::ExecRequest &request) {
            // In pieces that end in the middle of a line.
            const std::string text =
                line("client", "2026-11-22T14:00:00Z") + line("client", "2026-11-22T14:00:10Z", "DROPPED");
            request.onStdout(text.substr(0, 40));
            request.onStdout(text.substr(40));
            return outcome(0);
        };
        const ClusterStatePtr state = ciliumCluster();
        const auto log = readFlowLogs(*state, agents, CancelToken());
        QVERIFY(log);
        QCOMPARE(agents.requests.size(), std::size_t(2));
        std::set<std::string> asked;
        for (const kube::ExecRequest &request : agents.requests) {
            asked.insert(request.pod);
            QCOMPARE(request.command, flowLogCommand());
            QCOMPARE(request.ns, std::string("kube-system"));
        }
        QCOMPARE(asked.size(), std::size_t(2));
        QCOMPARE(log->parts.size(), std::size_t(2));
        QVERIFY(log->parts[0].node < log->parts[1].node);
        QCOMPARE(log->parts[0].records, 2U);
        QCOMPARE(formatRfc3339(log->since()), std::string("2026-11-22T14:00:00Z"));
        QVERIFY(log->isWhole());
        // Both agents told of the same kind of traffic.
        QCOMPARE(log->flows.size(), std::size_t(1));
        QCOMPARE(log->flows[0].forwarded, 2U);
        QCOMPARE(log->flows[0].dropped, 2U);
        QCOMPARE(formatRfc3339(log->flows[0].droppedAt), std::string("2026-11-22T14:00:10Z"));
    }

    /// The ring of a busy node holds seconds, that of a quiet one minutes.
    void aRateIsOverTheTimeOfItsOwnLog()
    {
        Agents agents;
        std::atomic<int> calls{0};
        agents.answer = [&](const kube::ExecRequest &request) {
            const bool busy = calls++ == 0;
            const std::string pod = busy ? "busy" : "quiet";
            request.onStdout(line(pod, busy ? "2026-11-22T14:09:00Z" : "2026-11-22T14:00:00Z") +
                             line(pod, "2026-11-22T14:09:59Z"));
            return outcome(0);
        };
        auto log = readFlowLogs(*ciliumCluster(), agents, CancelToken());
        QVERIFY(log);
        log->readAt = *parseRfc3339("2026-11-22T14:10:00Z");
        QCOMPARE(log->flows.size(), std::size_t(2));
        const auto rateOf = [&](std::size_t flow) {
            FlowCounts counts;
            counts.add(log->flows[flow]);
            return perMinute(counts, *log);
        };
        QCOMPARE(log->flows[0].source.name, std::string("busy"));
        QCOMPARE(rateOf(0), 2.0);
        QCOMPARE(rateOf(1), 0.2);
    }

    void whatOneNodeDoesNotTellIsItsProblem()
    {
        Agents agents;
        std::atomic<int> calls{0};
        agents.answer = [&](const kube::ExecRequest &request) -> Result<kube::ExecOutcome> {
            if (calls++ == 0)
                return Error{ErrorCode::Timeout, "no answer", {}};
            request.onStdout(line("client", "2026-11-22T14:00:00Z"));
            return outcome(1, "failed to connect: <b>Hubble</b> is off\nmore");
        };
        const auto log = readFlowLogs(*ciliumCluster(), agents, CancelToken());
        QVERIFY(log);
        QVERIFY(!log->isWhole());
        QCOMPARE(log->flows.size(), std::size_t(1));
        const bool firstFailed = log->parts[0].records == 0;
        const FlowLogPart &failed = log->parts[firstFailed ? 0 : 1];
        const FlowLogPart &half = log->parts[firstFailed ? 1 : 0];
        QVERIFY(failed.problem.find("no answer") != std::string::npos);
        QCOMPARE(half.problem, std::string("hubble observe failed: failed to connect: <b>Hubble</b> is off"));
    }

    void whereNobodyTellsAnythingThatIsTheError()
    {
        Agents agents;
        agents.answer = [](const kube::ExecRequest &) -> Result<kube::ExecOutcome> {
            return Error{ErrorCode::PermissionDenied, "pods/exec is not allowed", {}};
        };
        const auto log = readFlowLogs(*ciliumCluster(), agents, CancelToken());
        QVERIFY(!log);
        QCOMPARE(log.error().code, ErrorCode::PermissionDenied);
    }

    void withoutCiliumNobodyIsAsked()
    {
        ClusterMaker maker;
        maker.workload("DaemonSet", "kube-system", "calico-node", 2, {{"k8s-app", "calico-node"}});
        Agents agents;
        const auto log = readFlowLogs(*maker.state(), agents, CancelToken());
        QVERIFY(!log);
        QCOMPARE(log.error().code, ErrorCode::Unsupported);
        QVERIFY(agents.requests.empty());
    }

    void cancelledIsCancelled()
    {
        CancelSource cancel;
        cancel.cancel();
        Agents agents;
        const auto log = readFlowLogs(*ciliumCluster(), agents, cancel.token());
        QVERIFY(!log);
        QCOMPARE(log.error().code, ErrorCode::Cancelled);
        QVERIFY(agents.requests.empty());
    }

    void brokenLinesLeaveTheOthers()
    {
        Agents agents;
        agents.answer = [](const kube::ExecRequest &request) {
            request.onStdout("level=warning msg=odd\n" + line("client", "2026-11-22T14:00:00Z"));
            return outcome(0);
        };
        const auto log = readFlowLogs(*ciliumCluster(), agents, CancelToken());
        QVERIFY(log);
        QCOMPARE(log->flows.size(), std::size_t(1));
        QVERIFY(log->parts[0].problem.find("no JSON") != std::string::npos);
    }

    void theSumIsBounded()
    {
        FlowSum sum(2);
        for (const char *name : {"a", "b", "c", "a"}) {
            ObservedFlow flow;
            flow.source = {ObjectKind::Pod, "Pod", "x", name};
            flow.destination = flow.source;
            flow.forwarded = 1;
            sum.add(flow);
        }
        FlowLog log;
        sum.moveInto(log);
        QCOMPARE(log.flows.size(), std::size_t(2));
        QCOMPARE(log.flows[0].forwarded, 2U);
        QCOMPARE(log.leftOut, 1U);
        QVERIFY(!log.isWhole());
    }
};

QTEST_APPLESS_MAIN(TestFlowReader)
#include "test_flow_reader.moc"
