#include "ui/mainwindow/legend_panel.h"

#include <QPainter>
#include <QStringList>

#include <algorithm>

namespace portolan::ui {

namespace {
constexpr int header = 30;
constexpr int rowHeight = 22;
constexpr int margin = 12;
constexpr int gap = 8;
constexpr int bottom = 12;
} // namespace

LegendPanel::LegendPanel(QWidget *parent) : QWidget(parent)
{
    setAccessibleName(tr("Legend"));
    describe();
}

void LegendPanel::setTheme(const Theme &theme)
{
    m_theme = theme;
    update();
}

void LegendPanel::setEntries(std::vector<LegendEntry> entries)
{
    const auto same = [](const LegendEntry &a, const LegendEntry &b) { return a.sample == b.sample; };
    if (std::equal(entries.begin(), entries.end(), m_entries.begin(), m_entries.end(), same))
        return;
    m_entries = std::move(entries);
    describe();
    updateGeometry();
    update();
}

void LegendPanel::describe()
{
    QStringList words;
    for (const LegendEntry &entry : m_entries)
        words << entry.text;
    setAccessibleDescription(words.join(QStringLiteral("; ")));
}

QSize LegendPanel::sizeHint() const
{
    return {200, header + int(m_entries.size()) * rowHeight + bottom};
}

void LegendPanel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setFont(m_theme.section);
    painter.setPen(m_theme.muted);
    painter.drawText(QRect(margin, 0, width() - 2 * margin, header), Qt::AlignVCenter | Qt::AlignLeft,
                     tr("Legend").toUpper());
    const int textLeft = margin + int(legendSampleSize.width()) + gap;
    int y = header;
    for (const LegendEntry &entry : m_entries) {
        const QRectF sample(margin, y + (rowHeight - legendSampleSize.height()) / 2, legendSampleSize.width(),
                            legendSampleSize.height());
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        drawLegendSample(painter, m_theme, entry.sample, sample);
        painter.restore();
        QFont font = m_theme.body;
        font.setPixelSize(12);
        painter.setFont(font);
        painter.setPen(m_theme.ink);
        const QRect place(textLeft, y, width() - textLeft - 4, rowHeight);
        painter.drawText(place, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(entry.text, Qt::ElideRight, place.width()));
        y += rowHeight;
    }
}

} // namespace portolan::ui
