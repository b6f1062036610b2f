#include "ui/canvas/flow_text.h"

#include "ui/canvas/map_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace portolan::ui {

namespace {

struct FlowText
{
    Q_DECLARE_TR_FUNCTIONS(FlowText)
};

/// "14:03:07" of "2026-11-22 14:03:07 UTC".
QString clockText(WallTime time)
{
    return utcText(time).section(QLatin1Char(' '), 1, 1);
}

} // namespace

QString rateText(double perMinute)
{
    if (perMinute <= 0)
        return {};
    return FlowText::tr("%1/min", "a rate").arg(QLocale().toString(perMinute, 'f', perMinute < 10 ? 1 : 0));
}

QString flowCountsText(const FlowCounts &counts, double perMinute)
{
    QStringList words;
    if (counts.forwarded > 0)
        words << FlowText::tr("%1 forwarded", "records of a flow log").arg(counts.forwarded);
    if (counts.dropped > 0 && counts.dropReason.empty())
        words << FlowText::tr("%1 dropped", "records of a flow log").arg(counts.dropped);
    else if (counts.dropped > 0)
        words << FlowText::tr("%1 dropped (%2)", "records of a flow log, the log's reason")
                     .arg(QString::number(counts.dropped), plainLine(counts.dropReason));
    words << rateText(perMinute);
    words.removeAll(QString());
    return words.join(QLatin1String(", "));
}

QString flowLogText(const FlowLog &log)
{
    const QString teller = plainLine(log.teller);
    const WallTime since = log.since();
    QString text =
        since == WallTime{}
            ? FlowText::tr("no flows in the log of %1").arg(teller)
            : FlowText::tr("flows of %1, %2 to %3 UTC").arg(teller, clockText(since), clockText(log.readAt));
    if (!log.isWhole())
        text += QStringLiteral(" (") + FlowText::tr("not all could be read") + QLatin1Char(')');
    return text;
}

} // namespace portolan::ui
