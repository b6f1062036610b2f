#include "model/probe/probe_command.h"
#include "model/probe/prober.h"
#include "tests/fakes/fake_api_server.h"
#include "tests/fakes/local_exec.h"
#include "tests/fakes/udp_echo.h"
#include "tests/model/probe/probe_plans.h"

#include <QTest>

#include <algorithm>

using namespace portolan;
using namespace std::chrono_literals;
using fakes::outcomesOf;
using fakes::planTo;
using fakes::vipStep;

namespace {

constexpr const char *missing = "a tool is missing that packaging/debian-packages lists";

/// Installs what is there; false where one is missing on this machine.
bool installAll(fakes::LocalExec &image, std::initializer_list<const char *> programs)
{
    return std::all_of(programs.begin(), programs.end(),
                       [&](const char *program) { return image.install(program); });
}

} // namespace

/// The scripts and commands themselves, run on this machine against its own ports.
class TestProbeTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void realTools_data()
    {
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<QByteArray>("tool");
        for (const char *kind : {"bash", "python3", "curl", "wget", "busybox"})
            QTest::newRow(kind) << QByteArray(kind)
                                << QByteArray(kind == std::string_view("busybox") ? "nc" : kind);
        QTest::newRow("bash without timeout(1)") << QByteArray("bash only") << QByteArray("bash");
    }

    void realTools()
    {
        QFETCH(QByteArray, kind);
        QFETCH(QByteArray, tool);
        fakes::LocalExec image;
        bool good = false;
        if (kind == "busybox") {
            good = image.install("busybox");
            for (const char *applet : {"sh", "nc", "timeout", "true", "sleep"})
                good = good && image.install("busybox", applet);
        } else if (kind == "bash only") {
            good = installAll(image, {"sh", "date", "sleep", "bash"});
        } else {
            good = installAll(image, {"sh", "date", "timeout", "true", "sleep", kind.constData()});
        }
        QVERIFY2(good, missing);
        const fakes::FakeApiServer server(
            [](const fakes::FakeRequest &) { return fakes::FakeReply::json("{}", 404); });
        ProbePlan plan = planTo({{ProbeStepKind::Address, "127.0.0.1", server.port(), {}},
                                 {ProbeStepKind::Address, "127.0.0.1", fakes::unusedPort(), {}}});
        Prober prober(image, "");
        const auto tcp = prober.run(plan, {});
        QCOMPARE(QByteArray::fromStdString(tcp->tool), tool);
        QVERIFY2(outcomesOf(*tcp) == "REACHED REFUSED",
                 (outcomesOf(*tcp) + "\n" + tcp->steps[0].output + "\n" + tcp->steps[1].output).c_str());
        QVERIFY(tcp->steps[0].elapsed > 0us);

        plan.request.method = ProbeMethod::Http;
        const auto http = prober.run(plan, {});
        QVERIFY2(outcomesOf(*http) == "REACHED REFUSED",
                 (outcomesOf(*http) + "\n" + http->steps[0].output + "\n" + http->steps[1].output).c_str());
        QCOMPARE(http->steps[0].note, std::string("http-404"));
    }

    void realUdpTools_data()
    {
        QTest::addColumn<QByteArray>("kind");
        for (const char *kind : {"bash", "python3", "bash only"})
            QTest::newRow(kind) << QByteArray(kind);
    }

    void realUdpTools()
    {
        QFETCH(QByteArray, kind);
        fakes::LocalExec image;
        const bool good = kind == "bash only"
                              ? installAll(image, {"sh", "date", "bash"})
                              : installAll(image, {"sh", "date", "timeout", "true", kind.constData()});
        QVERIFY2(good, missing);
        const fakes::UdpEcho echo;
        const ProbePlan plan = planTo({{ProbeStepKind::Address, "127.0.0.1", echo.port(), {}},
                                       {ProbeStepKind::Address, "127.0.0.1", fakes::unusedUdpPort(), {}}},
                                      ProbeMethod::Udp);
        Prober prober(image, "");
        const auto result = prober.run(plan, {});
        QVERIFY2(
            outcomesOf(*result) == "REACHED REFUSED",
            (outcomesOf(*result) + "\n" + result->steps[0].output + "\n" + result->steps[1].output).c_str());
    }

    void realBurst()
    {
        fakes::LocalExec image;
        QVERIFY2(installAll(image, {"sh", "date", "timeout", "true", "sleep", "bash"}), missing);
        const fakes::FakeApiServer server(
            [](const fakes::FakeRequest &) { return fakes::FakeReply::json("{}"); });
        Prober prober(image, "");
        const auto result =
            prober.run(burst(planTo({{ProbeStepKind::Address, "127.0.0.1", server.port(), {}}}), 7), {});
        QCOMPARE(result->detail, std::string("7 of 7 reached"));
        for (const ProbeStep &step : result->steps)
            QVERIFY(step.elapsed > 0us);
    }

    void realImageWithoutTools()
    {
        fakes::LocalExec shellOnly;
        QVERIFY(shellOnly.install("sh"));
        Prober prober(shellOnly, "");
        QCOMPARE(prober.run(planTo({vipStep()}), {})->outcome, ProbeOutcome::ToolMissing);
        fakes::LocalExec nothing;
        Prober other(nothing, "");
        QCOMPARE(other.run(planTo({vipStep()}), {})->outcome, ProbeOutcome::ToolMissing);
    }
};

QTEST_GUILESS_MAIN(TestProbeTools)
#include "test_probe_tools.moc"
