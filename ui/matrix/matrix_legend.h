#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

namespace portolan::ui {

/// One line: what the signs of the matrix mean.
class MatrixLegend : public QWidget
{
    Q_OBJECT

public:
    explicit MatrixLegend(QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Theme m_theme;
};

} // namespace portolan::ui
