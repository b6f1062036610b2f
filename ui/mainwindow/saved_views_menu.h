#pragma once

#include "ui/mainwindow/saved_views.h"

#include <QMenu>

namespace portolan::ui {

/// The saved views of the cluster that is open: to return to, to add to, to remove from. GUI thread.
class SavedViewsMenu : public QMenu
{
    Q_OBJECT

public:
    explicit SavedViewsMenu(QWidget *parent = nullptr);

    void setViews(const std::vector<SavedView> &views);
    QAction *saveAction() const { return m_save; }

Q_SIGNALS:
    void viewChosen(const portolan::ui::ShownView &view);
    void removalChosen(const std::string &name);

private:
    QAction *m_save;
    QAction *m_end; ///< below the views
    QMenu *m_remove;
    std::vector<QAction *> m_actions; ///< one a view
};

} // namespace portolan::ui
