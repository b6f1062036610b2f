#include "model/graph/graph_builder.h"
#include "model/graph/reach.h"
#include "model/graph/reach_matrix.h"
#include "model/graph/traffic_kinds.h"
#include "model/manifest/manifest.h"
#include "model/policy/verdict_rows.h"
#include "tests/fakes/random_policies.h"

#include <QTest>

#include <algorithm>

using namespace portolan;
using namespace portolan::policy;
using fakes::PolicyMix;

namespace {

using Pods = std::vector<EndpointId>;

/// How many of the pairs of two sets have which outcome.
struct Tally
{
    int allowed = 0;
    int denied = 0;
    int unknown = 0;
    int all() const { return allowed + denied + unknown; }
};

Tally tally(const PolicyModel &model, const Pods &from, const Pods &to, const Traffic &traffic)
{
    Tally tally;
    for (const EndpointId a : from) {
        for (const EndpointId b : to) {
            if (a == b)
                continue;
            const Outcome outcome =
                model.explain(model.endpoints().endpoint(a), model.endpoints().endpoint(b), traffic).outcome;
            ++(outcome == Outcome::Allow  ? tally.allowed
               : outcome == Outcome::Deny ? tally.denied
                                          : tally.unknown);
        }
    }
    return tally;
}

bool names(const std::vector<EdgePort> &ports, Protocol protocol, std::uint16_t number)
{
    return ports.empty() || std::any_of(ports.begin(), ports.end(), [&](const EdgePort &port) {
               const std::uint16_t last = std::max(port.number, port.endNumber);
               return port.protocol == protocol &&
                      (port.number == 0 || (port.number <= number && number <= last));
           });
}

/// Whether the verdict of a line between two cards is what its pods' verdicts come to.
bool isTrue(const GraphEdge &edge, const Tally &tally, bool named)
{
    switch (edge.verdict) {
    case EdgeVerdict::Allowed: // on these ports all pairs, and on no other port
        return named == (tally.allowed == tally.all());
    case EdgeVerdict::Mixed:
        return tally.allowed < tally.all() && named == (tally.allowed > 0);
    case EdgeVerdict::Unknown:
        return tally.allowed == 0 && named == (tally.unknown > 0);
    case EdgeVerdict::Denied:
        return !named || tally.denied == tally.all();
    case EdgeVerdict::NotApplicable:
        break;
    }
    return false;
}

constexpr std::array<std::uint16_t, 7> someNumbers{1, 79, 80, 81, 82, 85, 443};
constexpr std::array protocols{Protocol::Tcp, Protocol::Udp, Protocol::Sctp};

QString described(const GraphEdge &edge, const Traffic &traffic, const Tally &tally)
{
    return QStringLiteral("verdict %1, protocol %2 port %3: %4 allowed, %5 denied, %6 unknown")
        .arg(int(edge.verdict))
        .arg(traffic.protocol)
        .arg(traffic.port)
        .arg(tally.allowed)
        .arg(tally.denied)
        .arg(tally.unknown);
}

} // namespace

/// What the map draws is what explain() says, on clusters that nobody would write.
class TestEdgesEqualExplain : public QObject
{
    Q_OBJECT

    static int clusters()
    {
        const int wanted = qEnvironmentVariableIntValue("PORTOLAN_RANDOM_CLUSTERS");
#ifdef NDEBUG
        return wanted > 0 ? wanted : 150;
#else
        return wanted > 0 ? wanted : 30; // the same in slow motion
#endif
    }

    static Pods podsOf(const PolicyModel &model, const GraphNode &node)
    {
        Pods pods;
        for (const PodDot &dot : node.pods) {
            const EndpointId id = model.endpoints().find(dot.pod.ns, dot.pod.name);
            if (id < model.endpoints().podCount())
                pods.push_back(id);
        }
        return pods;
    }

    static bool isCard(const GraphNode *node)
    {
        return node && (node->kind == NodeKind::Workload || node->kind == NodeKind::Pod);
    }

    /// The first untruth of the single lines, or "". Counts those that were looked at.
    static QString untruth(const PolicyModel &model, const TopologyGraph &graph, int &lines)
    {
        for (const GraphEdge &edge : graph.edges) {
            const GraphNode *from = graph.node(edge.from);
            const GraphNode *to = graph.node(edge.to);
            if (edge.kind != EdgeKind::PolicyPeer || !isCard(from) || !isCard(to))
                continue;
            ++lines;
            for (const Protocol protocol : protocols) {
                if (!model.policies().carries(ipProtocol(protocol)))
                    continue; // lines do not speak of it
                for (const std::uint16_t number : someNumbers) {
                    const Traffic traffic{ipProtocol(protocol), number};
                    const Tally pods = tally(model, podsOf(model, *from), podsOf(model, *to), traffic);
                    if (pods.all() > 0 && !isTrue(edge, pods, names(edge.ports, protocol, number)))
                        return described(edge, traffic, pods);
                }
            }
        }
        return {};
    }

    /// A line on a port never says the opposite of the matrix's cell.
    static QString contradiction(const PolicyModel &model, const TopologyGraph &graph)
    {
        const Traffic web{protocol::tcp, 80};
        const ReachMatrixPtr matrix = ReachMatrix::make(model, web, CancelSource().token());
        for (std::size_t from = 0; from < matrix->ends().size(); ++from) {
            for (std::size_t to = 0; to < matrix->ends().size(); ++to) {
                const GraphEdge *edge = graph.edge(
                    edgeIdOf(EdgeKind::PolicyPeer, matrix->ends()[from].node, matrix->ends()[to].node));
                if (!edge || !names(edge->ports, Protocol::Tcp, 80))
                    continue;
                const CellVerdict cell = matrix->at(from, to);
                const bool agrees = cell == CellVerdict::NoPods ||
                                    (edge->verdict == EdgeVerdict::Allowed  ? cell == CellVerdict::Allowed
                                     : edge->verdict == EdgeVerdict::Denied ? cell == CellVerdict::Denied
                                                                            : cell != CellVerdict::Denied);
                if (!agrees)
                    return QStringLiteral("line %1, cell %2").arg(int(edge->verdict)).arg(int(cell));
            }
        }
        return {};
    }

    static void addRows()
    {
        QTest::addColumn<int>("mix");
        QTest::addColumn<int>("enforcer");
        const auto row = [](const char *name, PolicyMix mix, Enforcer enforcer) {
            QTest::newRow(name) << int(mix) << int(enforcer);
        };
        row("NetworkPolicy", PolicyMix::NetworkPolicies, Enforcer::Generic);
        row("AdminNetworkPolicy", PolicyMix::Admin, Enforcer::Generic);
        row("ClusterNetworkPolicy", PolicyMix::Cluster, Enforcer::Generic);
        row("Cilium", PolicyMix::Cilium, Enforcer::Cilium);
        row("Calico", PolicyMix::Calico, Enforcer::Calico);
        row("all, generic", PolicyMix::All, Enforcer::Generic);
    }

private Q_SLOTS:
    void linesBetweenCards_data()
    {
        addRows();
    }

    void linesBetweenCards()
    {
        QFETCH(int, mix);
        QFETCH(int, enforcer);
        fakes::Random random(unsigned(mix * 100 + enforcer + 7));
        int lines = 0;
        for (int i = 0; i < clusters(); ++i) {
            const std::string text = fakes::randomManifests(random, PolicyMix(mix));
            const ManifestCluster cluster = readManifests({{"random.json", text}});
            const auto model = PolicyModel::make(cluster.state, {Enforcer(enforcer), true});
            const TopologyGraph graph = buildGraph(*model, {});
            const QString wrong = untruth(*model, graph, lines);
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong + u'\n' + QString::fromStdString(text)));
            const QString against = contradiction(*model, graph);
            QVERIFY2(against.isEmpty(), qPrintable(against + u'\n' + QString::fromStdString(text)));
        }
        QVERIFY2(lines > clusters() / 15, qPrintable(QString::number(lines))); // or nothing was tried
    }

    void setsOfPods_data()
    {
        addRows();
    }

    /// Lines of many pods are made of blocks: these say together what all the pairs say.
    void setsOfPods()
    {
        QFETCH(int, mix);
        QFETCH(int, enforcer);
        fakes::Random random(unsigned(mix * 100 + enforcer + 8));
        for (int i = 0; i < clusters(); ++i) {
            const std::string text = fakes::randomManifests(random, PolicyMix(mix));
            const ManifestCluster cluster = readManifests({{"random.json", text}});
            const auto model = PolicyModel::make(cluster.state, {Enforcer(enforcer), true});
            const graph::ClusterIndex index(*cluster.state);
            graph::Reaches reaches(index, *model);
            const auto some = [&] {
                Pods pods;
                for (EndpointId id = 0; id < model->endpoints().podCount(); ++id) {
                    if (random() % 2 == 0)
                        pods.push_back(id);
                }
                return pods;
            };
            Pods from = some();
            Pods to = some();
            const graph::Members sources = membersOf(*model, reaches, from);
            const graph::Members targets = membersOf(*model, reaches, to);
            graph::PortSet somewhere, unknown, everywhere = graph::PortSet::all();
            reaches.forEachBlock(sources, targets, [&](const graph::Block &block) {
                somewhere.add(block.some);
                unknown.add(block.unknown);
                everywhere = everywhere.common(block.all);
                return true;
            });
            for (const Protocol protocol : protocols) {
                if (!model->policies().carries(ipProtocol(protocol)))
                    continue; // blocks do not speak of it
                for (const std::uint16_t number : someNumbers) {
                    const Tally pods = tally(*model, from, to, {ipProtocol(protocol), number});
                    if (pods.all() == 0)
                        continue;
                    QCOMPARE(somewhere.contains(protocol, number), pods.allowed > 0);
                    QCOMPARE(unknown.contains(protocol, number), pods.unknown > 0);
                    QCOMPARE(everywhere.contains(protocol, number), pods.allowed == pods.all());
                }
            }
        }
    }

    void theMatrixOfAnyPort_data()
    {
        addRows();
    }

    /// Most kinds of traffic are not asked about again: it says what all of them together say.
    void theMatrixOfAnyPort()
    {
        QFETCH(int, mix);
        QFETCH(int, enforcer);
        fakes::Random random(unsigned(mix * 100 + enforcer + 9));
        std::size_t mixed = 0;
        for (int i = 0; i < clusters(); ++i) {
            const std::string text = fakes::randomManifests(random, PolicyMix(mix));
            const ManifestCluster cluster = readManifests({{"random.json", text}});
            const auto model = PolicyModel::make(cluster.state, {Enforcer(enforcer), true});
            const CancelToken never = CancelSource().token();
            const std::vector<CellVerdict> any = ReachMatrix::make(*model, std::nullopt, never)->cells();
            std::vector<CellVerdict> together(any.size(), CellVerdict::NoPods);
            for (const Traffic &traffic : graph::kindsOfTraffic(*model)) {
                const std::vector<CellVerdict> one = ReachMatrix::make(*model, traffic, never)->cells();
                std::transform(one.begin(), one.end(), together.begin(), together.begin(), joined);
            }
            QVERIFY2(any == together, text.c_str());
            mixed += std::size_t(std::count(any.begin(), any.end(), CellVerdict::Mixed));
        }
        QVERIFY(mixed > 0); // or no kind was told from another
    }

private:
    /// All the pods of the classes that some of them are in: `pods` becomes these.
    static graph::Members membersOf(const PolicyModel &model, const graph::Reaches &reaches, Pods &pods)
    {
        const EndpointClasses &classes = model.classified().classes;
        std::vector<ClassId> own;
        for (const EndpointId id : pods)
            own.push_back(classes.classOf(id, 0));
        std::sort(own.begin(), own.end());
        graph::Members members;
        members.classes = bitsOf(own);
        members.workloads = reaches.workloadsIn(members.classes);
        pods.clear();
        for (EndpointId id = 0; id < model.endpoints().podCount(); ++id) {
            if (members.classes.test(classes.classOf(id, 0)))
                pods.push_back(id);
        }
        return members;
    }
};

QTEST_GUILESS_MAIN(TestEdgesEqualExplain)
#include "test_edges_equal_explain.moc"
