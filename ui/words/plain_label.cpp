#include "ui/words/plain_label.h"

#include "ui/words/text.h"

#include <QPainter>
#include <QStyle>
#include <QStyleOption>
#include <QVariant>

#include <algorithm>

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
    const int shortest = fontMetrics().horizontalAdvance(QStringLiteral("MMM…"));
    return {qMin(hint.width(), shortest), hint.height()};
}

bool PlainLabel::breaksWords(int width) const
{
    if (!wordWrap())
        return false;
    const QStringList words = text().split(u' ', Qt::SkipEmptyParts);
    return std::any_of(words.begin(), words.end(),
                       [&](const QString &word) { return fontMetrics().horizontalAdvance(word) > width; });
}

int PlainLabel::heightForWidth(int width) const
{
    const QMargins margins = contentsMargins();
    const int room = width - margins.left() - margins.right();
    if (!breaksWords(room))
        return QLabel::heightForWidth(width);
    const QRect area(0, 0, room, QWIDGETSIZE_MAX);
    return fontMetrics().boundingRect(area, Qt::TextWrapAnywhere, text()).height() + margins.top() +
           margins.bottom();
}

void PlainLabel::paintEvent(QPaintEvent *event)
{
    const bool breaks = breaksWords(contentsRect().width());
    if ((wordWrap() && !breaks) || m_elide == Qt::ElideNone) {
        QLabel::paintEvent(event);
        return;
    }
    QPainter painter(this);
    QStyleOption option;
    option.initFrom(this);
    style()->drawPrimitive(QStyle::PE_Widget, &option, &painter, this);
    const QRect area = contentsRect();
    const QString shown = breaks ? text() : fontMetrics().elidedText(text(), m_elide, area.width());
    const int flags = int(alignment()) | (breaks ? int(Qt::TextWrapAnywhere) : 0);
    style()->drawItemText(&painter, area, flags, palette(), isEnabled(), shown, foregroundRole());
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
