#include "ui/mainwindow/status_notices.h"

#include "ui/words/text.h"
#include "ui/words/words.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace portolan::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(StatusNotices)
};

/// "pods 1,500 of 20,000" of the list that has most to do.
QString listDetail(const SessionStatus &status)
{
    const kube::WatchStatus *largest = nullptr;
    for (const kube::WatchStatus &watch : status.watches) {
        if (watch.phase == kube::WatchPhase::Listing && (!largest || watch.listed >= largest->listed))
            largest = &watch;
    }
    if (!largest)
        return {};
    const QLocale locale;
    const QString what = plainText(largest->resource.plural);
    const QString listed = locale.toString(qulonglong(largest->listed));
    if (!largest->remaining)
        return what + u' ' + listed;
    const auto all = std::int64_t(largest->listed) + *largest->remaining;
    return Words::tr("%1 %2 of %3", "pods 500 of 20,000").arg(what, listed, locale.toString(qlonglong(all)));
}

} // namespace

const QString StatusNotices::connectionKey = QStringLiteral("connection");

int listProgress(const SessionStatus &status)
{
    if (status.watches.empty())
        return -1;
    double done = 0;
    for (const kube::WatchStatus &watch : status.watches) {
        if (watch.phase == kube::WatchPhase::Listing && watch.remaining) {
            const double all = double(watch.listed) + double(*watch.remaining);
            done += all > 0 ? double(watch.listed) / all : 0;
        } else if (watch.phase != kube::WatchPhase::Discovering && watch.phase != kube::WatchPhase::Listing) {
            done += 1;
        }
    }
    return std::clamp(int(100 * done / double(status.watches.size())), 0, 100);
}

std::optional<Notice> StatusNotices::forStatus(const SessionStatus &status, const QString &cluster,
                                               const Intents &intents)
{
    Notice notice;
    notice.key = connectionKey;
    const Notice::Action stop{Words::tr("Cancel"), intents.stop};
    const Notice::Action retry{Words::tr("Try again"), intents.retry};
    const QString problem = status.problem ? words::errorText(*status.problem) : QString();
    switch (status.phase) {
    case SessionPhase::Connecting:
        notice.text = Words::tr("Connecting to %1").arg(cluster);
        notice.detail = problem;
        notice.tone = problem.isEmpty() ? Tone::None : Tone::Warning;
        notice.percent = -1;
        notice.actions = {stop};
        return notice;
    case SessionPhase::Listing:
        notice.text = Words::tr("Reading %1").arg(cluster);
        notice.detail = listDetail(status);
        notice.percent = listProgress(status);
        notice.actions = {stop};
        return notice;
    case SessionPhase::Degraded:
        notice.tone = Tone::Warning;
        notice.text = Words::tr("What is shown is %1 old").arg(words::durationText(status.behind));
        notice.detail = problem;
        notice.actions = {retry};
        return notice;
    case SessionPhase::Failed:
        notice.tone = Tone::Bad;
        notice.text = Words::tr("%1 cannot be read").arg(cluster);
        notice.detail = problem;
        notice.actions = {retry};
        return notice;
    case SessionPhase::Closed:
        notice.tone = Tone::Muted;
        notice.text = Words::tr("Reading was stopped: what is shown does not change any more.");
        notice.actions = {retry};
        return notice;
    case SessionPhase::Live:
    case SessionPhase::Offline:
        break;
    }
    return std::nullopt;
}

} // namespace portolan::ui
