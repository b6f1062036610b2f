#include "ui/mainwindow/saved_views_menu.h"

#include "ui/words/text.h"

namespace portolan::ui {

SavedViewsMenu::SavedViewsMenu(QWidget *parent) : QMenu(tr("Saved views"), parent)
{
    m_save = addAction(tr("Save this view…"));
    m_save->setShortcut(Qt::CTRL | Qt::Key_D);
    addSeparator();
    m_end = addSeparator();
    m_remove = addMenu(tr("Remove"));
    setViews({});
}

void SavedViewsMenu::setViews(const std::vector<SavedView> &views)
{
    constexpr std::size_t withKeys = 9;
    for (QAction *action : m_actions)
        delete action;
    m_actions.clear();
    m_remove->clear();
    for (const SavedView &saved : views) {
        auto *action = new QAction(actionText(plainText(saved.name)), this);
        if (m_actions.size() < withKeys)
            action->setShortcut(
                QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key(Qt::Key_1 + int(m_actions.size()))));
        connect(action, &QAction::triggered, this, [this, view = saved.view] { Q_EMIT viewChosen(view); });
        insertAction(m_end, action);
        m_actions.push_back(action);
        QAction *remove = m_remove->addAction(actionText(plainText(saved.name)));
        connect(remove, &QAction::triggered, this, [this, name = saved.name] { Q_EMIT removalChosen(name); });
    }
    m_end->setVisible(!views.empty());
    m_remove->menuAction()->setVisible(!views.empty());
}

} // namespace portolan::ui
