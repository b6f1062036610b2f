#include "ui/canvas/legend.h"
#include "ui/canvas/map_canvas.h"
#include "ui/inspector/inspector.h"
#include "ui/mainwindow/finder.h"
#include "ui/mainwindow/legend_panel.h"
#include "ui/mainwindow/main_window.h"
#include "ui/mainwindow/map_menus.h"
#include "ui/mainwindow/namespace_model.h"
#include "ui/mainwindow/namespace_panel.h"
#include "ui/mainwindow/navigator.h"
#include "ui/mainwindow/notice_bar.h"
#include "ui/mainwindow/saved_views.h"
#include "ui/mainwindow/saved_views_menu.h"
#include "ui/mainwindow/side_panel.h"
#include "ui/mainwindow/top_bar.h"
#include "ui/mainwindow/window_actions.h"
#include "ui/matrix/matrix_view.h"
#include "ui/path/path_view.h"
#include "ui/tables/tables_view.h"
#include "ui/words/text.h"

#include <QAction>
#include <QInputDialog>
#include <QStackedWidget>

#include <algorithm>

/// What part of the cluster the window shows, and in which form.
namespace portolan::ui {

namespace {

const QString filterKey = QStringLiteral("filter");
const QString savedKey = QStringLiteral("saved-views");

} // namespace

void MainWindow::wireViews()
{
    const WindowActions &a = *m_actions;
    connect(a.services, &QAction::triggered, this, [this] { setView(GraphView::Services); });
    connect(a.nodes, &QAction::triggered, this, [this] { setView(GraphView::Nodes); });
    connect(a.matrix, &QAction::triggered, this, &MainWindow::showMatrix);
    connect(a.path, &QAction::triggered, this, &MainWindow::showPath);
    connect(m_topBar, &TopBar::viewChosen, this, &MainWindow::setView);
    connect(m_topBar, &TopBar::matrixChosen, this, &MainWindow::showMatrix);
    connect(m_topBar, &TopBar::pathChosen, this, &MainWindow::showPath);
    connect(m_topBar, &TopBar::tablesChosen, this, &MainWindow::showTables);

    m_navigator->setSource(
        {[this] { return shownView(); }, [this](GraphView view) { return m_canvas->viewportOf(view); }});
    connect(m_navigator, &Navigator::viewWanted, this, &MainWindow::showView);
    connect(m_navigator, &Navigator::stepsChanged, this, &MainWindow::updateActions);
    connect(a.savedViews->saveAction(), &QAction::triggered, this, &MainWindow::askViewName);
    connect(a.savedViews, &SavedViewsMenu::viewChosen, m_navigator, &Navigator::goTo);
    connect(a.savedViews, &SavedViewsMenu::removalChosen, m_savedViews, &SavedViews::remove);
    connect(m_savedViews, &SavedViews::changed, a.savedViews,
            [this] { m_actions->savedViews->setViews(m_savedViews->views()); });
    connect(m_savedViews, &SavedViews::writeFailed, this, [this](const QString &problem) {
        say(savedKey, Tone::Bad, tr("The views could not be written down"), problem);
    });
}

ShownView MainWindow::shownView() const
{
    const GraphOptions &options = m_host->graphOptions();
    ShownView view;
    view.page = showsMatrix()                      ? ShownView::Page::Matrix
                : showsPath()                      ? ShownView::Page::Path
                : options.view == GraphView::Nodes ? ShownView::Page::Nodes
                                                   : ShownView::Page::Services;
    view.filter = options.filter.text();
    view.hidden = options.hiddenNamespaces;
    view.layer = m_canvas->choice().layer;
    view.viewport = m_canvas->viewportOf(view.graphView());
    return view;
}

/// All of it at once. Steps that this notes are forgotten by whoever calls it, or not taken on a way back.
void MainWindow::showView(const ShownView &view)
{
    if (view.page == ShownView::Page::Matrix)
        showMatrix();
    else if (view.page == ShownView::Page::Path)
        showPath();
    else
        setView(view.graphView());
    if (view.filter != m_host->graphOptions().filter.text())
        setFilter(GraphFilter::parse(view.filter).value_or({}));
    m_side->namespaces()->model()->setHidden(view.hidden);
    setLayer(view.layer);
    m_canvas->setViewportOf(view.graphView(), view.viewport);
}

/// The same cluster from its beginning; what is shown of it stays.
void MainWindow::readAgain()
{
    const ShownView view = shownView();
    m_host->reopen();
    showView(view);
    m_navigator->clear();
}

void MainWindow::askViewName()
{
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save this view"));
    dialog->setLabelText(tr("Page, filter, hidden namespaces, lines and zoom are saved under this name:"));
    dialog->setTextValue(plainText(m_host->graphOptions().filter.text()));
    dialog->setOkButtonText(tr("Save"));
    connect(dialog, &QInputDialog::textValueSelected, this, &MainWindow::saveView);
    dialog->open();
}

void MainWindow::saveView(const QString &name)
{
    if (!m_savedViews->save(name, shownView()))
        say(savedKey, Tone::Warning, tr("The view was not saved"),
            tr("A name has 1 to 80 characters, and a cluster at most %n saved views.", nullptr,
               int(SavedViews::most)));
}

void MainWindow::setView(GraphView view)
{
    if (showsMatrix() || showsPath())
        m_centre->setCurrentWidget(m_canvas);
    m_host->setView(view);
    takeHostOptions();
    m_navigator->noteView();
}

void MainWindow::setFilter(const GraphFilter &filter)
{
    if (!m_navigator->isMoving() && filter != m_host->graphOptions().filter)
        m_canvas->fitWithNextFrame();
    m_host->setFilter(filter);
    m_navigator->noteView();
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
    m_centre->setCurrentWidget(matrix());
    matrix()->setFocus();
    m_topBar->setMatrixShown();
    m_actions->matrix->setChecked(true);
    m_navigator->noteView();
}

/// Of the line or pair that is chosen; of the last one where none is.
void MainWindow::showPath()
{
    showTables(false);
    m_centre->setCurrentWidget(path());
    path()->setFocus();
    m_topBar->setPathShown();
    m_actions->path->setChecked(true);
    m_navigator->noteView();
    askPath();
}

void MainWindow::askPath()
{
    if (!m_frame || !m_host->session()) {
        if (m_path)
            m_path->setPath(nullptr);
        return;
    }
    if (!showsPath())
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
    connect(a.readFlows, &QAction::triggered, this, &MainWindow::askToReadFlows);
    for (std::size_t i = 0; i < a.layers.size(); ++i)
        connect(a.layers[i], &QAction::triggered, this, [this, i] { setLayer(MapLayer(i)); });
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
    m_actions->layers[std::size_t(layer)]->setChecked(true);
    tellFlows();
    m_navigator->noteView();
}

void MainWindow::showTables(bool shown)
{
    m_centre->setCurrentWidget(shown ? static_cast<QWidget *>(tables()) : m_canvas);
    m_actions->tables->setChecked(shown);
    m_topBar->setTablesShown(shown);
}

void MainWindow::showGaps()
{
    showTables(true);
    tables()->showTable(QStringLiteral("gaps"));
}

} // namespace portolan::ui
