#include "ui/mainwindow/recording_band.h"

#include "ui/canvas/map_text.h"

#include <QFontMetricsF>
#include <QPainter>

namespace portolan::ui {

namespace {
constexpr int bandHeight = 26;
constexpr double bandMargin = 30;
} // namespace

RecordingBand::RecordingBand(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    hide();
}

void RecordingBand::setTheme(const Theme &theme)
{
    m_theme = theme;
    update();
}

void RecordingBand::setState(const ClusterState *state)
{
    m_text = state ? recordingText(state->info) : QString();
    setAccessibleName(m_text);
    setVisible(!m_text.isEmpty());
    update();
}

QSize RecordingBand::sizeHint() const
{
    return {0, bandHeight};
}

void RecordingBand::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor tint = m_theme.warning;
    tint.setAlpha(m_theme.dark ? 40 : 30);
    painter.fillRect(rect(), m_theme.panel);
    painter.fillRect(rect(), tint);
    painter.fillRect(QRectF(0, height() - 1, width(), 1), m_theme.warning);
    const QFontMetricsF metrics(m_theme.small);
    const QString line = metrics.elidedText(m_text, Qt::ElideRight, width() - 2 * bandMargin);
    const double left = (width() - metrics.horizontalAdvance(line)) / 2;
    painter.setFont(m_theme.small);
    painter.setPen(m_theme.ink);
    painter.drawText(QRectF(left, 0, width(), height() - 1), Qt::AlignVCenter | Qt::TextDontClip, line);
    // The round sign of a recorder, which is not blinking: nothing here moves.
    const QPointF centre(left - 14, (height() - 1) / 2.0);
    painter.setPen(QPen(m_theme.warning, 1.4));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(centre, 5, 5);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.warning);
    painter.drawEllipse(centre, 2.2, 2.2);
}

} // namespace portolan::ui
