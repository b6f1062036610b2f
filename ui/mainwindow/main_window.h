#pragma once

#include "ui/export/map_export.h"
#include "ui/inspector/subject.h"
#include "ui/mainwindow/probe_controller.h"
#include "ui/mainwindow/session_host.h"
#include "ui/mainwindow/shown_view.h"
#include "ui/mainwindow/window_actions.h"
#include "ui/theme/theme_controller.h"
#include "ui/words/tone.h"

#include <QMainWindow>
#include <QTimer>

class QSplitter;
class QStackedWidget;

namespace portolan::ui {

class ChartPanel;
class ExportJob;
class FramePreparer;
class Inspector;
class KubeconfigContexts;
class MapCanvas;
class MapHistory;
class MapMenus;
class MatrixView;
class PathView;
struct PolicyStarter;
class Navigator;
class NoticeBar;
class RecordingBand;
class SavedViews;
class SidePanel;
class StatusStrip;
class TablesView;
class TopBar;
class WhatIfPanel;

struct WindowOptions
{
    LayoutOptions layout;            ///< with the program of the layout worker
    QString placesDirectory;         ///< "" remembers no positions
    bool remembersWindow = true;     ///< keeps size and panels in the settings; false for pictures and tests
    std::optional<OpenRequest> open; ///< read and laid out while the window is being made
};

/// The window of Portolan: puts the parts together and wires them. What they do is decided in them.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    MainWindow(ThemeController &themes, WindowOptions options);
    ~MainWindow() override;

    void open(const OpenRequest &request);
    /// An empty one shows everything again.
    void setFilter(const GraphFilter &filter);
    void setView(GraphView view);
    /// Selects it and brings it into view.
    void reveal(const Subject &subject);
    /// Sizes the window and gives the panels the widths that go with it.
    void setWindowSize(QSize size);
    void showTables(bool shown);
    void showMatrix();
    void showPath();
    void setMapAnimated(bool animated);
    void setLayer(MapLayer layer);
    /// What is shown, to be shown again.
    ShownView shownView() const;
    void showView(const ShownView &view);
    /// Writes the whole map; exportFinished tells.
    void exportTo(const QString &file);

    SessionHost &host() { return *m_host; }
    ProbeController &probes() { return *m_probes; }
    MapCanvas *canvas() const { return m_canvas; }
    MapHistory *history() const { return m_history; }
    SavedViews *savedViews() const { return m_savedViews; }
    Inspector *inspector() const { return m_inspector; }
    /// Pages beside the map are made when they are first asked for: starting waits for none of them.
    TablesView *tables();
    MatrixView *matrix();
    PathView *path();
    WhatIfPanel *whatIf() const { return m_whatIf; }
    NoticeBar *notices() const { return m_notices; }
    const WindowActions &actionsOfWindow() const { return *m_actions; }
    TopologyFramePtr frame() const { return m_frame; }

Q_SIGNALS:
    void frameShown(const portolan::TopologyFramePtr &frame);
    void openFailed(const portolan::Error &error);
    void exportFinished(const QString &file, const std::optional<portolan::Error> &error);

protected:
    void closeEvent(QCloseEvent *event) override;
    QMenu *createPopupMenu() override { return nullptr; }

private:
    // main_window.cpp: making and wiring
    void buildCentre();
    void wireActions();
    void wireParts();
    void wireProbes();
    void wireHost();
    void restoreWindow();
    void resetPanels();

    // window_history.cpp: back, forward and undo
    void wireHistory();
    void beginHistory(Session *session);

    // window_pages.cpp: the pages beside the map
    bool showsMatrix() const;
    bool showsPath() const;
    void setFrameOfPages(const TopologyFramePtr &frame);
    void dressPages(const Theme &theme);

    // window_views.cpp: what is shown, and in which form
    void wireViews();
    void wireForeground();
    void takeMatrixPair(NodeId from, NodeId to, bool activated);
    void askPath();
    void readAgain();
    void askViewName();
    void saveView(const QString &name);
    void showGaps();

    // window_what_if.cpp: policies that are not applied, and who enforces them
    void wireWhatIf();
    void startPolicy(const PolicyStarter &starter);
    void showEnforcer();
    void connectWhatIf(Session *session);
    void openWhatIf(const ObjectRef &policy);
    void openRemoval(const ObjectRef &policy);
    void suggestFor(const ProbeRequest &request);
    void suggestLeastPrivilege(const ObjectRef &workload);
    void showFlips(const policy::WhatIfPtr &answer);
    void updateChart();

    // window_observed.cpp: what traffic was seen
    void connectFlows(Session *session);
    void askToReadFlows();
    void readFlows();
    void endFlows(const std::optional<Error> &error);
    void tellFlows();

    // window_subject.cpp: what the window is about, and probes of it
    void takeSubject(const Subject &subject);
    void selectOnMap(const Subject &subject);
    void tellHidden(const ObjectRef &object);
    void askReason();
    void takeMapSelection();
    void activateEdge(EdgeId edge);
    void probe(const ProbeRequest &request, ProbeRepeat repeat);
    void probeSubject(ProbeRepeat repeat);
    void tellActivity(const ProbeActivity &activity);
    void choosePair(const ObjectRef &source, const ObjectRef &destination);
    void offerEphemeralContainer(const ProbeRequest &request);

    // window_files.cpp: files that are chosen, read and written
    void chooseSnapshot();
    void chooseKubeconfig();
    void chooseSnapshotTarget();
    void chooseFlipsTarget(const QString &csv);
    void chooseExportTarget(bool selection);
    void copyImage(bool selection);
    ExportOptions exportOptions(bool selection) const;
    void tellExportStarted(const QString &file);
    void tellExport(const QString &file, const std::optional<Error> &error);

    // window_flow.cpp: what happens when the session says something, and what follows from all of it
    void takeFrame(const TopologyFramePtr &frame, const MapScenePtr &scene = nullptr);
    void tellLayout();
    void takeHostOptions();
    void takeStatus(const SessionStatus &status);
    void takeSession(Session *session);
    void beginOpening(const OpenRequest &request);
    void failOpening(const Error &error);
    void askAboutPlugin(const kube::ExecPluginSpec &plugin, const QString &context, const QString &origin);
    void dress(const Theme &theme);
    void setThemeMode(ThemeMode mode);
    void applySettings();
    void updateActions();
    void updateTitles();
    void say(const QString &key, Tone tone, const QString &text, const QString &detail = {});

    ThemeController &m_themes;
    WindowOptions m_options;
    SessionHost *m_host = nullptr;
    ProbeController *m_probes = nullptr;
    Navigator *m_navigator = nullptr;
    SavedViews *m_savedViews = nullptr;
    MapHistory *m_history = nullptr;
    KubeconfigContexts *m_contexts = nullptr;
    ExportJob *m_export = nullptr;
    WindowActions *m_actions = nullptr;
    TopBar *m_topBar = nullptr;
    SidePanel *m_side = nullptr;
    NoticeBar *m_notices = nullptr;
    RecordingBand *m_recording = nullptr;
    MapCanvas *m_canvas = nullptr;
    FramePreparer *m_preparer = nullptr;
    MapMenus *m_menus = nullptr;
    TablesView *m_tables = nullptr; ///< these three: null until asked for
    MatrixView *m_matrix = nullptr;
    PathView *m_path = nullptr;
    ChartPanel *m_chart = nullptr;
    WhatIfPanel *m_whatIf = nullptr;
    bool m_mayReadFlows = false; ///< the user agreed, for this cluster
    bool m_readsFlows = false;   ///< now
    Inspector *m_inspector = nullptr;
    StatusStrip *m_status = nullptr;
    QStackedWidget *m_centre = nullptr;
    QSplitter *m_columns = nullptr;
    QSplitter *m_rows = nullptr;
    TopologyFramePtr m_frame;
    SessionStatus m_sessionStatus;
    QTimer m_layoutPatience;  ///< only a layout that takes long is told about
    bool m_selecting = false; ///< the map's selection is being set, not made by the user
};

} // namespace portolan::ui
