#pragma once

#include "ui/inspector/content_view.h"

#include <QTimer>
#include <QWidget>

class QScrollArea;

namespace portolan::ui {

class PlainLabel;

/// The right side of the window: what is known about the subject. Follows frames; says nothing that the
/// frame does not say.
class Inspector : public QWidget
{
    Q_OBJECT

public:
    explicit Inspector(QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    /// Shown when the event loop has nothing more pressing: the map is painted first.
    void setFrame(const TopologyFramePtr &frame);
    void setSubject(const Subject &subject);
    const Subject &subject() const { return m_subject; }
    /// What goes on with the subject's probe; of another question it is ignored.
    void setActivity(const ProbeActivity &activity);
    /// Why policies say what they say; of another question it is ignored.
    void setReason(const PolicyReasonPtr &reason);
    /// What policies have to do with the subject; of another object it is ignored.
    void setPolicyAnswer(const PolicyAnswerPtr &answer);
    ContentView *contentView() const { return m_view; }

private:
    void refresh();

    QTimer m_soon; ///< a frame that is not shown yet
    TopologyFramePtr m_frame;
    Subject m_subject;
    std::optional<ProbeActivity> m_activity;
    PolicyReasonPtr m_reason;
    PolicyAnswerPtr m_answer;
    PlainLabel *m_caption = nullptr;
    PlainLabel *m_heading = nullptr;
    PlainLabel *m_subtitle = nullptr;
    QScrollArea *m_scroll = nullptr;
    ContentView *m_view = nullptr;
};

/// The question that a probe of `subject` asks; nothing where it cannot be probed.
std::optional<ProbeRequest> questionOf(const Subject &subject, const TopologyFrame &frame);

} // namespace portolan::ui
