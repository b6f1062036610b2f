#include "model/flows/flow_reader.h"
#include "model/policy/policy_model.h"
#include "tests/cluster/live_cluster.h"

#include <QTest>

using namespace portolan;
using fakes::LiveCluster;

namespace {

constexpr int patience = 120'000;

std::string textOf(const ObservedFlow &flow)
{
    return flow.source.toString() + " -> " + flow.destination.toString() + ":" + std::to_string(flow.port) +
           "/" + std::string(protocolName(flow.protocol));
}

bool isFrom(const ObservedFlow &flow, std::string_view ns, std::string_view beginning)
{
    return flow.source.ns == ns && flow.source.name.starts_with(beginning);
}

} // namespace

/// What flow logs saw, held against what policies predict, on the cluster that runs.
class TestClusterFlows : public QObject
{
    Q_OBJECT

    std::optional<LiveCluster> m_cluster;
    std::unique_ptr<kube::PodExec> m_exec;
    ClusterStatePtr m_state;

private Q_SLOTS:
    void initTestCase()
    {
        Result<LiveCluster> cluster = LiveCluster::open();
        QVERIFY2(cluster, cluster ? "" : cluster.error().oneLine().c_str());
        m_cluster.emplace(std::move(*cluster));
        m_exec = kube::makeWebSocketExec(m_cluster->credentials());
        const Result<ClusterStatePtr> state = m_cluster->read({});
        QVERIFY2(state, state ? "" : state.error().oneLine().c_str());
        m_state = *state;
    }

    void whatWasSeenIsWhatThePoliciesSay()
    {
        const auto model = policy::PolicyModel::make(m_state);
        if (model->enforcer().enforcer != policy::Enforcer::Cilium) {
            const auto log = readFlowLogs(*m_state, *m_exec, {});
            QVERIFY(!log);
            QCOMPARE(log.error().code, ErrorCode::Unsupported);
            return;
        }
        // The catalog of the shop asks the ledger again and again, and no policy lets it.
        FlowLog log;
        const auto seesTheDenied = [&] {
            Result<FlowLog> read = readFlowLogs(*m_state, *m_exec, {});
            if (!read)
                return false;
            log = std::move(*read);
            return std::any_of(log.flows.begin(), log.flows.end(), [](const ObservedFlow &flow) {
                return isFrom(flow, "shop", "catalog") && flow.destination.ns == "payments" &&
                       flow.dropped > 0 && isPolicyDrop(flow.dropReason);
            });
        };
        QTRY_VERIFY_WITH_TIMEOUT(seesTheDenied(), patience);
        QCOMPARE(log.parts.size(), m_state->nodes.size());
        for (const FlowLogPart &part : log.parts) {
            QVERIFY2(part.problem.empty(), part.problem.c_str());
            QVERIFY(part.records > 0);
        }
        compare(*model, log);
    }

private:
    static void compare(const policy::PolicyModel &model, const FlowLog &log)
    {
        const policy::EndpointTable &table = model.endpoints();
        std::size_t allowed = 0, denied = 0, unknown = 0, others = 0;
        for (const ObservedFlow &flow : log.flows) {
            const policy::EndpointId from = table.find(flow.source.ns, flow.source.name);
            const policy::EndpointId to = table.find(flow.destination.ns, flow.destination.name);
            if (from == policy::noEndpoint || to == policy::noEndpoint ||
                (flow.forwarded == 0 && !isPolicyDrop(flow.dropReason))) {
                ++others;
                continue;
            }
            const auto predicted = model
                                       .explain(table.endpoint(from), table.endpoint(to),
                                                {policy::ipProtocol(flow.protocol), flow.port})
                                       .outcome;
            const auto seen = flow.forwarded > 0 ? policy::Outcome::Allow : policy::Outcome::Deny;
            unknown += predicted == policy::Outcome::Unknown;
            allowed += predicted == seen && seen == policy::Outcome::Allow;
            denied += predicted == seen && seen == policy::Outcome::Deny;
            QVERIFY2(predicted == seen || predicted == policy::Outcome::Unknown, textOf(flow).c_str());
            QVERIFY2(flow.forwarded == 0 || flow.dropped == 0, textOf(flow).c_str());
        }
        qInfo("flows of %zu kinds: %zu forwarded and allowed, %zu dropped and denied, %zu unknown, %zu of no "
              "two pods",
              log.flows.size(), allowed, denied, unknown, others);
        QVERIFY(allowed > 20);
        QVERIFY(denied > 0);
    }
};

QTEST_GUILESS_MAIN(TestClusterFlows)
#include "test_cluster_flows.moc"
