#include "ui/inspector/rule_widget.h"

#include "ui/inspector/raw_field.h"
#include "ui/inspector/row_button.h"
#include "ui/theme/theme_controller.h"
#include "ui/words/plain_label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPolygonF>
#include <QPushButton>
#include <QVBoxLayout>

namespace portolan::ui {

namespace {

constexpr int mostLines = 16;

/// A triangle to the right; downwards where it is open.
void drawChevron(QPainter &painter, const QRectF &place, const QColor &color, bool open)
{
    painter.translate(place.center());
    painter.rotate(open ? 90 : 0);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawPolygon(QPolygonF({{-2.5, -4}, {3, 0}, {-2.5, 4}}));
}

} // namespace

RuleWidget::RuleWidget(const RuleRow &rule, const Theme &theme, QWidget *parent) : QWidget(parent)
{
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(2);
    m_body = bodyOf(rule, theme);
    m_body->hide();
    m_head = headOf(rule, theme);
    rows->addWidget(m_head);
    rows->addWidget(m_body);
    connect(m_head, &RowButton::clicked, this, [this] {
        setOpen(!isOpen());
        Q_EMIT openChanged(isOpen());
    });
}

void RuleWidget::setOpen(bool open)
{
    m_body->setVisible(open);
    m_head->setAccessibleDescription(open ? tr("Hides the lines of the rule")
                                          : tr("Shows the lines of the rule"));
    m_head->update();
    for (QWidget *child : m_head->findChildren<QWidget *>())
        child->update();
}

RowButton *RuleWidget::headOf(const RuleRow &rule, const Theme &theme)
{
    auto *head = new RowButton(theme, this);
    head->setObjectName(QStringLiteral("rule-head"));
    head->setAccessibleName(rule.text + QStringLiteral(", ") + rule.more);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(4, 3, 4, 3);
    row->setSpacing(7);
    row->addWidget(new SignWidget(
        {10, 18},
        [this, color = theme.muted](QPainter &painter, const QRectF &place) {
            drawChevron(painter, place, color, isOpen());
        },
        head));
    auto *text = new PlainLabel(rule.text, "", head);
    text->setElideMode(Qt::ElideMiddle);
    row->addWidget(text, 3);
    auto *more = new PlainLabel(rule.more, "mono-muted", head);
    more->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row->addWidget(more, 2);
    for (QLabel *label : head->findChildren<QLabel *>())
        label->setAttribute(Qt::WA_TransparentForMouseEvents);
    return head;
}

QWidget *RuleWidget::bodyOf(const RuleRow &rule, const Theme &theme)
{
    auto *body = new QWidget(this);
    auto *rows = new QVBoxLayout(body);
    rows->setContentsMargins(21, 0, 4, 6);
    rows->setSpacing(4);
    auto *field = new RawField(rule.yaml, mostLines, theme, body);
    field->setAccessibleName(tr("YAML of %1").arg(rule.text));
    rows->addWidget(field);
    auto *buttons = new QHBoxLayout;
    auto *go = new QPushButton(tr("Go to the policy"), body);
    go->setObjectName(QStringLiteral("rule-go"));
    go->setAccessibleDescription(rule.text);
    setRole(go, "flat");
    connect(go, &QPushButton::clicked, this,
            [this, subject = rule.subject] { Q_EMIT subjectRequested(subject); });
    buttons->addWidget(go);
    buttons->addStretch(1);
    rows->addLayout(buttons);
    return body;
}

} // namespace portolan::ui
