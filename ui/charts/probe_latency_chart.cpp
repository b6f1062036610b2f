#include "ui/charts/probe_latency_chart.h"

#include <QCategoryAxis>
#include <QChart>
#include <QChartView>
#include <QDateTime>
#include <QDateTimeAxis>
#include <QGraphicsLayout>
#include <QLabel>
#include <QPainter>
#include <QScatterSeries>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace portolan::ui {

namespace {

constexpr int markerSize = 8;

/// A marker of our own: Qt Charts has no cross.
QImage markerOf(const QColor &color, ProbeOutcome outcome, double ratio)
{
    QImage image(QSize(markerSize, markerSize) * ratio, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 1.8, Qt::SolidLine, Qt::RoundCap));
    const QRectF box(1.2, 1.2, markerSize - 2.4, markerSize - 2.4);
    if (outcome == ProbeOutcome::Reached) {
        painter.setBrush(color);
        painter.setPen(Qt::NoPen);
        painter.drawEllipse(box);
    } else if (isFailure(outcome)) {
        painter.drawLine(box.topLeft(), box.bottomRight());
        painter.drawLine(box.topRight(), box.bottomLeft());
    } else {
        painter.drawEllipse(box);
    }
    return image;
}

double logOf(std::chrono::microseconds duration)
{
    return std::log10(double(std::max<std::int64_t>(1, duration.count())));
}

constexpr int decadeHeight = 28; // that a label wants, of any script
constexpr int axisHeight = 24;   // of the times beneath

} // namespace

ProbeLatencyChart::ProbeLatencyChart(QWidget *parent)
    : QWidget(parent),
      m_theme(lightTheme()),
      m_chart(new QChart),
      m_view(new QChartView(m_chart, this)),
      m_reached(new QScatterSeries(m_chart)),
      m_failed(new QScatterSeries(m_chart)),
      m_unclear(new QScatterSeries(m_chart)),
      m_time(new QDateTimeAxis(m_chart)),
      m_latency(new QCategoryAxis(m_chart)),
      m_hint(new QLabel(this))
{
    m_chart->legend()->hide();
    m_chart->setMargins({});
    m_chart->setBackgroundVisible(false);
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_chart->addAxis(m_time, Qt::AlignBottom);
    m_chart->addAxis(m_latency, Qt::AlignLeft);
    for (QScatterSeries *series : {m_reached, m_failed, m_unclear}) {
        series->setMarkerSize(markerSize);
        m_chart->addSeries(series);
        series->attachAxis(m_time);
        series->attachAxis(m_latency);
    }
    m_latency->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    m_view->setRenderHint(QPainter::Antialiasing);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setFocusPolicy(Qt::NoFocus);
    m_hint->setAlignment(Qt::AlignCenter);
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_view);
    setAccessibleName(tr("Latency of repeated probes"));
    setMinimumSize(160, 90);
    dress();
    setProbes({});
}

ProbeLatencyChart::~ProbeLatencyChart() = default;

void ProbeLatencyChart::setTheme(const Theme &theme)
{
    m_theme = theme;
    dress();
}

void ProbeLatencyChart::dress()
{
    m_view->setBackgroundBrush(m_theme.panel);
    for (QAbstractAxis *axis :
         {static_cast<QAbstractAxis *>(m_time), static_cast<QAbstractAxis *>(m_latency)}) {
        axis->setLabelsFont(m_theme.small);
        axis->setLabelsColor(m_theme.muted);
        axis->setGridLineColor(m_theme.line);
        axis->setLinePen(QPen(m_theme.line, 1));
        axis->setMinorGridLineVisible(false);
    }
    m_time->setGridLineVisible(false);
    const double ratio = devicePixelRatioF();
    m_reached->setLightMarker(markerOf(m_theme.ok, ProbeOutcome::Reached, ratio));
    m_failed->setLightMarker(markerOf(m_theme.denied, ProbeOutcome::Timeout, ratio));
    m_unclear->setLightMarker(markerOf(m_theme.muted, ProbeOutcome::Unknown, ratio));
    m_hint->setFont(m_theme.body);
    QPalette palette = m_hint->palette();
    palette.setColor(QPalette::WindowText, m_theme.muted);
    m_hint->setPalette(palette);
}

void ProbeLatencyChart::setProbes(std::span<const ProbeResult> probes)
{
    m_summary = summaryText(summaryOf(probes));
    setAccessibleDescription(m_summary);
    m_view->setVisible(!probes.empty());
    m_hint->setVisible(probes.empty());
    m_hint->setText(tr("Probe a connection several times to see its latency here."));
    for (QScatterSeries *series : {m_reached, m_failed, m_unclear})
        series->clear();
    if (!probes.empty())
        fill(probes);
}

void ProbeLatencyChart::fill(std::span<const ProbeResult> probes)
{
    double least = 1e9, most = -1e9;
    qint64 from = probes.front().at.time_since_epoch().count(), to = from;
    for (const ProbeResult &probe : probes) {
        const qint64 at = probe.at.time_since_epoch().count();
        from = std::min(from, at);
        to = std::max(to, at);
        if (probe.outcome == ProbeOutcome::Reached) {
            least = std::min(least, logOf(probe.elapsed));
            most = std::max(most, logOf(probe.elapsed));
        }
    }
    if (least > most) // Nothing reached: the usual range, so that failures stand above something.
        least = 2.5, most = 4.5;
    setAxes(least, most, from, to);
    QList<QPointF> reached, failed, unclear;
    for (const ProbeResult &probe : probes) {
        const auto at = double(probe.at.time_since_epoch().count());
        if (probe.outcome == ProbeOutcome::Reached)
            reached << QPointF(at, logOf(probe.elapsed));
        else
            (isFailure(probe.outcome) ? failed : unclear) << QPointF(at, m_failureLine);
    }
    m_reached->replace(reached);
    m_failed->replace(failed);
    m_unclear->replace(unclear);
}

/// Whole decades below, and above them the line of the failures.
void ProbeLatencyChart::setAxes(double leastLog, double mostLog, qint64 from, qint64 to)
{
    m_bottom = int(std::floor(leastLog));
    m_top = std::max(m_bottom + 1, int(std::ceil(mostLog)));
    m_failureLine = m_top + 0.75;
    placeDecades();
    const qint64 margin = std::max<qint64>(500, (to - from) / 40);
    m_time->setRange(QDateTime::fromMSecsSinceEpoch(from - margin),
                     QDateTime::fromMSecsSinceEpoch(to + margin));
    placeTicks();
}

void ProbeLatencyChart::placeDecades()
{
    for (const QString &label : m_latency->categoriesLabels())
        m_latency->remove(label);
    m_latency->setStartValue(m_bottom);
    const double wanted = (m_top - m_bottom + 2) * decadeHeight;
    const int step = int(std::ceil(wanted / std::max(decadeHeight, height() - axisHeight)));
    for (int decade = m_bottom + (m_top - m_bottom) % step; decade <= m_top; decade += step)
        m_latency->append(durationText(std::chrono::microseconds(std::int64_t(std::pow(10, decade)))),
                          decade);
    m_latency->append(tr("failed"), m_failureLine);
    m_latency->setRange(m_bottom - 0.1, m_failureLine + 0.4);
}

void ProbeLatencyChart::placeTicks()
{
    const int ticks = std::clamp(width() / 110, 2, 8);
    const qint64 step = m_time->min().msecsTo(m_time->max()) / (ticks - 1);
    m_time->setTickCount(ticks);
    m_time->setFormat(step < 1000 ? QStringLiteral("mm:ss.zzz") : QStringLiteral("HH:mm:ss"));
}

void ProbeLatencyChart::resizeEvent(QResizeEvent *)
{
    m_hint->setGeometry(rect().adjusted(12, 0, -12, 0));
    placeDecades();
    placeTicks();
}

} // namespace portolan::ui
