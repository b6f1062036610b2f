#include "model/base/cancel_token.h"
#include "model/base/in_parallel.h"
#include "model/base/result.h"
#include "model/base/timestamp.h"

#include <QTest>

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <vector>

using namespace portolan;

class TestBase : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void resultHoldsValueOrError()
    {
        const Result<int> good = 7;
        QVERIFY(good.has_value());
        QCOMPARE(*good, 7);
        const Result<int> bad = Error{ErrorCode::Timeout, "too slow", "https://x"};
        QVERIFY(!bad);
        QCOMPARE(bad.error().oneLine(), std::string("https://x: too slow"));
        QCOMPARE(bad.value_or(3), 3);
    }

    void errorsAreOneLineOfPlainText()
    {
        const Error error{ErrorCode::Protocol, "a\nb\x1b[31m", "w"};
        QCOMPARE(error.oneLine(), std::string("w: a b [31m"));
    }

    void timesGoThereAndBack_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("canonical");
        QTest::newRow("utc") << QByteArray("2026-11-22T14:32:07Z") << QByteArray("2026-11-22T14:32:07Z");
        QTest::newRow("micro") << QByteArray("2026-11-22T14:32:07.123456Z")
                               << QByteArray("2026-11-22T14:32:07.123Z");
        QTest::newRow("offset") << QByteArray("2026-11-22T14:32:07+09:00")
                                << QByteArray("2026-11-22T05:32:07Z");
        QTest::newRow("leap day") << QByteArray("2024-02-29T00:00:00Z") << QByteArray("2024-02-29T00:00:00Z");
    }

    void timesGoThereAndBack()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, canonical);
        const auto time = parseRfc3339({text.constData(), std::size_t(text.size())});
        QVERIFY(time.has_value());
        QCOMPARE(QByteArray::fromStdString(formatRfc3339(*time)), canonical);
    }

    void whatIsNoTimeIsAnError()
    {
        for (const char *text : {"", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-11-22 14:32:07Z",
                                 "2026-11-22T14:32:07", "2026-11-22T14:32:07+9:00", "2026-11-22T24:00:00Z"})
            QVERIFY2(!parseRfc3339(text), text);
        QCOMPARE(formatRfc3339({}), std::string());
    }

    void cancelReachesEveryListenerOnce()
    {
        CancelSource source;
        int fired = 0;
        const auto early = source.token().onCancel([&] { ++fired; });
        {
            const auto gone = source.token().onCancel([&] { fired += 100; });
        }
        QVERIFY(!source.token().isCancelled());
        source.cancel();
        source.cancel();
        QVERIFY(source.token().isCancelled());
        QCOMPARE(fired, 1);
        const auto late = source.token().onCancel([&] { ++fired; });
        QCOMPARE(fired, 2);
        QVERIFY(!CancelToken().isCancelled());
    }

    void everyCallInParallelIsMadeOnce()
    {
        for (const std::size_t count : {std::size_t(0), std::size_t(1), std::size_t(1000)}) {
            std::vector<std::atomic<int>> calls(count);
            inParallel(count, [&](std::size_t i) { ++calls[i]; });
            QVERIFY(std::all_of(calls.begin(), calls.end(), [](const auto &made) { return made == 1; }));
        }
    }

    void whatACallInParallelThrowsIsThrownAgain()
    {
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, inParallel(100, [](std::size_t i) {
                                     if (i == 70)
                                         throw std::runtime_error("70");
                                 }));
    }
};

QTEST_GUILESS_MAIN(TestBase)
#include "test_base.moc"
