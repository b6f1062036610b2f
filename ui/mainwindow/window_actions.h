#pragma once

#include <QKeySequence>
#include <QObject>

#include <array>

class QAction;
class QActionGroup;
class QMainWindow;
class QMenu;

namespace portolan::ui {

class EnforcerMenu;
class MapHistory;
class SavedViewsMenu;

/// What can be done now; decides which actions are enabled.
struct WindowState
{
    bool open = false;   ///< a session is there, or being made
    bool hasMap = false; ///< a frame is shown
    bool live = false;
    bool hasSelection = false; ///< on the map
    bool onlyFocus = false;    ///< of the map only what was selected is shown
    bool hasQuestion = false;  ///< the subject can be probed
    bool hasPods = false;      ///< the subject is a pod, or a workload
    bool probing = false;
    bool hidesNamespaces = false;
    bool hasGaps = false;
    bool canGoBack = false;
    bool canGoForward = false;
    bool exporting = false;
};

/// The menu bar and its actions. Only what works is in it; what does not work now is disabled.
class WindowActions : public QObject
{
    Q_OBJECT

public:
    /// `choices` is the cluster chooser's menu.
    WindowActions(QMainWindow *window, QMenu *choices, const MapHistory &history);

    void update(const WindowState &state);

    QMenu *exportMenu = nullptr;
    EnforcerMenu *enforcer = nullptr;
    SavedViewsMenu *savedViews = nullptr;
    QAction *openSnapshot = nullptr, *saveSnapshot = nullptr, *settings = nullptr, *quit = nullptr;
    QAction *exportMap = nullptr, *exportSelection = nullptr, *copyMap = nullptr, *copySelection = nullptr;
    QAction *services = nullptr, *nodes = nullptr, *matrix = nullptr, *path = nullptr, *tables = nullptr;
    QAction *zoomIn = nullptr, *zoomOut = nullptr, *resetZoom = nullptr, *fit = nullptr,
            *fitSelection = nullptr;
    std::array<QAction *, 4> layers{};     ///< by MapLayer
    std::array<QAction *, 3> focusDepth{}; ///< 1 to 3
    QAction *onlyThis = nullptr, *showAll = nullptr;
    QAction *undo = nullptr, *redo = nullptr, *tidyUp = nullptr, *back = nullptr, *forward = nullptr;
    QAction *sidePanel = nullptr, *inspector = nullptr, *chart = nullptr, *minimap = nullptr;
    QAction *themeSystem = nullptr, *themeLight = nullptr, *themeDark = nullptr;
    QAction *find = nullptr, *filterOrFind = nullptr, *showAllNamespaces = nullptr, *gaps = nullptr;
    QAction *whatIf = nullptr, *suggestPolicy = nullptr, *leastPrivilege = nullptr;
    QAction *readFlows = nullptr;
    QAction *reconnect = nullptr, *stopReading = nullptr, *closeCluster = nullptr;
    QAction *probe = nullptr, *probeEvery = nullptr, *probeBurst = nullptr, *probePair = nullptr,
            *cancelProbes = nullptr;
    QAction *fullScreen = nullptr, *minimize = nullptr, *resetLayout = nullptr;
    QAction *shortcuts = nullptr, *about = nullptr;

private:
    QAction *add(QMenu *menu, const QString &text, const QKeySequence &keys = {});
    QAction *add(QMenu *menu, const QString &text, QKeySequence::StandardKey keys);
    QAction *addToggle(QMenu *menu, const QString &text, const QKeySequence &keys = {});
    void makeFileMenu(QMenu *choices);
    void makeEditMenu(const MapHistory &history);
    void makeViewMenu();
    void makeForegroundMenus(QMenu *menu);
    void makeClusterMenu();
    void makeProbeMenu();
    void makeSnapshotMenu();
    void makeWindowMenu();

    QMainWindow *m_window;
};

} // namespace portolan::ui
