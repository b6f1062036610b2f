#include "ui/inspector/row_button.h"

#include <QKeyEvent>
#include <QLayout>
#include <QPainter>

namespace portolan::ui {

RowButton::RowButton(const Theme &theme, QWidget *parent)
    : QAbstractButton(parent),
      m_hover(theme.hover),
      m_focus(theme.accent)
{
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
}

QSize RowButton::sizeHint() const
{
    return layout() ? layout()->sizeHint() : QSize(40, 24);
}

QSize RowButton::minimumSizeHint() const
{
    return layout() ? layout()->minimumSize() : QSize(20, 20);
}

void RowButton::paintEvent(QPaintEvent *)
{
    if (!isEnabled())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF area = QRectF(rect()).adjusted(0.75, 0.75, -0.75, -0.75);
    painter.setPen(Qt::NoPen);
    if (underMouse()) {
        painter.setBrush(m_hover);
        painter.drawRoundedRect(area, 5, 5);
    }
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(m_focus, 1.5));
        painter.drawRoundedRect(area, 5, 5);
    }
}

void RowButton::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

void RowButton::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void RowButton::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

SignWidget::SignWidget(QSize size, Paint paint, QWidget *parent) : QWidget(parent), m_paint(std::move(paint))
{
    setFixedSize(size);
    setAttribute(Qt::WA_TransparentForMouseEvents);
}

void SignWidget::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    m_paint(painter, QRectF(rect()));
}

} // namespace portolan::ui
