#pragma once

#include "ui/inspector/subject.h"

#include <QObject>

#include <vector>

namespace portolan::ui {

/// The subject of the window, with the way back to those before it.
class Navigator : public QObject
{
    Q_OBJECT

public:
    explicit Navigator(QObject *parent = nullptr) : QObject(parent) {}

    const Subject &subject() const;
    void go(const Subject &subject);
    bool canGoBack() const { return m_at > 0; }
    bool canGoForward() const { return m_at + 1 < m_history.size(); }
    void back();
    void forward();
    /// Of another cluster: nothing of before makes sense.
    void clear();

Q_SIGNALS:
    void subjectChanged(const portolan::ui::Subject &subject);

private:
    std::vector<Subject> m_history{Subject{}};
    std::size_t m_at = 0;
};

} // namespace portolan::ui
