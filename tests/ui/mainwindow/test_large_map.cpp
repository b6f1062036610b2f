#include "model/snapshot/snapshot.h"
#include "tests/fakes/synthetic_cluster.h"
#include "ui/canvas/map_canvas.h"
#include "ui/inspector/inspector.h"
#include "ui/mainwindow/finder.h"
#include "ui/mainwindow/main_window.h"
#include "ui/mainwindow/window_actions.h"

#include <QAction>
#include <QApplication>
#include <QFile>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

#include <algorithm>
#include <memory>

using namespace portolan;
using namespace portolan::ui;

namespace {

constexpr int patience = 120'000; ///< on a machine that has much else to do
#ifdef __SANITIZE_THREAD__
constexpr std::size_t podCount = 30'000; ///< of which each takes some fifty times as long
#else
constexpr std::size_t podCount = 150'000;
#endif
constexpr std::size_t podsPerWorkload = 25;
constexpr std::size_t workloadsPerNamespace = 20;

void wheel(MapCanvas &canvas, QPointF at, int steps)
{
    QWheelEvent event(at, canvas.mapToGlobal(at), {}, QPoint(0, 120 * steps), Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(&canvas, &event);
}

void drag(MapCanvas &canvas, QPoint from, QPoint to)
{
    QTest::mousePress(&canvas, Qt::LeftButton, {}, from);
    for (int step = 1; step <= 4; ++step) {
        const QPointF at = from + (to - from) * step / 4;
        QMouseEvent move(QEvent::MouseMove, at, canvas.mapToGlobal(at), Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(&canvas, &move);
    }
    QTest::mouseRelease(&canvas, Qt::LeftButton, {}, to);
}

} // namespace

/// One sitting at a recording of 150,000 pods, from its file to an export: each test goes on where the one
/// before it ended.
class TestLargeMap : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_directory.path());
        fakes::SyntheticOptions options;
        options.pods = podCount;
        options.podsPerWorkload = podsPerWorkload;
        options.workloadsPerNamespace = workloadsPerNamespace;
        const ClusterStatePtr state = fakes::syntheticCluster(options);
        m_file = m_directory.filePath(QStringLiteral("large.portolan"));
        QVERIFY(saveSnapshot(*state, m_file.toStdString()).has_value());
        m_themes = std::make_unique<ThemeController>(*qApp);
        m_themes->setMode(ThemeMode::Light);
        WindowOptions window;
        window.remembersWindow = false;
        window.layout.workerProgram = PORTOLAN_LAYOUT_PROGRAM;
        m_window = std::make_unique<MainWindow>(*m_themes, window);
        m_window->setMapAnimated(false);
        m_window->setWindowSize({1680, 1050});
        m_window->show();
    }

    void cleanupTestCase()
    {
        m_window.reset();
        m_themes.reset();
    }

    void theWholeMapShowsEveryNamespaceAndEveryPodIsCounted()
    {
        OpenRequest request;
        request.kind = OpenRequest::Kind::Snapshot;
        request.snapshot = m_file.toStdString();
        waitForFrame([&] { m_window->open(request); });
        const MapScene &scene = *canvas().scene();
        QCOMPARE(detailFor(canvas().zoom()), MapDetail::Far);
        std::size_t pods = 0;
        for (const MapGroup &group : scene.groups) {
            pods += group.pods;
            QVERIFY(canvas().rect().contains(canvas().viewRectOf(canvas().itemOf(group.id)).toRect()));
        }
        QCOMPARE(pods, m_window->frame()->state->pods.size());
        QVERIFY2(pods >= podCount, qPrintable(QString::number(pods)));
        QVERIFY(scene.groups.size() + 10 >= podCount / podsPerWorkload / workloadsPerNamespace);
        m_places = m_window->frame()->layout;
        canvas().settle(); // or another thread may still be drawing it
        QVERIFY(!canvas().grab().isNull());
        // Of so many lines not all can be told apart.
        QVERIFY(canvas().folds().bundles > 0 || podCount < 150'000);
    }

    void theWheelLeadsFromAfarToAPodAndTheCardStaysUnderTheCursor()
    {
        const MapScene &scene = *canvas().scene();
        const auto card = std::find_if(scene.nodes.begin(), scene.nodes.end(), [](const MapNode &node) {
            return node.kind == NodeKind::Workload && node.group != noIndex;
        });
        QVERIFY(card != scene.nodes.end());
        m_card = card->id;
        const QPointF scenePoint = card->rect.center();
        const QPointF at = canvas().viewport().toView(scenePoint);
        for (int i = 0; i < 200 && detailFor(canvas().zoom()) != MapDetail::Near; ++i) {
            wheel(canvas(), at, 1);
            QVERIFY((canvas().viewport().toView(scenePoint) - at).manhattanLength() < 1);
        }
        QCOMPARE(detailFor(canvas().zoom()), MapDetail::Near);
        QCOMPARE(canvas().itemUnder(at), canvas().itemOf(m_card));
        const ObjectRef pod = m_window->frame()->graph->node(m_card)->pods.front().pod;
        QTest::mouseClick(&canvas(), Qt::LeftButton, {}, at.toPoint());
        QCOMPARE(canvas().selectedNodes(), std::vector<NodeId>{m_card});
        m_window->reveal(Subject::of(pod));
        QCOMPARE(m_window->inspector()->subject().object, pod);
        QCOMPARE(canvas().selectedNodes(), std::vector<NodeId>{m_card}); // the card that shows it
    }

    void aFilterLeavesOneNamespaceAndSaysWhatElseThereIs()
    {
        m_namespace = m_window->frame()->graph->node(m_card)->object.ns;
        const auto filter = GraphFilter::parse("ns:" + m_namespace);
        QVERIFY(filter.has_value());
        waitForFrame([&] { m_window->setFilter(*filter); });
        for (const GraphGroup &group : m_window->frame()->graph->groups)
            QVERIFY(group.folded || group.object.name == m_namespace);
        QVERIFY(canvas().itemOf(m_card));
        QVERIFY(canvas().scene()->nodes.size() < 200);
        canvas().fit();
        QVERIFY(detailFor(canvas().zoom()) != MapDetail::Far);
    }

    void focusFadesTheRestAndCanBeAllThereIs()
    {
        canvas().select({m_card}, {});
        canvas().setFocusDepth(1);
        const std::size_t near = canvas().spokenOf().size();
        canvas().setFocusDepth(3);
        QVERIFY(canvas().spokenOf().size() >= near && near >= 1);
        const std::size_t all = canvas().scene()->nodes.size();
        m_window->actionsOfWindow().onlyThis->trigger();
        QVERIFY(canvas().showsOnlyFocus());
        QVERIFY(canvas().scene()->nodes.size() < all);
        QVERIFY(canvas().scene()->cardsBesideFocus > 0); // and that is said below the map
        m_window->actionsOfWindow().showAll->trigger();
        QCOMPARE(canvas().scene()->nodes.size(), all);
    }

    void aDraggedCardIsUndone()
    {
        canvas().clearSelection();
        canvas().fit();
        const Rect before = placeOf(m_card);
        const QPoint from = canvas().viewRectOf(canvas().itemOf(m_card)).center().toPoint();
        const double step = 40 * canvas().zoom();
        waitForFrame([&] { drag(canvas(), from, from + QPoint(int(step), int(step))); });
        QVERIFY(!(placeOf(m_card) == before));
        QVERIFY(m_window->actionsOfWindow().undo->isEnabled());
        waitForFrame([&] { m_window->actionsOfWindow().undo->trigger(); });
        QCOMPARE(placeOf(m_card), before);
    }

    void withoutTheFilterTheWholeMapStandsWhereItStood()
    {
        waitForFrame([&] { m_window->setFilter({}); });
        QCOMPARE(m_window->frame()->layout->nodes, m_places->nodes);
        QCOMPARE(m_window->frame()->layout->groups, m_places->groups);
        canvas().fit();
        QCOMPARE(detailFor(canvas().zoom()), MapDetail::Far);
    }

    void theExportHasEveryNamespaceByName()
    {
        const QString file = m_directory.filePath(QStringLiteral("large.svg"));
        QSignalSpy written(m_window.get(), &MainWindow::exportFinished);
        m_window->exportTo(file);
        QVERIFY(written.count() > 0 || written.wait(patience));
        const auto error = written[0][1].value<std::optional<Error>>();
        QVERIFY2(!error, error ? error->oneLine().c_str() : "");
        QFile svg(file);
        QVERIFY(svg.open(QIODevice::ReadOnly));
        const QByteArray text = svg.readAll();
        for (const GraphGroup &group : m_window->frame()->graph->groups)
            QVERIFY2(text.contains('>' + QByteArray::fromStdString(group.label) + '<'), group.label.c_str());
    }

private:
    MapCanvas &canvas() const { return *m_window->canvas(); }
    Rect placeOf(NodeId node) const { return m_window->frame()->layout->nodes.at(node); }

    /// Until a frame of what `change` asks for is shown.
    template<class Change>
    void waitForFrame(Change change)
    {
        QSignalSpy shown(m_window.get(), &MainWindow::frameShown);
        change();
        QVERIFY(shown.count() > 0 || shown.wait(patience));
        const Session *session = m_window->host().session();
        QTRY_VERIFY_WITH_TIMEOUT(session && !session->status().layoutRunning, patience);
    }

    QTemporaryDir m_directory;
    QString m_file;
    std::unique_ptr<ThemeController> m_themes;
    std::unique_ptr<MainWindow> m_window;
    LayoutResultPtr m_places; ///< of the whole map, as it was first shown
    NodeId m_card;
    std::string m_namespace;
};

QTEST_MAIN(TestLargeMap)
#include "test_large_map.moc"
