#include "ui/path/hop_card.h"

#include "ui/canvas/glyphs.h"
#include "ui/canvas/link_text.h"
#include "ui/path/path_words.h"
#include "ui/words/text.h"

#include <QPainter>

namespace portolan::ui {

namespace {
constexpr int margin = 12;
constexpr int badge = 16;
constexpr int widest = 230;
constexpr int narrowest = 92;

/// Letters that another font lends (Hangul) are higher than this one's.
int heightOf(const QFontMetrics &metrics)
{
    return metrics.lineSpacing() + 3;
}

} // namespace

HopCard::HopCard(const PathHop &hop, bool isBroken, const Theme &theme, QWidget *parent)
    : QAbstractButton(parent),
      m_hop(hop),
      m_isBroken(isBroken),
      m_theme(theme)
{
    setAccessibleName(hopDescription(hop, isBroken));
    setToolTip(toolTipText(hopDescription(hop, isBroken)));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    if (hop.object.isValid())
        setCursor(Qt::PointingHandCursor);
}

std::vector<HopCard::Line> HopCard::lines() const
{
    const QString name = m_hop.name.empty() ? hopKindText(m_hop.kind) : plainText(m_hop.name);
    const QString kind = m_hop.name.empty() ? QString() : hopKindText(m_hop.kind);
    const QString address = m_hop.address == m_hop.name ? QString() : plainText(m_hop.address);
    const QString detail = plainText(m_hop.detail);
    const QString beside = m_hop.kind == PathHop::Kind::Underlay ? linkLabel(m_hop.join)
                           : m_hop.kind == PathHop::Kind::Node   ? QString()
                                                                 : detail;
    const QString between = kind.isEmpty() || beside.isEmpty() ? QString() : QStringLiteral(" · ");
    return {{name, m_theme.strong, m_theme.ink},
            {kind + between + beside, m_theme.small, m_theme.muted},
            {address, m_theme.mono, m_isBroken ? m_theme.denied : m_theme.muted},
            {m_hop.kind == PathHop::Kind::Node ? detail : QString(), m_theme.mono, m_theme.muted}};
}

QSize HopCard::sizeHint() const
{
    int width = 0;
    int height = 2 * margin;
    for (const Line &line : lines()) {
        const QFontMetrics metrics(line.font);
        width = std::max(width, metrics.horizontalAdvance(line.text));
        height += heightOf(metrics);
    }
    return {std::clamp(width + 2 * margin + badge, narrowest, widest), height};
}

QSize HopCard::minimumSizeHint() const
{
    return {narrowest, sizeHint().height()};
}

void HopCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double width = m_isBroken || hasFocus() ? 2 : 1;
    const QRectF box = QRectF(rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2);
    painter.setPen(QPen(hasFocus() ? m_theme.accent : m_isBroken ? m_theme.denied : m_theme.line, width));
    painter.setBrush(underMouse() && m_hop.object.isValid() ? m_theme.hover : m_theme.card);
    painter.drawRoundedRect(box, m_theme.cardRadius, m_theme.cardRadius);
    int y = margin;
    bool isFirst = true;
    for (const Line &line : lines()) {
        const QFontMetrics metrics(line.font);
        const int room = this->width() - 2 * margin - (isFirst ? badge : 0);
        painter.setFont(line.font);
        painter.setPen(line.color);
        painter.drawText(QRect(margin, y, room, heightOf(metrics)), Qt::AlignLeft | Qt::TextSingleLine,
                         metrics.elidedText(line.text, Qt::ElideMiddle, room));
        y += heightOf(metrics);
        isFirst = false;
    }
    const QPointF corner(this->width() - margin - badge / 2.0 + 4, margin + badge / 2.0);
    if (m_isBroken)
        drawBadge(painter, m_theme, BadgeSign::Failed, corner, badge);
    else if (m_hop.state == CheckState::Good)
        drawBadge(painter, m_theme, BadgeSign::Reached, corner, badge);
}

} // namespace portolan::ui
