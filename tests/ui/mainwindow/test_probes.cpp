#include "ui/mainwindow/probe_controller.h"

#include <QSignalSpy>
#include <QTest>

using namespace portolan;
using namespace portolan::ui;

namespace {

/// Stands in for a session: takes probes, and ends them when the test says so.
struct FakeGate
{
    std::vector<ProbeRequest> asked;
    std::vector<ProbeId> cancelled;

    ProbeGate gate()
    {
        return {[this](const ProbeRequest &request) {
                    asked.push_back(request);
                    return ProbeId{asked.size()};
                },
                [this](ProbeId id) { cancelled.push_back(id); }};
    }
    ProbeId last() const { return ProbeId{asked.size()}; }
};

ProbeRequest request(const std::string &to)
{
    ProbeRequest result;
    result.source = {ObjectKind::Pod, "Pod", "shop", "web-1"};
    result.destination = {ObjectKind::Service, "Service", "shop", to};
    result.port = 80;
    return result;
}

ProbeResult reached(const ProbeRequest &of)
{
    ProbeResult result;
    result.request = of;
    result.outcome = ProbeOutcome::Reached;
    return result;
}

} // namespace

class TestProbes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutAGateAProbeIsRefused()
    {
        ProbeController controller;
        QSignalSpy refused(&controller, &ProbeController::refused);
        QSignalSpy activity(&controller, &ProbeController::activityChanged);
        controller.probe(request("a"));
        QCOMPARE(refused.count(), 1);
        QCOMPARE(activity.count(), 0);
        QVERIFY(!controller.isAnyActive());
    }

    void oneProbeRunsAndEnds()
    {
        FakeGate fake;
        ProbeController controller;
        controller.setGate(fake.gate());
        controller.probe(request("a"));
        QVERIFY(controller.activityOf(request("a")).running);
        QCOMPARE(controller.running().size(), std::size_t(1));
        controller.onStepFinished(fake.last(), {});
        QCOMPARE(controller.activityOf(request("a")).steps.size(), std::size_t(1));
        controller.onFinished(fake.last(), reached(request("a")));
        QVERIFY(!controller.activityOf(request("a")).active);
        QCOMPARE(fake.asked.size(), std::size_t(1));
    }

    void aBurstIsFiftyOneAfterTheOther()
    {
        FakeGate fake;
        ProbeController controller;
        controller.setGate(fake.gate());
        controller.probe(request("a"), ProbeRepeat::Burst);
        for (int i = 1; i <= burstSize; ++i) {
            QCOMPARE(int(fake.asked.size()), i);
            controller.onFinished(fake.last(), reached(request("a")));
            QCOMPARE(controller.activityOf(request("a")).done, i);
        }
        QCOMPARE(int(fake.asked.size()), burstSize);
        QVERIFY(!controller.isAnyActive());
    }

    void repeatingWaitsBetweenProbesUntilItIsStopped()
    {
        FakeGate fake;
        std::vector<std::pair<std::chrono::seconds, std::function<void()>>> waiting;
        ProbeController controller(nullptr, [&](std::chrono::seconds wait, std::function<void()> call) {
            waiting.emplace_back(wait, std::move(call));
        });
        controller.setRepeatSeconds(7);
        controller.setGate(fake.gate());
        controller.probe(request("a"), ProbeRepeat::Every);
        controller.onFinished(fake.last(), reached(request("a")));
        QCOMPARE(waiting.size(), std::size_t(1));
        QCOMPARE(waiting.back().first, std::chrono::seconds(7));
        QVERIFY(controller.activityOf(request("a")).active);
        QVERIFY(!controller.activityOf(request("a")).running);
        waiting.back().second();
        QCOMPARE(fake.asked.size(), std::size_t(2));
        controller.onFinished(fake.last(), reached(request("a")));

        controller.cancel(request("a"));
        waiting.back().second(); // comes too late
        QCOMPARE(fake.asked.size(), std::size_t(2));
        QVERIFY(!controller.isAnyActive());
        QVERIFY(fake.cancelled.empty()); // nothing ran
    }

    void cancelReachesTheSessionAndIsNoFailure()
    {
        FakeGate fake;
        ProbeController controller;
        controller.setGate(fake.gate());
        controller.probe(request("a"), ProbeRepeat::Burst);
        controller.cancel(request("a"));
        QCOMPARE(fake.cancelled, (std::vector<ProbeId>{fake.last()}));
        controller.onFailed(fake.last(), {ErrorCode::Cancelled, {}, {}});
        const ProbeActivity activity = controller.activityOf(request("a"));
        QVERIFY(!activity.running && !activity.active && !activity.error);
        QCOMPARE(fake.asked.size(), std::size_t(1));
    }

    void aFailureEndsTheRepetitionWithItsReason()
    {
        FakeGate fake;
        ProbeController controller;
        controller.setGate(fake.gate());
        controller.probe(request("a"), ProbeRepeat::Burst);
        controller.onFailed(fake.last(), {ErrorCode::PermissionDenied, "pods/exec is forbidden", {}});
        const ProbeActivity activity = controller.activityOf(request("a"));
        QVERIFY(!activity.active);
        QCOMPARE(activity.error->code, ErrorCode::PermissionDenied);
        QCOMPARE(fake.asked.size(), std::size_t(1));
    }

    void questionsDoNotDisturbOneAnother()
    {
        FakeGate fake;
        ProbeController controller;
        controller.setGate(fake.gate());
        controller.probe(request("a"));
        controller.probe(request("b"));
        controller.probe(request("a")); // runs already
        QCOMPARE(fake.asked.size(), std::size_t(2));
        controller.onFinished(ProbeId{2}, reached(request("b")));
        QVERIFY(controller.activityOf(request("a")).running);
        QVERIFY(!controller.activityOf(request("b")).running);
        controller.onFinished(ProbeId{99}, reached(request("a"))); // of no one
        QVERIFY(controller.activityOf(request("a")).running);
        controller.setGate({});
        QVERIFY(!controller.isAnyActive());
    }
};

QTEST_MAIN(TestProbes)
#include "test_probes.moc"
