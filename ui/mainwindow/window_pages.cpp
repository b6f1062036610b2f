#include "ui/mainwindow/main_window.h"

#include "model/session/session.h"
#include "ui/mainwindow/map_menus.h"
#include "ui/mainwindow/navigator.h"
#include "ui/matrix/matrix_view.h"
#include "ui/path/path_view.h"
#include "ui/tables/tables_view.h"

#include <QApplication>
#include <QClipboard>
#include <QStackedWidget>

namespace portolan::ui {

TablesView *MainWindow::tables()
{
    if (m_tables)
        return m_tables;
    m_tables = new TablesView(m_centre);
    m_centre->addWidget(m_tables);
    connect(m_tables, &TablesView::subjectSelected, m_navigator, &Navigator::go);
    connect(m_tables, &TablesView::subjectActivated, this, [this](const Subject &subject) {
        showTables(false);
        reveal(subject);
    });
    connect(m_tables, &TablesView::menuRequested, m_menus, &MapMenus::showSubjectMenu);
    m_tables->setTheme(m_themes.theme());
    m_tables->setFrame(m_frame);
    m_tables->select(m_navigator->subject());
    return m_tables;
}

MatrixView *MainWindow::matrix()
{
    if (m_matrix)
        return m_matrix;
    m_matrix = new MatrixView(m_centre);
    m_centre->addWidget(m_matrix);
    connect(m_matrix, &MatrixView::matrixWanted, this, [this] {
        if (m_host->session())
            m_host->session()->requestMatrix(m_matrix->traffic());
    });
    connect(m_matrix, &MatrixView::pairSelected, this,
            [this](NodeId from, NodeId to) { takeMatrixPair(from, to, false); });
    connect(m_matrix, &MatrixView::pairActivated, this,
            [this](NodeId from, NodeId to) { takeMatrixPair(from, to, true); });
    m_matrix->setTheme(m_themes.theme());
    m_matrix->setFrame(m_frame);
    return m_matrix;
}

PathView *MainWindow::path()
{
    if (m_path)
        return m_path;
    m_path = new PathView(m_centre);
    m_centre->addWidget(m_path);
    connect(m_path, &PathView::subjectRequested, m_navigator, &Navigator::go);
    connect(m_path, &PathView::copyRequested, this,
            [](const QString &text) { QApplication::clipboard()->setText(text); });
    m_path->setTheme(m_themes.theme());
    return m_path;
}

bool MainWindow::showsMatrix() const
{
    return m_matrix && m_centre->currentWidget() == m_matrix;
}

bool MainWindow::showsPath() const
{
    return m_path && m_centre->currentWidget() == m_path;
}

void MainWindow::setFrameOfPages(const TopologyFramePtr &frame)
{
    if (m_tables)
        m_tables->setFrame(frame);
    if (m_matrix)
        m_matrix->setFrame(frame);
}

void MainWindow::dressPages(const Theme &theme)
{
    if (m_tables)
        m_tables->setTheme(theme);
    if (m_matrix)
        m_matrix->setTheme(theme);
    if (m_path)
        m_path->setTheme(theme);
}

} // namespace portolan::ui
