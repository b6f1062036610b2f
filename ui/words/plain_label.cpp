#include "ui/words/plain_label.h"

#include "ui/words/text.h"

#include <QPainter>
#include <QStyle>
#include <QStyleOption>
#include <QVariant>

namespace portolan::ui {

PlainLabel::PlainLabel(const QString &plain, const char *role, QWidget *parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setFocusPolicy(Qt::NoFocus);
    // Not the role that a button around it would hand down: colours are set for this one.
    setForegroundRole(QPalette::WindowText);
    if (*role)
        setProperty("role", QLatin1String(role));
    setPlain(plain);
}

void PlainLabel::setPlain(const QString &plain)
{
    setText(plain);
    updateToolTip();
}

void PlainLabel::setElideMode(Qt::TextElideMode mode)
{
    m_elide = mode;
    update();
}

QSize PlainLabel::minimumSizeHint() const
{
    const QSize hint = QLabel::minimumSizeHint();
    if (wordWrap())
        return hint;
    const int shortest = fontMetrics().horizontalAdvance(QStringLiteral("MMM…"));
    return {qMin(hint.width(), shortest), hint.height()};
}

void PlainLabel::paintEvent(QPaintEvent *event)
{
    if (wordWrap() || m_elide == Qt::ElideNone) {
        QLabel::paintEvent(event);
        return;
    }
    QPainter painter(this);
    QStyleOption option;
    option.initFrom(this);
    style()->drawPrimitive(QStyle::PE_Widget, &option, &painter, this);
    const QRect area = contentsRect();
    const QString shown = fontMetrics().elidedText(text(), m_elide, area.width());
    style()->drawItemText(&painter, area, int(alignment()), palette(), isEnabled(), shown, foregroundRole());
}

void PlainLabel::resizeEvent(QResizeEvent *event)
{
    QLabel::resizeEvent(event);
    updateToolTip();
}

void PlainLabel::updateToolTip()
{
    const bool cut = !wordWrap() && fontMetrics().horizontalAdvance(text()) > contentsRect().width();
    setToolTip(cut ? toolTipText(text()) : QString());
}

} // namespace portolan::ui
