#include "ui/matrix/matrix_legend.h"

#include "ui/matrix/matrix_delegate.h"
#include "ui/words/words.h"

#include <QPainter>

#include <array>

namespace portolan::ui {

namespace {
constexpr int lineHeight = 24;
constexpr int signWidth = 20;
constexpr int gap = 16;
constexpr std::array signs{CellVerdict::Allowed, CellVerdict::Mixed, CellVerdict::Denied,
                           CellVerdict::Unknown};
} // namespace

MatrixLegend::MatrixLegend(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("legend"));
    setAccessibleName(tr("Legend"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void MatrixLegend::setTheme(const Theme &theme)
{
    m_theme = theme;
    updateGeometry();
    update();
}

QSize MatrixLegend::sizeHint() const
{
    int width = 0;
    for (const CellVerdict sign : signs)
        width += signWidth + gap + QFontMetrics(m_theme.body).horizontalAdvance(words::cellVerdictText(sign));
    return {width, lineHeight};
}

void MatrixLegend::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setFont(m_theme.body);
    int x = 0;
    for (const CellVerdict sign : signs) {
        paintVerdictSign(painter, m_theme, sign, QRectF(x, 0, signWidth, lineHeight));
        const QString text = words::cellVerdictText(sign);
        const int width = painter.fontMetrics().horizontalAdvance(text);
        painter.setPen(m_theme.muted);
        painter.drawText(QRect(x + signWidth, 0, width + 2, lineHeight),
                         Qt::AlignVCenter | Qt::TextSingleLine, text);
        x += signWidth + width + gap;
    }
}

} // namespace portolan::ui
