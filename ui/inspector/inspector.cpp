#include "ui/inspector/inspector.h"

#include "ui/words/plain_label.h"
#include "ui/words/words.h"

#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace portolan::ui {

std::optional<ProbeRequest> questionOf(const Subject &subject, const TopologyFrame &frame)
{
    if (subject.pair)
        return subject.pair;
    const GraphEdge *edge = subject.edge.isValid() && frame.graph ? frame.graph->edge(subject.edge) : nullptr;
    if (!edge || !edge->probe.source.isValid())
        return std::nullopt;
    return edge->probe;
}

Inspector::Inspector(QWidget *parent) : QWidget(parent)
{
    setAccessibleName(tr("Inspector"));
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    auto *head = new QWidget(this);
    auto *lines = new QVBoxLayout(head);
    lines->setContentsMargins(12, 11, 12, 6);
    lines->setSpacing(3);
    m_caption = new PlainLabel({}, "section", head);
    m_heading = new PlainLabel({}, "heading", head);
    m_heading->setWordWrap(true);
    m_heading->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_subtitle = new PlainLabel({}, "mono-muted", head);
    m_subtitle->setWordWrap(true);
    m_subtitle->setTextInteractionFlags(Qt::TextSelectableByMouse);
    for (PlainLabel *label : {m_caption, m_heading, m_subtitle})
        lines->addWidget(label);
    rows->addWidget(head);

    m_scroll = new QScrollArea(this);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_view = new ContentView(m_scroll);
    m_scroll->setWidget(m_view);
    rows->addWidget(m_scroll, 1);

    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    connect(&m_soon, &QTimer::timeout, this, &Inspector::refresh);
}

void Inspector::setTheme(const Theme &theme)
{
    m_view->setTheme(theme);
}

void Inspector::setFrame(const TopologyFramePtr &frame)
{
    if (!frame)
        m_answer.reset();
    m_frame = frame;
    m_soon.start();
}

void Inspector::setSubject(const Subject &subject)
{
    if (subject == m_subject)
        return;
    m_subject = subject;
    m_activity.reset();
    m_reason.reset();
    if (m_answer && m_answer->object != subject.object)
        m_answer.reset();
    m_scroll->verticalScrollBar()->setValue(0);
    refresh();
}

void Inspector::setActivity(const ProbeActivity &activity)
{
    const auto question = m_frame ? questionOf(m_subject, *m_frame) : std::nullopt;
    if (!question || !sameQuestion(*question, activity.request))
        return;
    m_activity = activity;
    refresh();
}

void Inspector::setReason(const PolicyReasonPtr &reason)
{
    const auto question = m_frame ? questionOf(m_subject, *m_frame) : std::nullopt;
    if (!question || !reason || !sameQuestion(*question, reason->request))
        return;
    m_reason = reason;
    refresh();
}

void Inspector::setPolicyAnswer(const PolicyAnswerPtr &answer)
{
    if (!answer || answer->object != m_subject.object)
        return;
    m_answer = answer;
    refresh();
}

void Inspector::refresh()
{
    m_soon.stop();
    const InspectorContent content = pageOf(m_subject, {m_frame, m_activity, m_reason, m_answer});
    m_caption->setPlain(content.caption.toUpper());
    m_heading->setPlain(content.heading);
    m_subtitle->setPlain(content.subtitle);
    m_heading->setVisible(!content.heading.isEmpty());
    m_subtitle->setVisible(!content.subtitle.isEmpty());
    const bool live = m_frame && m_frame->state && !words::isRecording(m_frame->state->info);
    m_view->setContent(content, live);
}

} // namespace portolan::ui
