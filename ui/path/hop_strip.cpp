#include "ui/path/hop_strip.h"

#include "ui/path/hop_card.h"

#include <QHBoxLayout>
#include <QPainter>

namespace portolan::ui {

namespace {
constexpr int gap = 26;
}

HopStrip::HopStrip(QWidget *parent) : QWidget(parent), m_row(new QHBoxLayout(this))
{
    setAccessibleName(tr("Hops from the source to the destination"));
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(gap);
}

void HopStrip::setTheme(const Theme &theme)
{
    m_theme = theme;
    rebuild();
}

void HopStrip::setPath(const ConnectionPathPtr &path)
{
    m_path = path;
    rebuild();
}

void HopStrip::rebuild()
{
    qDeleteAll(m_cards);
    m_cards.clear();
    while (QLayoutItem *item = m_row->takeAt(0))
        delete item;
    for (std::size_t i = 0; m_path && i < m_path->hops.size(); ++i) {
        const PathHop &hop = m_path->hops[i];
        auto *card = new HopCard(hop, m_path->brokenAt == i, m_theme, this);
        connect(card, &QAbstractButton::clicked, this, [this, object = hop.object] {
            if (object.isValid())
                Q_EMIT objectChosen(object);
        });
        m_row->addWidget(card, 1, Qt::AlignTop);
        m_cards.push_back(card);
    }
    update();
}

void HopStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (std::size_t i = 0; i + 1 < m_cards.size(); ++i)
        paintLine(painter, i);
}

void HopStrip::paintLine(QPainter &painter, std::size_t from) const
{
    const QRect left = m_cards[from]->geometry();
    const QRect right = m_cards[from + 1]->geometry();
    const double y = std::min(left.center().y(), right.center().y());
    const bool isBreak = m_path->brokenAt && from + 1 == std::max<std::size_t>(*m_path->brokenAt, 1);
    const bool isBehind = m_path->brokenAt && from + 1 > std::max<std::size_t>(*m_path->brokenAt, 1);
    const bool passed =
        m_path->hops[from].state == CheckState::Good && m_path->hops[from + 1].state == CheckState::Good;
    QPen pen(m_theme.muted, 1.2);
    if (isBreak)
        pen = QPen(m_theme.denied, 3);
    else if (isBehind)
        pen = QPen(m_theme.muted, 2, Qt::DotLine);
    else if (passed)
        pen = QPen(m_theme.ok, 3);
    painter.setPen(pen);
    painter.drawLine(QPointF(left.right() + 1, y), QPointF(right.left(), y));
    if (isBreak) { // told by more than its colour
        const double middle = (left.right() + right.left()) / 2.0;
        painter.drawLine(QPointF(middle, y - 7), QPointF(middle, y + 7));
    }
}

} // namespace portolan::ui
