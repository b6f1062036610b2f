#include "model/kube/exec_consent.h"
#include "model/snapshot/snapshot.h"
#include "tests/ui/support/ui_frames.h"
#include "translations/translations.h"
#include "ui/canvas/map_canvas.h"
#include "ui/inspector/content_view.h"
#include "ui/inspector/inspector.h"
#include "ui/mainwindow/enforcer_menu.h"
#include "ui/mainwindow/finder.h"
#include "ui/mainwindow/main_window.h"
#include "ui/mainwindow/namespace_model.h"
#include "ui/mainwindow/notice_bar.h"
#include "ui/mainwindow/recording_band.h"
#include "ui/mainwindow/settings_dialog.h"
#include "ui/tables/tables_view.h"
#include "ui/whatif/flips_model.h"
#include "ui/whatif/what_if_panel.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QListView>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolBar>
#include <QToolButton>
#include <QTranslator>

#include <memory>

using namespace portolan;
using namespace portolan::ui;

namespace {

/// Remembers what was looked up and not found.
class MissingTexts : public QTranslator
{
public:
    MissingTexts() : loaded(m_korean.load(QStringLiteral(":/i18n/portolan_ko.qm"))) {}

    bool isEmpty() const override { return false; }
    QString translate(const char *context, const char *source, const char *comment, int n) const override
    {
        const QString found = m_korean.translate(context, source, comment, n);
        const QByteArray name(context);
        // Qt's own texts are Qt's affair.
        if (found.isEmpty() && *source && !name.startsWith('Q'))
            missing.insert(QString::fromUtf8(name + ": " + source));
        ++asked;
        return found;
    }

    mutable QSet<QString> missing;
    mutable int asked = 0;

private:
    QTranslator m_korean;

public:
    const bool loaded;
};

constexpr int patience = 30'000; ///< on a machine that has much else to do

} // namespace

class TestWindow : public QObject
{
    Q_OBJECT

    std::unique_ptr<ThemeController> m_themes;
    QTemporaryDir m_directory;
    QString m_snapshot;

    std::unique_ptr<MainWindow> makeWindow()
    {
        WindowOptions options;
        options.remembersWindow = false;
        auto window = std::make_unique<MainWindow>(*m_themes, options);
        window->setMapAnimated(false);
        window->resize(1280, 800);
        window->show();
        return window;
    }

    /// The window is made with something to open, and tells of it as of what is opened later.
    std::unique_ptr<MainWindow> windowWith(const OpenRequest &request)
    {
        WindowOptions options;
        options.remembersWindow = false;
        options.open = request;
        return std::make_unique<MainWindow>(*m_themes, options);
    }

    OpenRequest snapshotRequest(const QString &file) const
    {
        OpenRequest request;
        request.kind = OpenRequest::Kind::Snapshot;
        request.snapshot = file.toStdString();
        return request;
    }

    /// A window that shows the recorded shop.
    std::unique_ptr<MainWindow> shopWindow()
    {
        auto window = makeWindow();
        QSignalSpy shown(window.get(), &MainWindow::frameShown);
        window->open(snapshotRequest(m_snapshot));
        if (!shown.wait(patience))
            qFatal("no map came");
        return window;
    }

    QString kubeconfig(const QByteArray &user)
    {
        const QString path = m_directory.filePath(QStringLiteral("config"));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly))
            qFatal("no file");
        file.write("apiVersion: v1\nkind: Config\ncurrent-context: c\n"
                   "contexts:\n- name: c\n  context: {cluster: c, user: u}\n"
                   "clusters:\n- name: c\n  cluster: {server: 'https://127.0.0.1:1'}\n"
                   "users:\n- name: u\n  user: " +
                   user + "\n");
        return path;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_directory.path());
        QCoreApplication::setOrganizationName(QStringLiteral("portolan-test"));
        QCoreApplication::setApplicationName(QStringLiteral("window"));
        m_themes = std::make_unique<ThemeController>(*qApp);
        m_themes->setMode(ThemeMode::Light);
        m_snapshot = m_directory.filePath(QStringLiteral("shop.portolan"));
        auto state = std::make_shared<ClusterState>(*uitest::shopState(SourceKind::Snapshot));
        QVERIFY(saveSnapshot(*state, m_snapshot.toStdString()).has_value());
    }

    void cleanupTestCase() { m_themes.reset(); }

    void whatTheWindowIsMadeWithIsShown()
    {
        const auto window = windowWith(snapshotRequest(m_snapshot));
        QVERIFY(window->host().session());
        QTRY_VERIFY_WITH_TIMEOUT(window->frame(), patience);
        QCOMPARE(window->frame()->state->info.contextName, std::string("prod-eu1"));
    }

    void whatTheWindowIsMadeWithMayFail()
    {
        const auto window = windowWith(snapshotRequest(m_directory.filePath(QStringLiteral("none"))));
        QSignalSpy failed(window.get(), &MainWindow::openFailed);
        QTRY_VERIFY_WITH_TIMEOUT(!failed.isEmpty(), patience);
        QVERIFY(window->notices()->isShown(QStringLiteral("connection")));
        QVERIFY(!window->frame());
    }

    void whatIfIsDrawnOnTheMapAndTakenBack()
    {
        const auto window = shopWindow();
        QVERIFY(window->whatIf()->isHidden());
        window->actionsOfWindow().whatIf->trigger();
        QVERIFY(window->whatIf()->isVisible());
        QVERIFY(window->whatIf()->editor()->toPlainText().contains(QLatin1String("kind: NetworkPolicy")));
        window->whatIf()->editor()->setPlainText(
            QStringLiteral("apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: shut, "
                           "namespace: payments}\nspec: {podSelector: {}, policyTypes: [Ingress, Egress]}\n"
                           "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: "
                           "gateway-to-bank, namespace: payments}\n$patch: delete\n"));
        QTRY_VERIFY_WITH_TIMEOUT(window->whatIf()->isAnswered(), patience);
        QVERIFY(window->whatIf()->flips()->rowCount() > 0);
        QVERIFY(!window->canvas()->flips().empty());
        // Lines, and still a map around them.
        const QImage drawn = window->canvas()->grab().toImage();
        int denied = 0;
        for (int y = 0; y < drawn.height(); ++y) {
            for (int x = 0; x < drawn.width(); ++x)
                denied += drawn.pixelColor(x, y) == window->canvas()->theme().denied ? 1 : 0;
        }
        QVERIFY(denied > 0);
        QVERIFY2(denied < drawn.width() * drawn.height() / 20, qPrintable(QString::number(denied)));
        QTest::keyClick(window->whatIf()->list(), Qt::Key_Escape);
        QVERIFY(window->whatIf()->isHidden());
        QVERIFY(window->canvas()->flips().empty());
    }

    void aSuggestionOpensTheWhatIf()
    {
        const auto window = shopWindow();
        QVERIFY(!window->actionsOfWindow().leastPrivilege->isEnabled());
        window->reveal(Subject::of(refOf(*window->frame()->state->pods.all().front())));
        QVERIFY(window->actionsOfWindow().leastPrivilege->isEnabled());
        window->actionsOfWindow().leastPrivilege->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(window->whatIf()->isVisible(), patience);
        QVERIFY(!window->whatIf()->note().isEmpty());
    }

    void theInspectorLeadsToTheWhatIf()
    {
        const auto window = shopWindow();
        const ObjectRef policy = refOf(*window->frame()->state->networkPolicies.all().front());
        window->reveal(Subject::of(policy));
        const auto starter = [&] {
            return window->inspector()->findChild<QPushButton *>(QStringLiteral("starter"));
        };
        QTRY_VERIFY_WITH_TIMEOUT(starter(), patience);
        QSignalSpy wanted(window->inspector()->contentView(), &ContentView::policyWanted);
        starter()->click();
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0][0].value<PolicyStarter>().object, policy);
        QVERIFY(window->whatIf()->isVisible());
        QVERIFY(window->whatIf()->editor()->toPlainText().contains(QLatin1String("kind: NetworkPolicy")));
    }

    void aMovedBoxStaysUntilItIsUndone()
    {
        const auto window = shopWindow();
        const TopologyFramePtr first = window->frame();
        const GroupId box = first->graph->groups.front().id;
        const Rect was = first->layout->groups.at(box);
        const Rect page = first->layout->bounds;
        QSignalSpy shown(window.get(), &MainWindow::frameShown);
        Q_EMIT window->canvas()->groupMoveRequested(box, QPointF(page.x, page.bottom() + 200));
        QTRY_VERIFY_WITH_TIMEOUT(!(window->frame()->layout->groups.at(box) == was), patience);
        QCOMPARE(window->frame()->layout->groups.at(box).y, page.bottom() + 200);
        for (const GraphNode &node : first->graph->nodes) {
            if (node.group != box)
                QCOMPARE(window->frame()->layout->nodes.at(node.id), first->layout->nodes.at(node.id));
        }
        for (const GraphEdge &edge : first->graph->edges)
            QVERIFY(window->frame()->layout->edges.contains(edge.id));
        window->actionsOfWindow().undo->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(window->frame()->layout->groups.at(box), was, patience);
        QVERIFY(window->frame()->layout->edges == first->layout->edges);
        window->actionsOfWindow().redo->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(!(window->frame()->layout->groups.at(box) == was), patience);
        window->actionsOfWindow().tidyUp->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(window->frame()->layout->nodes == first->layout->nodes, patience);
    }

    void hiddenNamespacesAreShownByUndo()
    {
        const auto window = shopWindow();
        const std::size_t all = window->frame()->graph->nodes.size();
        window->findChild<NamespaceModel *>()->hideNamed("shop");
        QTRY_VERIFY_WITH_TIMEOUT(window->frame()->graph->nodes.size() < all, patience);
        window->actionsOfWindow().undo->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(window->frame()->graph->nodes.size(), all, patience);
        QVERIFY(window->host().graphOptions().hiddenNamespaces.empty());
    }

    void aRecordingSaysEverywhereThatItIsOne()
    {
        const auto window = shopWindow();
        QVERIFY(window->windowTitle().contains(QLatin1String("Recording of prod-eu1")));
        QVERIFY(window->frame()->graph->nodes.size() > 20);
        int said = 0;
        for (const QLabel *label : window->findChildren<QLabel *>())
            said += label->isVisible() && label->text().contains(QLatin1String("Recording")) ? 1 : 0;
        QVERIFY(said >= 1);
        const auto *band = window->findChild<RecordingBand *>();
        const QRect bandArea(band->mapTo(window.get(), QPoint(0, 0)), band->size());
        for (QAction *form : {window->actionsOfWindow().matrix, window->actionsOfWindow().services}) {
            form->trigger();
            QVERIFY(band->isVisible());
            QVERIFY(band->accessibleName().contains(QLatin1String("nothing here is live")));
            // Painted, and by more than its background.
            const QImage painted = window->grab(bandArea).toImage();
            QVERIFY(painted.pixelColor(painted.width() / 2, painted.height() - 1) !=
                    painted.pixelColor(2, 2));
        }
        QVERIFY(!window->actionsOfWindow().probePair->isEnabled());
        QVERIFY(!window->actionsOfWindow().probe->isEnabled());
    }

    void aClickOnALineOfARecordingShowsItAndProbesNothing()
    {
        const auto window = shopWindow();
        const EdgeId edge = uitest::edgeTo(*window->frame(), "shop", "checkout");
        QVERIFY(edge.isValid());
        Q_EMIT window->canvas()->edgeActivated(edge);
        QCOMPARE(window->inspector()->subject(), Subject::of(edge));
        QVERIFY(!window->probes().isAnyActive());
        QVERIFY(!window->notices()->isShown(QStringLiteral("probe")));
        window->probes().probe(window->frame()->graph->edge(edge)->probe);
        QVERIFY(window->notices()->textOf(QStringLiteral("probe")).contains(QLatin1String("recording")));
    }

    void theMapsSelectionIsTheInspectorsSubject()
    {
        const auto window = shopWindow();
        const ObjectRef web{ObjectKind::Workload, "Deployment", "shop", "web"};
        const NodeId card = nodeShowing(*window->frame()->graph, web);
        window->canvas()->select({card}, {});
        QCOMPARE(window->inspector()->subject(), Subject::of(web));
        window->canvas()->clearSelection();
        QCOMPARE(window->inspector()->subject(), Subject{});
        window->actionsOfWindow().back->trigger();
        QCOMPARE(window->inspector()->subject(), Subject::of(web));
    }

    void theFinderLeadsToWhatItFound()
    {
        const auto window = shopWindow();
        auto *finder = window->findChild<Finder *>();
        window->activateWindow();
        finder->begin();
        QTest::keyClicks(finder, QStringLiteral("payments/ledger"));
        QTRY_VERIFY_WITH_TIMEOUT(window->findChild<QWidget *>(QStringLiteral("finder-popup")), patience);
        QTest::keyClick(finder, Qt::Key_Return);
        // Enter may come before the names are known; then it counts when they are.
        QTRY_COMPARE_WITH_TIMEOUT(window->inspector()->subject().object.name, std::string("ledger"),
                                  patience);
        QVERIFY(!window->canvas()->selectedNodes().empty());
    }

    void theFilterLeavesAPart()
    {
        const auto window = shopWindow();
        const std::size_t all = window->frame()->graph->nodes.size();
        auto *finder = window->findChild<Finder *>();
        window->activateWindow();
        QSignalSpy shown(window.get(), &MainWindow::frameShown);
        finder->begin();
        QTest::keyClicks(finder, QStringLiteral("ns:sh"));
        const auto popup = [&] { return window->findChild<QWidget *>(QStringLiteral("finder-popup")); };
        QTRY_VERIFY_WITH_TIMEOUT(popup(), patience);
        auto *list = popup()->findChild<QListView *>();
        // The completion comes once the words of the cluster are known.
        QTRY_COMPARE_WITH_TIMEOUT(list->model()->rowCount(), 2, patience);
        QTest::keyClick(finder, Qt::Key_Tab);
        QCOMPARE(finder->text(), QStringLiteral("ns:shop"));
        QTest::keyClick(finder, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(window->frame()->graph->filter, std::string("ns:shop"), patience);
        QVERIFY(window->frame()->graph->nodes.size() < all);
        QVERIFY(window->notices()->textOf(QStringLiteral("filter")).contains(QLatin1String("ns:shop")));
        window->setFilter({});
        QTRY_COMPARE_WITH_TIMEOUT(window->frame()->graph->nodes.size(), all, patience);
        QVERIFY(!window->notices()->isShown(QStringLiteral("filter")));
    }

    void whoEnforcesCanBeChosenAndIsSaid()
    {
        const auto window = shopWindow();
        QSignalSpy shown(window.get(), &MainWindow::frameShown);
        const auto policyLines = [&](EdgeVerdict verdict) {
            const auto &edges = window->canvas()->frame()->graph->edges;
            return std::count_if(edges.begin(), edges.end(), [&](const GraphEdge &edge) {
                return edge.kind == EdgeKind::PolicyPeer && edge.verdict == verdict;
            });
        };
        QVERIFY(policyLines(EdgeVerdict::Allowed) > 0);
        QCOMPARE(policyLines(EdgeVerdict::NotApplicable), 0);
        QMenu *menu = window->actionsOfWindow().enforcer;
        menu->actions().last()->trigger(); // nobody
        QVERIFY(shown.wait(patience));
        QCOMPARE(policyLines(EdgeVerdict::Allowed), 0);
        QVERIFY(policyLines(EdgeVerdict::NotApplicable) > 0);
        QVERIFY(menu->actions().last()->isChecked());
        QVERIFY(window->notices()->isShown(QStringLiteral("enforcer")));
        menu->actions().first()->trigger(); // whoever is detected
        QVERIFY(shown.wait(patience));
        QVERIFY(policyLines(EdgeVerdict::Allowed) > 0);
        QVERIFY(!window->notices()->isShown(QStringLiteral("enforcer")));
    }

    void tablesAndMapShowTheSameSubject()
    {
        const auto window = shopWindow();
        window->actionsOfWindow().tables->trigger();
        QVERIFY(window->tables()->isVisible());
        window->tables()->showTable(QStringLiteral("services"));
        const ObjectRef promo{ObjectKind::Service, "Service", "shop", "promo"};
        Q_EMIT window->tables()->subjectActivated(Subject::of(promo));
        QVERIFY(window->canvas()->isVisible());
        QCOMPARE(window->inspector()->subject(), Subject::of(promo));
        QCOMPARE(window->canvas()->selectedNodes().size(), std::size_t(1));
    }

    void viewsAndHiddenNamespacesMakeAnotherMap()
    {
        const auto window = shopWindow();
        QSignalSpy shown(window.get(), &MainWindow::frameShown);
        window->setView(GraphView::Nodes);
        QTRY_COMPARE_WITH_TIMEOUT(window->frame()->graph->view, GraphView::Nodes, patience);
        window->setView(GraphView::Services);
        QTRY_COMPARE_WITH_TIMEOUT(window->frame()->graph->view, GraphView::Services, patience);
        window->host().setHiddenNamespaces({"shop"});
        QTRY_COMPARE_WITH_TIMEOUT(window->frame()->graph->omissions.hiddenNamespaces, 1U, patience);
    }

    void theMapIsExported()
    {
        const auto window = shopWindow();
        const QString file = m_directory.filePath(QStringLiteral("map.svg"));
        QSignalSpy finished(window.get(), &MainWindow::exportFinished);
        window->exportTo(file);
        QVERIFY(finished.wait(patience));
        QVERIFY(!finished.first().at(1).value<std::optional<Error>>());
        QFile svg(file);
        QVERIFY(svg.open(QIODevice::ReadOnly));
        QVERIFY(svg.readAll().contains("checkout"));
    }

    void aBrokenRecordingIsRefusedWithTheReason()
    {
        const QString file = m_directory.filePath(QStringLiteral("cut.portolan"));
        QFile whole(m_snapshot);
        QVERIFY(whole.open(QIODevice::ReadOnly));
        QFile cut(file);
        QVERIFY(cut.open(QIODevice::WriteOnly));
        cut.write(whole.readAll().chopped(40));
        cut.close();
        const auto window = makeWindow();
        QSignalSpy failed(window.get(), &MainWindow::openFailed);
        window->open(snapshotRequest(file));
        QVERIFY(failed.wait(patience));
        QVERIFY(window->notices()->isShown(QStringLiteral("connection")));
        QVERIFY(!window->frame() || window->frame()->graph->nodes.empty());
    }

    void aMissingKubeconfigIsNamed()
    {
        const auto window = makeWindow();
        QSignalSpy failed(window.get(), &MainWindow::openFailed);
        OpenRequest request;
        request.kind = OpenRequest::Kind::Context;
        request.kubeconfig = "/no/such/kubeconfig";
        window->open(request);
        QVERIFY(failed.wait(patience));
        const auto error = failed.first().first().value<Error>();
        QCOMPARE(error.code, ErrorCode::NotFound);
        bool named = false;
        for (const QLabel *label : window->notices()->findChildren<QLabel *>())
            named = named || label->text().contains(QLatin1String("/no/such/kubeconfig"));
        QVERIFY(named);
    }

    void anExecPluginIsAskedAboutBeforeItRuns()
    {
        const QString proof = m_directory.filePath(QStringLiteral("ran"));
        const QString script = m_directory.filePath(QStringLiteral("login"));
        QFile file(script);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("#!/bin/sh\ntouch '" + proof.toUtf8() + "'\n");
        file.close();
        file.setPermissions(file.permissions() | QFileDevice::ExeOwner);
        const auto window = makeWindow();
        QSignalSpy asked(&window->host(), &SessionHost::execPluginAsked);
        QSignalSpy failed(window.get(), &MainWindow::openFailed);
        OpenRequest request;
        request.kind = OpenRequest::Kind::Context;
        request.kubeconfig = kubeconfig("{exec: {apiVersion: client.authentication.k8s.io/v1, command: '" +
                                        script.toUtf8() + "', interactiveMode: Never}}")
                                 .toStdString();
        window->open(request);
        QVERIFY(asked.wait(patience));
        QVERIFY(!window->host().session());
        auto *box = window->findChild<QMessageBox *>();
        QVERIFY(box);
        QVERIFY(box->informativeText().contains(script));
        box->defaultButton()->click();
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, patience);
        QVERIFY(!window->host().session());
        QVERIFY(!QFile::exists(proof));

        // Yes is kept for the next time.
        window->open(request);
        QVERIFY(asked.wait(patience));
        window->host().answerExecPlugin(true);
        QVERIFY(window->host().session());
        const kube::ExecConsent consent;
        kube::ExecPluginSpec spec;
        spec.command = script.toStdString();
        QTRY_VERIFY_WITH_TIMEOUT(consent.isGiven(spec), patience);
        window->open(request);
        QTRY_VERIFY_WITH_TIMEOUT(window->host().session(), patience);
        QCOMPARE(asked.count(), 2);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(proof), patience);
        window->host().close();
        QFile::remove(QString::fromStdString(kube::ExecConsent::usualFile().string()));
    }

    /// A program that would never run, because a token goes before it, is not asked about.
    void anExecPluginBesideATokenIsNotAskedAbout()
    {
        const auto window = makeWindow();
        QSignalSpy asked(&window->host(), &SessionHost::execPluginAsked);
        OpenRequest request;
        request.kind = OpenRequest::Kind::Context;
        request.kubeconfig = kubeconfig("{token: t, exec: {apiVersion: client.authentication.k8s.io/v1, "
                                        "command: /none, interactiveMode: Never}}")
                                 .toStdString();
        window->open(request);
        QTRY_VERIFY_WITH_TIMEOUT(window->host().session(), patience);
        QVERIFY(asked.isEmpty());
    }

    /// Before anything is shown there is no map to go back to: the window is told, and says so.
    void givingUpTheFirstLayoutClosesTheCluster()
    {
        const auto window = makeWindow();
        QSignalSpy closed(&window->host(), &SessionHost::closed);
        window->open(snapshotRequest(m_snapshot));
        QVERIFY(window->host().session() && !window->frame());
        window->host().cancelLayout();
        QCOMPARE(closed.count(), 1);
        QVERIFY(!window->host().session());
        QVERIFY(!window->notices()->isShown(QStringLiteral("open")));
        QCOMPARE(window->windowTitle(), QStringLiteral("Portolan"));
    }

    void settingsAreKept()
    {
        Preferences preferences;
        preferences.setRepeatSeconds(9);
        preferences.setEphemeralImage(QStringLiteral("tools:1"));
        SettingsDialog dialog;
        QSignalSpy changed(&dialog, &SettingsDialog::settingsChanged);
        dialog.accept();
        QCOMPARE(changed.count(), 1);
        QCOMPARE(Preferences().repeatSeconds(), 9);
        QCOMPARE(Preferences().ephemeralImage(), QStringLiteral("tools:1"));
    }

    void theTopBarHasRoomForItsButtonsAtEveryWidth()
    {
        const auto window = shopWindow();
        const auto *bar = window->findChild<QToolBar *>(QStringLiteral("top-bar"));
        bool hasLines = false;
        for (int width = 900; width <= 1700; width += 10) {
            window->resize(width, 700);
            QCoreApplication::processEvents();
            QStringList shown;
            for (const QToolButton *button : bar->findChildren<QToolButton *>()) {
                const bool isInside =
                    bar->rect().contains(QRect(button->mapTo(bar, QPoint()), button->size()));
                if (button->isVisible() && isInside)
                    shown << button->text();
            }
            QVERIFY2(shown.contains(QStringLiteral("Save snapshot")) &&
                         shown.contains(QStringLiteral("Export…")),
                     qPrintable(QString::number(width) + shown.join(u',')));
            hasLines = shown.contains(QStringLiteral("Observed"));
        }
        QVERIFY(hasLines); // where there is room for all
    }

    void everyControlHasAName()
    {
        const auto window = shopWindow();
        for (const bool tables : {false, true}) {
            window->showTables(tables);
            for (const QWidget *widget : window->findChildren<QWidget *>()) {
                if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus)
                    continue;
                const auto *button = qobject_cast<const QAbstractButton *>(widget);
                const auto *label = qobject_cast<const QLabel *>(widget); // selectable text is its own name
                const bool named = !widget->accessibleName().isEmpty() ||
                                   (label && !label->text().isEmpty()) ||
                                   (button && !button->text().isEmpty());
                QVERIFY2(named, widget->metaObject()->className());
            }
        }
    }

    void whatIsInAHiddenNamespaceCanBeShown()
    {
        const auto window = shopWindow();
        auto *namespaces = window->findChild<NamespaceModel *>();
        namespaces->hideNamed("payments");
        QTRY_COMPARE_WITH_TIMEOUT(window->frame()->graph->omissions.hiddenNamespaces, 1U, patience);
        window->reveal(Subject::of(ObjectRef{ObjectKind::Service, "Service", "payments", "ledger"}));
        const QString key = QStringLiteral("hidden");
        QVERIFY(window->notices()->isShown(key));
        for (QPushButton *button : window->notices()->findChildren<QPushButton *>())
            button->click();
        QVERIFY(!window->notices()->isShown(key));
        QTRY_COMPARE_WITH_TIMEOUT(window->frame()->graph->omissions.hiddenNamespaces, 0U, patience);
    }

    /// Every text that the window asks for while it is used is there in Korean.
    void everyTextHasATranslation()
    {
        installTranslations(*qApp, QStringLiteral("en")); // brings the resource in
        MissingTexts korean;
        QVERIFY(korean.loaded);
        qApp->installTranslator(&korean);
        {
            const auto window = shopWindow();
            window->grab();
            for (const GraphEdge &edge : window->frame()->graph->edges)
                window->reveal(Subject::of(edge.id));
            for (const GraphNode &node : window->frame()->graph->nodes)
                window->reveal(Subject::of(node.object));
            window->showTables(true);
            for (const char *table :
                 {"connections", "probes", "findings", "pods", "workloads", "services", "endpoints",
                  "ingresses", "policies", "namespaces", "nodes", "events", "gaps"}) {
                window->tables()->showTable(QString::fromLatin1(table));
                window->grab();
            }
            SettingsDialog settings(window.get());
            QCOMPARE(settings.windowTitle(), QStringLiteral("설정"));
        }
        qApp->removeTranslator(&korean);
        QVERIFY(korean.asked > 500);
        QVERIFY2(korean.missing.isEmpty(), qPrintable(QStringList(korean.missing.values()).join(u'\n')));
    }
};

QTEST_MAIN(TestWindow)
#include "test_window.moc"
