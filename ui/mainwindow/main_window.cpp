#include "ui/mainwindow/main_window.h"

#include "ui/canvas/map_canvas.h"
#include "ui/findings/findings_panel.h"
#include "ui/inspector/inspector.h"
#include "ui/mainwindow/chart_panel.h"
#include "ui/mainwindow/cluster_chooser.h"
#include "ui/mainwindow/export_job.h"
#include "ui/mainwindow/finder.h"
#include "ui/mainwindow/frame_preparer.h"
#include "ui/mainwindow/kubeconfig_contexts.h"
#include "ui/mainwindow/map_history.h"
#include "ui/mainwindow/map_menus.h"
#include "ui/mainwindow/namespace_model.h"
#include "ui/mainwindow/namespace_panel.h"
#include "ui/mainwindow/navigator.h"
#include "ui/mainwindow/notice_bar.h"
#include "ui/mainwindow/preferences.h"
#include "ui/mainwindow/questions.h"
#include "ui/mainwindow/recording_band.h"
#include "ui/mainwindow/saved_views.h"
#include "ui/mainwindow/settings_dialog.h"
#include "ui/mainwindow/side_panel.h"
#include "ui/mainwindow/status_strip.h"
#include "ui/mainwindow/top_bar.h"
#include "ui/tables/tables_view.h"
#include "ui/whatif/what_if_panel.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QVBoxLayout>

#include <chrono>

namespace portolan::ui {

namespace {

constexpr int sideWidth = 246;
constexpr int inspectorWidth = 400;
constexpr int narrowSideWidth = 226;
constexpr int narrowInspectorWidth = 312;
constexpr int narrowWindow = 1400;
constexpr int chartHeight = 190;
constexpr int lowChartHeight = 178;
constexpr int lowWindow = 900;
constexpr int whatIfHeight = 300;
constexpr QSize firstSize{1440, 900};
const QString columnsName = QStringLiteral("columns");
const QString rowsName = QStringLiteral("rows");

} // namespace

MainWindow::MainWindow(ThemeController &themes, WindowOptions options)
    : m_themes(themes),
      m_options(std::move(options))
{
    setObjectName(QStringLiteral("main-window"));
    setMinimumSize(900, 560);
    m_host = new SessionHost(mapFontsFrom(themes.theme()), m_options.layout, m_options.placesDirectory, this);
    if (m_options.open)
        m_host->open(*m_options.open);
    m_probes = new ProbeController(this);
    m_navigator = new Navigator(this);
    m_savedViews = new SavedViews(this);
    m_contexts = new KubeconfigContexts(this);
    m_export = new ExportJob(this);
    m_topBar = new TopBar(m_contexts, this);
    m_history = new MapHistory(this);
    m_actions = new WindowActions(this, m_topBar->chooser()->choices(), *m_history);
    m_topBar->setActions(m_actions->saveSnapshot, m_actions->exportMenu);
    addToolBar(m_topBar);
    buildCentre();
    m_status = new StatusStrip(this);
    statusBar()->setSizeGripEnabled(false);
    statusBar()->addWidget(m_status, 1);
    m_menus = new MapMenus(m_canvas, this);
    m_preparer = new FramePreparer(*m_canvas, this);

    wireActions();
    wireParts();
    wireForeground();
    wireViews();
    wireProbes();
    wireWhatIf();
    wireHost();
    wireHistory();
    applySettings();
    dress(themes.theme());
    connect(&themes, &ThemeController::themeChanged, this, &MainWindow::dress);
    resize(firstSize);
    resetPanels();
    if (m_options.remembersWindow)
        restoreWindow();
    m_contexts->load(Preferences().kubeconfigFile());
    updateTitles();
    updateActions();
    m_host->announce();
}

MainWindow::~MainWindow()
{
    // Before the parts that listen to it.
    m_host->disconnect(this);
    m_host->close();
}

void MainWindow::buildCentre()
{
    // Each is made in its place: a widget that changes its parent is polished once more.
    m_columns = new QSplitter(Qt::Horizontal, this);
    m_side = new SidePanel(m_columns);
    m_side->setMinimumWidth(180);
    m_rows = new QSplitter(Qt::Vertical, m_columns);
    m_inspector = new Inspector(m_columns);
    m_inspector->setMinimumWidth(270);
    auto *upper = new QWidget(m_rows);
    m_chart = new ChartPanel(m_rows);
    m_chart->setMinimumHeight(170);
    m_chart->hide();
    m_whatIf = new WhatIfPanel(m_rows);
    m_whatIf->setMinimumHeight(170);
    m_whatIf->hide();

    m_notices = new NoticeBar(upper);
    m_recording = new RecordingBand(upper);
    m_centre = new QStackedWidget(upper);
    m_canvas = new MapCanvas(m_centre);
    m_centre->addWidget(m_canvas);
    auto *lines = new QVBoxLayout(upper);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(0);
    lines->addWidget(m_notices);
    lines->addWidget(m_recording);
    lines->addWidget(m_centre, 1);

    m_rows->setStretchFactor(0, 1);
    m_rows->setCollapsible(0, false);
    m_columns->setStretchFactor(1, 1);
    for (int i = 0; i < m_columns->count(); ++i)
        m_columns->setCollapsible(i, false);
    setCentralWidget(m_columns);
    m_canvas->setAccessibleName(tr("Map"));
}

void MainWindow::setWindowSize(QSize size)
{
    resize(size);
    resetPanels();
}

void MainWindow::resetPanels()
{
    for (QAction *shown : {m_actions->sidePanel, m_actions->inspector, m_actions->chart})
        shown->setChecked(true);
    const bool narrow = width() < narrowWindow;
    const int left = narrow ? narrowSideWidth : sideWidth;
    const int right = narrow ? narrowInspectorWidth : inspectorWidth;
    m_columns->setSizes({left, width() - left - right, right});
    const int below = height() < lowWindow ? lowChartHeight : chartHeight;
    m_rows->setSizes({height() - below, below, whatIfHeight});
}

void MainWindow::wireActions()
{
    const WindowActions &a = *m_actions;
    const auto on = [this](QAction *action, auto call) { connect(action, &QAction::triggered, this, call); };
    on(a.openSnapshot, &MainWindow::chooseSnapshot);
    on(a.saveSnapshot, &MainWindow::chooseSnapshotTarget);
    on(a.exportMap, [this] { chooseExportTarget(false); });
    on(a.exportSelection, [this] { chooseExportTarget(true); });
    on(a.copyMap, [this] { copyImage(false); });
    on(a.copySelection, [this] { copyImage(true); });
    on(a.settings, [this] {
        auto *dialog = new SettingsDialog(this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &SettingsDialog::settingsChanged, this, &MainWindow::applySettings);
        dialog->open();
    });
    on(a.quit, &QWidget::close);
    on(a.tables, [this](bool shown) { showTables(shown); });
    connect(a.zoomIn, &QAction::triggered, m_canvas, &MapCanvas::zoomIn);
    connect(a.zoomOut, &QAction::triggered, m_canvas, &MapCanvas::zoomOut);
    connect(a.resetZoom, &QAction::triggered, m_canvas, &MapCanvas::resetZoom);
    connect(a.fit, &QAction::triggered, m_canvas, &MapCanvas::fit);
    connect(a.fitSelection, &QAction::triggered, m_canvas, &MapCanvas::fitSelection);
    on(a.back, [this] {
        if (m_canvas->showsOnlyFocus())
            m_canvas->showAll();
        else
            m_navigator->back();
    });
    connect(a.forward, &QAction::triggered, m_navigator, &Navigator::forward);
    on(a.reconnect, &MainWindow::readAgain);
    connect(a.sidePanel, &QAction::toggled, m_side, &QWidget::setVisible);
    connect(a.inspector, &QAction::toggled, m_inspector, &QWidget::setVisible);
    connect(a.chart, &QAction::toggled, this, &MainWindow::updateChart);
    connect(a.minimap, &QAction::toggled, m_canvas, &MapCanvas::setMinimapVisible);
    on(a.themeSystem, [this] { setThemeMode(ThemeMode::System); });
    on(a.themeLight, [this] { setThemeMode(ThemeMode::Light); });
    on(a.themeDark, [this] { setThemeMode(ThemeMode::Dark); });
    on(a.find, [this] { m_topBar->finder()->begin(); });
    on(a.filterOrFind, [this] {
        if (m_actions->tables->isChecked())
            tables()->focusFilter();
        else
            m_topBar->finder()->begin();
    });
    on(a.showAllNamespaces, [this] { m_side->namespaces()->model()->showAll(); });
    on(a.gaps, &MainWindow::showGaps);
    connect(a.stopReading, &QAction::triggered, m_host, &SessionHost::cancelOpening);
    connect(a.closeCluster, &QAction::triggered, m_host, &SessionHost::close);
    on(a.probe, [this] { probeSubject(ProbeRepeat::Once); });
    on(a.probeEvery, [this] { probeSubject(ProbeRepeat::Every); });
    on(a.probeBurst, [this] { probeSubject(ProbeRepeat::Burst); });
    on(a.probePair, [this] { choosePair({}, {}); });
    connect(a.cancelProbes, &QAction::triggered, m_probes, &ProbeController::cancelAll);
    on(a.minimize, &QWidget::showMinimized);
    on(a.fullScreen, [this](bool full) { full ? showFullScreen() : showNormal(); });
    on(a.resetLayout, &MainWindow::resetPanels);
    on(a.shortcuts, [this] { showShortcuts(this); });
    on(a.about, [this] { showAbout(this); });
}

void MainWindow::wireParts()
{
    connect(m_topBar->chooser(), &ClusterChooser::openRequested, this, &MainWindow::open);
    connect(m_topBar->chooser(), &ClusterChooser::kubeconfigWanted, this, &MainWindow::chooseKubeconfig);
    connect(m_topBar->chooser(), &ClusterChooser::snapshotWanted, this, &MainWindow::chooseSnapshot);
    connect(m_topBar->finder(), &Finder::objectChosen, this,
            [this](const ObjectRef &object) { reveal(Subject::of(object)); });
    connect(m_topBar->finder(), &Finder::filterChosen, this, &MainWindow::setFilter);

    NamespacePanel *namespaces = m_side->namespaces();
    connect(namespaces->model(), &NamespaceModel::hiddenChanged, m_host, &SessionHost::setHiddenNamespaces);
    connect(namespaces->model(), &NamespaceModel::hiddenChanged, this, [this] {
        m_navigator->noteView();
        updateActions();
    });
    connect(namespaces, &NamespacePanel::subjectSelected, m_navigator, &Navigator::go);
    connect(m_side->findings(), &FindingsPanel::subjectSelected, this, &MainWindow::reveal);
    connect(m_side->findings(), &FindingsPanel::objectsHighlighted, m_canvas, &MapCanvas::highlight);

    connect(m_canvas, &MapCanvas::selectionChanged, this, &MainWindow::takeMapSelection);
    connect(m_canvas, &MapCanvas::edgeActivated, this, &MainWindow::activateEdge);
    connect(m_canvas, &MapCanvas::nodeActivated, this, [this] { m_actions->inspector->setChecked(true); });
    connect(m_canvas, &MapCanvas::zoomChanged, m_status, &StatusStrip::setZoom);
    connect(m_centre, &QStackedWidget::currentChanged, this,
            [this] { m_status->setZoomShown(m_centre->currentWidget() == m_canvas); });
    connect(m_canvas, &MapCanvas::pairRequested, this, [this](NodeId from, NodeId to) {
        const GraphNode *source = m_frame ? m_frame->graph->node(from) : nullptr;
        const GraphNode *target = m_frame ? m_frame->graph->node(to) : nullptr;
        if (!source || !target)
            return;
        const bool service = target->kind == NodeKind::Service;
        choosePair(podOf(*source, *m_frame->state),
                   service ? target->object : podOf(*target, *m_frame->state));
    });
    connect(m_menus, &MapMenus::subjectWanted, this, &MainWindow::reveal);
    connect(m_menus, &MapMenus::pairWanted, this, &MainWindow::choosePair);
    connect(m_menus, &MapMenus::namespaceOnlyWanted, namespaces->model(), &NamespaceModel::showOnlyNamed);
    connect(m_menus, &MapMenus::namespaceHiddenWanted, namespaces->model(), &NamespaceModel::hideNamed);
    connect(m_menus, &MapMenus::copyWanted, this,
            [](const QString &text) { QApplication::clipboard()->setText(text); });

    connect(m_navigator, &Navigator::subjectChanged, this, &MainWindow::takeSubject);
    connect(m_status, &StatusStrip::gapsWanted, this, &MainWindow::showGaps);
    connect(m_chart, &ChartPanel::hasContentChanged, this, &MainWindow::updateChart);

    const ContentView *view = m_inspector->contentView();
    connect(view, &ContentView::subjectRequested, this, &MainWindow::reveal);
    connect(view, &ContentView::pairWanted, this, &MainWindow::choosePair);
    connect(view, &ContentView::policyWanted, this, &MainWindow::startPolicy);
    connect(view, &ContentView::ephemeralContainerRequested, this, &MainWindow::offerEphemeralContainer);
    connect(view, &ContentView::copyRequested, this, [this](const QString &text) {
        QApplication::clipboard()->setText(text);
        statusBar()->showMessage(tr("Copied"), 2000);
    });
    connect(m_export, &ExportJob::finished, this, &MainWindow::tellExport);
}

void MainWindow::wireProbes()
{
    connect(m_menus, &MapMenus::probeWanted, this, &MainWindow::probe);
    connect(m_inspector->contentView(), &ContentView::probeRequested, this, &MainWindow::probe);
    connect(m_inspector->contentView(), &ContentView::cancelRequested, m_probes, &ProbeController::cancel);
    connect(m_probes, &ProbeController::activityChanged, this, &MainWindow::tellActivity);
    connect(m_probes, &ProbeController::refused, this, [this] {
        say(QStringLiteral("probe"), Tone::Muted, tr("A recording cannot probe."),
            tr("Open the cluster itself to probe this connection again."));
    });
}

void MainWindow::wireHost()
{
    connect(m_host, &SessionHost::opening, this, &MainWindow::beginOpening);
    connect(m_host, &SessionHost::sessionOpened, this, &MainWindow::takeSession);
    connect(m_host, &SessionHost::openFailed, this, &MainWindow::failOpening);
    connect(m_host, &SessionHost::closed, this, [this] { takeSession(nullptr); });
    connect(m_host, &SessionHost::graphOptionsReverted, this, &MainWindow::takeHostOptions);
    m_layoutPatience.setSingleShot(true);
    m_layoutPatience.setInterval(std::chrono::milliseconds(500));
    connect(&m_layoutPatience, &QTimer::timeout, this, &MainWindow::tellLayout);
    connect(m_host, &SessionHost::execPluginAsked, this, &MainWindow::askAboutPlugin);
    connect(m_preparer, &FramePreparer::ready, this, &MainWindow::takeFrame);
}

void MainWindow::restoreWindow()
{
    const Preferences preferences;
    if (const QByteArray geometry = preferences.windowGeometry(); !geometry.isEmpty())
        restoreGeometry(geometry);
    resetPanels();
    if (const QByteArray columns = preferences.splitterState(columnsName); !columns.isEmpty())
        m_columns->restoreState(columns);
    if (const QByteArray rows = preferences.splitterState(rowsName); !rows.isEmpty())
        m_rows->restoreState(rows);
    m_actions->sidePanel->setChecked(preferences.isPanelShown(QStringLiteral("side")));
    m_actions->inspector->setChecked(preferences.isPanelShown(QStringLiteral("inspector")));
    m_actions->chart->setChecked(preferences.isPanelShown(QStringLiteral("chart")));
    m_actions->minimap->setChecked(preferences.isPanelShown(QStringLiteral("minimap")));
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_options.remembersWindow) {
        Preferences preferences;
        preferences.setWindowGeometry(saveGeometry());
        preferences.setSplitterState(columnsName, m_columns->saveState());
        preferences.setSplitterState(rowsName, m_rows->saveState());
        preferences.setPanelShown(QStringLiteral("side"), m_actions->sidePanel->isChecked());
        preferences.setPanelShown(QStringLiteral("inspector"), m_actions->inspector->isChecked());
        preferences.setPanelShown(QStringLiteral("chart"), m_actions->chart->isChecked());
        preferences.setPanelShown(QStringLiteral("minimap"), m_actions->minimap->isChecked());
    }
    m_export->cancel();
    m_probes->cancelAll();
    QMainWindow::closeEvent(event);
}

} // namespace portolan::ui
