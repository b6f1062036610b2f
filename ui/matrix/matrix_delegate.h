#pragma once

#include "model/graph/reach_matrix.h"
#include "ui/theme/theme.h"

#include <QStyledItemDelegate>

namespace portolan::ui {

/// Draws the sign of a cell's verdict: a filled dot, a cross, a half dot, a question mark. Shapes as well as
/// colours.
void paintVerdictSign(QPainter &painter, const Theme &theme, CellVerdict verdict, const QRectF &place);

/// A cell of the matrix.
class MatrixDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setTheme(const Theme &theme) { m_theme = theme; }
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

private:
    Theme m_theme;
};

} // namespace portolan::ui
