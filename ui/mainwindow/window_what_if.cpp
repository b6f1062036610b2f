#include "ui/canvas/map_canvas.h"
#include "ui/inspector/inspector.h"
#include "ui/mainwindow/chart_panel.h"
#include "ui/mainwindow/enforcer_menu.h"
#include "ui/mainwindow/main_window.h"
#include "ui/mainwindow/map_menus.h"
#include "ui/mainwindow/navigator.h"
#include "ui/mainwindow/notice_bar.h"
#include "ui/mainwindow/window_actions.h"
#include "ui/whatif/what_if_panel.h"
#include "ui/whatif/what_if_text.h"
#include "ui/words/text.h"
#include "ui/words/words.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QStatusBar>

namespace portolan::ui {

namespace {

/// More lines would hide the map that they are drawn on.
constexpr std::size_t mostLines = 300;

} // namespace

/// Read by another's rules than those of who is there: that has to be seen.
void MainWindow::showEnforcer()
{
    const auto chosen = m_frame ? m_frame->policies->chosenEnforcer() : std::nullopt;
    if (m_frame)
        m_actions->enforcer->setEnforcer(m_frame->policies->enforcer(), chosen.has_value());
    const QString key = QStringLiteral("enforcer");
    if (!chosen) {
        m_notices->remove(key);
        return;
    }
    Notice notice;
    notice.key = key;
    notice.text = tr("Policies are read as if enforced by: %1").arg(words::enforcerText(*chosen));
    notice.actions = {{tr("Whoever is detected"), [this] { m_host->setEnforcer(std::nullopt); }}};
    m_notices->put(notice);
}

void MainWindow::startPolicy(const PolicyStarter &starter)
{
    switch (starter.kind) {
    case PolicyStarter::Kind::Edit:
        openWhatIf(starter.object);
        break;
    case PolicyStarter::Kind::Allow:
        suggestFor(starter.request);
        break;
    case PolicyStarter::Kind::LeastPrivilege:
        suggestLeastPrivilege(starter.object);
        break;
    }
}

void MainWindow::wireWhatIf()
{
    const auto on = [this](QAction *action, auto call) { connect(action, &QAction::triggered, this, call); };
    on(m_actions->whatIf, [this] { openWhatIf(m_navigator->subject().object); });
    on(m_actions->suggestPolicy, [this] {
        if (const auto question = m_frame ? questionOf(m_navigator->subject(), *m_frame) : std::nullopt)
            suggestFor(*question);
    });
    on(m_actions->leastPrivilege, [this] { suggestLeastPrivilege(m_navigator->subject().object); });
    connect(m_actions->enforcer, &EnforcerMenu::enforcerChosen, m_host, &SessionHost::setEnforcer);
    connect(m_menus, &MapMenus::whatIfWanted, this, &MainWindow::openWhatIf);
    connect(m_menus, &MapMenus::removalWanted, this, &MainWindow::openRemoval);
    connect(m_menus, &MapMenus::suggestionWanted, this, &MainWindow::suggestFor);
    connect(m_menus, &MapMenus::leastPrivilegeWanted, this, &MainWindow::suggestLeastPrivilege);

    connect(m_whatIf, &WhatIfPanel::questionAsked, this, [this](const std::string &text) {
        if (m_host->session())
            m_host->session()->requestWhatIf(text);
    });
    connect(m_whatIf, &WhatIfPanel::answerShown, this, &MainWindow::showFlips);
    connect(m_whatIf, &WhatIfPanel::subjectWanted, this, &MainWindow::reveal);
    connect(m_whatIf, &WhatIfPanel::newPolicyWanted, this, [this] { openWhatIf({}); });
    connect(m_whatIf, &WhatIfPanel::exportWanted, this, &MainWindow::chooseFlipsTarget);
    connect(m_whatIf, &WhatIfPanel::opened, this, &MainWindow::updateChart);
    connect(m_whatIf, &WhatIfPanel::shutDown, this, [this] {
        updateChart();
        m_canvas->setFocus();
    });
    connect(m_whatIf, &WhatIfPanel::copyWanted, this, [this](const QString &text) {
        QApplication::clipboard()->setText(text);
        statusBar()->showMessage(tr("Copied"), 2000);
    });
}

void MainWindow::connectWhatIf(Session *session)
{
    connect(session, &Session::whatIfReady, m_whatIf, &WhatIfPanel::setAnswer);
    connect(session, &Session::suggestionReady, this,
            [this](const policy::SuggestionPtr &suggestion) { m_whatIf->setSuggestion(*suggestion); });
}

/// A policy that is there, or else a new one in the namespace of what is looked at.
void MainWindow::openWhatIf(const ObjectRef &policy)
{
    if (!m_frame || !m_frame->state)
        return;
    QString text = policy.isValid() ? policyTextOf(*m_frame->state, policy) : QString();
    if (text.isEmpty()) {
        const ObjectRef &near = policy.isValid() ? policy : m_navigator->subject().object;
        text = policyTemplate(near.kind == ObjectKind::Namespace ? near.name : near.ns);
    }
    m_whatIf->open(text);
}

void MainWindow::openRemoval(const ObjectRef &policy)
{
    if (!m_frame || !m_frame->state)
        return;
    m_whatIf->open(removalTextOf(*m_frame->state, policy));
}

void MainWindow::suggestFor(const ProbeRequest &request)
{
    if (m_host->session())
        m_host->session()->requestSuggestion(request);
}

void MainWindow::suggestLeastPrivilege(const ObjectRef &workload)
{
    if (m_host->session())
        m_host->session()->requestLeastPrivilege(workload);
}

/// The chart makes room for the what-if.
void MainWindow::updateChart()
{
    m_chart->setVisible(m_actions->chart->isChecked() && m_chart->hasContent() && m_whatIf->isHidden());
}

void MainWindow::showFlips(const policy::WhatIfPtr &answer)
{
    std::vector<FlipLine> lines;
    for (const policy::Flip &flip : answer ? answer->flips.flips : std::vector<policy::Flip>()) {
        if (lines.size() == mostLines)
            break;
        lines.push_back({flip.from.workload, flip.to.workload, flip.now});
    }
    m_canvas->setFlips(lines);
}

} // namespace portolan::ui
