#include "ui/canvas/map_canvas.h"
#include "ui/inspector/inspector.h"
#include "ui/mainwindow/chart_panel.h"
#include "ui/mainwindow/main_window.h"
#include "ui/mainwindow/namespace_model.h"
#include "ui/mainwindow/namespace_panel.h"
#include "ui/mainwindow/navigator.h"
#include "ui/mainwindow/notice_bar.h"
#include "ui/mainwindow/pair_dialog.h"
#include "ui/mainwindow/preferences.h"
#include "ui/mainwindow/questions.h"
#include "ui/mainwindow/side_panel.h"
#include "ui/tables/tables_view.h"
#include "ui/words/words.h"

#include <QScopedValueRollback>

/// What the window is about: chosen on the map, in a list, or on the way back; and probes of it.
namespace portolan::ui {

namespace {

const QString hiddenKey = QStringLiteral("hidden");

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

void MainWindow::takeSubject(const Subject &subject)
{
    m_canvas->highlight({});
    m_notices->remove(hiddenKey);
    m_inspector->setSubject(subject);
    m_chart->setSubject(subject);
    if (m_tables)
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

} // namespace portolan::ui
