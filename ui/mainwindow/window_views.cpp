#include "ui/canvas/legend.h"
#include "ui/canvas/map_canvas.h"
#include "ui/inspector/inspector.h"
#include "ui/mainwindow/finder.h"
#include "ui/mainwindow/legend_panel.h"
#include "ui/mainwindow/main_window.h"
#include "ui/mainwindow/map_menus.h"
#include "ui/mainwindow/navigator.h"
#include "ui/mainwindow/notice_bar.h"
#include "ui/mainwindow/side_panel.h"
#include "ui/mainwindow/top_bar.h"
#include "ui/mainwindow/window_actions.h"
#include "ui/matrix/matrix_view.h"
#include "ui/path/path_view.h"
#include "ui/tables/tables_view.h"
#include "ui/words/text.h"

#include <QAction>
#include <QStackedWidget>

#include <algorithm>

/// What part of the cluster the window shows, and in which form.
namespace portolan::ui {

namespace {

const QString filterKey = QStringLiteral("filter");

} // namespace

void MainWindow::setView(GraphView view)
{
    if (m_centre->currentWidget() == m_matrix || m_centre->currentWidget() == m_path)
        m_centre->setCurrentWidget(m_canvas);
    m_host->setView(view);
    takeHostOptions();
}

void MainWindow::setFilter(const GraphFilter &filter)
{
    m_host->setFilter(filter);
    if (filter.isEmpty()) {
        m_notices->remove(filterKey);
        return;
    }
    Notice notice;
    notice.key = filterKey;
    notice.text = tr("Only what the filter asks for: %1").arg(plainText(filter.text()));
    notice.actions = {{tr("Change"),
                       [this, text = plainText(filter.text())] {
                           m_topBar->finder()->setText(text);
                           m_topBar->finder()->begin();
                       }},
                      {tr("Show everything"), [this] { setFilter({}); }}};
    m_notices->put(notice);
}

/// Its rows are the cards of the Services view, which stands behind it.
void MainWindow::showMatrix()
{
    showTables(false);
    m_host->setView(GraphView::Services);
    m_centre->setCurrentWidget(m_matrix);
    m_matrix->setFocus();
    m_topBar->setMatrixShown();
    m_actions->matrix->setChecked(true);
}

/// Of the line or pair that is chosen; of the last one where none is.
void MainWindow::showPath()
{
    showTables(false);
    m_centre->setCurrentWidget(m_path);
    m_path->setFocus();
    m_topBar->setPathShown();
    m_actions->path->setChecked(true);
    askPath();
}

void MainWindow::askPath()
{
    if (!m_frame || !m_host->session()) {
        m_path->setPath(nullptr);
        return;
    }
    if (m_centre->currentWidget() != m_path)
        return;
    auto question = questionOf(m_navigator->subject(), *m_frame);
    if (!question && m_path->path())
        question = m_path->path()->request;
    if (question)
        m_host->session()->requestPath(*question);
}

/// The same as a click on the line between the two; where there is none, the pair itself.
void MainWindow::takeMatrixPair(NodeId from, NodeId to, bool activated)
{
    const GraphNode *source = m_frame ? m_frame->graph->node(from) : nullptr;
    const GraphNode *target = m_frame ? m_frame->graph->node(to) : nullptr;
    if (!source || !target)
        return;
    const auto &edges = m_frame->graph->edges;
    const auto line = std::find_if(edges.begin(), edges.end(), [&](const GraphEdge &edge) {
        return edge.from == from && edge.to == to && edge.kind == EdgeKind::PolicyPeer;
    });
    if (line != edges.end())
        activated ? activateEdge(line->id) : reveal(Subject::of(line->id));
    else if (activated)
        choosePair(podOf(*source, *m_frame->state), podOf(*target, *m_frame->state));
    else
        reveal(Subject::of(source->object));
}

void MainWindow::wireForeground()
{
    const WindowActions &a = *m_actions;
    connect(m_topBar, &TopBar::layerChosen, this, &MainWindow::setLayer);
    connect(a.layerPolicy, &QAction::triggered, this, [this] { setLayer(MapLayer::Policy); });
    connect(a.layerProbed, &QAction::triggered, this, [this] { setLayer(MapLayer::Probed); });
    connect(a.layerAll, &QAction::triggered, this, [this] { setLayer(MapLayer::All); });
    for (std::size_t i = 0; i < a.focusDepth.size(); ++i)
        connect(a.focusDepth[i], &QAction::triggered, m_canvas,
                [this, i] { m_canvas->setFocusDepth(int(i) + 1); });
    connect(m_canvas, &MapCanvas::focusDepthChanged, this,
            [this](int depth) { m_actions->focusDepth[std::size_t(depth - 1)]->setChecked(true); });
    connect(a.onlyThis, &QAction::triggered, m_canvas, &MapCanvas::showOnlyFocus);
    connect(a.showAll, &QAction::triggered, m_canvas, &MapCanvas::showAll);
    connect(m_canvas, &MapCanvas::sceneChanged, this, [this] {
        m_side->legend()->setEntries(legendEntries(*m_canvas->scene()));
        updateActions();
    });
}

void MainWindow::setLayer(MapLayer layer)
{
    m_canvas->setLayer(layer);
    m_topBar->setLayer(layer);
    (layer == MapLayer::Policy   ? m_actions->layerPolicy
     : layer == MapLayer::Probed ? m_actions->layerProbed
                                 : m_actions->layerAll)
        ->setChecked(true);
}

void MainWindow::showTables(bool shown)
{
    m_centre->setCurrentWidget(shown ? static_cast<QWidget *>(m_tables) : m_canvas);
    m_actions->tables->setChecked(shown);
    m_topBar->setTablesShown(shown);
}

void MainWindow::showGaps()
{
    showTables(true);
    m_tables->showTable(QStringLiteral("gaps"));
}

} // namespace portolan::ui
