#pragma once

#include "model/policy/enforcer.h"

#include <QMenu>

#include <array>
#include <optional>

namespace portolan::ui {

/// Who is taken to enforce the policies: whoever is detected, or one that the user chooses. GUI thread.
class EnforcerMenu : public QMenu
{
    Q_OBJECT

public:
    explicit EnforcerMenu(QWidget *parent = nullptr);

    /// Who is taken now.
    void setEnforcer(const policy::DetectedEnforcer &enforcer, bool isChosen);

Q_SIGNALS:
    /// Nothing: whoever is detected.
    void enforcerChosen(std::optional<portolan::policy::Enforcer> enforcer);

private:
    QAction *m_detected;
    std::array<QAction *, policy::allEnforcers.size()> m_actions;
};

} // namespace portolan::ui
