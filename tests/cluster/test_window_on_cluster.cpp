#include "model/base/clock.h"
#include "tests/cluster/kubectl.h"
#include "ui/canvas/map_canvas.h"
#include "ui/mainwindow/main_window.h"
#include "ui/mainwindow/notice_bar.h"
#include "ui/mainwindow/window_actions.h"

#include <QAbstractButton>
#include <QAction>
#include <QDir>
#include <QFile>
#include <QMessageBox>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <set>

using namespace portolan;
using namespace portolan::ui;
using portolan::testing::Kubectl;

namespace {

using Names = std::set<std::string>;

constexpr int patience = 60'000;     // for what the cluster has to do first
constexpr int serverAgain = 150'000; // the server comes back, and backoffs end

QStringList words(std::initializer_list<const char *> texts)
{
    QStringList list;
    for (const char *text : texts)
        list << QString::fromLatin1(text);
    return list;
}

std::string qualified(const ObjectMeta &meta)
{
    return meta.ns.empty() ? meta.name : meta.ns + "/" + meta.name;
}

template<class T>
Names namesOf(const ObjectTable<T> &table)
{
    Names names;
    for (const auto &object : table)
        names.insert(qualified(object->meta));
    return names;
}

/// The names of the objects that nodes of one kind stand for.
Names namesOnMap(const TopologyGraph &graph, NodeKind kind)
{
    Names names;
    for (const GraphNode &node : graph.nodes) {
        if (node.kind == kind && node.object.isValid())
            names.insert(node.object.ns.empty() ? node.object.name : node.object.ns + "/" + node.object.name);
    }
    return names;
}

Names podsOnMap(const TopologyGraph &graph)
{
    Names names;
    for (const GraphNode &node : graph.nodes) {
        for (const PodDot &dot : node.pods)
            names.insert(dot.pod.ns + "/" + dot.pod.name);
    }
    return names;
}

std::string difference(const Names &a, const Names &b)
{
    std::string text;
    for (const std::string &name : a)
        text += b.contains(name) ? "" : " -" + name;
    for (const std::string &name : b)
        text += a.contains(name) ? "" : " +" + name;
    return text;
}

} // namespace

/// The real window, without a screen, on the real cluster that PORTOLAN_TEST_KUBECONFIG names.
class TestWindowOnCluster : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<ThemeController> m_themes;
    std::unique_ptr<MainWindow> m_window;
    Kubectl m_kubectl;

    const TopologyGraph &graph() const { return *m_window->frame()->graph; }
    const ClusterState &state() const { return *m_window->frame()->state; }
    SessionPhase phase() const { return m_window->host().session()->status().phase; }

    const GraphNode *workload(const char *ns, const char *name) const
    {
        for (const GraphNode &node : graph().nodes) {
            if (node.kind == NodeKind::Workload && node.object.ns == ns && node.object.name == name)
                return &node;
        }
        return nullptr;
    }

    const GraphEdge *edgeBetween(const GraphNode *from, const GraphNode *to) const
    {
        for (const GraphEdge &edge : graph().edges) {
            if (from && to && edge.from == from->id && edge.to == to->id && edge.probe.source.isValid())
                return &edge;
        }
        return nullptr;
    }

    /// A click with the mouse in the middle of the line.
    void click(EdgeId edge)
    {
        MapCanvas *canvas = m_window->canvas();
        QVERIFY(canvas->reveal(edge));
        const EdgePath &path = m_window->frame()->layout->edges.at(edge);
        const std::size_t middle = (path.points.size() / 6) * 3;
        const Point a = path.points[middle];
        const Point b = path.points[middle + 3];
        const Point c = path.points[middle + 1];
        const Point d = path.points[middle + 2];
        const QPointF at((a.x + 3 * c.x + 3 * d.x + b.x) / 8, (a.y + 3 * c.y + 3 * d.y + b.y) / 8);
        QTest::mouseClick(canvas, Qt::LeftButton, {}, canvas->viewport().toView(at).toPoint());
        const std::vector<EdgeId> selected = canvas->selectedEdges();
        QCOMPARE(selected.size(), std::size_t(1));
        QVERIFY(selected.front() == edge);
    }

    /// The newest result of a question, or Unknown without a time.
    ProbeResult newest(const ProbeRequest &request) const
    {
        for (const ProbeResult &result : state().probes) {
            if (result.request.source == request.source && result.request.destination == request.destination)
                return result;
        }
        return {};
    }

    void verifySameAsKubectl()
    {
        const auto same = [this] {
            return namesOf(state().pods) == m_kubectl.names("pods") &&
                   namesOf(state().services) == m_kubectl.names("services") &&
                   namesOf(state().networkPolicies) == m_kubectl.names("networkpolicies");
        };
        QTRY_VERIFY2_WITH_TIMEOUT(same(), difference(namesOf(state().pods), m_kubectl.names("pods")).c_str(),
                                  patience);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_kubectl.isConfigured(),
                 "PORTOLAN_TEST_KUBECONFIG names no kubeconfig: start tests/cluster/up");
        m_themes = std::make_unique<ThemeController>(*qApp);
        WindowOptions options;
        options.layout.workerProgram = PORTOLAN_BIN_DIR "/portolan-layout";
        options.remembersWindow = false;
        m_window = std::make_unique<MainWindow>(*m_themes, options);
        m_window->setMapAnimated(false);
        m_window->resize(1680, 1050);
        m_window->show();
        QSignalSpy shown(m_window.get(), &MainWindow::frameShown);
        OpenRequest request;
        request.kind = OpenRequest::Kind::Context;
        request.kubeconfig = m_kubectl.kubeconfig();
        m_window->open(request);
        QVERIFY(shown.wait(patience));
        QTRY_COMPARE_WITH_TIMEOUT(phase(), SessionPhase::Live, patience);
    }

    void cleanupTestCase()
    {
        m_kubectl.fault(words({"cont-apiserver"}));
        m_window.reset();
    }

    void theMapHasWhatKubectlLists()
    {
        verifySameAsKubectl();
        QTRY_COMPARE_WITH_TIMEOUT(podsOnMap(graph()),
                                  m_kubectl.names("pods", "status.phase!=Succeeded,status.phase!=Failed"),
                                  patience);
        QCOMPARE(namesOnMap(graph(), NodeKind::Service), m_kubectl.names("services"));
        QCOMPARE(namesOnMap(graph(), NodeKind::Ingress), m_kubectl.names("ingresses"));
        std::size_t policies = 0;
        for (const GraphGroup &group : graph().groups)
            policies += group.policyCount;
        QCOMPARE(policies, m_kubectl.names("networkpolicies").size());
        m_window->setView(GraphView::Nodes);
        QTRY_COMPARE(graph().view, GraphView::Nodes);
        QCOMPARE(namesOnMap(graph(), NodeKind::Machine), m_kubectl.names("nodes"));
        m_window->setView(GraphView::Services);
        QTRY_COMPARE(graph().view, GraphView::Services);
    }

    void aDeletedPodLeavesAndNothingElseMoves()
    {
        const GraphNode *web = workload("shop", "web");
        QVERIFY(web && !web->pods.empty());
        const std::string pod = web->pods.front().pod.name;
        std::map<NodeId, QRectF> before;
        const MapScenePtr scene = m_window->canvas()->scene();
        for (std::uint32_t i = 0; i < scene->nodes.size(); ++i)
            before[scene->nodes[i].id] = m_window->canvas()->viewRectOf({MapItem::Kind::Node, i});
        QVERIFY(m_kubectl.run(words({"-n", "shop", "delete", "pod", pod.c_str(), "--wait=true"})).isOk());
        QTRY_VERIFY_WITH_TIMEOUT(!podsOnMap(graph()).contains("shop/" + pod), patience);
        const MapScenePtr after = m_window->canvas()->scene();
        std::size_t compared = 0;
        for (std::uint32_t i = 0; i < after->nodes.size(); ++i) {
            const auto old = before.find(after->nodes[i].id);
            if (old == before.end())
                continue;
            const QRectF now = m_window->canvas()->viewRectOf({MapItem::Kind::Node, i});
            QVERIFY2(now == old->second, qPrintable(after->nodes[i].title));
            ++compared;
        }
        QVERIFY(compared > 20);
        QVERIFY(m_kubectl.run(words({"-n", "shop", "rollout", "status", "deployment/web", "--timeout=60s"}))
                    .isOk());
    }

    void aClickOnAnAllowedEdgeReaches()
    {
        const GraphEdge *edge = edgeBetween(workload("shop", "checkout"), workload("payments", "gateway"));
        QVERIFY(edge);
        QCOMPARE(edge->verdict, EdgeVerdict::Allowed);
        const ProbeRequest request = edge->probe;
        click(edge->id);
        QTRY_VERIFY_WITH_TIMEOUT(newest(request).at != WallTime{}, patience);
        QCOMPARE(newest(request).outcome, ProbeOutcome::Reached);
        QVERIFY(!newest(request).steps.empty());
    }

    void aClickOnTheDeniedEdgeTimesOut()
    {
        const GraphNode *catalog = workload("shop", "catalog");
        QVERIFY(catalog && !catalog->pods.empty());
        ProbeRequest request;
        request.source = catalog->pods.front().pod;
        request.destination = {ObjectKind::Service, "Service", "payments", "ledger"};
        request.port = 5432;
        // Nothing draws a line for what is not allowed, until a pair that was chosen by hand has been tried.
        m_window->probes().probe(request);
        QTRY_VERIFY_WITH_TIMEOUT(newest(request).at != WallTime{}, patience);
        const WallTime first = newest(request).at;
        QCOMPARE(newest(request).outcome, ProbeOutcome::Timeout);
        const GraphEdge *edge = edgeBetween(workload("shop", "catalog"), workload("payments", "ledger"));
        QVERIFY(edge);
        QCOMPARE(edge->verdict, EdgeVerdict::Denied);
        click(edge->id);
        QTRY_VERIFY_WITH_TIMEOUT(newest(request).at > first, patience);
        QCOMPARE(newest(request).outcome, ProbeOutcome::Timeout);
    }

    /// Of Cilium; with another CNI the window says that nobody keeps a log.
    void flowsAreReadWhenTheUserAgrees()
    {
        const QString key = QStringLiteral("flows");
        const bool isCilium = m_window->frame()->policies->enforcer().enforcer == policy::Enforcer::Cilium;
        QAction *read = m_window->actionsOfWindow().readFlows;
        QVERIFY(read->isEnabled() && !state().flows);
        read->trigger();
        auto *question = m_window->findChild<QMessageBox *>();
        QCOMPARE(question != nullptr, isCilium);
        if (!isCilium) {
            QTRY_VERIFY_WITH_TIMEOUT(m_window->notices()->textOf(key).contains(QLatin1String("No flow log")),
                                     patience);
            return;
        }
        QVERIFY2(question->informativeText().contains(QLatin1String("hubble observe")) &&
                     question->informativeText().contains(QLatin1String("kube-system/cilium-")),
                 qPrintable(question->informativeText()));
        const auto cards = [this] {
            std::map<NodeId, QRectF> places;
            const MapScenePtr scene = m_window->canvas()->scene();
            for (const MapNode &node : scene->nodes)
                places[node.id] = node.rect;
            return places;
        };
        const auto before = cards();
        for (QAbstractButton *button : question->buttons()) {
            if (question->buttonRole(button) == QMessageBox::AcceptRole)
                button->click();
        }
        QTRY_VERIFY_WITH_TIMEOUT(state().flows != nullptr, patience);
        QVERIFY(state().flows->flows.size() > 20);
        QVERIFY(!graph().traffic.empty());
        for (const auto &[node, place] : cards()) {
            const auto stood = before.find(node);
            QVERIFY(stood == before.end() || stood->second == place);
        }
        // The user agreed; reading once more asks nothing.
        const WallTime first = state().flows->readAt;
        read->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(state().flows->readAt > first, patience);
    }

    void theMapIsExported()
    {
        for (const char *ending : {"svg", "pdf"}) {
            const QString file = m_folder.filePath(QStringLiteral("map.") + QLatin1String(ending));
            QSignalSpy exported(m_window.get(), &MainWindow::exportFinished);
            m_window->exportTo(file);
            QVERIFY(exported.wait(patience));
            QVERIFY(!exported.front().at(1).value<std::optional<Error>>().has_value());
            QFile written(file);
            QVERIFY(written.open(QIODevice::ReadOnly));
            const QByteArray content = written.readAll();
            if (QLatin1String(ending) == QLatin1String("pdf")) {
                QVERIFY(content.startsWith("%PDF"));
                continue;
            }
            for (const char *text : {"checkout", "ledger", "payments", "portolan-test"})
                QVERIFY2(content.contains(text), text);
        }
    }

    void aStoppedServerIsNoticedAndForgiven()
    {
        QVERIFY(m_kubectl.fault(words({"stop-apiserver"})).isOk());
        const Names before = namesOf(state().pods);
        QTRY_COMPARE_WITH_TIMEOUT(phase(), SessionPhase::Degraded, patience);
        QCOMPARE(namesOf(state().pods), before); // nothing is lost meanwhile
        const auto isOld = [this] {
            return m_window->canvas()->now() - m_window->canvas()->shownTime() > std::chrono::seconds(1);
        };
        QTRY_VERIFY_WITH_TIMEOUT(isOld(), patience); // and the map says of when it is
        QVERIFY(m_kubectl.fault(words({"cont-apiserver"})).isOk());
        QTRY_COMPARE_WITH_TIMEOUT(phase(), SessionPhase::Live, serverAgain);
        verifySameAsKubectl();
    }

    void aKilledServerIsNoticedAndForgiven()
    {
        QVERIFY(m_kubectl.fault(words({"kill-apiserver"})).isOk());
        QTRY_COMPARE_WITH_TIMEOUT(phase(), SessionPhase::Degraded, patience);
        QVERIFY(m_kubectl.fault(words({"start-apiserver"})).isOk());
        QVERIFY(
            m_kubectl
                .run(words({"-n", "shop", "create", "service", "clusterip", "born-meanwhile", "--tcp=80"}))
                .isOk());
        QTRY_COMPARE_WITH_TIMEOUT(phase(), SessionPhase::Live, serverAgain);
        QTRY_VERIFY_WITH_TIMEOUT(namesOf(state().services).contains("shop/born-meanwhile"), serverAgain);
        QVERIFY(m_kubectl.run(words({"-n", "shop", "delete", "service", "born-meanwhile"})).isOk());
        QTRY_VERIFY_WITH_TIMEOUT(!namesOf(state().services).contains("shop/born-meanwhile"), patience);
        verifySameAsKubectl();
    }

    void aCompactedHistoryIsListedAgain()
    {
        // The watch cache hides a compaction; a server that starts after it has no history to watch from.
        QVERIFY(
            m_kubectl
                .run(words({"-n", "shop", "create", "service", "clusterip", "lost-meanwhile", "--tcp=80"}))
                .isOk());
        QTRY_VERIFY_WITH_TIMEOUT(namesOf(state().services).contains("shop/lost-meanwhile"), patience);
        QVERIFY(m_kubectl.fault(words({"compact-etcd"})).isOk());
        QVERIFY(m_kubectl.fault(words({"kill-apiserver"})).isOk());
        QTRY_COMPARE_WITH_TIMEOUT(phase(), SessionPhase::Degraded, patience);
        QVERIFY(m_kubectl.fault(words({"start-apiserver"})).isOk());
        QVERIFY(m_kubectl.run(words({"-n", "shop", "delete", "service", "lost-meanwhile"})).isOk());
        QVERIFY(m_kubectl.fault(words({"compact-etcd"})).isOk());
        QTRY_COMPARE_WITH_TIMEOUT(phase(), SessionPhase::Live, serverAgain);
        QTRY_VERIFY_WITH_TIMEOUT(!namesOf(state().services).contains("shop/lost-meanwhile"), serverAgain);
        verifySameAsKubectl();
    }
};

QTEST_MAIN(TestWindowOnCluster)
#include "test_window_on_cluster.moc"
