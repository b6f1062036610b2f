#pragma once

#include "ui/inspector/subject.h"
#include "ui/mainwindow/shown_view.h"

#include <QObject>

#include <functional>
#include <vector>

namespace portolan::ui {

/// What the window is about and what it shows, with the way back to what was before. A step is another
/// subject or another choice of what is shown; where the map is looked at is kept with each step, and is none
/// of its own. GUI thread.
class Navigator : public QObject
{
    Q_OBJECT

public:
    explicit Navigator(QObject *parent = nullptr) : QObject(parent) {}

    /// What is shown now, and where a map is looked at, or was when it was last shown.
    struct Source
    {
        std::function<ShownView()> shown;
        std::function<std::optional<Viewport>(GraphView)> viewport;
    };
    void setSource(Source source) { m_source = std::move(source); }

    const Subject &subject() const { return m_history[m_at].subject; }
    void go(const Subject &subject);
    /// The user may have chosen to see something else.
    void noteView();
    /// A step of its own to what is not shown yet; viewWanted asks for it.
    void goTo(const ShownView &view);
    bool canGoBack() const { return m_at > 0; }
    bool canGoForward() const { return m_at + 1 < m_history.size(); }
    /// While viewWanted and subjectChanged tell of a way back or forward.
    bool isMoving() const { return m_moving; }
    void back();
    void forward();
    /// Of another cluster: nothing of before makes sense.
    void clear();

Q_SIGNALS:
    void subjectChanged(const portolan::ui::Subject &subject);
    /// This is to be shown now. Before subjectChanged.
    void viewWanted(const portolan::ui::ShownView &view);
    /// canGoBack() or canGoForward() may have changed.
    void stepsChanged();

private:
    struct Step
    {
        Subject subject;
        ShownView view;
    };
    ShownView shown() const { return m_source.shown ? m_source.shown() : ShownView{}; }
    void keepViewport();
    void push(Step step);
    void moveTo(std::size_t at);
    void show();

    Source m_source;
    std::vector<Step> m_history{Step{}};
    std::size_t m_at = 0;
    bool m_moving = false; ///< what is shown changes because of a way back
};

} // namespace portolan::ui
