#pragma once

#include "model/session/policy_questions.h"
#include "ui/inspector/subject.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace portolan::ui {

class ContentView;
class HopStrip;
class PlainLabel;

/// Every hop of one connection and what is known of each layer, with its evidence. GUI thread.
class PathView : public QWidget
{
    Q_OBJECT

public:
    explicit PathView(QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    /// Null: no connection is chosen.
    void setPath(const ConnectionPathPtr &path);
    const ConnectionPathPtr &path() const { return m_path; }
    HopStrip *strip() const { return m_strip; }
    ContentView *checks() const { return m_checks; }
    QString verdict() const;

Q_SIGNALS:
    void subjectRequested(const portolan::ui::Subject &subject);
    void copyRequested(const QString &text);

private:
    ConnectionPathPtr m_path;
    Theme m_theme;
    PlainLabel *m_heading = nullptr;
    PlainLabel *m_verdict = nullptr;
    PlainLabel *m_measured = nullptr;
    PlainLabel *m_empty = nullptr;
    HopStrip *m_strip = nullptr;
    ContentView *m_checks = nullptr;
};

} // namespace portolan::ui
