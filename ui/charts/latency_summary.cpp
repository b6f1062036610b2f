#include "ui/charts/latency_summary.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <vector>

namespace portolan::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(LatencySummary)
};

} // namespace

bool isFailure(ProbeOutcome outcome)
{
    return outcome != ProbeOutcome::Reached && outcome != ProbeOutcome::Unknown &&
           outcome != ProbeOutcome::ToolMissing;
}

LatencySummary summaryOf(std::span<const ProbeResult> probes)
{
    LatencySummary summary;
    std::vector<std::chrono::microseconds> times;
    for (const ProbeResult &probe : probes) {
        if (probe.outcome == ProbeOutcome::Reached)
            times.push_back(probe.elapsed);
        else if (isFailure(probe.outcome))
            ++summary.failed;
        else
            ++summary.unclear;
    }
    summary.reached = times.size();
    if (times.empty())
        return summary;
    std::sort(times.begin(), times.end());
    summary.least = times.front();
    summary.most = times.back();
    const std::size_t middle = times.size() / 2;
    summary.median = times.size() % 2 ? times[middle] : (times[middle - 1] + times[middle]) / 2;
    return summary;
}

QString durationText(std::chrono::microseconds duration)
{
    const QLocale locale;
    const double us = double(duration.count());
    const auto digits = [](double value) { return value < 10 && value != std::round(value) ? 1 : 0; };
    if (us < 1'000)
        return locale.toString(us, 'f', 0) + QStringLiteral(" µs");
    if (us < 1'000'000)
        return locale.toString(us / 1e3, 'f', digits(us / 1e3)) + QStringLiteral(" ms");
    return locale.toString(us / 1e6, 'f', digits(us / 1e6)) + QStringLiteral(" s");
}

QString summaryText(const LatencySummary &summary)
{
    const std::size_t all = summary.reached + summary.failed + summary.unclear;
    if (all == 0)
        return Words::tr("no probe yet");
    QStringList parts;
    if (summary.reached == 1)
        parts << Words::tr("1 reached (%1)").arg(durationText(summary.median));
    else if (summary.reached > 1)
        parts << Words::tr("%1 reached (%2 to %3, median %4)")
                     .arg(QString::number(summary.reached), durationText(summary.least),
                          durationText(summary.most), durationText(summary.median));
    if (summary.failed > 0)
        parts << Words::tr("%1 failed").arg(summary.failed);
    if (summary.unclear > 0)
        parts << Words::tr("%1 without a clear answer").arg(summary.unclear);
    const QString what = parts.join(QLatin1String(", "));
    return all == 1 ? Words::tr("1 probe: %1").arg(what)
                    : Words::tr("%1 probes: %2").arg(QString::number(all), what);
}

} // namespace portolan::ui
