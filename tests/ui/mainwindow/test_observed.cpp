#include "model/snapshot/snapshot.h"
#include "tests/ui/support/ui_frames.h"
#include "ui/canvas/legend.h"
#include "ui/canvas/map_canvas.h"
#include "ui/canvas/map_text.h"
#include "ui/inspector/inspector.h"
#include "ui/mainwindow/main_window.h"
#include "ui/mainwindow/notice_bar.h"
#include "ui/mainwindow/window_actions.h"
#include "ui/tables/tables_view.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace portolan;
using namespace portolan::ui;

namespace {

constexpr int patience = 30'000; ///< on a machine that has much else to do

/// The shop, and what was seen of it: one flow along every line of a policy that a pod can ask, the first of
/// them dropped.
ClusterStatePtr observedShop()
{
    const ClusterStatePtr shop = uitest::shopState(SourceKind::Snapshot);
    FlowLog log;
    log.teller = "Hubble";
    log.readAt = *parseRfc3339("2026-11-22T12:00:00Z");
    log.parts = {{"node-a", log.readAt - std::chrono::minutes(2), 40, 0, "<b>half</b> of it is missing"}};
    FlowSum sum;
    for (const GraphEdge &edge : buildGraph(*shop, {}).edges) {
        if (edge.kind != EdgeKind::PolicyPeer || edge.probe.destination.kind != ObjectKind::Pod)
            continue;
        ObservedFlow flow{edge.probe.source,
                          edge.probe.destination,
                          edge.probe.port,
                          edge.probe.protocol,
                          0,
                          0,
                          {},
                          {},
                          {},
                          log.parts.front().since};
        const bool first = log.flows.empty();
        (first ? flow.dropped : flow.forwarded) = 20;
        (first ? flow.droppedAt : flow.forwardedAt) = log.readAt;
        flow.dropReason = first ? "POLICY_DENIED" : "";
        log.flows.push_back(flow);
        sum.add(flow);
    }
    sum.moveInto(log);
    return withFlows(shop, std::make_shared<const FlowLog>(std::move(log)));
}

QString allTextOf(const QWidget &page)
{
    QStringList texts;
    for (const auto *label : page.findChildren<QLabel *>())
        texts << label->text();
    for (const auto *button : page.findChildren<QAbstractButton *>())
        texts << button->text() << button->accessibleName();
    return texts.join(u' ');
}

} // namespace

/// What traffic was seen, in the window of a recording.
class TestObserved : public QObject
{
    Q_OBJECT

    std::unique_ptr<MainWindow> windowOn(const ClusterStatePtr &state)
    {
        const QString file = m_directory.filePath(QStringLiteral("observed.portolan"));
        if (!saveSnapshot(*state, file.toStdString()))
            qFatal("no recording");
        WindowOptions options;
        options.remembersWindow = false;
        auto window = std::make_unique<MainWindow>(*m_themes, options);
        window->setMapAnimated(false);
        window->resize(1680, 1050);
        window->show();
        OpenRequest request;
        request.kind = OpenRequest::Kind::Snapshot;
        request.snapshot = file.toStdString();
        QSignalSpy shown(window.get(), &MainWindow::frameShown);
        window->open(request);
        if (shown.count() == 0 && !shown.wait(patience))
            qFatal("no map came");
        return window;
    }

    QTemporaryDir m_directory;
    std::unique_ptr<ThemeController> m_themes;

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        m_themes = std::make_unique<ThemeController>(*qApp);
        m_themes->setMode(ThemeMode::Light);
    }
    void cleanupTestCase() { m_themes.reset(); }

    void theLayerHasWhatWasSeenAndNothingElse()
    {
        const auto window = windowOn(observedShop());
        const std::size_t seen = window->frame()->graph->traffic.size();
        QVERIFY(seen > 1);
        window->setLayer(MapLayer::Observed);
        const MapScenePtr scene = window->canvas()->scene();
        QCOMPARE(scene->edges.size(), seen);
        QVERIFY(scene->linesOfOtherLayers > 0);
        QVERIFY(std::all_of(scene->edges.begin(), scene->edges.end(),
                            [](const MapEdge &edge) { return edge.traffic.has_value(); }));
        const QString footer = footerText(*scene, stateTime(*scene, {}));
        QVERIFY2(footer.contains(QLatin1String("Hubble")), qPrintable(footer));
        QVERIFY2(footer.contains(QLatin1String("not all could be read")), qPrintable(footer));
        std::vector<LegendSample> samples;
        for (const LegendEntry &entry : legendEntries(*scene))
            samples.push_back(entry.sample);
        for (const LegendSample wanted : {LegendSample::FlowForwarded, LegendSample::FlowDropped})
            QVERIFY(std::find(samples.begin(), samples.end(), wanted) != samples.end());
        window->setLayer(MapLayer::Policy);
        for (const MapEdge &edge : window->canvas()->scene()->edges)
            QVERIFY(!edge.traffic);
    }

    void aLineTellsWhatWasSeenOnIt()
    {
        const auto window = windowOn(observedShop());
        const TopologyFramePtr frame = window->frame();
        const auto dropped = std::find_if(
            frame->graph->traffic.begin(), frame->graph->traffic.end(),
            [&](const EdgeTraffic &traffic) { return countsOf(traffic, *frame->state->flows).dropped > 0; });
        QVERIFY(dropped != frame->graph->traffic.end());
        const MapScenePtr scene = window->canvas()->scene();
        const QString name = itemName(*scene, {MapItem::Kind::Edge, scene->edgeById.at(dropped->edge)}, {});
        QVERIFY2(name.contains(QLatin1String("20 dropped (POLICY_DENIED), 10/min")), qPrintable(name));
        window->reveal(Subject::of(dropped->edge));
        const QString page = allTextOf(*window->inspector());
        QVERIFY2(page.contains(QLatin1String("20 dropped")), qPrintable(page));
        QVERIFY(page.contains(QLatin1String("Observed flows"), Qt::CaseInsensitive));
    }

    void everyFlowIsARow()
    {
        const auto window = windowOn(observedShop());
        window->showTables(true);
        window->tables()->showTable(QStringLiteral("flows"));
        const auto *view = window->tables()->findChild<QTableView *>();
        QVERIFY(view);
        QTRY_COMPARE_WITH_TIMEOUT(std::size_t(view->model()->rowCount()),
                                  window->frame()->state->flows->flows.size(), patience);
    }

    void withoutALogTheLayerSaysThatNothingIsKnown()
    {
        const auto window = windowOn(uitest::shopState(SourceKind::Snapshot));
        const QString key = QStringLiteral("no flows");
        QVERIFY(!window->notices()->isShown(key));
        window->setLayer(MapLayer::Observed);
        QVERIFY(window->notices()->isShown(key));
        QVERIFY(window->canvas()->scene()->edges.empty());
        window->setLayer(MapLayer::All);
        QVERIFY(!window->notices()->isShown(key));
        QVERIFY(!window->actionsOfWindow().readFlows->isEnabled()); // a recording
    }
};

QTEST_MAIN(TestObserved)
#include "test_observed.moc"
