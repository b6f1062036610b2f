#include "model/diagnosis/finding.h"
#include "model/policy/policy_model.h"
#include "tests/fakes/cluster_maker.h"

#include <QTest>

using namespace portolan;
using namespace portolan::fakes;

namespace {

struct Pair
{
    ClusterMaker maker;
    ObjectRef client;
    ObjectRef server;

    explicit Pair(bool closed)
    {
        maker.ns("a");
        maker.workload("Deployment", "a", "client", 1, {{"app", "client"}});
        maker.workload("Deployment", "a", "server", 1, {{"app", "server"}});
        client = refOf(*maker.podsOf("a", "client")[0]);
        server = refOf(*maker.podsOf("a", "server")[0]);
        if (closed)
            maker.policy("a", "closed", withLabels({{"app", "server"}})).isolatesIngress = true;
    }

    ProbeRequest request(Protocol protocol = Protocol::Tcp) const
    {
        return {client, {}, server, 80, protocol, ProbeMethod::Tcp};
    }

    std::vector<Finding> findings() const
    {
        const ClusterStatePtr state = maker.state();
        std::vector<Finding> all = findFindings(*policy::PolicyModel::make(state));
        std::erase_if(all, [](const Finding &finding) { return finding.rule != "policy-contradicted"; });
        return all;
    }
};

std::string fact(const Finding &finding, std::string_view name)
{
    for (const auto &[key, value] : finding.facts) {
        if (key == name)
            return value;
    }
    return "(absent)";
}

} // namespace

class TestPolicyContradicted : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deniedAndReachedNamesWhoDenies()
    {
        Pair pair(true);
        pair.maker.probe(pair.request(), ProbeOutcome::Reached);
        const auto found = pair.findings();
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(found[0].severity, Severity::Problem);
        QCOMPARE(found[0].object, pair.client);
        QCOMPARE(found[0].evidence.size(), std::size_t(2));
        QCOMPARE(found[0].evidence[0], pair.server);
        QCOMPARE(found[0].evidence[1].name, std::string("closed"));
        QCOMPARE(fact(found[0], "predicted"), std::string("deny"));
        QCOMPARE(fact(found[0], "by"), std::string("NetworkPolicy a/closed"));
        QCOMPARE(fact(found[0], "outcome"), std::string("REACHED"));
        QCOMPARE(fact(found[0], "port"), std::string("80/TCP"));
    }

    void allowedAndLostIsPutDownToNoPolicy()
    {
        Pair pair(false);
        pair.maker.probe(pair.request(), ProbeOutcome::Timeout);
        const auto found = pair.findings();
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(fact(found[0], "predicted"), std::string("allow"));
        QVERIFY(fact(found[0], "by").empty());
        QCOMPARE(found[0].evidence.size(), std::size_t(1));
    }

    void whatAgreesOrCannotTellIsNoFinding()
    {
        for (const auto &[closed, outcome] :
             {std::pair(true, ProbeOutcome::Timeout), std::pair(true, ProbeOutcome::Refused),
              std::pair(true, ProbeOutcome::ToolMissing), std::pair(true, ProbeOutcome::Dns),
              std::pair(false, ProbeOutcome::Reached), std::pair(false, ProbeOutcome::Refused)}) {
            Pair pair(closed);
            pair.maker.probe(pair.request(), outcome);
            QVERIFY(pair.findings().empty());
        }
    }

    void aYoungerPolicyIsNotContradicted()
    {
        Pair pair(true);
        const ProbeRequest request = pair.request();
        auto state = std::make_shared<ClusterState>(*pair.maker.state());
        auto closed = std::make_shared<NetworkPolicy>(*state->networkPolicies.find("a", "closed"));
        closed->meta.created = WallTime(std::chrono::seconds(2000));
        state->networkPolicies = ObjectTable<NetworkPolicy>({closed});
        ProbeResult result;
        result.request = request;
        result.outcome = ProbeOutcome::Reached;
        const auto rulesAt = [&](int second) {
            result.at = WallTime(std::chrono::seconds(second));
            const ClusterStatePtr probed = withProbe(state, result);
            const auto findings = findFindings(*policy::PolicyModel::make(probed));
            return std::count_if(findings.begin(), findings.end(), [](const Finding &finding) {
                return finding.rule == "policy-contradicted";
            });
        };
        QCOMPARE(rulesAt(1000), 0);
        QCOMPARE(rulesAt(3000), 1);
    }

    void itIsTheLoudestAndOnlyTheLastProbeCounts()
    {
        Pair pair(true);
        pair.maker.probe(pair.request(), ProbeOutcome::Reached);
        auto state = std::make_shared<ClusterState>(*pair.maker.state());
        auto node = std::make_shared<Node>();
        node->meta.name = "a-broken-node";
        state->nodes = ObjectTable<Node>({node});
        const auto findings = findFindings(*policy::PolicyModel::make(state));
        QVERIFY(findings.size() >= 2);
        QCOMPARE(findings[0].rule, std::string_view("policy-contradicted"));

        ProbeResult lost = state->probes.front();
        lost.outcome = ProbeOutcome::Timeout;
        lost.steps.clear();
        const ClusterStatePtr later = withProbe(state, lost);
        QVERIFY(findFindings(*policy::PolicyModel::make(later)).front().rule != "policy-contradicted");
    }
};

QTEST_GUILESS_MAIN(TestPolicyContradicted)
#include "test_policy_contradicted.moc"
