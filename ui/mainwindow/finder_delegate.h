#pragma once

#include "ui/theme/theme.h"

#include <QStyledItemDelegate>

namespace portolan::ui {

/// A row of what the finder found: kind, name, namespace, detail.
class FinderDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    enum Role { KindRole = Qt::UserRole + 1, NamespaceRole, DetailRole };
    static constexpr int rowHeight = 30;

    explicit FinderDelegate(QObject *parent = nullptr) : QStyledItemDelegate(parent) {}

    void setTheme(const Theme &theme) { m_theme = theme; }
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    Theme m_theme;
};

} // namespace portolan::ui
