#include "ui/mainwindow/chart_panel.h"

#include "ui/charts/probe_latency_chart.h"
#include "ui/inspector/inspector.h"
#include "ui/words/plain_label.h"
#include "ui/words/words.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace portolan::ui {

namespace {

/// Of several the one that was probed last.
std::optional<ProbeRequest> mostProbed(const std::vector<ProbeResult> &probes)
{
    std::optional<ProbeRequest> most;
    std::ptrdiff_t times = 0;
    for (const ProbeResult &probe : probes) {
        const auto count = std::count_if(probes.begin(), probes.end(), [&](const ProbeResult &other) {
            return sameQuestion(other.request, probe.request);
        });
        if (count > times) {
            times = count;
            most = probe.request;
        }
    }
    return most;
}

/// A recording with single probes tells all of them in the inspector; the map needs the room.
bool isWorthAChart(const ClusterState &state)
{
    if (!words::isRecording(state.info))
        return !state.probes.empty();
    const auto most = mostProbed(state.probes);
    return most && std::count_if(state.probes.begin(), state.probes.end(), [&](const ProbeResult &probe) {
                       return sameQuestion(probe.request, *most);
                   }) > 1;
}

} // namespace

ChartPanel::ChartPanel(QWidget *parent) : QWidget(parent)
{
    setAccessibleName(tr("Probe latency"));
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(12, 8, 12, 2);
    head->setSpacing(12);
    m_title = new PlainLabel({}, "section", this);
    head->addWidget(m_title, 1);
    m_summary = new PlainLabel({}, "caption", this);
    head->addWidget(m_summary);
    rows->addLayout(head);
}

void ChartPanel::makeChart()
{
    m_chart = new ProbeLatencyChart(this);
    m_chart->setTheme(m_theme);
    qobject_cast<QVBoxLayout *>(layout())->addWidget(m_chart, 1);
}

void ChartPanel::setTheme(const Theme &theme)
{
    m_theme = theme;
    if (m_chart)
        m_chart->setTheme(theme);
}

void ChartPanel::setFrame(const TopologyFramePtr &frame)
{
    m_frame = frame;
    refresh();
}

void ChartPanel::setSubject(const Subject &subject)
{
    m_subject = subject;
    refresh();
}

void ChartPanel::refresh()
{
    std::vector<ProbeResult> shown;
    std::optional<ProbeRequest> question;
    if (m_frame && m_frame->state) {
        const auto &probes = m_frame->state->probes;
        question = questionOf(m_subject, *m_frame);
        const GraphEdge *edge =
            m_subject.edge.isValid() && m_frame->graph ? m_frame->graph->edge(m_subject.edge) : nullptr;
        if (!question)
            question = mostProbed(probes);
        for (const ProbeResult &probe : probes) {
            const bool about = edge ? tellsAbout(*m_frame->graph, *edge, probe.request)
                                    : question && sameQuestion(probe.request, *question);
            if (about)
                shown.push_back(probe);
        }
    }
    const QString title = tr("Probe latency").toUpper();
    m_title->setPlain(question ? title + QStringLiteral(" · ") + words::requestText(*question) : title);
    const bool content = m_frame && m_frame->state && isWorthAChart(*m_frame->state);
    if (content && !m_chart)
        makeChart();
    std::vector<Shown> now;
    for (const ProbeResult &probe : shown)
        now.push_back({probe.at, probe.outcome, probe.elapsed});
    if (m_chart && (now != m_shown || shown.empty())) { // charts are slow to fill
        m_chart->setProbes(shown);
        m_shown = std::move(now);
    }
    m_summary->setPlain(m_chart && !shown.empty() ? m_chart->summary() : QString());
    if (content == m_hasContent)
        return;
    m_hasContent = content;
    Q_EMIT hasContentChanged(content);
}

} // namespace portolan::ui
