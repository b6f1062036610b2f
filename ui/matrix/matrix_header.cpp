#include "ui/matrix/matrix_header.h"

#include "ui/matrix/matrix_table.h"

#include <QPainter>

namespace portolan::ui {

namespace {
constexpr int leftExtent = 230;
constexpr int topExtent = 168;
constexpr int margin = 8;
} // namespace

MatrixHeader::MatrixHeader(Qt::Orientation orientation, QWidget *parent) : QHeaderView(orientation, parent)
{
    setSectionsClickable(true);
    setHighlightSections(true);
    setSectionResizeMode(QHeaderView::Fixed);
}

void MatrixHeader::setTheme(const Theme &theme)
{
    m_theme = theme;
    viewport()->update();
}

QSize MatrixHeader::sizeHint() const
{
    return orientation() == Qt::Horizontal ? QSize(0, topExtent) : QSize(leftExtent, 0);
}

void MatrixHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    const auto value = [&](int role) { return model()->headerData(section, orientation(), role); };
    const QModelIndex current = selectionModel() ? selectionModel()->currentIndex() : QModelIndex();
    const bool upright = orientation() == Qt::Horizontal;
    const bool isCurrent = current.isValid() && (upright ? current.column() : current.row()) == section;
    painter->save();
    painter->fillRect(rect, isCurrent ? m_theme.hover : m_theme.panel);
    if (value(MatrixTable::BeginsRole).toBool()) {
        painter->setPen(m_theme.line);
        painter->drawLine(rect.topLeft(), upright ? rect.bottomLeft() : rect.topRight());
    }
    painter->setFont(value(MatrixTable::NamespaceRole).toBool() ? m_theme.strong : m_theme.body);
    painter->setPen(isCurrent ? m_theme.ink : m_theme.muted);
    QRect place(0, 0, upright ? rect.height() : rect.width(), upright ? rect.width() : rect.height());
    painter->translate(upright ? rect.bottomLeft() : rect.topLeft());
    if (upright)
        painter->rotate(-90);
    place.adjust(margin, 0, -margin, 0);
    painter->drawText(
        place, Qt::AlignVCenter | (upright ? Qt::AlignLeft : Qt::AlignRight) | Qt::TextSingleLine,
        painter->fontMetrics().elidedText(value(Qt::DisplayRole).toString(), Qt::ElideMiddle, place.width()));
    painter->restore();
}

} // namespace portolan::ui
