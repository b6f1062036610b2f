#pragma once

#include "ui/charts/latency_summary.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <span>

class QCategoryAxis;
class QChart;
class QChartView;
class QDateTimeAxis;
class QLabel;
class QScatterSeries;

namespace portolan::ui {

/// Repeated probes of one pair over time: each that reached as a dot at its latency on a logarithmic axis
/// (µs to s), each that failed as a cross on a line of its own at the top, what is unclear as a ring there.
/// Colours and fonts are the theme's; what it shows is text as well (accessible description).
/// GUI thread.
class ProbeLatencyChart : public QWidget
{
    Q_OBJECT

public:
    explicit ProbeLatencyChart(QWidget *parent = nullptr);
    ~ProbeLatencyChart() override;

    void setTheme(const Theme &theme);
    /// In any order; nothing is kept of them. None shows a hint instead of an empty chart.
    void setProbes(std::span<const ProbeResult> probes);
    /// What the chart shows in one line of plain text.
    QString summary() const { return m_summary; }

    QSize sizeHint() const override { return {520, 160}; }

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void dress();
    void fill(std::span<const ProbeResult> probes);
    /// As many as have room: Qt Charts would draw dots instead of a label.
    void placeDecades();
    /// As many as have room, and so that no two say the same.
    void placeTicks();
    void setAxes(double leastLog, double mostLog, qint64 from, qint64 to);

    Theme m_theme;
    QString m_summary;
    int m_bottom = 0; ///< decades of microseconds
    int m_top = 1;
    double m_failureLine = 1;
    QChart *m_chart;
    QChartView *m_view;
    QScatterSeries *m_reached, *m_failed, *m_unclear;
    QDateTimeAxis *m_time;
    QCategoryAxis *m_latency;
    QLabel *m_hint;
};

} // namespace portolan::ui
