#include "model/graph/filtered_graph.h"
#include "model/graph/graph_builder.h"
#include "tests/fakes/shop_cluster.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace portolan;

namespace {

using Names = std::set<std::string>;

Names labelsOf(const TopologyGraph &graph, NodeKind kind)
{
    Names labels;
    for (const GraphNode &node : graph.nodes) {
        if (node.kind == kind)
            labels.insert(node.object.ns + "/" + node.label);
    }
    return labels;
}

} // namespace

/// What a person types, and what is left of the shop's map.
class TestGraphFilter : public QObject
{
    Q_OBJECT

    ClusterStatePtr m_state = fakes::shopCluster().state();
    TopologyGraph m_whole = buildGraph(*m_state, {});

    TopologyGraph part(const char *text, const FindingsOf &findings = {},
                       GraphView view = GraphView::Services)
    {
        const auto filter = GraphFilter::parse(text);
        if (!filter)
            qFatal("%s", filter.error().oneLine().c_str());
        GraphOptions options;
        options.view = view;
        return filteredGraph(view == GraphView::Services ? m_whole : buildGraph(*m_state, options), *filter,
                             *m_state, findings);
    }

private Q_SLOTS:
    void globs_data()
    {
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("matches");
        const auto row = [](const char *pattern, const char *text, bool matches) {
            QTest::addRow("%s ~ %s", pattern, text) << QByteArray(pattern) << QByteArray(text) << matches;
        };
        row("web", "web", true);
        row("web", "web-1", false);
        row("web*", "web-1", true);
        row("*b-?", "web-1", true);
        row("*b-?", "web-12", false);
        row("*a*a*", "banana", true);
        row("*a*a*a*a*", "banana", false);
        row("*", "", true);
        row("?", "", false);
        row("", "", true);
    }
    void globs()
    {
        QFETCH(QByteArray, pattern);
        QFETCH(QByteArray, text);
        QFETCH(bool, matches);
        QCOMPARE(matchesGlob(pattern.toStdString(), text.toStdString()), matches);
    }

    void manyStarsTakeNoTime()
    {
        std::string pattern;
        for (int i = 0; i < 300; ++i)
            pattern += "*a";
        QVERIFY(!matchesGlob(pattern + "b", std::string(1'000, 'a')));
    }

    void whatIsTyped()
    {
        const auto filter = GraphFilter::parse(
            " ns:shop,data ns:edge app=Web -ns:kube* port:8000-8080/tcp \"a b\" tier!=db ");
        QVERIFY2(filter.has_value(), filter ? "" : filter.error().oneLine().c_str());
        QCOMPARE(filter->text(),
                 std::string("ns:shop,data ns:edge app=Web -ns:kube* port:8000-8080/tcp \"a b\" tier!=db"));
        const auto &terms = filter->terms();
        QCOMPARE(terms.size(), std::size_t(6));
        QCOMPARE(terms[0].values, (std::vector<std::string>{"shop", "data", "edge"}));
        QVERIFY(terms[1].key == GraphFilter::Key::Label && terms[1].label == "app");
        QCOMPARE(terms[1].values, std::vector<std::string>{"web"});
        QVERIFY(terms[2].excludes);
        QCOMPARE(terms[3].ports.front().first, std::uint16_t(8000));
        QCOMPARE(terms[3].ports.front().last, std::uint16_t(8080));
        QVERIFY(terms[3].ports.front().protocol == Protocol::Tcp);
        QCOMPARE(terms[4].values, std::vector<std::string>{"*a b*"});
        QVERIFY(terms[5].excludes && terms[5].label == "tier");
        QVERIFY(GraphFilter::parse("   ")->isEmpty());
    }

    void whatMakesNoSenseIsRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("where");
        for (const char *text : {"foo:bar", "ip:300.1.1.1", "port:70000", "port:80-20", "port:80/icmp",
                                 "verdict:maybe", "kind:secret", "ns:", "=web", "-ip:x"})
            QTest::newRow(text) << QByteArray(text) << QByteArray(text);
        QTest::newRow("open quotation mark") << QByteArray("ns:shop \"web") << QByteArray("web");
        QTest::newRow("too long") << QByteArray(1'001, 'a') << QByteArray(40, 'a');
        QTest::newRow("too many") << QByteArray("a ").repeated(51) << QByteArray("a ").repeated(20);
    }
    void whatMakesNoSenseIsRefused()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, where);
        const auto filter = GraphFilter::parse(text.toStdString());
        QVERIFY(!filter);
        QVERIFY(filter.error().code == ErrorCode::InvalidInput);
        QCOMPARE(QByteArray::fromStdString(filter.error().where), where);
    }

    void namesAreNotTakenForFilters()
    {
        for (const char *text :
             {"web", "ns", "shop/web-1", "10.0.0.7", "fd00::1", "web frontend", "a-b", "-"})
            QVERIFY2(!isFilterText(text), text);
        for (const char *text : {"ns:shop", "web NS:", "app=web", "web -db", "port:70000"})
            QVERIFY2(isFilterText(text), text);
    }

    void everythingIsLeftWhereNothingIsAsked() { QVERIFY(part("") == m_whole); }

    void namespacesAndNames()
    {
        const TopologyGraph shop = part("ns:shop");
        for (const GraphNode &node : shop.nodes)
            QVERIFY(node.object.ns == "shop" || !node.object.isValid() || node.kind == NodeKind::IpBlock ||
                    node.kind == NodeKind::PodSet);
        QCOMPARE(shop.groups.size(), std::size_t(1));
        QVERIFY(shop.omissions.filteredNodes > 0 && shop.omissions.filteredEdges > 0);
        QCOMPARE(shop.nodes.size() + shop.omissions.filteredNodes, m_whole.nodes.size());
        QCOMPARE(shop.edges.size() + shop.omissions.filteredEdges, m_whole.edges.size());

        const TopologyGraph rest = part("-ns:shop");
        QVERIFY(labelsOf(rest, NodeKind::Workload).size() + labelsOf(shop, NodeKind::Workload).size() ==
                labelsOf(m_whole, NodeKind::Workload).size());
        QCOMPARE(labelsOf(part("ns:shop name:w?b kind:deploy"), NodeKind::Workload), Names{"shop/web"});
        QCOMPARE(labelsOf(part("ns:shop WEB kind:workload"), NodeKind::Workload), Names{"shop/web"});
    }

    void kindsAndLabels()
    {
        const TopologyGraph services = part("kind:svc");
        QVERIFY(!labelsOf(services, NodeKind::Service).empty());
        QVERIFY(labelsOf(services, NodeKind::Workload).empty());
        // A service stands under its workload and is found by that one's labels.
        const TopologyGraph web = part("app=web");
        QCOMPARE(labelsOf(web, NodeKind::Workload), Names{"shop/web"});
        QVERIFY(labelsOf(web, NodeKind::Service).contains("shop/web"));
        QVERIFY(!labelsOf(part("app!=web"), NodeKind::Workload).contains("shop/web"));
        const std::size_t labelled = labelsOf(part("app=*"), NodeKind::Workload).size();
        QVERIFY(labelled > 5 && labelled < labelsOf(m_whole, NodeKind::Workload).size());
    }

    void addresses()
    {
        const Pod *pod = m_state->pods.inNamespace("shop").front().get();
        const TopologyGraph one = part(("ip:" + pod->ips.front()).c_str());
        QCOMPARE(labelsOf(one, NodeKind::Workload).size(), std::size_t(1));
        QVERIFY(labelsOf(part("ip:0.0.0.0/0 kind:workload"), NodeKind::Workload).size() > 5);
        QVERIFY(part("ip:2001:db8::/32").nodes.empty());
    }

    void linesByPortAndVerdict()
    {
        const TopologyGraph postgres = part("port:5432");
        QVERIFY(!postgres.edges.empty());
        for (const GraphEdge &edge : postgres.edges) {
            QVERIFY(edge.ports.empty() ||
                    std::any_of(edge.ports.begin(), edge.ports.end(), [](const EdgePort &port) {
                        return port.number == 0 || port.number == 5432 ||
                               (port.number < 5432 && port.endNumber >= 5432);
                    }));
            QVERIFY(postgres.node(edge.from) && postgres.node(edge.to));
        }
        // Nothing but what stands at such a line.
        for (const GraphNode &node : postgres.nodes)
            QVERIFY(std::any_of(postgres.edges.begin(), postgres.edges.end(), [&](const GraphEdge &edge) {
                return edge.from == node.id || edge.to == node.id;
            }));
        const TopologyGraph allowed = part("verdict:allow");
        QVERIFY(!allowed.edges.empty() && allowed.edges.size() < m_whole.edges.size());
        QVERIFY(std::all_of(allowed.edges.begin(), allowed.edges.end(),
                            [](const GraphEdge &edge) { return edge.verdict == EdgeVerdict::Allowed; }));
        const TopologyGraph others = part("-verdict:allow");
        QVERIFY(std::none_of(others.edges.begin(), others.edges.end(),
                             [](const GraphEdge &edge) { return edge.verdict == EdgeVerdict::Allowed; }));
    }

    void findingsAreAskedByRule()
    {
        const Pod *pod = m_state->pods.inNamespace("shop").front().get();
        const FindingsOf findings{{{ObjectKind::Pod, "Pod", "shop", pod->meta.name}, {"pod-not-ready"}}};
        QCOMPARE(labelsOf(part("finding:ready", findings), NodeKind::Workload).size(), std::size_t(1));
        QVERIFY(part("finding:mtu", findings).nodes.empty());
    }

    void machinesShowThePodsThatWereAsked()
    {
        const TopologyGraph machines = part("ns:shop", {}, GraphView::Nodes);
        std::size_t dots = 0;
        for (const GraphNode &node : machines.nodes) {
            for (const PodDot &dot : node.pods) {
                QCOMPARE(dot.pod.ns, std::string("shop"));
                ++dots;
            }
        }
        QVERIFY(dots > 0);
        QCOMPARE(part("node:nowhere", {}, GraphView::Nodes).nodes.size(), std::size_t(0));
    }
};

QTEST_GUILESS_MAIN(TestGraphFilter)
#include "test_graph_filter.moc"
