#include "ui/matrix/matrix_delegate.h"

#include "ui/matrix/matrix_table.h"

#include <QPainter>

namespace portolan::ui {

namespace {

void paintCross(QPainter &painter, const QRectF &place)
{
    painter.drawLine(place.topLeft(), place.bottomRight());
    painter.drawLine(place.bottomLeft(), place.topRight());
}

} // namespace

void paintVerdictSign(QPainter &painter, const Theme &theme, CellVerdict verdict, const QRectF &place)
{
    const QRectF dot = QRectF(0, 0, 11, 11).translated(place.center() - QPointF(5.5, 5.5));
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    switch (verdict) {
    case CellVerdict::NoPods:
        break;
    case CellVerdict::Allowed:
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.allowed);
        painter.drawEllipse(dot);
        break;
    case CellVerdict::Denied:
        painter.setPen(QPen(theme.denied, 2, Qt::SolidLine, Qt::RoundCap));
        paintCross(painter, dot.adjusted(2, 2, -2, -2));
        break;
    case CellVerdict::Mixed:
        painter.setPen(QPen(theme.allowed, 1.5));
        painter.drawEllipse(dot.adjusted(0.75, 0.75, -0.75, -0.75));
        painter.setBrush(theme.allowed);
        painter.drawChord(dot.adjusted(0.75, 0.75, -0.75, -0.75), 90 * 16, 180 * 16);
        break;
    case CellVerdict::Unknown:
        painter.setFont(theme.strong);
        painter.setPen(theme.unknown);
        painter.drawText(place, Qt::AlignCenter, QStringLiteral("?"));
        break;
    }
    painter.restore();
}

void MatrixDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    const QAbstractItemModel &model = *index.model();
    const auto begins = [&](int section, Qt::Orientation orientation) {
        return model.headerData(section, orientation, MatrixTable::BeginsRole).toBool();
    };
    const QRect &rect = option.rect;
    const bool hovered = option.state & QStyle::State_MouseOver;
    const bool isSelf = index.data(MatrixTable::SelfRole).toBool();
    painter->fillRect(rect, hovered ? m_theme.hover : isSelf ? m_theme.group : m_theme.card);
    painter->save();
    painter->setPen(m_theme.line);
    if (begins(index.row(), Qt::Vertical))
        painter->drawLine(rect.topLeft(), rect.topRight());
    if (begins(index.column(), Qt::Horizontal))
        painter->drawLine(rect.topLeft(), rect.bottomLeft());
    paintVerdictSign(*painter, m_theme, CellVerdict(index.data(MatrixTable::VerdictRole).toInt()), rect);
    if (option.state & (QStyle::State_Selected | QStyle::State_HasFocus)) {
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(m_theme.accent, 2));
        painter->drawRoundedRect(QRectF(rect).adjusted(1.5, 1.5, -1.5, -1.5), 4, 4);
    }
    painter->restore();
}

} // namespace portolan::ui
