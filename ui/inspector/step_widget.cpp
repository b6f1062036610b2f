#include "ui/inspector/step_widget.h"

#include "ui/canvas/glyphs.h"
#include "ui/inspector/raw_field.h"
#include "ui/inspector/row_button.h"
#include "ui/theme/theme_controller.h"
#include "ui/words/plain_label.h"
#include "ui/words/words.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace portolan::ui {

namespace {
constexpr int layerWidth = 24;
constexpr int indent = 52;
} // namespace

StepWidget::StepWidget(const StepRow &step, const Theme &theme, QWidget *parent) : QWidget(parent)
{
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(2);
    RowButton *head = headOf(step, theme);
    rows->addWidget(head);
    if (step.running)
        return;

    m_evidence = evidenceOf(step);
    auto *all = qobject_cast<QVBoxLayout *>(m_evidence->layout());
    if (!step.output.isEmpty())
        all->insertWidget(all->count() - 1, new RawField({step.output, {}}, 12, theme, m_evidence));
    m_evidence->hide();
    rows->addWidget(m_evidence);
    connect(head, &RowButton::clicked, this, [this] {
        setOpen(!isOpen());
        Q_EMIT openChanged(isOpen());
    });
}

void StepWidget::setOpen(bool open)
{
    if (m_evidence)
        m_evidence->setVisible(open);
}

RowButton *StepWidget::headOf(const StepRow &step, const Theme &theme)
{
    auto *head = new RowButton(theme, this);
    const QString state = step.running           ? step.text
                          : step.state.isEmpty() ? words::outcomeText(step.outcome)
                                                 : step.state;
    head->setAccessibleName(step.layer + u' ' + step.text + QStringLiteral(", ") + state);
    head->setAccessibleDescription(tr("Opens the command and what it printed"));
    head->setEnabled(!step.running);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(4, 3, 4, 3);
    row->setSpacing(6);
    auto *layer = new PlainLabel(step.layer, "caption", head);
    layer->setFixedWidth(layerWidth);
    row->addWidget(layer, 0, Qt::AlignTop);
    const BadgeSign sign = step.running ? BadgeSign::Running : badgeSignOf(step.outcome, false);
    row->addWidget(new SignWidget(
                       {16, 16},
                       [sign, theme](QPainter &painter, const QRectF &place) {
                           drawBadge(painter, theme, sign, place.center(), 14);
                       },
                       head),
                   0, Qt::AlignTop);
    auto *text = new PlainLabel(step.text, "", head);
    text->setWordWrap(true);
    row->addWidget(text, 1);
    auto *time = new PlainLabel(step.time, "mono-muted", head);
    time->setElideMode(Qt::ElideNone);
    row->addWidget(time, 0, Qt::AlignTop);
    for (QLabel *label : head->findChildren<QLabel *>())
        label->setAttribute(Qt::WA_TransparentForMouseEvents);
    return head;
}

QWidget *StepWidget::evidenceOf(const StepRow &step)
{
    auto *evidence = new QWidget(this);
    auto *rows = new QVBoxLayout(evidence);
    rows->setContentsMargins(indent, 0, 0, 6);
    rows->setSpacing(4);
    if (!step.note.isEmpty()) {
        auto *note = new PlainLabel(step.note, "muted", evidence);
        note->setWordWrap(true);
        rows->addWidget(note);
    }
    if (!step.command.isEmpty()) {
        auto *command = new PlainLabel(step.command, "mono", evidence);
        command->setWordWrap(true);
        command->setTextInteractionFlags(Qt::TextSelectableByMouse);
        rows->addWidget(command);
    }
    auto *buttons = new QHBoxLayout;
    if (!step.kubectl.isEmpty()) {
        auto *copy = new QPushButton(tr("Copy kubectl command"), evidence);
        setRole(copy, "flat");
        connect(copy, &QPushButton::clicked, this,
                [this, text = step.kubectl] { Q_EMIT copyRequested(text); });
        buttons->addWidget(copy);
    }
    buttons->addStretch(1);
    rows->addLayout(buttons);
    return evidence;
}

} // namespace portolan::ui
