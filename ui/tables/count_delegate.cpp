#include "ui/tables/count_delegate.h"

#include <QApplication>
#include <QPainter>

namespace portolan::ui {

namespace {
constexpr int rowHeight = 25;
constexpr int sideMargin = 8;
constexpr int gap = 8;
} // namespace

void CountDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    QStyleOptionViewItem row = option;
    initStyleOption(&row, index);
    const QString name = row.text;
    const bool checkable = row.features & QStyleOptionViewItem::HasCheckIndicator;
    row.text.clear();
    const QStyle *style = row.widget ? row.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &row, painter, row.widget);

    QRect place = row.rect.adjusted(sideMargin, 0, -sideMargin, 0);
    if (checkable)
        place.setLeft(style->subElementRect(QStyle::SE_ItemViewItemCheckIndicator, &row, row.widget).right() +
                      gap);
    painter->save();
    place.setLeft(place.left() + paintMark(*painter, place, index));
    const QString count = index.data(m_countRole).toString();
    painter->setFont(m_theme.body);
    const int countWidth = painter->fontMetrics().horizontalAdvance(count);
    painter->setPen(m_theme.muted);
    painter->drawText(place, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, count);
    place.setRight(place.right() - countWidth - gap);
    painter->setPen(m_theme.ink);
    painter->drawText(place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                      painter->fontMetrics().elidedText(name, Qt::ElideRight, place.width()));
    painter->restore();
}

QSize CountDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return {QStyledItemDelegate::sizeHint(option, index).width(), rowHeight};
}

} // namespace portolan::ui
