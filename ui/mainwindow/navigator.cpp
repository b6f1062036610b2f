#include "ui/mainwindow/navigator.h"

#include <QScopedValueRollback>

namespace portolan::ui {

namespace {
constexpr std::size_t mostSteps = 200;
}

void Navigator::go(const Subject &subject)
{
    if (m_moving || subject == m_history[m_at].subject)
        return;
    keepViewport();
    push({subject, shown()});
    Q_EMIT subjectChanged(subject);
}

void Navigator::noteView()
{
    if (m_moving)
        return;
    keepViewport();
    ShownView now = shown();
    if (!sameChoice(now, m_history[m_at].view))
        push({subject(), std::move(now)});
}

void Navigator::keepViewport()
{
    ShownView &view = m_history[m_at].view;
    if (m_source.viewport)
        view.viewport = m_source.viewport(view.graphView());
}

void Navigator::goTo(const ShownView &view)
{
    keepViewport();
    push({subject(), view});
    show();
}

void Navigator::push(Step step)
{
    m_history.resize(m_at + 1);
    m_history.push_back(std::move(step));
    if (m_history.size() > mostSteps)
        m_history.erase(m_history.begin());
    m_at = m_history.size() - 1;
    Q_EMIT stepsChanged();
}

void Navigator::back()
{
    if (canGoBack())
        moveTo(m_at - 1);
}

void Navigator::forward()
{
    if (canGoForward())
        moveTo(m_at + 1);
}

void Navigator::moveTo(std::size_t at)
{
    keepViewport();
    m_at = at;
    show();
    Q_EMIT stepsChanged();
}

void Navigator::show()
{
    const QScopedValueRollback guard(m_moving, true);
    Q_EMIT viewWanted(m_history[m_at].view);
    Q_EMIT subjectChanged(m_history[m_at].subject);
}

void Navigator::clear()
{
    m_history.assign(1, {{}, shown()});
    m_at = 0;
    Q_EMIT subjectChanged({});
    Q_EMIT stepsChanged();
}

} // namespace portolan::ui
