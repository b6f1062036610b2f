#pragma once

#include "ui/theme/theme.h"

#include <QAbstractButton>

#include <functional>

namespace portolan::ui {

/// A row of labels that is clicked as a whole: a link, a step that opens. Takes focus, Enter and Space.
class RowButton : public QAbstractButton
{
    Q_OBJECT

public:
    explicit RowButton(const Theme &theme, QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    QColor m_hover;
    QColor m_focus;
};

/// A sign of a fixed size, painted by a function.
class SignWidget : public QWidget
{
public:
    using Paint = std::function<void(QPainter &, const QRectF &)>;
    SignWidget(QSize size, Paint paint, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Paint m_paint;
};

} // namespace portolan::ui
