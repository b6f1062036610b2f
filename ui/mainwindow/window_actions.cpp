#include "ui/mainwindow/window_actions.h"

#include "ui/inspector/probe_activity.h"
#include "ui/mainwindow/enforcer_menu.h"
#include "ui/mainwindow/map_history.h"
#include "ui/mainwindow/saved_views_menu.h"

#include <QAction>
#include <QActionGroup>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

namespace portolan::ui {

WindowActions::WindowActions(QMainWindow *window, QMenu *choices, const MapHistory &history)
    : QObject(window),
      m_window(window)
{
    makeFileMenu(choices);
    makeEditMenu(history);
    makeViewMenu();
    makeClusterMenu();
    makeProbeMenu();
    makeSnapshotMenu();
    makeWindowMenu();
    update({});
}

QAction *WindowActions::add(QMenu *menu, const QString &text, const QKeySequence &keys)
{
    QAction *action = menu->addAction(text);
    if (!keys.isEmpty())
        action->setShortcut(keys);
    return action;
}

QAction *WindowActions::add(QMenu *menu, const QString &text, QKeySequence::StandardKey keys)
{
    QAction *action = menu->addAction(text);
    action->setShortcuts(keys);
    return action;
}

QAction *WindowActions::addToggle(QMenu *menu, const QString &text, const QKeySequence &keys)
{
    QAction *action = add(menu, text, keys);
    action->setCheckable(true);
    return action;
}

void WindowActions::makeFileMenu(QMenu *choices)
{
    QMenu *menu = m_window->menuBar()->addMenu(tr("&File"));
    menu->addMenu(choices);
    openSnapshot = add(menu, tr("Open snapshot…"), QKeySequence::Open);
    menu->addSeparator();
    exportMenu = menu->addMenu(tr("Export"));
    exportMap = add(exportMenu, tr("Whole map as PNG, SVG or PDF…"), Qt::CTRL | Qt::Key_E);
    exportSelection = add(exportMenu, tr("Selection as PNG, SVG or PDF…"), Qt::CTRL | Qt::SHIFT | Qt::Key_E);
    exportMenu->addSeparator();
    copyMap = add(exportMenu, tr("Copy whole map as image"), Qt::CTRL | Qt::SHIFT | Qt::Key_C);
    copySelection = add(exportMenu, tr("Copy selection as image"));
    menu->addSeparator();
    settings = add(menu, tr("Settings…"), QKeySequence::Preferences);
    settings->setMenuRole(QAction::PreferencesRole);
    menu->addSeparator();
    quit = add(menu, tr("Quit"), QKeySequence::Quit);
    quit->setMenuRole(QAction::QuitRole);
}

void WindowActions::makeEditMenu(const MapHistory &history)
{
    QMenu *menu = m_window->menuBar()->addMenu(tr("&Edit"));
    undo = history.makeUndoAction(this);
    redo = history.makeRedoAction(this);
    menu->addAction(undo);
    menu->addAction(redo);
}

void WindowActions::makeViewMenu()
{
    QMenu *menu = m_window->menuBar()->addMenu(tr("&View"));
    auto *views = new QActionGroup(this);
    services = addToggle(menu, tr("Services"), Qt::CTRL | Qt::Key_1);
    nodes = addToggle(menu, tr("Nodes"), Qt::CTRL | Qt::Key_2);
    matrix = addToggle(menu, tr("Matrix"), Qt::CTRL | Qt::Key_3);
    path = addToggle(menu, tr("Path"), Qt::CTRL | Qt::Key_4);
    views->addAction(services);
    views->addAction(nodes);
    views->addAction(matrix);
    views->addAction(path);
    services->setChecked(true);
    tables = addToggle(menu, tr("Tables instead of the map"), Qt::CTRL | Qt::Key_T);
    menu->addSeparator();
    makeForegroundMenus(menu);
    menu->addSeparator();
    zoomIn = add(menu, tr("Zoom in"), QKeySequence::ZoomIn);
    zoomOut = add(menu, tr("Zoom out"), QKeySequence::ZoomOut);
    resetZoom = add(menu, tr("100 %"), Qt::CTRL | Qt::Key_0);
    fit = add(menu, tr("Whole map"), Qt::CTRL | Qt::Key_9);
    fitSelection = add(menu, tr("Selection"), Qt::CTRL | Qt::Key_8);
    tidyUp = add(menu, tr("Tidy up"), Qt::Key_F5);
    menu->addSeparator();
    back = add(menu, tr("Back"), QKeySequence::Back);
    forward = add(menu, tr("Forward"), QKeySequence::Forward);
    savedViews = new SavedViewsMenu(menu);
    menu->addMenu(savedViews);
    menu->addSeparator();
    sidePanel = addToggle(menu, tr("Namespaces and findings"), Qt::Key_F7);
    inspector = addToggle(menu, tr("Inspector"), Qt::Key_F8);
    chart = addToggle(menu, tr("Probe latency"), Qt::Key_F9);
    minimap = addToggle(menu, tr("Minimap"));
    for (QAction *shown : {sidePanel, inspector, chart, minimap})
        shown->setChecked(true);
    menu->addSeparator();
    QMenu *theme = menu->addMenu(tr("Theme"));
    auto *themes = new QActionGroup(this);
    themeSystem = addToggle(theme, tr("As the system"));
    themeLight = addToggle(theme, tr("Light"));
    themeDark = addToggle(theme, tr("Dark"));
    for (QAction *action : {themeSystem, themeLight, themeDark})
        themes->addAction(action);
}

/// Which lines are drawn, and what stands out.
void WindowActions::makeForegroundMenus(QMenu *menu)
{
    QMenu *lines = menu->addMenu(tr("Lines"));
    auto *choice = new QActionGroup(this);
    layers = {addToggle(lines, tr("Of policies and services")),
              addToggle(lines, tr("That traffic was seen on")), addToggle(lines, tr("That were probed")),
              addToggle(lines, tr("All lines"))};
    for (QAction *layer : layers)
        choice->addAction(layer);
    layers.back()->setChecked(true);
    QMenu *focus = menu->addMenu(tr("Focus"));
    auto *depths = new QActionGroup(this);
    // The keys 1, 2 and 3 belong to the map: in a field they are figures.
    focusDepth = {addToggle(focus, tr("Direct neighbours\t1")), addToggle(focus, tr("Two lines away\t2")),
                  addToggle(focus, tr("Three lines away\t3"))};
    for (QAction *depth : focusDepth)
        depths->addAction(depth);
    focusDepth.front()->setChecked(true);
    focus->addSeparator();
    onlyThis = add(focus, tr("Only this"), Qt::CTRL | Qt::SHIFT | Qt::Key_O);
    showAll = add(focus, tr("The whole map again"));
}

void WindowActions::makeClusterMenu()
{
    QMenu *menu = m_window->menuBar()->addMenu(tr("&Cluster"));
    find = add(menu, tr("Find…"), Qt::CTRL | Qt::Key_K);
    // In tables the standard key filters rows; a menu entry of its own would only repeat the one above.
    filterOrFind = new QAction(this);
    filterOrFind->setShortcuts(QKeySequence::Find);
    m_window->addAction(filterOrFind);
    menu->addSeparator();
    showAllNamespaces = add(menu, tr("Show all namespaces"));
    gaps = add(menu, tr("What could not be read"));
    menu->addSeparator();
    whatIf = add(menu, tr("What if…"), Qt::CTRL | Qt::Key_I);
    suggestPolicy = add(menu, tr("Suggest a policy for the selected line"));
    leastPrivilege = add(menu, tr("Least-privilege policy…"));
    enforcer = new EnforcerMenu(menu);
    menu->addMenu(enforcer);
    menu->addSeparator();
    readFlows = add(menu, tr("Read observed flows…"), Qt::CTRL | Qt::Key_L);
    reconnect = add(menu, tr("Read again"), Qt::CTRL | Qt::Key_R);
    stopReading = add(menu, tr("Stop reading"));
    closeCluster = add(menu, tr("Close"), QKeySequence::Close);
}

void WindowActions::makeProbeMenu()
{
    QMenu *menu = m_window->menuBar()->addMenu(tr("&Probe"));
    probe = add(menu, tr("Probe the selected line"), Qt::CTRL | Qt::Key_Return);
    probeEvery = add(menu, tr("Repeat it"));
    probeBurst = add(menu, tr("Burst of %n", nullptr, burstSize));
    cancelProbes = add(menu, tr("Cancel all probes"), Qt::CTRL | Qt::Key_Period);
    menu->addSeparator();
    probePair = add(menu, tr("Probe a pair…"), Qt::CTRL | Qt::Key_P);
}

void WindowActions::makeSnapshotMenu()
{
    QMenu *menu = m_window->menuBar()->addMenu(tr("&Snapshot"));
    saveSnapshot = add(menu, tr("Save snapshot…"), QKeySequence::Save);
    menu->addAction(openSnapshot);
}

void WindowActions::makeWindowMenu()
{
    QMenu *menu = m_window->menuBar()->addMenu(tr("&Window"));
    minimize = add(menu, tr("Minimize"));
    fullScreen = addToggle(menu, tr("Full screen"), QKeySequence::FullScreen);
    resetLayout = add(menu, tr("Reset panels"));
    QMenu *help = m_window->menuBar()->addMenu(tr("&Help"));
    shortcuts = add(help, tr("Keyboard shortcuts"), QKeySequence::HelpContents);
    help->addSeparator();
    about = add(help, tr("About Portolan"));
    about->setMenuRole(QAction::AboutRole);
}

void WindowActions::update(const WindowState &state)
{
    for (QAction *action : {zoomIn, zoomOut, resetZoom, fit, tidyUp, find, filterOrFind, saveSnapshot})
        action->setEnabled(state.hasMap);
    const bool canExport = state.hasMap && !state.exporting;
    exportMenu->setEnabled(canExport);
    exportMenu->menuAction()->setEnabled(canExport);
    exportMap->setEnabled(canExport);
    copyMap->setEnabled(canExport);
    exportSelection->setEnabled(canExport && state.hasSelection);
    copySelection->setEnabled(canExport && state.hasSelection);
    fitSelection->setEnabled(state.hasMap && state.hasSelection);
    onlyThis->setEnabled(state.hasMap && state.hasSelection);
    showAll->setEnabled(state.onlyFocus);
    back->setEnabled(state.canGoBack || state.onlyFocus);
    forward->setEnabled(state.canGoForward);
    showAllNamespaces->setEnabled(state.hidesNamespaces);
    gaps->setEnabled(state.hasGaps);
    whatIf->setEnabled(state.hasMap);
    suggestPolicy->setEnabled(state.hasMap && state.hasQuestion);
    enforcer->setEnabled(state.hasMap);
    savedViews->setEnabled(state.hasMap);
    savedViews->saveAction()->setEnabled(state.hasMap);
    readFlows->setEnabled(state.hasMap && state.live);
    leastPrivilege->setEnabled(state.hasMap && state.hasPods);
    reconnect->setEnabled(state.open);
    stopReading->setEnabled(state.live);
    closeCluster->setEnabled(state.open);
    for (QAction *action : {probe, probeEvery, probeBurst})
        action->setEnabled(state.live && state.hasQuestion);
    probePair->setEnabled(state.live && state.hasMap);
    cancelProbes->setEnabled(state.probing);
}

} // namespace portolan::ui
