#pragma once

#include "ui/theme/theme.h"

#include <QStyledItemDelegate>

namespace portolan::ui {

/// A row of a side list: its name on the left, a muted short text (a count) on the right, by CountRole.
class CountDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    CountDelegate(int countRole, QObject *parent) : QStyledItemDelegate(parent), m_countRole(countRole) {}

    void setTheme(const Theme &theme) { m_theme = theme; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    const Theme &theme() const { return m_theme; }
    /// Draws what stands before the name and returns how wide it is.
    virtual int paintMark(QPainter &, const QRect &, const QModelIndex &) const { return 0; }

private:
    int m_countRole;
    Theme m_theme;
};

} // namespace portolan::ui
