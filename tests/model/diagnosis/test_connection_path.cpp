#include "model/diagnosis/connection_path.h"
#include "tests/fakes/cluster_maker.h"

#include <QTest>

#include <algorithm>

using namespace portolan;
using namespace portolan::fakes;

namespace {

/// client and server on nodes of their own, a service before the server.
struct Two
{
    ClusterMaker maker;
    ProbeRequest request;

    explicit Two(bool sameNode = false)
    {
        maker.node("node-a");
        maker.node("node-b");
        maker.ns("a");
        maker.workload("Deployment", "a", "client", 1, {{"app", "client"}});
        maker.workload("Deployment", "a", "server", 1, {{"app", "server"}}, {{"", 8080, Protocol::Tcp}});
        client()->nodeName = "node-a";
        server()->nodeName = sameNode ? "node-a" : "node-b";
        maker.service("a", "web", {{"app", "server"}}, {servicePort(80, 8080)});
        request = {refOf(*client()), {}, {ObjectKind::Service, "Service", "a", "web"}, 80, Protocol::Tcp,
                   ProbeMethod::Tcp};
    }

    std::shared_ptr<Pod> client() const { return maker.podsOf("a", "client")[0]; }
    std::shared_ptr<Pod> server() const { return maker.podsOf("a", "server")[0]; }

    /// A probe that tried name, ClusterIP and endpoint.
    void probed(ProbeOutcome name, ProbeOutcome address, ProbeOutcome endpoint)
    {
        ProbeResult result;
        result.request = request;
        result.at = parseRfc3339("2026-11-22T14:32:07Z").value();
        const auto step = [&](ProbeStepKind kind, std::string host, std::uint16_t port,
                              ProbeOutcome outcome) {
            ProbeStep made;
            made.kind = kind;
            made.host = std::move(host);
            made.port = port;
            made.outcome = outcome;
            result.steps.push_back(made);
        };
        step(ProbeStepKind::Name, "web.a.svc", 80, name);
        step(ProbeStepKind::ClusterIp, "10.96.0.1", 80, address);
        step(ProbeStepKind::Endpoint, server()->ips.front(), 8080, endpoint);
        result.outcome = endpoint;
        maker.probe(result);
    }

    ConnectionPath path() const
    {
        auto path = connectionPath(*policy::PolicyModel::make(maker.state()), request);
        if (!path)
            qFatal("%s", path.error().oneLine().c_str());
        return std::move(path).value();
    }
};

const PathCheck *checkOf(const ConnectionPath &path, std::string_view name)
{
    const auto at = std::find_if(path.checks.begin(), path.checks.end(),
                                 [&](const PathCheck &check) { return check.check == name; });
    return at == path.checks.end() ? nullptr : &*at;
}

int stateOf(const ConnectionPath &path, std::string_view name)
{
    const PathCheck *check = checkOf(path, name);
    return check ? int(check->state) : -1;
}

constexpr int good = int(CheckState::Good), bad = int(CheckState::Bad), unknown = int(CheckState::Unknown);

} // namespace

class TestConnectionPath : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theWayLeadsThroughBothNodes()
    {
        const ConnectionPath path = Two().path();
        using enum PathHop::Kind;
        std::vector<PathHop::Kind> kinds;
        for (const PathHop &hop : path.hops)
            kinds.push_back(hop.kind);
        QVERIFY((kinds == std::vector{Pod, Node, Underlay, Node, Pod}));
        QCOMPARE(path.hops[1].name, std::string("node-a"));
        QCOMPARE(path.hops[3].name, std::string("node-b"));
        QCOMPARE(path.port, std::uint16_t(8080));
        QCOMPARE(path.endpoint.name, path.hops[4].name);
    }

    void whatJoinsTheNodesIsToldByTheCnisConfiguration()
    {
        Two two;
        QVERIFY(two.path().hops[2].join == NodeJoin::Unknown);
        two.maker.workload("DaemonSet", "kube-system", "cilium", 2, {{"k8s-app", "cilium"}}).desired = 2;
        two.maker.other("", "ConfigMap", "kube-system", "cilium-config").json =
            std::make_shared<const std::string>(
                R"({"data": {"routing-mode": "tunnel", "tunnel-protocol": "geneve"}})");
        QVERIFY(two.path().hops[2].join == NodeJoin::Geneve);
    }

    void theNetworkOfANodesPodsIsTheOneThatTheyAreIn()
    {
        Two two;
        const std::string own = two.maker.state()->nodes.find("", "node-b")->podCidrs.front();
        two.client()->ips = {"10.9.9.9"}; // Calico and others leave Node.spec.podCIDRs as it is
        two.server()->ips = {own.substr(0, own.find("0/")) + "7"};
        const ConnectionPath path = two.path();
        QCOMPARE(path.hops[1].detail, std::string());
        QCOMPARE(path.hops[3].detail, own);
    }

    void onOneNodeNothingLiesBetween()
    {
        const ConnectionPath path = Two(true).path();
        QCOMPARE(path.hops.size(), 3u);
        QCOMPARE(checkOf(path, "tunnel"), nullptr);
    }

    void nothingIsGoodThatNothingMeasured()
    {
        const ConnectionPath path = Two().path();
        for (const char *name : {"dns", "service", "connection", "route", "mtu", "tunnel"})
            QCOMPARE(stateOf(path, name), unknown);
        QCOMPARE(stateOf(path, "policy-egress"), good); // predicted
        QVERIFY(!path.brokenAt && !path.measuredAt);
        QVERIFY(std::is_sorted(path.checks.begin(), path.checks.end(),
                               [](const auto &a, const auto &b) { return a.layer > b.layer; }));
    }

    void whatGotThroughProvesTheWayForSmallPackets()
    {
        Two two;
        two.probed(ProbeOutcome::Reached, ProbeOutcome::Reached, ProbeOutcome::Reached);
        const ConnectionPath path = two.path();
        for (const char *name : {"dns", "service", "connection", "route", "tunnel"})
            QCOMPARE(stateOf(path, name), good);
        QCOMPARE(stateOf(path, "mtu"), unknown);
        QVERIFY(!path.brokenAt && path.measuredAt);
        QVERIFY(checkOf(path, "connection")->measured);
    }

    void aPolicyThatDeniesBreaksItWhereItIsEnforced()
    {
        Two two;
        two.maker.policy("a", "closed", withLabels({{"app", "server"}})).isolatesIngress = true;
        two.probed(ProbeOutcome::Timeout, ProbeOutcome::Timeout, ProbeOutcome::Timeout);
        const ConnectionPath path = two.path();
        QCOMPARE(stateOf(path, "policy-ingress"), bad);
        QCOMPARE(stateOf(path, "policy-egress"), good);
        QVERIFY(path.brokenAt.has_value());
        QCOMPARE(*path.brokenAt, 4u);
        QCOMPARE(checkOf(path, "policy-ingress")->evidence.front().name, std::string("closed"));
    }

    /// Blaming policy, or any hop, for a timeout would be a guess.
    void aLossWithoutAReasonIsAtNoHop()
    {
        Two two;
        two.probed(ProbeOutcome::Timeout, ProbeOutcome::Timeout, ProbeOutcome::Timeout);
        const ConnectionPath path = two.path();
        QCOMPARE(stateOf(path, "connection"), bad);
        QCOMPARE(stateOf(path, "policy-ingress"), good);
        QVERIFY(!path.brokenAt);
        QVERIFY(std::none_of(path.hops.begin(), path.hops.end(),
                             [](const PathHop &hop) { return hop.state == CheckState::Bad; }));
    }

    void whatWasReachedIsNotBrokenByAPrediction()
    {
        Two two;
        two.maker.policy("a", "closed", withLabels({{"app", "server"}})).isolatesIngress = true;
        two.probed(ProbeOutcome::Reached, ProbeOutcome::Reached, ProbeOutcome::Reached);
        QVERIFY(!two.path().brokenAt);
    }

    void aRefusalIsAtTheDestination()
    {
        Two two;
        two.probed(ProbeOutcome::Refused, ProbeOutcome::Refused, ProbeOutcome::Refused);
        const ConnectionPath path = two.path();
        QVERIFY(path.brokenAt.has_value());
        QCOMPARE(*path.brokenAt, 4u);
        QCOMPARE(stateOf(path, "route"), good); // somebody answered
    }

    void aNameThatDoesNotResolveIsSeenAtTheSource()
    {
        Two two;
        two.probed(ProbeOutcome::Dns, ProbeOutcome::Reached, ProbeOutcome::Reached);
        const ConnectionPath path = two.path();
        QCOMPARE(stateOf(path, "dns"), bad);
        QVERIFY(path.brokenAt.has_value());
        QCOMPARE(*path.brokenAt, 0u);
    }

    void aServiceAddressThatFailsBeforeAnEndpointThatAnswersIsTheServices()
    {
        Two two;
        two.probed(ProbeOutcome::Timeout, ProbeOutcome::Timeout, ProbeOutcome::Reached);
        const ConnectionPath path = two.path();
        QCOMPARE(stateOf(path, "service"), bad);
        QVERIFY(path.brokenAt.has_value());
        QCOMPARE(*path.brokenAt, 1u);
    }

    void aServiceWithoutEndpointsEndsTheWay()
    {
        Two two;
        two.maker.service("a", "empty", {{"app", "nobody"}}, {servicePort(80, 8080)});
        two.request.destination.name = "empty";
        const ConnectionPath path = two.path();
        QCOMPARE(path.hops.size(), 2u);
        QCOMPARE(stateOf(path, "service"), bad);
        QCOMPARE(checkOf(path, "policy-ingress"), nullptr);
    }

    void nothingIsTranslatedForAHeadlessService()
    {
        Two two;
        two.maker.service("a", "peers", {{"app", "server"}}, {servicePort(80, 8080)}).clusterIps = {"None"};
        two.request.destination.name = "peers";
        const ConnectionPath path = two.path();
        QCOMPARE(path.hops.size(), 5u);
        QCOMPARE(checkOf(path, "service"), nullptr);
    }

    void silentUdpTellsNothing()
    {
        Two two;
        two.request.destination = refOf(*two.server());
        two.request.protocol = Protocol::Udp;
        two.request.method = ProbeMethod::Udp;
        two.request.port = 53;
        ProbeResult result;
        result.request = two.request;
        ProbeStep step;
        step.kind = ProbeStepKind::Endpoint;
        step.host = two.server()->ips.front();
        step.port = 53;
        step.outcome = ProbeOutcome::Timeout;
        result.steps = {step};
        two.maker.probe(result);
        QCOMPARE(stateOf(two.path(), "connection"), unknown);
    }

    void aNodeThatIsNotReadyIsBroken()
    {
        Two two;
        two.maker.node("node-b");
        auto state = std::make_shared<ClusterState>(*two.maker.state());
        auto node = std::make_shared<Node>(*state->nodes.find({}, "node-b"));
        node->ready = false;
        ClusterDelta delta;
        delta.upserts.push_back(std::shared_ptr<const Node>(node));
        const auto path = connectionPath(*policy::PolicyModel::make(applied(state, delta)), two.request);
        QVERIFY(path && path->brokenAt);
        QCOMPARE(*path->brokenAt, 3u);
    }

    void anUnknownSourceIsAnError()
    {
        Two two;
        two.request.source.name = "gone";
        const auto path = connectionPath(*policy::PolicyModel::make(two.maker.state()), two.request);
        QVERIFY(!path);
        QCOMPARE(path.error().code, ErrorCode::NotFound);
    }
};

QTEST_GUILESS_MAIN(TestConnectionPath)
#include "test_connection_path.moc"
