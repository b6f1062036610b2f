#include "ui/tables/fact_delegate.h"

#include "ui/tables/fact_table.h"

#include <QApplication>
#include <QPainter>

namespace portolan::ui {

namespace {
constexpr int cellMargin = 8;
constexpr int markSize = 9;
constexpr int markGap = 7;
} // namespace

void FactDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    const QString words = cell.text;
    const Tone tone = Tone(index.data(FactTable::ToneRole).toInt());
    cell.text.clear();
    const QStyle *style = cell.widget ? cell.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);

    QRect place = cell.rect.adjusted(cellMargin, 0, -cellMargin, 0);
    if (tone != Tone::None) {
        const QRectF mark(place.left(), place.center().y() - (markSize - 1) / 2.0, markSize, markSize);
        drawToneMark(*painter, m_theme, tone, mark);
        place.setLeft(place.left() + markSize + markGap);
    }
    painter->save();
    painter->setFont(index.data(FactTable::MonoRole).toBool() ? m_theme.mono : m_theme.body);
    painter->setPen(tone == Tone::Bad || tone == Tone::Warning ? toneColor(m_theme, tone) : m_theme.ink);
    const QString shown = painter->fontMetrics().elidedText(words, Qt::ElideRight, place.width());
    painter->drawText(place, int(cell.displayAlignment) | Qt::TextSingleLine, shown);
    painter->restore();
}

QSize FactDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QFont &font = index.data(FactTable::MonoRole).toBool() ? m_theme.mono : m_theme.body;
    const bool isMarked = Tone(index.data(FactTable::ToneRole).toInt()) != Tone::None;
    const int words = QFontMetrics(font).horizontalAdvance(index.data(Qt::DisplayRole).toString());
    return {words + 1 + 2 * cellMargin + (isMarked ? markSize + markGap : 0),
            QStyledItemDelegate::sizeHint(option, index).height()};
}

} // namespace portolan::ui
