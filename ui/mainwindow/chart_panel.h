#pragma once

#include "model/session/topology_frame.h"
#include "ui/inspector/subject.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace portolan::ui {

class PlainLabel;
class ProbeLatencyChart;

/// The latency of the probes of one question below the map: the subject's, or else the one probed last.
class ChartPanel : public QWidget
{
    Q_OBJECT

public:
    explicit ChartPanel(QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    void setFrame(const TopologyFramePtr &frame);
    void setSubject(const Subject &subject);
    /// True where there are probes to show: any of a live cluster, repeated ones of a recording.
    bool hasContent() const { return m_hasContent; }

Q_SIGNALS:
    void hasContentChanged(bool hasContent);

private:
    struct Shown
    {
        WallTime at;
        ProbeOutcome outcome;
        std::chrono::microseconds elapsed;
        friend bool operator==(const Shown &, const Shown &) = default;
    };
    void makeChart();
    void refresh();

    Theme m_theme;
    TopologyFramePtr m_frame;
    Subject m_subject;
    PlainLabel *m_title = nullptr;
    PlainLabel *m_summary = nullptr;
    ProbeLatencyChart *m_chart = nullptr; ///< null until there is something to show
    std::vector<Shown> m_shown;
    bool m_hasContent = false;
};

} // namespace portolan::ui
