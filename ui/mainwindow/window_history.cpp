#include "ui/canvas/map_canvas.h"
#include "ui/mainwindow/main_window.h"
#include "ui/mainwindow/map_history.h"
#include "ui/mainwindow/map_menus.h"
#include "ui/mainwindow/namespace_model.h"
#include "ui/mainwindow/namespace_panel.h"
#include "ui/mainwindow/side_panel.h"

#include <QAction>

namespace portolan::ui {

/// What the user does to the map's look goes through the history, so that it can be undone.
void MainWindow::wireHistory()
{
    NamespaceModel *namespaces = m_side->namespaces()->model();
    connect(m_canvas, &MapCanvas::nodeMoveRequested, m_history, &MapHistory::moveNode);
    connect(m_canvas, &MapCanvas::groupMoveRequested, m_history, &MapHistory::moveGroup);
    connect(m_menus, &MapMenus::nodePinWanted, m_history, &MapHistory::pinNode);
    connect(m_menus, &MapMenus::groupPinWanted, m_history, &MapHistory::pinGroup);
    connect(m_actions->tidyUp, &QAction::triggered, m_history, &MapHistory::tidyUp);
    connect(namespaces, &NamespaceModel::hiddenChanged, m_history, &MapHistory::noteHidden);
    connect(m_history, &MapHistory::hiddenWanted, namespaces, &NamespaceModel::setHidden);
    connect(m_history, &MapHistory::viewWanted, this, &MainWindow::setView);
    connect(m_history, &MapHistory::placesChanging, m_canvas, &MapCanvas::glideWithNextFrame);
}

/// Another cluster is shown; null: none.
void MainWindow::beginHistory(Session *session)
{
    PlacesGate gate;
    if (session)
        gate = {[session](const LayoutResultPtr &places) { session->setPlaces(places); },
                [session] { session->relayout(); }};
    m_history->begin(std::move(gate));
}

} // namespace portolan::ui
