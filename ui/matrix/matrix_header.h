#pragma once

#include "ui/theme/theme.h"

#include <QHeaderView>

namespace portolan::ui {

/// The names at the left of a matrix, or upright above its columns. A hairline stands where a namespace
/// begins.
class MatrixHeader : public QHeaderView
{
    Q_OBJECT

public:
    MatrixHeader(Qt::Orientation orientation, QWidget *parent);

    void setTheme(const Theme &theme);
    QSize sizeHint() const override;

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;

private:
    Theme m_theme;
};

} // namespace portolan::ui
