#include "tests/ui/support/ui_frames.h"
#include "ui/words/plain_label.h"
#include "ui/words/text.h"
#include "ui/words/words.h"

#include <QTest>

using namespace portolan;
using namespace portolan::ui;
using namespace std::chrono_literals;

class TestWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNameOfOneLongWordTakesSeveralLines()
    {
        PlainLabel label(QString(200, u'x'));
        label.setWordWrap(true);
        const int line = label.fontMetrics().height();
        QVERIFY(label.minimumSizeHint().width() < 120);
        QVERIFY(label.heightForWidth(120) > 5 * line);
        label.resize(120, label.heightForWidth(120));
        const QImage picture = label.grab().toImage();
        const auto isPainted = [&](int row) {
            for (int x = 0; x < picture.width(); ++x) {
                if (picture.pixel(x, row) != picture.pixel(0, 0))
                    return true;
            }
            return false;
        };
        int painted = 0; // rows of the last line
        for (int row = picture.height() - line; row < picture.height(); ++row)
            painted += isPainted(row) ? 1 : 0;
        QVERIFY(painted > 2);
        label.setPlain(QStringLiteral("short words wrap as they do"));
        QCOMPARE(label.heightForWidth(120), label.QLabel::heightForWidth(120));
    }

    void controlAndDirectionSignsBecomeSpaces()
    {
        QCOMPARE(plainText("a\x1b[31mb\nc\td"), QStringLiteral("a [31mb c d"));
        QCOMPARE(plainText("x\xe2\x80\xaey"), QStringLiteral("x y"));
        QCOMPARE(plainLines("a\nb\tc\x07"), QStringLiteral("a\nb\tc "));
        QCOMPARE(plainText("\xed\x99\x94"), QStringLiteral("화"));
    }

    void toolTipsAndActionsShowTheTextAsItIs()
    {
        QCOMPARE(toolTipText(QStringLiteral("<b>x</b>\ny")),
                 QStringLiteral("<p>&lt;b&gt;x&lt;/b&gt;<br/>y</p>"));
        QCOMPARE(toolTipText({}), QString());
        QCOMPARE(actionText(QStringLiteral("a&b")), QStringLiteral("a&&b"));
        const PlainLabel label(QStringLiteral("<b>x</b>"));
        QCOMPARE(label.textFormat(), Qt::PlainText);
        QCOMPARE(shortened(QStringLiteral("abcdefghij"), 7), QStringLiteral("abcd…ij"));
    }

    void durations_data()
    {
        QTest::addColumn<qlonglong>("microseconds");
        QTest::addColumn<QString>("words");
        QTest::newRow("tenths") << 420LL << QStringLiteral("0.4 ms");
        QTest::newRow("ms") << 38'400LL << QStringLiteral("38 ms");
        QTest::newRow("s") << 2'000'000LL << QStringLiteral("2.0 s");
    }
    void durations()
    {
        QFETCH(qlonglong, microseconds);
        QTEST(words::durationText(std::chrono::microseconds(microseconds)), "words");
    }

    void portsAndRequests()
    {
        QCOMPARE(words::portsText({}), QStringLiteral("any port"));
        QCOMPARE(words::portsText({{8080, 0, Protocol::Tcp, ""}, {53, 0, Protocol::Udp, ""}}),
                 QStringLiteral("8080/TCP, 53/UDP"));
        QCOMPARE(words::portText({8000, 8010, Protocol::Tcp, ""}), QStringLiteral("8000-8010/TCP"));
        QCOMPARE(words::portText({0, 0, Protocol::Tcp, "http"}), QStringLiteral("http/TCP"));
        ProbeRequest request;
        request.source = {ObjectKind::Pod, "Pod", "shop", "web-1"};
        request.destination = {ObjectKind::Service, "Service", "shop", "checkout"};
        request.port = 8080;
        QCOMPARE(words::requestText(request), QStringLiteral("shop/web-1 → shop/checkout:8080/TCP"));
        request.destination = {ObjectKind::Other, "Address", "", "fd00::1"};
        QCOMPARE(words::requestText(request), QStringLiteral("shop/web-1 → [fd00::1]:8080/TCP"));
    }

    void everyCodeAndOutcomeHasWords()
    {
        for (int code = 0; code <= int(ErrorCode::Io); ++code)
            QVERIFY(!words::errorTitle(ErrorCode(code)).isEmpty());
        for (int outcome = 0; outcome <= int(ProbeOutcome::Unknown); ++outcome) {
            QVERIFY(!words::outcomeText(ProbeOutcome(outcome)).isEmpty());
            QVERIFY(!words::outcomeMeaning(ProbeOutcome(outcome)).isEmpty());
        }
        QVERIFY(words::noteText("udp-silent").contains(QLatin1String("UDP")));
        QVERIFY(words::errorText({ErrorCode::PermissionDenied, "pods is forbidden", "/api/v1/pods"})
                    .contains(QLatin1String("/api/v1/pods")));
    }

    void everyRuleHasWordsAndItsFactsStandInThem()
    {
        const auto frame = uitest::frameOf(uitest::shopState());
        QVERIFY(frame->findings->size() > 3);
        for (const Finding &finding : *frame->findings) {
            const QString said = words::findingText(finding);
            QVERIFY2(!said.contains(u'{'), qPrintable(said));
            QVERIFY2(said.contains(words::refText(finding.object)), qPrintable(said));
        }
        Finding odd{"pod-not-ready",
                    Severity::Warning,
                    {ObjectKind::Pod, "Pod", "a", "{reason}"},
                    {},
                    {{"reason", "why"}}};
        QVERIFY(words::findingText(odd).contains(QLatin1String("Pod a/{reason}")));
    }

    void recordingsSayThatTheyAreOnes()
    {
        ClusterInfo info;
        info.contextName = "prod";
        QCOMPARE(words::recordingText(info), QString());
        info.source = SourceKind::Snapshot;
        info.recordedAt = parseRfc3339("2026-11-22T14:32:07Z").value();
        QCOMPARE(words::recordingText(info), QStringLiteral("Recording of prod, 2026-11-22 14:32:07 UTC"));
    }
};

QTEST_MAIN(TestWords)
#include "test_words.moc"
