#include "ui/mainwindow/enforcer_menu.h"

#include "ui/words/words.h"

#include <QActionGroup>

namespace portolan::ui {

EnforcerMenu::EnforcerMenu(QWidget *parent) : QMenu(tr("Policies enforced by"), parent)
{
    auto *choice = new QActionGroup(this);
    const auto add = [&](const QString &text, std::optional<policy::Enforcer> enforcer) {
        QAction *action = addAction(text);
        action->setCheckable(true);
        choice->addAction(action);
        connect(action, &QAction::triggered, this, [this, enforcer] { Q_EMIT enforcerChosen(enforcer); });
        return action;
    };
    m_detected = add(tr("Whoever is detected"), std::nullopt);
    m_detected->setChecked(true);
    addSeparator();
    for (std::size_t i = 0; i < m_actions.size(); ++i)
        m_actions[i] = add(words::enforcerText(policy::allEnforcers[i]), policy::allEnforcers[i]);
}

void EnforcerMenu::setEnforcer(const policy::DetectedEnforcer &enforcer, bool isChosen)
{
    m_detected->setText(isChosen ? tr("Whoever is detected")
                                 : tr("Detected: %1").arg(words::enforcerText(enforcer.enforcer)));
    if (!isChosen)
        m_detected->setChecked(true);
    for (std::size_t i = 0; isChosen && i < m_actions.size(); ++i)
        m_actions[i]->setChecked(policy::allEnforcers[i] == enforcer.enforcer);
}

} // namespace portolan::ui
