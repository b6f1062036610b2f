#include "ui/canvas/map_canvas.h"
#include "ui/inspector/inspector.h"
#include "ui/mainwindow/chart_panel.h"
#include "ui/mainwindow/cluster_chooser.h"
#include "ui/mainwindow/export_job.h"
#include "ui/mainwindow/finder.h"
#include "ui/mainwindow/main_window.h"
#include "ui/mainwindow/map_history.h"
#include "ui/mainwindow/map_menus.h"
#include "ui/mainwindow/namespace_model.h"
#include "ui/mainwindow/namespace_panel.h"
#include "ui/mainwindow/navigator.h"
#include "ui/mainwindow/notice_bar.h"
#include "ui/mainwindow/pair_dialog.h"
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
#include "ui/tables/tables_view.h"
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
const QString hiddenKey = QStringLiteral("hidden");

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

/// The cards at the ends of a pair.
std::vector<NodeId> endsOf(const TopologyGraph &graph, const ProbeRequest &request)
{
    std::vector<NodeId> nodes;
    for (const ObjectRef *end : {&request.source, &request.destination}) {
        if (const NodeId id = nodeShowing(graph, *end); id.isValid())
            nodes.push_back(id);
    }
    return nodes;
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
    beginHistory(nullptr);
    {
        const QScopedValueRollback guard(m_showingView, true);
        m_side->namespaces()->model()->setHidden({});
    }
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
    connect(session, &Session::frameChanged, this, &MainWindow::takeFrame);
    connect(session, &Session::statusChanged, this, &MainWindow::takeStatus);
    connect(session, &Session::probeStepFinished, m_probes, &ProbeController::onStepFinished);
    connect(session, &Session::probeFinished, m_probes, &ProbeController::onFinished);
    connect(session, &Session::probeFailed, m_probes, &ProbeController::onFailed);
    connect(session, &Session::reasonReady, m_inspector, &Inspector::setReason);
    connectWhatIf(session);
    connect(session, &Session::policyAnswerReady, m_inspector, &Inspector::setPolicyAnswer);
    connect(session, &Session::pathReady, m_path, &PathView::setPath);
    connect(session, &Session::matrixReady, m_matrix, &MatrixView::setMatrix);
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
    takeFrame(session->frame());
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

void MainWindow::takeFrame(const TopologyFramePtr &frame)
{
    const bool changed = frame && (!m_frame || m_frame->policies != frame->policies);
    m_frame = frame;
    m_history->takeFrame(frame);
    m_recording->setState(frame ? frame->state.get() : nullptr);
    {
        const QScopedValueRollback guard(m_selecting, true);
        m_canvas->setFrame(frame);
    }
    m_tables->setFrame(frame);
    m_matrix->setFrame(frame);
    m_side->setFrame(frame);
    m_inspector->setFrame(frame);
    m_chart->setFrame(frame);
    m_whatIf->setFrame(frame);
    m_status->setFrame(frame);
    m_topBar->finder()->setFrame(frame);
    showEnforcer();
    updateTitles();
    updateActions();
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
    if (m_centre->currentWidget() != m_matrix && m_centre->currentWidget() != m_path) {
        m_topBar->setView(options.view);
        (options.view == GraphView::Services ? m_actions->services : m_actions->nodes)->setChecked(true);
    }
    m_side->namespaces()->model()->setHidden(options.hiddenNamespaces);
}

void MainWindow::takeSubject(const Subject &subject)
{
    m_canvas->highlight({});
    m_notices->remove(hiddenKey);
    m_inspector->setSubject(subject);
    m_chart->setSubject(subject);
    m_tables->select(subject);
    if (m_navigator->isMoving())
        selectOnMap(subject);
    if (m_frame) {
        if (const auto question = questionOf(subject, *m_frame))
            m_inspector->setActivity(m_probes->activityOf(*question));
    }
    askReason();
    updateActions();
}

void MainWindow::askReason()
{
    if (!m_frame || !m_host->session())
        return;
    askPath();
    const Subject &subject = m_navigator->subject();
    if (const auto question = questionOf(subject, *m_frame))
        m_host->session()->requestReason(*question);
    else if (subject.object.isValid())
        m_host->session()->requestPolicyAnswer(subject.object);
}

void MainWindow::reveal(const Subject &subject)
{
    if (m_frame && subject.object.type == "Resource") { // a finding about what could not be read
        showGaps();
        return;
    }
    m_navigator->go(subject);
    if (!m_frame || !m_frame->graph)
        return;
    const QScopedValueRollback guard(m_selecting, true);
    if (subject.edge.isValid()) {
        m_canvas->reveal(subject.edge);
    } else if (subject.pair) {
        const EdgeId edge = edgeAsking(*m_frame->graph, *subject.pair);
        if (edge.isValid())
            m_canvas->reveal(edge);
        else
            m_canvas->select(endsOf(*m_frame->graph, *subject.pair), {});
    } else if (subject.isValid() && !m_canvas->reveal(subject.object)) {
        m_canvas->clearSelection();
        tellHidden(subject.object);
    }
}

/// Without bringing it into view: the view is that of the step that was returned to.
void MainWindow::selectOnMap(const Subject &subject)
{
    if (!m_frame || !m_frame->graph)
        return;
    const QScopedValueRollback guard(m_selecting, true);
    const TopologyGraph &graph = *m_frame->graph;
    const EdgeId edge = subject.pair ? edgeAsking(graph, *subject.pair) : subject.edge;
    if (edge.isValid())
        m_canvas->select({}, {edge});
    else if (subject.pair)
        m_canvas->select(endsOf(graph, *subject.pair), {});
    else if (const NodeId node = nodeShowing(graph, subject.object);
             subject.object.isValid() && node.isValid())
        m_canvas->select({node}, {});
    else
        m_canvas->select({}, {});
}

void MainWindow::tellHidden(const ObjectRef &object)
{
    const std::string ns = object.kind == ObjectKind::Namespace ? object.name : object.ns;
    const std::set<std::string> &hidden = m_side->namespaces()->model()->hidden();
    if (!hidden.contains(ns))
        return; // of a kind that the map does not draw
    Notice notice;
    notice.key = hiddenKey;
    notice.text = tr("%1 is not drawn: its namespace is hidden").arg(words::refText(object));
    notice.closable = true;
    notice.actions = {{tr("Show the namespace"), [this, ns] {
                           std::set<std::string> rest = m_side->namespaces()->model()->hidden();
                           rest.erase(ns);
                           m_side->namespaces()->model()->setHidden(rest);
                           m_notices->remove(hiddenKey);
                       }}};
    m_notices->put(notice);
}

void MainWindow::takeMapSelection()
{
    updateActions();
    if (m_selecting || !m_frame)
        return;
    const std::vector<EdgeId> edges = m_canvas->selectedEdges();
    const std::vector<NodeId> nodes = m_canvas->selectedNodes();
    if (edges.size() == 1 && nodes.empty()) {
        m_navigator->go(Subject::of(edges.front()));
    } else if (nodes.size() == 1 && edges.empty()) {
        const GraphNode *node = m_frame->graph->node(nodes.front());
        m_navigator->go(node && node->object.isValid() ? Subject::of(node->object) : Subject{});
    } else if (nodes.empty() && edges.empty()) {
        const GraphGroup *group = m_frame->graph->group(m_canvas->selectedGroup());
        m_navigator->go(group && group->object.isValid() ? Subject::of(group->object) : Subject{});
    }
}

void MainWindow::activateEdge(EdgeId id)
{
    m_navigator->go(Subject::of(id));
    const GraphEdge *edge = m_frame ? m_frame->graph->edge(id) : nullptr;
    // A recording shows what was measured; only a wish to probe is refused aloud.
    if (edge && edge->probe.source.isValid() && m_probes->canProbe() &&
        !m_probes->activityOf(edge->probe).active)
        m_probes->probe(edge->probe);
}

void MainWindow::probe(const ProbeRequest &request, ProbeRepeat repeat)
{
    const EdgeId edge = m_frame ? edgeAsking(*m_frame->graph, request) : EdgeId{};
    const auto current = m_frame ? questionOf(m_navigator->subject(), *m_frame) : std::nullopt;
    if (!current || !sameQuestion(*current, request))
        reveal(edge.isValid() ? Subject::of(edge) : Subject::of(request));
    m_probes->probe(request, repeat);
}

void MainWindow::probeSubject(ProbeRepeat repeat)
{
    if (!m_frame)
        return;
    if (const auto question = questionOf(m_navigator->subject(), *m_frame))
        m_probes->probe(*question, repeat);
}

void MainWindow::tellActivity(const ProbeActivity &activity)
{
    m_inspector->setActivity(activity);
    std::vector<EdgeId> running;
    for (const ProbeRequest &request : m_probes->running()) {
        const EdgeId edge = m_frame ? edgeAsking(*m_frame->graph, request) : EdgeId{};
        if (edge.isValid())
            running.push_back(edge);
    }
    m_canvas->setRunningProbes(running);
    updateActions();
}

void MainWindow::choosePair(const ObjectRef &source, const ObjectRef &destination)
{
    if (!m_probes->canProbe()) {
        m_probes->probe({});
        return;
    }
    auto *dialog = new PairDialog(m_frame, source, destination, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PairDialog::probeChosen, this,
            [this](const ProbeRequest &request) { probe(request, ProbeRepeat::Once); });
    dialog->open();
}

void MainWindow::offerEphemeralContainer(const ProbeRequest &request)
{
    const QString image = Preferences().ephemeralImage();
    askEphemeralContainer(this, request.source, image, [this, pod = request.source, image](bool yes) {
        if (yes && m_host->session())
            m_host->session()->requestEphemeralContainer(pod, image);
    });
}

void MainWindow::askAboutPlugin(const kube::ExecPluginSpec &plugin, const QString &context,
                                const QString &origin)
{
    const QString path = QString::fromStdString(plugin.command);
    if (Preferences().isExecPluginApproved(path)) {
        m_host->answerExecPlugin(true);
        return;
    }
    askExecPlugin(this, plugin, context, origin, [this, path](bool yes) {
        if (yes)
            Preferences().approveExecPlugin(path);
        m_host->answerExecPlugin(yes);
    });
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
    m_tables->setTheme(theme);
    m_matrix->setTheme(theme);
    m_path->setTheme(theme);
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
