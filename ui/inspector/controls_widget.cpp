#include "ui/inspector/controls_widget.h"

#include "ui/theme/theme_controller.h"
#include "ui/words/plain_label.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

namespace portolan::ui {

ControlsWidget::ControlsWidget(const ProbeControls &controls, QWidget *parent)
    : QWidget(parent),
      m_controls(controls)
{
    auto *lines = new QVBoxLayout(this);
    lines->setContentsMargins(4, 4, 4, 4);
    lines->setSpacing(6);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    if (controls.live && controls.activity.active)
        addActive(*row);
    else if (controls.live)
        addIdle(*row);
    if (!controls.kubectl.isEmpty()) {
        auto *copy = new QPushButton(tr("Copy kubectl command"), this);
        copy->setObjectName(QStringLiteral("probe-copy"));
        connect(copy, &QPushButton::clicked, this, [this] { Q_EMIT copyRequested(m_controls.kubectl); });
        row->addWidget(copy);
    }
    row->addStretch(1);
    lines->addLayout(row);
    if (!controls.live) {
        auto *note = new PlainLabel(tr("This is a recording: it shows what was measured and cannot probe."),
                                    "muted", this);
        note->setObjectName(QStringLiteral("offline-note"));
        note->setWordWrap(true);
        lines->addWidget(note);
    } else if (controls.toolMissing) {
        auto *offer = new QPushButton(tr("Add an ephemeral container with tools…"), this);
        offer->setObjectName(QStringLiteral("probe-ephemeral"));
        connect(offer, &QPushButton::clicked, this,
                [this] { Q_EMIT ephemeralContainerRequested(m_controls.request); });
        auto *offerRow = new QHBoxLayout;
        offerRow->addWidget(offer);
        offerRow->addStretch(1);
        lines->addLayout(offerRow);
    }
}

QString ControlsWidget::progressText() const
{
    const ProbeActivity &activity = m_controls.activity;
    if (activity.repeat == ProbeRepeat::Burst)
        return tr("%1 of %2").arg(activity.done).arg(activity.wanted);
    if (activity.repeat == ProbeRepeat::Every)
        return tr("every %n s", nullptr, activity.everySeconds);
    return {};
}

void ControlsWidget::addActive(QHBoxLayout &row)
{
    auto *cancel =
        new QPushButton(m_controls.activity.repeat == ProbeRepeat::Every ? tr("Stop") : tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("probe-main"));
    connect(cancel, &QPushButton::clicked, this, [this] { Q_EMIT cancelRequested(m_controls.request); });
    row.addWidget(cancel);
    if (const QString progress = progressText(); !progress.isEmpty()) {
        auto *label = new PlainLabel(progress, "muted", this);
        label->setElideMode(Qt::ElideNone);
        row.addWidget(label);
    }
}

void ControlsWidget::addIdle(QHBoxLayout &row)
{
    auto *probe = new QPushButton(m_controls.probedBefore ? tr("Probe again") : tr("Probe"), this);
    probe->setObjectName(QStringLiteral("probe-main"));
    setRole(probe, "primary");
    connect(probe, &QPushButton::clicked, this,
            [this] { Q_EMIT probeRequested(m_controls.request, ProbeRepeat::Once); });
    row.addWidget(probe);
    row.addWidget(addRepeat());
}

QPushButton *ControlsWidget::addRepeat()
{
    auto *repeat = new QPushButton(tr("Repeat"), this);
    repeat->setObjectName(QStringLiteral("probe-repeat"));
    auto *menu = new QMenu(repeat);
    const int seconds = m_controls.activity.everySeconds > 0 ? m_controls.activity.everySeconds : 5;
    menu->addAction(tr("Every %n s", nullptr, seconds), this,
                    [this] { Q_EMIT probeRequested(m_controls.request, ProbeRepeat::Every); });
    menu->addAction(tr("Burst of %n", nullptr, burstSize), this,
                    [this] { Q_EMIT probeRequested(m_controls.request, ProbeRepeat::Burst); });
    repeat->setMenu(menu);
    return repeat;
}

} // namespace portolan::ui
