#include "ui/mainwindow/finder_delegate.h"

#include <QApplication>
#include <QPainter>

namespace portolan::ui {

namespace {
constexpr int margin = 10;
constexpr int kindWidth = 96;
constexpr int gap = 10;
} // namespace

void FinderDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    QStyleOptionViewItem row = option;
    initStyleOption(&row, index);
    const QString name = row.text;
    row.text.clear();
    const QStyle *style = row.widget ? row.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &row, painter, row.widget);

    painter->save();
    QRect place = row.rect.adjusted(margin, 0, -margin, 0);
    const auto draw = [&](const QString &words, const QFont &font, const QColor &color, int width,
                          int align) {
        painter->setFont(font);
        painter->setPen(color);
        const QRect part(align == Qt::AlignRight ? place.right() - width + 1 : place.left(), place.top(),
                         width, place.height());
        const QString shown = painter->fontMetrics().elidedText(words, Qt::ElideRight, width);
        painter->drawText(part, align | Qt::AlignVCenter | Qt::TextSingleLine, shown);
        return painter->fontMetrics().horizontalAdvance(shown);
    };
    draw(index.data(KindRole).toString(), m_theme.small, m_theme.muted, kindWidth, Qt::AlignLeft);
    place.setLeft(place.left() + kindWidth + gap);
    const int wide =
        draw(name, m_theme.strong, index.flags() & Qt::ItemIsEnabled ? m_theme.ink : m_theme.muted,
             place.width() * 2 / 3, Qt::AlignLeft);
    place.setLeft(place.left() + wide + gap);
    const int spaced = draw(index.data(NamespaceRole).toString(), m_theme.body, m_theme.muted,
                            place.width() / 2, Qt::AlignLeft);
    place.setLeft(place.left() + spaced + gap);
    draw(index.data(DetailRole).toString(), m_theme.mono, m_theme.muted, place.width(), Qt::AlignRight);
    painter->restore();
}

QSize FinderDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {200, rowHeight};
}

} // namespace portolan::ui
