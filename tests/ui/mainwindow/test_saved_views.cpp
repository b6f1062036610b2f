#include "model/snapshot/snapshot.h"
#include "tests/ui/support/ui_frames.h"
#include "ui/canvas/map_canvas.h"
#include "ui/mainwindow/main_window.h"
#include "ui/mainwindow/navigator.h"
#include "ui/mainwindow/saved_views.h"
#include "ui/mainwindow/saved_views_menu.h"
#include "ui/mainwindow/window_actions.h"

#include <QAction>
#include <QApplication>
#include <QInputDialog>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

#include <memory>

using namespace portolan;
using namespace portolan::ui;

namespace {

constexpr int patience = 30'000; ///< on a machine that has much else to do

ShownView sample()
{
    return {ShownView::Page::Matrix,
            "ns:shop -kind:job",
            {"data", "edge"},
            MapLayer::Probed,
            Viewport({-20.5, 300}, 0.75)};
}

} // namespace

/// Views that are saved, and the way back to those of before.
class TestSavedViews : public QObject
{
    Q_OBJECT

    std::unique_ptr<MainWindow> shopWindow(const QString &places = {})
    {
        WindowOptions options;
        options.remembersWindow = false;
        options.placesDirectory = places;
        auto window = std::make_unique<MainWindow>(*m_themes, options);
        window->setMapAnimated(false);
        window->resize(1280, 800);
        window->show();
        OpenRequest request;
        request.kind = OpenRequest::Kind::Snapshot;
        request.snapshot = m_snapshot.toStdString();
        waitForFrame(*window, [&] { window->open(request); });
        return window;
    }

    template<class Change>
    static void waitForFrame(MainWindow &window, Change change)
    {
        QSignalSpy shown(&window, &MainWindow::frameShown);
        change();
        if (shown.count() == 0 && !shown.wait(patience))
            qFatal("no map came");
    }

    static GraphFilter filter(const char *text) { return GraphFilter::parse(text).value(); }

    QTemporaryDir m_directory;
    QString m_snapshot;
    std::unique_ptr<ThemeController> m_themes;

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_directory.path());
        m_themes = std::make_unique<ThemeController>(*qApp);
        m_themes->setMode(ThemeMode::Light);
        m_snapshot = m_directory.filePath(QStringLiteral("shop.portolan"));
        QVERIFY(saveSnapshot(*uitest::shopState(SourceKind::Snapshot), m_snapshot.toStdString()).has_value());
    }
    void cleanupTestCase() { m_themes.reset(); }

    void aFileHoldsWhatWasSaved()
    {
        const std::vector<SavedView> views{{"a & <b>", sample()}, {"whole", {}}};
        const auto read = SavedViews::decode(SavedViews::encode(views));
        QVERIFY(read.has_value());
        QCOMPARE(*read, views);
    }

    void whatIsNoSuchFileIsRefused()
    {
        QVERIFY(!SavedViews::decode("").has_value());
        QVERIFY(!SavedViews::decode("{\"version\": 2, \"views\": []}").has_value());
        QVERIFY(!SavedViews::decode(QByteArray(2 << 20, ' ')).has_value());
        // What is not understood is left out, and costs the others nothing.
        const auto read = SavedViews::decode(R"({"version": 1, "views": [
            {"name": "", "page": "nodes", "layer": "all"},
            {"name": "x", "page": "cellar", "layer": "all"},
            {"name": "y", "page": "nodes", "layer": "all", "filter": "verdict:perhaps"},
            7,
            {"name": "z", "page": "nodes", "layer": "all", "viewport": [0, 0, 1e9], "hidden": [3, "data"]},
            {"name": "z", "page": "path", "layer": "all"}]})");
        QVERIFY(read.has_value());
        QCOMPARE(read->size(), std::size_t(1));
        const ShownView expected{ShownView::Page::Nodes, {}, {"data"}, MapLayer::All, {}};
        QCOMPARE(read->front(), (SavedView{"z", expected}));
    }

    void theyAreThereTheNextTime()
    {
        const QString file = m_directory.filePath(QStringLiteral("deeper/test.views"));
        {
            SavedViews views;
            QSignalSpy changed(&views, &SavedViews::changed);
            views.begin(file);
            QTRY_COMPARE_WITH_TIMEOUT(changed.count(), 2, patience);
            QVERIFY(views.save(QStringLiteral(" mine "), sample()));
            QVERIFY(views.save(QStringLiteral("other"), {}));
            QVERIFY(views.save(QStringLiteral("other"), sample())); // in its place
            QVERIFY(!views.save(QString(), {}));
            QVERIFY(!views.save(QString(81, u'x'), {}));
        }
        QThreadPool::globalInstance()->waitForDone();
        SavedViews views;
        views.begin(file);
        QVERIFY(views.save(QStringLiteral("early"), {})); // before they are read
        QTRY_COMPARE_WITH_TIMEOUT(views.views().size(), std::size_t(3), patience);
        QCOMPARE(views.views()[1], (SavedView{"mine", sample()}));
        QCOMPARE(views.views()[2], (SavedView{"other", sample()}));
        views.remove("mine");
        QCOMPARE(views.views().size(), std::size_t(2));
        views.begin({}); // another cluster
        QVERIFY(views.views().empty());
    }

    void aDirectoryThatCannotBeWrittenIsToldOf()
    {
        SavedViews views;
        QSignalSpy failed(&views, &SavedViews::writeFailed);
        views.begin(m_snapshot + QStringLiteral("/no/directory.views"));
        QVERIFY(views.save(QStringLiteral("kept"), {}));
        QVERIFY(failed.count() > 0 || failed.wait(patience));
        QCOMPARE(views.views().size(), std::size_t(1));
    }

    void stepsKeepWhereTheMapWasLookedAt()
    {
        Navigator navigator;
        ShownView shown;
        navigator.setSource({[&] { return shown; }, [&](GraphView) { return shown.viewport; }});
        navigator.clear();
        QSignalSpy wanted(&navigator, &Navigator::viewWanted);
        shown.viewport = Viewport({1, 1}, 1);
        navigator.noteView(); // only moved: no step
        QVERIFY(!navigator.canGoBack());
        shown.filter = "ns:a";
        navigator.noteView();
        shown.viewport = Viewport({2, 2}, 2);
        navigator.go(Subject::of(ObjectRef{ObjectKind::Node, "Node", "", "a"}));
        shown.viewport = Viewport({3, 3}, 3);
        navigator.back();
        QCOMPARE(wanted[0][0].value<ShownView>().viewport, std::optional(Viewport({2, 2}, 2)));
        QVERIFY(!navigator.subject().isValid());
        navigator.back();
        QCOMPARE(wanted[1][0].value<ShownView>().filter, std::string());
        QVERIFY(!navigator.canGoBack());
        navigator.forward();
        navigator.forward();
        QCOMPARE(wanted[3][0].value<ShownView>().viewport, std::optional(Viewport({3, 3}, 3)));
        QVERIFY(!navigator.canGoForward());
    }

    void backReturnsToTheViewOfBefore()
    {
        const auto window = shopWindow();
        const WindowActions &actions = window->actionsOfWindow();
        QVERIFY(!actions.back->isEnabled());
        window->canvas()->setViewport(Viewport({40, 60}, 1.5));
        const ShownView first = window->shownView();
        waitForFrame(*window, [&] { window->setFilter(filter("ns:payments")); });
        // All that the filter leaves is in view.
        const QRectF part = window->canvas()->viewport().toView(window->canvas()->scene()->bounds);
        QVERIFY(QRectF(window->canvas()->rect()).contains(part));
        waitForFrame(*window, [&] { actions.nodes->trigger(); });
        actions.matrix->trigger();
        QCOMPARE(window->shownView().page, ShownView::Page::Matrix);
        actions.back->trigger();
        QCOMPARE(window->shownView().page, ShownView::Page::Nodes);
        waitForFrame(*window, [&] { actions.back->trigger(); });
        QCOMPARE(window->shownView().filter, std::string("ns:payments"));
        QCOMPARE(window->shownView().page, ShownView::Page::Services);
        waitForFrame(*window, [&] { actions.back->trigger(); });
        QCOMPARE(window->shownView(), first);
        QVERIFY(!actions.back->isEnabled());
        waitForFrame(*window, [&] { actions.forward->trigger(); });
        QCOMPARE(window->shownView().filter, std::string("ns:payments"));
    }

    void backSelectsOnTheMapWhatItIsAbout()
    {
        const auto window = shopWindow();
        const auto &nodes = window->frame()->graph->nodes;
        std::vector<NodeId> cards;
        for (const GraphNode &node : nodes) {
            if (node.kind == NodeKind::Workload && node.object.kind == ObjectKind::Workload)
                cards.push_back(node.id);
        }
        QVERIFY(cards.size() > 2);
        window->canvas()->select({cards[0]}, {});
        window->canvas()->select({cards[1]}, {});
        window->actionsOfWindow().back->trigger();
        QCOMPARE(window->canvas()->selectedNodes(), std::vector<NodeId>{cards[0]});
        window->actionsOfWindow().back->trigger();
        QVERIFY(window->canvas()->selectedNodes().empty());
    }

    void eachViewOfAClusterIsLookedAtInItsOwnPlace()
    {
        const auto window = shopWindow();
        window->canvas()->setViewport(Viewport({40, 60}, 1.5));
        waitForFrame(*window, [&] { window->setView(GraphView::Nodes); });
        const QRectF whole = window->canvas()->viewport().toView(window->canvas()->scene()->bounds);
        QVERIFY(QRectF(window->canvas()->rect()).contains(whole));
        waitForFrame(*window, [&] { window->setView(GraphView::Services); });
        QCOMPARE(window->canvas()->viewport(), Viewport({40, 60}, 1.5));
    }

    void aSavedViewIsShownAgainInAnotherRun()
    {
        const QString places = m_directory.filePath(QStringLiteral("places"));
        ShownView saved;
        {
            const auto window = shopWindow(places);
            waitForFrame(*window, [&] { window->setFilter(filter("ns:payments,data")); });
            window->setLayer(MapLayer::Policy);
            window->canvas()->setViewport(Viewport({-10, 20}, 0.9));
            saved = window->shownView();
            window->actionsOfWindow().savedViews->saveAction()->trigger();
            auto *dialog = window->findChild<QInputDialog *>();
            QVERIFY(dialog);
            QCOMPARE(dialog->textValue(), QStringLiteral("ns:payments,data"));
            dialog->setTextValue(QStringLiteral("money & data"));
            dialog->accept();
            QCOMPARE(window->savedViews()->views().size(), std::size_t(1));
            QThreadPool::globalInstance()->waitForDone();
        }
        const auto window = shopWindow(places);
        QTRY_COMPARE_WITH_TIMEOUT(window->savedViews()->views().size(), std::size_t(1), patience);
        QAction *entry = nullptr;
        for (QAction *action : window->actionsOfWindow().savedViews->actions()) {
            if (action->text() == QLatin1String("money && data"))
                entry = action;
        }
        QVERIFY(entry);
        waitForFrame(*window, [&] { entry->trigger(); });
        QCOMPARE(window->shownView(), saved);
        waitForFrame(*window, [&] { window->actionsOfWindow().back->trigger(); });
        QCOMPARE(window->shownView(), ShownView{});
    }

    void readingAgainKeepsWhatIsShown()
    {
        const auto window = shopWindow();
        waitForFrame(*window, [&] { window->setFilter(filter("ns:payments")); });
        window->canvas()->setViewport(Viewport({-10, 20}, 0.9));
        const ShownView before = window->shownView();
        waitForFrame(*window, [&] { window->actionsOfWindow().reconnect->trigger(); });
        QTRY_COMPARE_WITH_TIMEOUT(window->shownView(), before, patience);
        // The first map of the new session may be of the whole cluster still.
        const auto shownFilter = [&] { return window->frame() ? window->frame()->graph->filter : ""; };
        QTRY_COMPARE_WITH_TIMEOUT(shownFilter(), std::string("ns:payments"), patience);
    }
};

QTEST_MAIN(TestSavedViews)
#include "test_saved_views.moc"
