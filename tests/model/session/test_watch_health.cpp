#include "model/session/watch_health.h"

#include <QTest>

using namespace portolan;
using namespace std::chrono_literals;

class TestWatchHealth : public QObject
{
    Q_OBJECT

    static kube::WatchStatus watch(kube::WatchPhase phase, std::chrono::steady_clock::time_point heard = {})
    {
        kube::WatchStatus status;
        status.phase = phase;
        status.lastHeard = heard;
        return status;
    }

private Q_SLOTS:
    void phaseFollowsTheWorstWatch()
    {
        using kube::WatchPhase;
        const std::vector good{watch(WatchPhase::Watching), watch(WatchPhase::Forbidden)};
        const std::vector bad{watch(WatchPhase::Watching), watch(WatchPhase::BackingOff)};
        QCOMPARE(livePhase({}, false, {}), SessionPhase::Connecting);
        QCOMPARE(livePhase(good, false, {}), SessionPhase::Listing);
        QCOMPARE(livePhase(good, true, {}), SessionPhase::Live);
        QCOMPARE(livePhase(bad, true, {}), SessionPhase::Degraded);
    }

    void onlyWhatCannotHealHasFailed()
    {
        const Error refused{ErrorCode::Unavailable, "refused", "https://x"};
        const Error unauthorized{ErrorCode::Unauthorized, "401", "https://x"};
        QCOMPARE(livePhase({}, false, refused), SessionPhase::Connecting);
        QCOMPARE(livePhase({}, true, refused), SessionPhase::Degraded);
        QCOMPARE(livePhase({}, false, unauthorized), SessionPhase::Failed);
    }

    void stalenessIsOfTheOldestBrokenWatch()
    {
        const auto now = std::chrono::steady_clock::time_point{} + 100s;
        QCOMPARE(staleness({watch(kube::WatchPhase::Watching, now - 60s)}, now), 0ms);
        QCOMPARE(staleness({watch(kube::WatchPhase::BackingOff, now - 3s),
                            watch(kube::WatchPhase::Failed, now - 7s)},
                           now),
                 7000ms);
    }
};

QTEST_GUILESS_MAIN(TestWatchHealth)
#include "test_watch_health.moc"
