#include "model/flows/flow_reader.h"
#include "ui/canvas/flow_text.h"
#include "ui/canvas/map_canvas.h"
#include "ui/mainwindow/main_window.h"
#include "ui/mainwindow/notice_bar.h"
#include "ui/mainwindow/questions.h"
#include "ui/mainwindow/window_actions.h"
#include "ui/words/text.h"
#include "ui/words/words.h"

#include <QPointer>

#include <algorithm>

namespace portolan::ui {

namespace {

const QString flowsKey = QStringLiteral("flows");

bool keepsFlowLog(const ClusterState &state, const CniAgent &agent)
{
    const Workload *daemons = state.workloads.find(agent.pod.ns, agent.name, "DaemonSet");
    return agent.pod.isValid() &&
           std::any_of(flowLogAgents.begin(), flowLogAgents.end(), [&](std::string_view name) {
               return daemons ? isAgent(*daemons, cniAgentSign(name)) : agent.name == name;
           });
}

/// Pods that keep a flow log, as the frame knows them; the state is too much to be gone through here.
QStringList agentNames(const TopologyFrame &frame)
{
    QStringList names;
    for (const auto &[node, agent] : frame.nodeFacts->agents) {
        if (keepsFlowLog(*frame.state, agent))
            names << words::refName(agent.pod);
    }
    return names;
}

QString commandText()
{
    QStringList words;
    for (const std::string &word : flowLogCommand())
        words << QString::fromStdString(word);
    return words.join(u' ');
}

} // namespace

void MainWindow::connectFlows(Session *session)
{
    m_mayReadFlows = false;
    m_readsFlows = false;
    connect(session, &Session::flowsRead, this, &MainWindow::endFlows);
}

/// An exec in the pods of others is asked about once for each cluster that is opened.
void MainWindow::askToReadFlows()
{
    if (!m_host->isLive() || m_readsFlows || !m_frame || !m_frame->nodeFacts)
        return;
    const QStringList agents = agentNames(*m_frame);
    if (m_mayReadFlows || agents.isEmpty())
        return readFlows(); // without agents the answer is the error that says so
    const QPointer<Session> session = m_host->session();
    askReadFlows(this, agents, commandText(), [this, session](bool yes) {
        if (!yes || !session || session != m_host->session())
            return;
        m_mayReadFlows = true;
        readFlows();
    });
}

void MainWindow::readFlows()
{
    m_readsFlows = true;
    Notice notice;
    notice.key = flowsKey;
    notice.text = tr("Reading flow logs");
    notice.percent = -1;
    const QPointer<Session> session = m_host->session();
    notice.actions = {{tr("Cancel"), [session] {
                           if (session)
                               session->cancelFlows();
                       }}};
    m_notices->put(notice);
    session->requestFlows();
}

void MainWindow::endFlows(const std::optional<Error> &error)
{
    m_readsFlows = false;
    m_notices->remove(flowsKey);
    if (error && error->code == ErrorCode::Cancelled)
        return;
    if (error)
        return say(flowsKey, Tone::Warning, tr("No flow log was read"), words::errorText(*error));
    if (m_canvas->choice().layer == MapLayer::Policy)
        setLayer(MapLayer::Observed);
}

/// The layer of what was observed has nothing to show before something was read; that is said, not shown as
/// silence of the network.
void MainWindow::tellFlows()
{
    const QString key = QStringLiteral("no flows");
    const bool isMissing =
        m_canvas->choice().layer == MapLayer::Observed && m_frame && m_frame->state && !m_frame->state->flows;
    if (!isMissing)
        return m_notices->remove(key);
    if (m_notices->isShown(key))
        return;
    Notice notice;
    notice.key = key;
    notice.text = tr("No observed flows are known");
    notice.detail = m_host->isLive() ? tr("No flow log of this cluster has been read yet.")
                                     : tr("There were none in this recording.");
    if (m_host->isLive())
        notice.actions = {{tr("Read flows…"), [this] { askToReadFlows(); }}};
    m_notices->put(notice);
}

} // namespace portolan::ui
