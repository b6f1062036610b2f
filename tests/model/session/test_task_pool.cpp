#include "model/session/task_pool.h"

#include <QTest>

#include <atomic>
#include <future>
#include <latch>
#include <set>

using namespace portolan;

class TestTaskPool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyTaskRunsOnce()
    {
        std::atomic<int> ran = 0;
        std::latch done(100);
        TaskPool pool(3);
        for (int i = 0; i < 100; ++i) {
            pool.submit([&](const CancelToken &) {
                ++ran;
                done.count_down();
            });
        }
        done.wait();
        QCOMPARE(ran.load(), 100);
    }

    void tasksRunSideBySideUpToTheLimit()
    {
        std::latch together(3);
        std::latch done(3);
        TaskPool pool(3);
        for (int i = 0; i < 3; ++i) {
            pool.submit([&](const CancelToken &) {
                together.arrive_and_wait(); // passes only where all three run at once
                done.count_down();
            });
        }
        done.wait();
        QVERIFY(together.try_wait());
    }

    void oneTaskIsCancelledAndTheOthersAreNot()
    {
        std::promise<bool> first;
        std::promise<bool> second;
        std::promise<void> secondMayLook;
        TaskPool pool(2);
        CancelSource cancel = pool.submit([&](const CancelToken &token) {
            std::promise<void> cancelled;
            const auto listening = token.onCancel([&] { cancelled.set_value(); });
            cancelled.get_future().wait();
            first.set_value(token.isCancelled());
        });
        pool.submit([&](const CancelToken &token) {
            secondMayLook.get_future().wait();
            second.set_value(token.isCancelled());
        });
        cancel.cancel();
        QVERIFY(first.get_future().get());
        secondMayLook.set_value();
        QVERIFY(!second.get_future().get());
    }

    /// Whoever asks for a task does not wait for what another one held.
    void whatATaskHeldGoesWithoutTheLock()
    {
        TaskPool pool(1);
        std::promise<void> wasAsked;
        std::shared_ptr<int> held(new int, [&](const int *value) {
            delete value;
            pool.submit([&](const CancelToken &) { wasAsked.set_value(); });
        });
        pool.submit([held = std::move(held)](const CancelToken &) {});
        QCOMPARE(wasAsked.get_future().wait_for(std::chrono::seconds(20)), std::future_status::ready);
    }

    void closingCancelsWhatRunsAndDropsWhatWaits()
    {
        std::atomic<bool> waitingRan = false;
        std::atomic<bool> cancelled = false;
        std::latch running(1);
        {
            TaskPool pool(1);
            pool.submit([&](const CancelToken &token) {
                std::promise<void> end;
                const auto listening = token.onCancel([&] { end.set_value(); });
                running.count_down();
                end.get_future().wait();
                cancelled = true;
            });
            pool.submit([&](const CancelToken &) { waitingRan = true; });
            running.wait();
        }
        QVERIFY(cancelled);
        QVERIFY(!waitingRan);
    }
};

QTEST_GUILESS_MAIN(TestTaskPool)
#include "test_task_pool.moc"
