#include "model/base/ip_range.h"
#include "model/graph/graph_builder.h"
#include "model/graph/graph_diff.h"
#include "model/graph/port_set.h"
#include "tests/fakes/random_source.h"
#include "tests/fakes/shop_cluster.h"
#include "tests/model/graph/graph_queries.h"

#include <QTest>

#include <array>

using namespace portolan;
using namespace portolan::graph;
using namespace portolan::fakes;
using namespace portolan::checks;

namespace {

ProbeRequest ask(const std::string &ns, const std::string &pod, const ObjectRef &destination,
                 std::uint16_t port, Protocol protocol = Protocol::Tcp)
{
    return {{ObjectKind::Pod, "Pod", ns, pod}, {}, destination, port, protocol, ProbeMethod::Tcp};
}

ObjectRef serviceRef(const std::string &ns, const std::string &name)
{
    return {ObjectKind::Service, "Service", ns, name};
}

} // namespace

class TestGraphParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void portSetsAgreeWithSetsOfNumbers()
    {
        RandomSource random(7);
        for (int round = 0; round < 300; ++round) {
            std::array<PortSet, 2> sets;
            std::array<std::set<int>, 2> numbers;
            for (std::size_t which = 0; which < 2; ++which) {
                for (std::size_t i = random.below(5); i > 0; --i) {
                    const auto first = std::uint16_t(1 + random.below(40));
                    const auto last = std::uint16_t(first + random.below(8));
                    sets[which].add(Protocol::Tcp, first, last);
                    for (int port = first; port <= last; ++port)
                        numbers[which].insert(port);
                }
            }
            const PortSet common = sets[0].common(sets[1]);
            PortSet both = sets[0];
            both.add(sets[1]);
            for (int port = 1; port < 60; ++port) {
                const bool inA = numbers[0].contains(port);
                const bool inB = numbers[1].contains(port);
                QCOMPARE(common.contains(Protocol::Tcp, std::uint16_t(port)), inA && inB);
                QCOMPARE(both.contains(Protocol::Tcp, std::uint16_t(port)), inA || inB);
            }
            QCOMPARE(sets[0].isEmpty(), numbers[0].empty());
            QVERIFY(both.covers(sets[0]) && sets[0].covers(common));
        }
        QVERIFY(PortSet::all().edgePorts().empty());
        PortSet carried;
        carried.add(Protocol::Tcp, 1, 65535);
        carried.add(Protocol::Udp, 1, 65535);
        QCOMPARE(carried.edgePorts().size(), std::size_t(2));
        QVERIFY(carried.edgePorts(carried).empty());
    }

    void ipRangesContain_data()
    {
        QTest::addColumn<QByteArray>("outer");
        QTest::addColumn<QByteArray>("inner");
        QTest::addColumn<bool>("contains");
        QTest::newRow("v4") << QByteArray("10.0.0.0/8") << QByteArray("10.200.3.4") << true;
        QTest::newRow("v4 out") << QByteArray("10.0.0.0/8") << QByteArray("11.0.0.1") << false;
        QTest::newRow("odd bits") << QByteArray("10.42.128.0/17") << QByteArray("10.42.127.255") << false;
        QTest::newRow("odd bits in") << QByteArray("10.42.128.0/17") << QByteArray("10.42.255.1") << true;
        QTest::newRow("all") << QByteArray("0.0.0.0/0") << QByteArray("203.0.113.1") << true;
        QTest::newRow("v6") << QByteArray("2001:db8::/33") << QByteArray("2001:db8:7fff::1") << true;
        QTest::newRow("v6 out") << QByteArray("2001:db8::/33") << QByteArray("2001:db8:8000::1") << false;
        QTest::newRow("families") << QByteArray("::/0") << QByteArray("10.0.0.1") << false;
        QTest::newRow("wider") << QByteArray("10.0.0.0/16") << QByteArray("10.0.0.0/8") << false;
    }

    void ipRangesContain()
    {
        QFETCH(QByteArray, outer);
        QFETCH(QByteArray, inner);
        QFETCH(bool, contains);
        const auto a = IpRange::parse(outer.toStdString());
        const auto b = IpRange::parse(inner.toStdString());
        QVERIFY(a && b);
        QCOMPARE(a->contains(*b), contains);
    }

    void whatIsNoRangeIsNothing()
    {
        for (const char *text :
             {"", "10.0.0.0/33", "10.0.0/8", "10.0.0.0/", "10.0.0.0/8x", "::/129", "host", "10.0.0.0/-1"})
            QVERIFY2(!IpRange::parse(text), text);
    }

    void aDeniedProbeIsALineOfItsOwn()
    {
        const TopologyGraph graph = servicesView(shopCluster());
        const GraphEdge *edge = find(graph, EdgeKind::Observed, find(graph, NodeKind::Workload, "catalog"),
                                     find(graph, NodeKind::Workload, "ledger"));
        QVERIFY(edge);
        QCOMPARE(edge->verdict, EdgeVerdict::Denied);
        QCOMPARE(edge->ports, (std::vector<EdgePort>{{5432, 0, Protocol::Tcp, {}}}));
        QCOMPARE(edge->probe.source.name, std::string("catalog-7d9f-0"));
    }

    void aProbeOnADrawnLineAddsNone()
    {
        ClusterMaker maker = shopCluster();
        const std::size_t before = countEdges(servicesView(maker), EdgeKind::Observed);
        maker.probe(ask("shop", "web-7d9f-0", serviceRef("shop", "checkout"), 8080), ProbeOutcome::Reached);
        QCOMPARE(countEdges(servicesView(maker), EdgeKind::Observed), before);
        // The line admits 8080; another port is another matter.
        maker.probe(ask("shop", "web-7d9f-0", serviceRef("shop", "checkout"), 22), ProbeOutcome::Timeout);
        const TopologyGraph graph = servicesView(maker);
        QCOMPARE(countEdges(graph, EdgeKind::Observed), before + 1);
        QCOMPARE(find(graph, EdgeKind::Observed, find(graph, NodeKind::Workload, "web"),
                      find(graph, NodeKind::Workload, "checkout"))
                     ->verdict,
                 EdgeVerdict::Denied);
    }

    void theProbeOfAStubBelongsToTheStub()
    {
        ClusterMaker maker = shopCluster();
        const TopologyGraph before = servicesView(maker);
        const GraphEdge *dns = find(before, EdgeKind::PolicyPeer, find(before, NodeKind::PodSet, "shop/"),
                                    find(before, NodeKind::Workload, "coredns"));
        QVERIFY(dns && dns->probe.source.isValid());
        maker.probe(dns->probe, ProbeOutcome::Reached);
        QCOMPARE(countEdges(servicesView(maker), EdgeKind::Observed), countEdges(before, EdgeKind::Observed));
        // Another pod's question is a pair of its own.
        maker.probe(ask("shop", "checkout-7d9f-0", dns->probe.destination, dns->probe.port),
                    ProbeOutcome::Reached);
        QCOMPARE(countEdges(servicesView(maker), EdgeKind::Observed),
                 countEdges(before, EdgeKind::Observed) + 1);
    }

    void probesBetweenOpenPodsAreAllowed()
    {
        ClusterMaker maker = shopCluster();
        const ObjectRef pod{ObjectKind::Pod, "Pod", "monitoring", "grafana-7d9f-0"};
        maker.probe(ask("kube-system", "coredns-7d9f-0", pod, 3000), ProbeOutcome::Reached);
        const TopologyGraph graph = servicesView(maker);
        const GraphEdge *edge = find(graph, EdgeKind::Observed, find(graph, NodeKind::Workload, "coredns"),
                                     find(graph, NodeKind::Workload, "grafana"));
        QVERIFY(edge);
        QCOMPARE(edge->verdict, EdgeVerdict::Allowed);
    }

    void aProbedAddressOutsideStandsOutside()
    {
        ClusterMaker maker = shopCluster();
        const ObjectRef address{ObjectKind::Other, "Address", {}, "example.com"};
        maker.probe(ask("shop", "web-7d9f-0", address, 443), ProbeOutcome::Reached);
        const TopologyGraph graph = servicesView(maker);
        const GraphNode *outside = find(graph, NodeKind::IpBlock, "example.com");
        QVERIFY(outside);
        const GraphEdge *edge =
            find(graph, EdgeKind::Observed, find(graph, NodeKind::Workload, "web"), outside);
        QVERIFY(edge);
        QCOMPARE(edge->verdict, EdgeVerdict::NotApplicable);
    }

    void aProbeOfAPodThatIsGoneIsNoLine()
    {
        ClusterMaker maker = shopCluster();
        const std::size_t before = countEdges(servicesView(maker), EdgeKind::Observed);
        maker.probe(ask("shop", "gone-1", serviceRef("shop", "web"), 80), ProbeOutcome::Reached);
        maker.probe(ask("shop", "web-7d9f-0", serviceRef("shop", "gone"), 80), ProbeOutcome::Reached);
        QCOMPARE(countEdges(servicesView(maker), EdgeKind::Observed), before);
    }

    void edgesKnowWhatToAsk()
    {
        const TopologyGraph graph = servicesView(shopCluster());
        const GraphEdge *edge = policyEdge(graph, "shop/web", "shop/checkout");
        QVERIFY(edge);
        QCOMPARE(edge->probe.source, (ObjectRef{ObjectKind::Pod, "Pod", "shop", "web-7d9f-0"}));
        QCOMPARE(edge->probe.destination, serviceRef("shop", "checkout"));
        QCOMPARE(edge->probe.port, std::uint16_t(8080));
        QCOMPARE(edge->probe.method, ProbeMethod::Tcp);
        const GraphEdge *dns = find(graph, EdgeKind::PolicyPeer, find(graph, NodeKind::PodSet, "shop/"),
                                    find(graph, NodeKind::Workload, "coredns"));
        QVERIFY(dns);
        QCOMPARE(dns->probe.method, ProbeMethod::Tcp); // TCP is first in the rule's ports
        QCOMPARE(dns->probe.port, std::uint16_t(53));
    }

    void theAskingPodRunsAndIsReady()
    {
        ClusterMaker maker = shopCluster();
        maker.podsOf("shop", "web")[0]->ready = false;
        maker.podsOf("shop", "web")[1]->meta.terminating = true;
        QCOMPARE(policyEdge(servicesView(maker), "shop/web", "shop/checkout")->probe.source.name,
                 std::string("web-7d9f-2"));
        maker.podsOf("shop", "web")[2]->phase = PodPhase::Pending;
        QVERIFY(!policyEdge(servicesView(maker), "shop/web", "shop/checkout")->probe.source.isValid());
    }

    void withoutAServiceThePodIsAsked()
    {
        ClusterMaker maker;
        maker.ns("a");
        maker.workload("Deployment", "a", "x", 1, {{"app", "x"}});
        maker.workload("Deployment", "a", "y", 1, {{"app", "y"}}, {{"dns", 53, Protocol::Udp}});
        admit(maker.policy("a", "y", withLabels({{"app", "y"}})), {podsLike({{"app", "x"}})});
        const TopologyGraph graph = servicesView(maker);
        const ProbeRequest &probe = policyEdge(graph, "x", "y")->probe;
        QCOMPARE(probe.destination, (ObjectRef{ObjectKind::Pod, "Pod", "a", "y-7d9f-0"}));
        QCOMPARE(probe.port, std::uint16_t(53));
        QCOMPARE(probe.method, ProbeMethod::Dns);
    }

    void aServiceIsAskedByANeighbour()
    {
        const TopologyGraph graph = servicesView(shopCluster());
        const GraphEdge *edge =
            find(graph, EdgeKind::ServiceEndpoint, find(graph, NodeKind::Service, "shop/web"),
                 find(graph, NodeKind::Workload, "web"));
        QVERIFY(edge);
        QCOMPARE(edge->probe.source.name, std::string("cart-0"));
        QCOMPARE(edge->probe.destination, serviceRef("shop", "web"));
    }

    /// One that policies keep away would only measure that they do.
    void aServiceIsAskedByWhoMayReachIt()
    {
        ClusterMaker maker;
        maker.ns("a");
        maker.workload("Deployment", "a", "client", 1, {{"app", "client"}});
        maker.workload("Deployment", "a", "aside", 1, {{"app", "aside"}});
        maker.workload("Deployment", "a", "server", 2, {{"app", "server"}}, {{"http", 80, Protocol::Tcp}});
        maker.service("a", "server", {{"app", "server"}}, {servicePort(80)});
        const auto sourceOfProbe = [&] {
            const TopologyGraph graph = servicesView(maker);
            const GraphEdge *edge =
                find(graph, EdgeKind::ServiceEndpoint, find(graph, NodeKind::Service, "a/server"),
                     find(graph, NodeKind::Workload, "server"));
            return edge ? edge->probe.source.name : std::string();
        };
        QVERIFY(sourceOfProbe().starts_with("aside"));
        admit(maker.policy("a", "server", withLabels({{"app", "server"}})), {podsLike({{"app", "client"}})});
        QVERIFY(sourceOfProbe().starts_with("client"));
        maker.policy("a", "nobody", withLabels({{"app", "client"}})).isolatesEgress = true;
        QVERIFY(sourceOfProbe().starts_with("aside"));
    }

    void diffsTellWhatMoves()
    {
        ClusterMaker maker = shopCluster();
        const TopologyGraph before = servicesView(maker);
        maker.podsOf("shop", "web")[0]->ready = false;
        GraphDiff diff = diffGraphs(before, servicesView(maker));
        QCOMPARE(diff.changedNodes, std::vector{find(before, NodeKind::Workload, "web")->id});
        QVERIFY(!diff.isEmpty());
        QVERIFY(!diff.needsLayout());

        maker.workload("Deployment", "shop", "fresh", 1, {{"app", "fresh"}});
        diff = diffGraphs(before, servicesView(maker));
        QCOMPARE(diff.addedNodes.size(), std::size_t(1));
        QVERIFY(diff.removedNodes.empty());
        QVERIFY(diff.needsLayout());
        QCOMPARE(diffGraphs(servicesView(maker), before).removedNodes, diff.addedNodes);

        const GraphDiff hidden = diffGraphs(before, servicesView(shopCluster(), {"edge"}));
        QCOMPARE(hidden.changedGroups.size(), std::size_t(1));
        QVERIFY(hidden.needsLayout());
    }

    void podsThatComeAndGoNeedLayoutOnMachinesAlone()
    {
        ClusterMaker maker = shopCluster();
        const GraphOptions machines{GraphView::Nodes, {}};
        const TopologyGraph services = servicesView(maker);
        const TopologyGraph nodes = buildGraph(*maker.state(), machines);
        maker.podsOf("shop", "web")[0]->phase = PodPhase::Succeeded;
        QVERIFY(!diffGraphs(services, servicesView(maker)).needsLayout());
        QVERIFY(!diffGraphs(services, servicesView(maker)).isEmpty());
        QVERIFY(diffGraphs(nodes, buildGraph(*maker.state(), machines)).needsLayout());
    }

    void identitiesDoNotChangeBetweenReleases()
    {
        // Remembered places are kept under these numbers.
        QCOMPARE(nodeIdOf(NodeKind::Workload, {ObjectKind::Workload, "Deployment", "shop", "web"}).value,
                 std::uint64_t(0xdd8af95916f4f272ULL));
    }
};

QTEST_GUILESS_MAIN(TestGraphParts)
#include "test_graph_parts.moc"
