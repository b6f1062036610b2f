#include "ui/canvas/map_canvas.h"
#include "ui/inspector/inspector.h"
#include "ui/mainwindow/chart_panel.h"
#include "ui/mainwindow/cluster_chooser.h"
#include "ui/mainwindow/export_job.h"
#include "ui/mainwindow/finder.h"
#include "ui/mainwindow/frame_preparer.h"
#include "ui/mainwindow/main_window.h"
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
#include "ui/mainwindow/side_panel.h"
#include "ui/mainwindow/status_notices.h"
#include "ui/mainwindow/status_strip.h"
#include "ui/mainwindow/top_bar.h"
#include "ui/matrix/matrix_view.h"
#include "ui/path/path_view.h"
#include "ui/whatif/what_if_panel.h"
#include "ui/words/text.h"
#include "ui/words/words.h"

#include <QAction>
#include <QScopedValueRollback>
#include <QStackedWidget>

#include <algorithm>

namespace portolan::ui {

namespace {

const QString openKey = QStringLiteral("open");
const QString layoutKey = QStringLiteral("layout");

QString clusterName(const OpenRequest &request, const TopologyFramePtr &frame)
{
    if (frame && frame->state && !frame->state->info.contextName.empty())
        return plainText(frame->state->info.contextName);
    switch (request.kind) {
    case OpenRequest::Kind::Context:
        return request.context.empty() ? MainWindow::tr("current context") : plainText(request.context);
    case OpenRequest::Kind::Snapshot:
        return plainText(request.snapshot.filename().string());
    case OpenRequest::Kind::Demo:
        break;
    }
    return MainWindow::tr("demo");
}

} // namespace

void MainWindow::open(const OpenRequest &request)
{
    m_host->open(request);
}

void MainWindow::beginOpening(const OpenRequest &request)
{
    m_probes->setGate({});
    m_notices->clear();
    m_preparer->drop();
    beginHistory(nullptr);
    m_canvas->setBehind({});
    m_side->namespaces()->model()->setHidden({});
    takeFrame(nullptr);
    m_navigator->clear();
    m_status->clear();
    m_sessionStatus = {};
    m_topBar->chooser()->setShown(Tone::Warning, clusterName(request, nullptr), tr("opening"));
    Notice notice;
    notice.key = openKey;
    notice.text = tr("Opening %1").arg(clusterName(request, nullptr));
    notice.percent = -1;
    notice.actions = {{tr("Cancel"), [this] {
                           m_host->cancelOpening();
                           m_notices->remove(openKey);
                       }}};
    m_notices->put(notice);
    updateActions();
}

void MainWindow::takeSession(Session *session)
{
    m_notices->remove(openKey);
    m_preparer->drop();
    beginHistory(session);
    m_savedViews->begin(session ? m_host->viewsFile() : QString());
    if (!session) { // closed
        m_probes->setGate({});
        m_notices->clear();
        m_navigator->clear();
        takeFrame(nullptr);
        m_status->clear();
        updateTitles();
        updateActions();
        return;
    }
    connect(session, &Session::frameChanged, m_preparer, &FramePreparer::prepare);
    connect(session, &Session::statusChanged, this, &MainWindow::takeStatus);
    connect(session, &Session::probeStepFinished, m_probes, &ProbeController::onStepFinished);
    connect(session, &Session::probeFinished, m_probes, &ProbeController::onFinished);
    connect(session, &Session::probeFailed, m_probes, &ProbeController::onFailed);
    connect(session, &Session::reasonReady, m_inspector, &Inspector::setReason);
    connectWhatIf(session);
    connectFlows(session);
    connect(session, &Session::policyAnswerReady, m_inspector, &Inspector::setPolicyAnswer);
    connect(session, &Session::pathReady, this, [this](const auto &hops) { path()->setPath(hops); });
    connect(session, &Session::matrixReady, this, [this](const auto &cells) { matrix()->setMatrix(cells); });
    connect(session, &Session::snapshotSaved, this,
            [this](const QString &file, const std::optional<Error> &error) {
                if (error) {
                    say(QStringLiteral("snapshot"), Tone::Bad, tr("The snapshot was not saved"),
                        words::errorText(*error));
                    return;
                }
                Preferences().addRecentSnapshot(file);
                say(QStringLiteral("snapshot"), Tone::Good, tr("Snapshot saved"), plainText(utf8(file)));
            });
    connect(session, &Session::ephemeralContainerFinished, this,
            [this](const ObjectRef &pod, const QString &container, const std::optional<Error> &error) {
                const QString key = QStringLiteral("ephemeral");
                if (error)
                    say(key, Tone::Bad, tr("No container was added to %1").arg(words::refName(pod)),
                        words::errorText(*error));
                else
                    say(key, Tone::Good, tr("Container %1 was added").arg(plainText(utf8(container))),
                        tr("It stays in the description of %1 until that pod is deleted.")
                            .arg(words::refName(pod)));
            });
    if (m_host->isLive())
        m_probes->setGate(
            ProbeGate{[session](const ProbeRequest &request) { return session->requestProbe(request); },
                      [session](ProbeId id) { session->cancelProbe(id); }});
    m_menus->setLive(m_host->isLive());
    if (m_host->request()->kind == OpenRequest::Kind::Snapshot)
        Preferences().addRecentSnapshot(QString::fromStdString(m_host->request()->snapshot.string()));
    takeStatus(session->status());
    m_preparer->prepare(session->frame());
}

void MainWindow::failOpening(const Error &error)
{
    m_notices->remove(openKey);
    Notice notice;
    notice.key = StatusNotices::connectionKey;
    notice.tone = Tone::Bad;
    notice.text = tr("%1 was not opened").arg(clusterName(*m_host->request(), nullptr));
    notice.detail = words::errorText(error);
    notice.actions = {{tr("Try again"), [this] { m_host->reopen(); }}};
    m_notices->put(notice);
    m_topBar->chooser()->setShown(Tone::Bad, clusterName(*m_host->request(), nullptr), tr("not opened"));
    updateActions();
    Q_EMIT openFailed(error);
}

void MainWindow::takeFrame(const TopologyFramePtr &frame, const MapScenePtr &scene)
{
    const bool changed = frame && (!m_frame || m_frame->policies != frame->policies);
    m_frame = frame;
    m_history->takeFrame(frame);
    m_recording->setState(frame ? frame->state.get() : nullptr);
    {
        const QScopedValueRollback guard(m_selecting, true);
        m_canvas->setFrame(frame, scene);
    }
    setFrameOfPages(frame);
    m_side->setFrame(frame);
    m_inspector->setFrame(frame);
    m_chart->setFrame(frame);
    m_whatIf->setFrame(frame);
    m_status->setFrame(frame);
    m_topBar->finder()->setFrame(frame);
    showEnforcer();
    updateTitles();
    updateActions();
    tellFlows();
    if (changed)
        askReason();
    else if (!frame)
        askPath();
    if (frame)
        Q_EMIT frameShown(frame);
}

void MainWindow::takeStatus(const SessionStatus &status)
{
    m_sessionStatus = status;
    m_status->setStatus(status);
    m_canvas->setBehind(status.behind);
    const StatusNotices::Intents intents{[this] { m_host->cancelOpening(); }, [this] { m_host->reopen(); },
                                         [this] { showGaps(); }};
    const QString name = clusterName(*m_host->request(), m_frame);
    if (const auto notice = StatusNotices::forStatus(status, name, intents))
        m_notices->put(*notice);
    else
        m_notices->remove(StatusNotices::connectionKey);
    if (!status.layoutRunning) {
        m_layoutPatience.stop();
        m_notices->remove(layoutKey);
    } else if (!m_layoutPatience.isActive() && !m_notices->isShown(layoutKey)) {
        m_layoutPatience.start();
    }
    updateTitles();
    updateActions();
    if (status.phase == SessionPhase::Failed && status.problem && !m_frame)
        Q_EMIT openFailed(*status.problem);
}

void MainWindow::tellLayout()
{
    Notice notice;
    notice.key = layoutKey;
    notice.text = tr("Laying out the map");
    notice.percent = -1;
    notice.actions = {{tr("Cancel"), [this] { m_host->cancelLayout(); }}};
    m_notices->put(notice);
}

void MainWindow::takeHostOptions()
{
    const GraphOptions options = m_host->graphOptions();
    if (!showsMatrix() && !showsPath()) {
        m_topBar->setView(options.view);
        (options.view == GraphView::Services ? m_actions->services : m_actions->nodes)->setChecked(true);
    }
    m_side->namespaces()->model()->setHidden(options.hiddenNamespaces);
}

void MainWindow::askAboutPlugin(const kube::ExecPluginSpec &plugin, const QString &context,
                                const QString &origin)
{
    askExecPlugin(this, plugin, context, origin, [this](bool yes) { m_host->answerExecPlugin(yes); });
}

void MainWindow::setMapAnimated(bool animated)
{
    m_canvas->setAnimated(animated);
}

void MainWindow::dress(const Theme &theme)
{
    m_topBar->setTheme(theme);
    m_side->setTheme(theme);
    m_notices->setTheme(theme);
    m_recording->setTheme(theme);
    m_canvas->setTheme(theme);
    dressPages(theme);
    m_chart->setTheme(theme);
    m_whatIf->setTheme(theme);
    m_inspector->setTheme(theme);
    m_status->setTheme(theme);
}

void MainWindow::setThemeMode(ThemeMode mode)
{
    Preferences().setThemeMode(mode);
    applySettings();
}

void MainWindow::applySettings()
{
    const Preferences preferences;
    m_probes->setRepeatSeconds(preferences.repeatSeconds());
    if (!m_options.remembersWindow)
        return; // a picture has the theme that was asked for
    const ThemeMode mode = preferences.themeMode();
    m_themes.setMode(mode);
    (mode == ThemeMode::System ? m_actions->themeSystem
     : mode == ThemeMode::Dark ? m_actions->themeDark
                               : m_actions->themeLight)
        ->setChecked(true);
}

void MainWindow::updateTitles()
{
    const ClusterInfo *info = m_frame && m_frame->state ? &m_frame->state->info : nullptr;
    if (!m_host->request() || (!m_host->session() && !info)) {
        setWindowTitle(QStringLiteral("Portolan"));
        if (!m_host->request())
            m_topBar->chooser()->setShown(Tone::Muted, tr("No cluster"), {});
        return;
    }
    const QString name = clusterName(*m_host->request(), m_frame);
    QString detail = info ? plainText(info->serverVersion) : QString();
    if (detail.startsWith(u'v'))
        detail = QStringLiteral("k8s ") + detail.mid(1);
    QString title = name;
    if (info && words::isRecording(*info)) {
        title = words::recordingText(*info);
        detail = tr("recording, %1").arg(words::timeText(info->recordedAt));
    }
    m_topBar->chooser()->setShown(toneOf(m_sessionStatus.phase), name, detail);
    // "[*]" in a title stands for "modified" in Qt.
    setWindowTitle(title.replace(QStringLiteral("[*]"), QStringLiteral("[ *]")) +
                   QStringLiteral(" – Portolan"));
}

void MainWindow::updateActions()
{
    WindowState state;
    state.open = m_host->request().has_value();
    state.hasMap = m_frame && m_frame->graph;
    state.live = m_host->isLive();
    state.hasSelection = !m_canvas->selectedNodes().empty() || !m_canvas->selectedEdges().empty();
    state.hasSelection = state.hasSelection || m_canvas->selectedGroup().isValid();
    state.onlyFocus = m_canvas->showsOnlyFocus();
    state.hasQuestion = m_frame && questionOf(m_navigator->subject(), *m_frame).has_value();
    const ObjectKind kind = m_navigator->subject().object.kind;
    state.hasPods =
        m_navigator->subject().object.isValid() && (kind == ObjectKind::Pod || kind == ObjectKind::Workload);
    state.probing = m_probes->isAnyActive();
    state.hidesNamespaces = !m_side->namespaces()->model()->hidden().empty();
    state.hasGaps = m_frame && m_frame->state && !m_frame->state->gaps.empty();
    state.canGoBack = m_navigator->canGoBack();
    state.canGoForward = m_navigator->canGoForward();
    state.exporting = m_export->isRunning();
    m_actions->update(state);
}

void MainWindow::say(const QString &key, Tone tone, const QString &text, const QString &detail)
{
    Notice notice;
    notice.key = key;
    notice.tone = tone;
    notice.text = text;
    notice.detail = detail;
    notice.closable = true;
    m_notices->put(notice);
}

} // namespace portolan::ui
