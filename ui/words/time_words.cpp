#include "ui/words/words.h"

#include "ui/words/text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

namespace portolan::ui::words {

namespace {
struct TimeWords
{
    Q_DECLARE_TR_FUNCTIONS(TimeWords)
};
} // namespace

QString durationText(std::chrono::microseconds duration)
{
    const double ms = double(duration.count()) / 1000.0;
    const QLocale locale;
    if (ms < 0.05)
        return TimeWords::tr("%1 ms").arg(0);
    if (ms < 10)
        return TimeWords::tr("%1 ms").arg(locale.toString(ms, 'f', 1));
    if (ms < 1000)
        return TimeWords::tr("%1 ms").arg(locale.toString(ms, 'f', 0));
    return TimeWords::tr("%1 s").arg(locale.toString(ms / 1000, 'f', 1));
}

QString timeText(WallTime time)
{
    if (time == WallTime{})
        return {};
    const auto at = QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), QTimeZone::utc());
    return at.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")) + QStringLiteral(" UTC");
}

QString ageText(std::chrono::milliseconds age)
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(age).count();
    if (seconds < 2)
        return TimeWords::tr("just now");
    if (seconds < 60)
        return TimeWords::tr("%n s ago", nullptr, int(seconds));
    if (seconds < 3600)
        return TimeWords::tr("%n min ago", nullptr, int(seconds / 60));
    if (seconds < 86'400)
        return TimeWords::tr("%n h ago", nullptr, int(seconds / 3600));
    return TimeWords::tr("%n day(s) ago", nullptr, int(seconds / 86'400));
}

QString phaseText(SessionPhase phase)
{
    switch (phase) {
    case SessionPhase::Connecting:
        return TimeWords::tr("Connecting");
    case SessionPhase::Listing:
        return TimeWords::tr("Reading");
    case SessionPhase::Live:
        return TimeWords::tr("Live");
    case SessionPhase::Degraded:
        return TimeWords::tr("Behind");
    case SessionPhase::Offline:
        return TimeWords::tr("Recording");
    case SessionPhase::Failed:
        return TimeWords::tr("Not connected");
    case SessionPhase::Closed:
        return TimeWords::tr("Closed");
    }
    return {};
}

bool isRecording(const ClusterInfo &info)
{
    return info.source != SourceKind::Live;
}

QString recordingText(const ClusterInfo &info)
{
    if (!isRecording(info))
        return {};
    const QString name = plainText(info.contextName);
    const QString time = timeText(info.recordedAt);
    if (time.isEmpty())
        return TimeWords::tr("Recording of %1").arg(name);
    return TimeWords::tr("Recording of %1, %2").arg(name, time);
}

} // namespace portolan::ui::words
