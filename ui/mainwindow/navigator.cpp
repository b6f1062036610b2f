#include "ui/mainwindow/navigator.h"

namespace portolan::ui {

namespace {
constexpr std::size_t mostHistory = 200;
}

const Subject &Navigator::subject() const
{
    return m_history[m_at];
}

void Navigator::go(const Subject &subject)
{
    if (subject == m_history[m_at])
        return;
    m_history.resize(m_at + 1);
    m_history.push_back(subject);
    if (m_history.size() > mostHistory)
        m_history.erase(m_history.begin());
    m_at = m_history.size() - 1;
    Q_EMIT subjectChanged(subject);
}

void Navigator::back()
{
    if (canGoBack())
        Q_EMIT subjectChanged(m_history[--m_at]);
}

void Navigator::forward()
{
    if (canGoForward())
        Q_EMIT subjectChanged(m_history[++m_at]);
}

void Navigator::clear()
{
    m_history.assign(1, {});
    m_at = 0;
    Q_EMIT subjectChanged({});
}

} // namespace portolan::ui
