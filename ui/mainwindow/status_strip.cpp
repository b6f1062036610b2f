#include "ui/mainwindow/status_strip.h"

#include "model/cluster/read_gaps.h"
#include "model/policy/policy_kinds.h"
#include "ui/inspector/row_button.h"
#include "ui/theme/theme_controller.h"
#include "ui/words/object_facts.h"
#include "ui/words/plain_label.h"
#include "ui/words/text.h"
#include "ui/words/tone.h"
#include "ui/words/words.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QStringList>

#include <algorithm>
#include <functional>

namespace portolan::ui {

namespace {

struct WatchWords
{
    Q_DECLARE_TR_FUNCTIONS(WatchWords)
};

const QString separator = QStringLiteral(" · ");

} // namespace

QString watchText(const SessionStatus &status)
{
    int good = 0;
    int all = 0;
    for (const kube::WatchStatus &watch : status.watches) {
        if (watch.phase == kube::WatchPhase::Forbidden)
            continue; // a gap, told beside it
        ++all;
        good += watch.phase == kube::WatchPhase::Watching ? 1 : 0;
    }
    if (all == 0)
        return {};
    if (status.phase == SessionPhase::Connecting || status.phase == SessionPhase::Listing)
        return WatchWords::tr("%1 lists", "3 of 12 lists").arg(outOf(good, all));
    if (good < all)
        return WatchWords::tr("%1 watches", "10 of 12 watches").arg(outOf(good, all)) + separator +
               WatchWords::tr("%1 behind").arg(words::durationText(status.behind));
    return WatchWords::tr("%Ln watch(es)", nullptr, all) + separator +
           WatchWords::tr("%1 behind").arg(words::durationText(status.behind));
}

StatusStrip::StatusStrip(QWidget *parent) : QWidget(parent)
{
    setAccessibleName(tr("Status"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(8, 0, 8, 0);
    row->setSpacing(10);
    m_dot = new SignWidget(
        {10, 14},
        [this](QPainter &painter, const QRectF &place) {
            const Tone tone = m_open ? toneOf(m_status.phase) : Tone::Muted;
            drawToneMark(painter, m_theme, tone, {place.left(), place.center().y() - 4.5, 9, 9});
        },
        this);
    row->addWidget(m_dot);
    m_state = new PlainLabel({}, "", this);
    row->addWidget(m_state);
    m_counts = new PlainLabel({}, "", this);
    row->addWidget(m_counts);
    m_gaps = new QPushButton(this);
    setRole(m_gaps, "flat");
    m_gaps->setObjectName(QStringLiteral("gaps"));
    m_gaps->hide();
    connect(m_gaps, &QPushButton::clicked, this, &StatusStrip::gapsWanted);
    row->addWidget(m_gaps);
    row->addStretch(1);
    m_promise = new PlainLabel({}, "", this);
    row->addWidget(m_promise);
    m_zoom = new PlainLabel({}, "", this);
    m_zoom->setAccessibleName(tr("Zoom"));
    m_zoom->setElideMode(Qt::ElideNone);
    m_zoom->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_zoom->setMinimumWidth(m_zoom->fontMetrics().horizontalAdvance(tr("%1 %").arg(10000)));
    row->addWidget(m_zoom);
    setZoom(1);
}

void StatusStrip::setTheme(const Theme &theme)
{
    m_theme = theme;
    m_dot->update();
}

void StatusStrip::setStatus(const SessionStatus &status)
{
    m_status = status;
    m_open = true;
    updateState();
}

void StatusStrip::setFrame(const TopologyFramePtr &frame)
{
    m_frame = frame;
    updateState();
    updateCounts();
}

void StatusStrip::clear()
{
    m_open = false;
    m_frame.reset();
    m_status = {};
    updateState();
    updateCounts();
}

void StatusStrip::updateState()
{
    const bool recording = m_frame && m_frame->state && words::isRecording(m_frame->state->info);
    QStringList parts;
    if (recording)
        parts << words::recordingText(m_frame->state->info);
    else if (m_open)
        parts << words::phaseText(m_status.phase);
    else
        parts << tr("No cluster open");
    if (m_open && !recording) {
        if (const QString watches = watchText(m_status); !watches.isEmpty())
            parts << watches;
    }
    m_state->setPlain(parts.join(separator));
    m_state->setToolTip(m_status.problem ? toolTipText(words::errorText(*m_status.problem)) : QString());
    m_promise->setPlain(recording ? tr("nothing here is live")
                        : m_open  ? tr("read-only until you run a probe")
                                  : QString());
    m_dot->update();
}

void StatusStrip::updateCounts()
{
    const ClusterState *state = m_frame ? m_frame->state.get() : nullptr;
    const auto unread =
        state ? std::count_if(state->gaps.begin(), state->gaps.end(), std::not_fn(isLeftOut)) : 0;
    m_gaps->setVisible(unread > 0);
    if (!state) {
        m_counts->setPlain({});
        return;
    }
    const std::size_t policies = policy::countPolicies(*state);
    const auto whole = [&](const QString &text, std::size_t count, ObjectKind kind) {
        return words::countText(text, count, mayBeMore(*state, kind));
    };
    const QStringList counts{
        whole(tr("%Ln pod(s)", nullptr, int(state->pods.size())), state->pods.size(), ObjectKind::Pod),
        whole(tr("%Ln service(s)", nullptr, int(state->services.size())), state->services.size(),
              ObjectKind::Service),
        words::countText(tr("%Ln polic(ies)", nullptr, int(policies)), policies,
                         policy::arePoliciesUnread(*state)),
        whole(tr("%Ln node(s)", nullptr, int(state->nodes.size())), state->nodes.size(), ObjectKind::Node)};
    m_counts->setPlain(counts.join(separator));
    m_gaps->setText(tr("%Ln not readable", nullptr, int(unread)));
}

void StatusStrip::setZoomShown(bool shown)
{
    m_zoom->setVisible(shown);
}

void StatusStrip::setZoom(double zoom)
{
    m_zoom->setPlain(tr("%1 %").arg(QLocale().toString(qRound(zoom * 100))));
}

} // namespace portolan::ui
