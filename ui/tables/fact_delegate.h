#pragma once

#include "ui/theme/theme.h"

#include <QStyledItemDelegate>

namespace portolan::ui {

/// Draws a cell as plain text, with the mark of its tone before it and in the mono font where the column
/// asks for that.
class FactDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit FactDelegate(QObject *parent = nullptr) : QStyledItemDelegate(parent) {}

    void setTheme(const Theme &theme) { m_theme = theme; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    /// Wide enough for the whole text.
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    Theme m_theme;
};

} // namespace portolan::ui
