#include "ui/charts/probe_latency_chart.h"

#include <QApplication>
#include <QChart>
#include <QChartView>
#include <QDateTimeAxis>
#include <QImage>
#include <QLabel>
#include <QTest>

#include <set>

using namespace portolan;
using namespace portolan::ui;
using namespace std::chrono_literals;

namespace {

ProbeResult probe(ProbeOutcome outcome, std::chrono::microseconds elapsed, int second)
{
    ProbeResult result;
    result.outcome = outcome;
    result.elapsed = elapsed;
    result.at = WallTime(std::chrono::seconds(1'795'357'800 + second));
    return result;
}

} // namespace

class TestProbeLatencyChart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void summaryCounts();
    void summaryOfNothing();
    void medians();
    void durationsReadWell();
    void chartTellsItsSummary();
    void emptyChartHints();
    void failuresAreDrawn();
    void ticksSayDifferentTimes();
    void extremesDoNotBreakIt();
    void themesDress();
};

void TestProbeLatencyChart::summaryCounts()
{
    const std::vector<ProbeResult> probes{
        probe(ProbeOutcome::Reached, 2ms, 0),     probe(ProbeOutcome::Timeout, 2s, 1),
        probe(ProbeOutcome::Refused, 1ms, 2),     probe(ProbeOutcome::Unknown, 1ms, 3),
        probe(ProbeOutcome::ToolMissing, 0us, 4), probe(ProbeOutcome::Reached, 800us, 5),
        probe(ProbeOutcome::Dns, 5s, 6),          probe(ProbeOutcome::NoRoute, 3s, 7)};
    const LatencySummary summary = summaryOf(probes);
    QCOMPARE(summary.reached, std::size_t(2));
    QCOMPARE(summary.failed, std::size_t(4));
    QCOMPARE(summary.unclear, std::size_t(2));
    QVERIFY(summary.least == 800us && summary.most == 2ms && summary.median == 1400us);
    const QString text = summaryText(summary);
    for (const char *part :
         {"8 probes", "2 reached", "4 failed", "2 without a clear answer", "800 µs", "2 ms"})
        QVERIFY2(text.contains(QString::fromUtf8(part)), qPrintable(text));
}

void TestProbeLatencyChart::summaryOfNothing()
{
    QCOMPARE(summaryText(summaryOf({})), QStringLiteral("no probe yet"));
    const std::vector<ProbeResult> one{probe(ProbeOutcome::Reached, 2ms, 0)};
    QCOMPARE(summaryText(summaryOf(one)), QStringLiteral("1 probe: 1 reached (2 ms)"));
    const std::vector<ProbeResult> lost{probe(ProbeOutcome::Timeout, 2s, 0)};
    QVERIFY(summaryOf(lost).most == 0us); // a timeout has no latency
}

void TestProbeLatencyChart::medians()
{
    std::vector<ProbeResult> probes;
    for (const auto elapsed : {9ms, 1ms, 5ms})
        probes.push_back(probe(ProbeOutcome::Reached, elapsed, 0));
    QVERIFY(summaryOf(probes).median == 5ms);
    probes.push_back(probe(ProbeOutcome::Reached, 7ms, 0));
    QVERIFY(summaryOf(probes).median == 6ms);
}

void TestProbeLatencyChart::durationsReadWell()
{
    QLocale::setDefault(QLocale::c());
    QCOMPARE(durationText(850us), QStringLiteral("850 µs"));
    QCOMPARE(durationText(2100us), QStringLiteral("2.1 ms"));
    QCOMPARE(durationText(10ms), QStringLiteral("10 ms"));
    QCOMPARE(durationText(2s), QStringLiteral("2 s"));
    QCOMPARE(durationText(0us), QStringLiteral("0 µs"));
}

void TestProbeLatencyChart::chartTellsItsSummary()
{
    ProbeLatencyChart chart;
    const std::vector<ProbeResult> probes{probe(ProbeOutcome::Reached, 2ms, 0),
                                          probe(ProbeOutcome::Timeout, 2s, 1)};
    chart.setProbes(probes);
    QCOMPARE(chart.summary(), summaryText(summaryOf(probes)));
    QCOMPARE(chart.accessibleDescription(), chart.summary());
    QVERIFY(!chart.accessibleName().isEmpty());
}

void TestProbeLatencyChart::emptyChartHints()
{
    ProbeLatencyChart chart;
    chart.resize(500, 160);
    chart.show();
    const auto *hint = chart.findChild<QLabel *>();
    QVERIFY(hint && hint->isVisible() && hint->textFormat() == Qt::PlainText);
    chart.setProbes(std::vector<ProbeResult>{probe(ProbeOutcome::Reached, 2ms, 0)});
    QVERIFY(!hint->isVisible());
    chart.setProbes({});
    QVERIFY(hint->isVisible());
}

namespace {

int pixelsOf(const QImage &image, const QColor &color, int fromRow, int toRow)
{
    int count = 0;
    for (int y = fromRow; y < toRow; ++y) {
        for (int x = 0; x < image.width(); ++x)
            count += image.pixelColor(x, y) == color;
    }
    return count;
}

} // namespace

void TestProbeLatencyChart::failuresAreDrawn()
{
    ProbeLatencyChart chart;
    const Theme theme = lightTheme();
    chart.setTheme(theme);
    chart.resize(600, 220);
    chart.show();
    std::vector<ProbeResult> probes;
    for (int i = 0; i < 8; ++i)
        probes.push_back(probe(ProbeOutcome::Reached, 2ms + i * 100us, i));
    chart.setProbes(probes);
    QImage image = chart.grab().toImage();
    QVERIFY(pixelsOf(image, theme.ok, 0, image.height()) > 8 * 8);
    QCOMPARE(pixelsOf(image, theme.denied, 0, image.height()), 0);
    probes.push_back(probe(ProbeOutcome::Timeout, 2s, 9));
    chart.setProbes(probes);
    image = chart.grab().toImage();
    // On their line above everything that reached.
    QVERIFY(pixelsOf(image, theme.denied, 0, image.height() / 3) > 0);
    QCOMPARE(pixelsOf(image, theme.denied, image.height() / 3, image.height()), 0);
}

/// A burst of probes is over in two seconds.
void TestProbeLatencyChart::ticksSayDifferentTimes()
{
    ProbeLatencyChart chart;
    chart.resize(900, 200);
    for (const int seconds : {1, 2, 60, 7200}) {
        chart.setProbes(std::vector<ProbeResult>{probe(ProbeOutcome::Reached, 1ms, 0),
                                                 probe(ProbeOutcome::Reached, 1ms, seconds)});
        const auto axes = chart.findChild<QChartView *>()->chart()->axes(Qt::Horizontal);
        const auto *time = qobject_cast<QDateTimeAxis *>(axes.value(0));
        QVERIFY(time);
        std::set<QString> texts;
        const qint64 span = time->min().msecsTo(time->max());
        for (int i = 0; i < time->tickCount(); ++i)
            texts.insert(time->min().addMSecs(span * i / (time->tickCount() - 1)).toString(time->format()));
        QCOMPARE(int(texts.size()), time->tickCount());
    }
}

void TestProbeLatencyChart::extremesDoNotBreakIt()
{
    ProbeLatencyChart chart;
    chart.resize(400, 160);
    chart.show();
    chart.setProbes(std::vector<ProbeResult>{probe(ProbeOutcome::Reached, 0us, 0)});
    chart.setProbes(std::vector<ProbeResult>{probe(ProbeOutcome::Timeout, 2s, 0)});
    chart.setProbes(std::vector<ProbeResult>{probe(ProbeOutcome::Reached, -5us, 5),
                                             probe(ProbeOutcome::Reached, std::chrono::hours(2), 0)});
    std::vector<ProbeResult> many;
    for (int i = 0; i < 500; ++i)
        many.push_back(probe(ProbeOutcome::Reached, std::chrono::microseconds(100 + i * 37), i));
    chart.setProbes(many);
    QVERIFY(!chart.grab().isNull());
}

void TestProbeLatencyChart::themesDress()
{
    ProbeLatencyChart chart;
    chart.resize(400, 160);
    chart.show();
    chart.setProbes(std::vector<ProbeResult>{probe(ProbeOutcome::Reached, 2ms, 0)});
    const QImage light = chart.grab().toImage();
    chart.setTheme(darkTheme());
    QVERIFY(chart.grab().toImage() != light);
}

QTEST_MAIN(TestProbeLatencyChart)
#include "test_probe_latency_chart.moc"
