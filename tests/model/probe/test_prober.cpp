#include "model/probe/probe_command.h"
#include "model/probe/prober.h"
#include "tests/fakes/fake_api_server.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/fake_image.h"
#include "tests/model/probe/probe_plans.h"

#include <QProcess>
#include <QTest>

#include <algorithm>

using namespace portolan;
using namespace std::chrono_literals;
using fakes::FakeImage;
using fakes::outcomesOf;
using fakes::planTo;
using fakes::vipStep;
using Answer = FakeImage::Answer;
using Argv = FakeImage::Argv;

namespace {

constexpr const char *busyboxHelp =
    "BusyBox v1.35.0 multi-call binary.\n\nUsage: nc [-iN] [-wN] [-l] [-p PORT] "
    "[-f FILE|IPADDR PORT] [-e PROG]";
constexpr const char *openbsdHelp =
    "OpenBSD netcat (Debian patchlevel 1.219-1)\nusage: nc [-46CDdFhklNnrStUuvZz]";

ProbePlan::Step nameStep()
{
    return {ProbeStepKind::Name, "web.shop.svc", 80, {}};
}
ProbePlan::Step endpointStep(int number)
{
    return {ProbeStepKind::Endpoint,
            "10.1.0." + std::to_string(number),
            8080,
            {ObjectKind::Pod, "Pod", "shop", "web-" + std::to_string(number)}};
}

bool names(const Argv &argv, const std::string &host)
{
    return std::find(argv.begin(), argv.end(), host) != argv.end();
}

Answer refused()
{
    return {1, "nc: can't connect to remote host (10.0.0.1): Connection refused", 400us};
}
Answer timedOut()
{
    return {1, "nc: timed out", 3s};
}
Answer noName()
{
    return {1, "nc: bad address 'web.shop.svc'", 20ms};
}

struct Probe
{
    FakeImage image;
    std::vector<ProbeStep> told;

    explicit Probe(std::function<Answer(const Argv &)> answer, const char *help = busyboxHelp)
    {
        image.programs = {{"timeout", help == busyboxHelp ? "BusyBox v1.35.0" : ""}, {"nc", help}};
        image.answer = std::move(answer);
    }

    Result<ProbeResult> run(const ProbePlan &plan, const CancelToken &cancel = {})
    {
        Prober prober(image, "test", m_clock);
        return prober.run(plan, cancel, [this](const ProbeStep &step) { told.push_back(step); });
    }

private:
    fakes::FakeClock m_clock;
};

} // namespace

class TestProber : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyStepIsToldAndKept()
    {
        Probe probe([](const Argv &) { return Answer{0, "", 1234us}; });
        const auto result = probe.run(planTo({nameStep(), vipStep(), endpointStep(1)}));
        QVERIFY(result.has_value());
        QCOMPARE(outcomesOf(*result), std::string("REACHED REACHED REACHED"));
        QCOMPARE(result->outcome, ProbeOutcome::Reached);
        QCOMPARE(result->elapsed, 1234us);
        QCOMPARE(result->tool, std::string("nc"));
        QCOMPARE(result->detail, std::string());
        QVERIFY(result->at != WallTime{});
        QCOMPARE(probe.told.size(), std::size_t(3));
        const ProbeStep &step = result->steps[2];
        QVERIFY((step.command == Argv{"nc", "-w", "3", "10.1.0.1", "8080", "-e", "true"}));
        QCOMPARE(step.kubectl, std::string("kubectl --context test exec -n shop client -c app -- nc "
                                           "-w 3 10.1.0.1 8080 -e true"));
        QCOMPARE(step.endpoint.name, std::string("web-1"));
        QCOMPARE(probe.image.probeExecs(), std::size_t(1));
    }

    void toolsAreLookedForOncePerImage()
    {
        Probe probe([](const Argv &) { return Answer{}; });
        fakes::FakeClock clock;
        Prober prober(probe.image, "", clock);
        for (int i = 0; i < 3; ++i)
            QVERIFY(prober.run(planTo({vipStep()}), {}).has_value());
        QCOMPARE(probe.image.requests().size(), std::size_t(4));
        ProbePlan other = planTo({vipStep()});
        other.image = "other:1";
        QVERIFY(prober.run(other, {}).has_value());
        QCOMPARE(probe.image.requests().size(), std::size_t(6));
    }

    void theTimeoutThatStandsWasTriedTwice()
    {
        Probe probe([](const Argv &) { return timedOut(); });
        const auto result = probe.run(planTo({vipStep(), endpointStep(1)}));
        QCOMPARE(outcomesOf(*result), std::string("TIMEOUT TIMEOUT"));
        QCOMPARE(probe.image.probeExecs(), std::size_t(2));
        QCOMPARE(result->steps[0].output, std::string("nc: timed out\nnc: timed out"));
        QVERIFY(names(result->steps[0].command, "4")); // the second try waits longer
        QCOMPARE(probe.told.size(), std::size_t(2));
        QCOMPARE(result->detail,
                 std::string("the ClusterIP fails (TIMEOUT); the endpoint fails (web-1 TIMEOUT)"));
    }

    void theSecondTryCanReach()
    {
        int tries = 0;
        Probe probe([&](const Argv &) { return ++tries == 1 ? timedOut() : Answer{}; });
        const auto result = probe.run(planTo({vipStep()}));
        QCOMPARE(result->outcome, ProbeOutcome::Reached);
        QCOMPARE(result->steps[0].note, std::string("reached-on-retry"));
        QCOMPARE(probe.told.size(), std::size_t(1));
        QCOMPARE(probe.told.front().outcome, ProbeOutcome::Reached);
    }

    void onlyWhatTimedOutIsTriedAgain()
    {
        std::map<std::string, int> tries;
        Probe probe([&](const Argv &argv) {
            const std::string host = names(argv, "10.96.0.7") ? "vip" : "endpoint";
            ++tries[host];
            return host == "vip" ? timedOut() : refused();
        });
        QVERIFY(probe.run(planTo({vipStep(), endpointStep(1)})).has_value());
        QCOMPARE(tries["vip"], 2);
        QCOMPARE(tries["endpoint"], 1);
    }

    void itSaysWhichOfTheThreeFails_data()
    {
        QTest::addColumn<QByteArray>("failing");
        QTest::addColumn<QByteArray>("outcome");
        QTest::addColumn<QByteArray>("detail");
        const auto row = [](const char *failing, const char *outcome, const char *detail) {
            QTest::newRow(*failing ? failing : "none")
                << QByteArray(failing) << QByteArray(outcome) << QByteArray(detail);
        };
        row("", "REACHED", "");
        row("name", "DNS", "the name web.shop.svc does not resolve; the ClusterIP answers");
        row("vip", "REACHED",
            "the ClusterIP fails (REFUSED) although every endpoint answers: the service layer of the "
            "source's "
            "node");
        row("10.1.0.2", "REACHED", "1 of 2 endpoints fail (web-2 REFUSED): connections fail now and then");
        row("vip 10.1.0.1 10.1.0.2", "REACHED",
            "the ClusterIP fails (REFUSED); all 2 endpoints fail (web-1 REFUSED, web-2 REFUSED)");
        row("name-refused", "REFUSED",
            "the name web.shop.svc fails (REFUSED) although the ClusterIP answers: the name may lead "
            "elsewhere");
    }
    void itSaysWhichOfTheThreeFails()
    {
        QFETCH(QByteArray, failing);
        QFETCH(QByteArray, outcome);
        QFETCH(QByteArray, detail);
        Probe probe([&](const Argv &argv) {
            if (names(argv, "web.shop.svc"))
                return failing == "name" ? noName() : failing == "name-refused" ? refused() : Answer{};
            if (names(argv, "10.96.0.7"))
                return failing.startsWith("vip") ? refused() : Answer{};
            for (const char *host : {"10.1.0.1", "10.1.0.2"}) {
                if (names(argv, host))
                    return failing.contains(host) ? refused() : Answer{};
            }
            return Answer{99, "?", {}};
        });
        const auto result = probe.run(planTo({nameStep(), vipStep(), endpointStep(1), endpointStep(2)}));
        QCOMPARE(QByteArray(std::string(probeOutcomeName(result->outcome)).c_str()), outcome);
        QCOMPARE(QByteArray::fromStdString(result->detail), detail);
    }

    void withMixedEndpointsTheNameIsNotSuspected()
    {
        Probe probe([](const Argv &argv) {
            return names(argv, "web.shop.svc") || names(argv, "10.1.0.2") ? refused() : Answer{};
        });
        const auto result = probe.run(planTo({nameStep(), vipStep(), endpointStep(1), endpointStep(2)}));
        QCOMPARE(result->outcome, ProbeOutcome::Refused);
        QCOMPARE(result->detail,
                 std::string("1 of 2 endpoints fail (web-2 REFUSED): connections fail now and then"));
    }

    void headlessClientsMustUseTheTargetPort()
    {
        Probe probe([](const Argv &argv) { return names(argv, "80") ? refused() : Answer{}; });
        const auto result = probe.run(planTo({nameStep(), endpointStep(1)}));
        QCOMPARE(result->outcome, ProbeOutcome::Refused);
        QCOMPARE(result->detail,
                 std::string("the service is headless: its clients must use the target port 8080, not 80"));
    }

    void remarksOfThePlanAreKept()
    {
        Probe probe([](const Argv &) { return refused(); });
        ProbePlan plan = planTo({vipStep()});
        plan.remarks = {"the service has no ready endpoint"};
        plan.endpointsLeftOut = 3;
        QCOMPARE(probe.run(plan)->detail,
                 std::string("the ClusterIP fails (REFUSED); the service has no ready endpoint; 3 more "
                             "endpoints were not tried"));
    }

    /// bash has one limit for look-up and connection; the ClusterIP tells which of them it was.
    void aNameThatHangsIsDnsWhereTheClusterIpAnswers()
    {
        Probe probe([](const Argv &argv) {
            return names(argv, "web.shop.svc") ? Answer{124, "", 3s} : Answer{};
        });
        probe.image.programs = {{"timeout", ""}, {"bash", "bash: connect: Connection refused"}};
        QCOMPARE(probe.run(planTo({nameStep(), vipStep()}))->outcome, ProbeOutcome::Dns);
        Probe alone([](const Argv &) { return Answer{124, "", 3s}; });
        alone.image.programs = probe.image.programs;
        const auto result = alone.run(planTo({nameStep()}));
        QCOMPARE(result->outcome, ProbeOutcome::Timeout);
        QCOMPARE(result->steps[0].note, std::string("name-or-connect"));
    }

    void anImageWithoutAnyTool()
    {
        Probe probe([](const Argv &) { return Answer{}; });
        probe.image.shell = "";
        probe.image.programs.clear();
        const auto result = probe.run(planTo({vipStep()}));
        QCOMPARE(result->outcome, ProbeOutcome::ToolMissing);
        QCOMPARE(result->tool, std::string());
        QVERIFY(result->detail.find("app:1") != std::string::npos);
        QCOMPARE(probe.told.size(), std::size_t(1));
    }

    void aShellAloneIsNoTool()
    {
        Probe probe([](const Argv &) { return Answer{}; });
        probe.image.programs.clear();
        QCOMPARE(probe.run(planTo({vipStep()}))->outcome, ProbeOutcome::ToolMissing);
        QCOMPARE(probe.image.requests().size(), std::size_t(1));
    }

    void ourEphemeralContainerStepsIn()
    {
        // Two images in one pod: what is missing is missing in the first alone.
        class TwoImages final : public kube::PodExec
        {
        public:
            FakeImage bare;
            FakeImage tools;
            Result<kube::ExecOutcome> exec(const kube::ExecRequest &request,
                                           const CancelToken &cancel) override
            {
                return request.container == "app" ? bare.exec(request, cancel) : tools.exec(request, cancel);
            }
        } pod;
        pod.bare.shell = "";
        pod.tools.programs = {{"timeout", ""}, {"nc", openbsdHelp}};
        pod.tools.answer = [](const Argv &) { return Answer{}; };
        ProbePlan plan = planTo({vipStep()});
        plan.spareContainer = "portolan-probe";
        plan.spareImage = "tools:1";
        Prober prober(pod, "");
        const auto result = prober.run(plan, {});
        QCOMPARE(result->outcome, ProbeOutcome::Reached);
        QVERIFY(result->steps[0].kubectl.find("-c portolan-probe --") != std::string::npos);
    }

    void otherShellsServeToo()
    {
        for (const char *shell : {"bash", "busybox"}) {
            Probe probe([](const Argv &) { return Answer{}; });
            probe.image.shell = shell;
            QCOMPARE(probe.run(planTo({vipStep(), endpointStep(1)}))->outcome, ProbeOutcome::Reached);
            QCOMPARE(probe.image.probeExecs(), std::size_t(1));
        }
    }

    void programsAreStartedDirectlyWithoutAShell()
    {
        Probe probe(
            [](const Argv &argv) {
                return names(argv, "10.96.0.7") ? refused() : Answer{0, "", 2ms};
            },
            openbsdHelp);
        probe.image.shell = "";
        const auto result = probe.run(planTo({vipStep(), endpointStep(1)}));
        QCOMPARE(outcomesOf(*result), std::string("REFUSED REACHED"));
        QCOMPARE(result->steps[1].elapsed, 2ms);
        QVERIFY((result->steps[1].command == Argv{"nc", "-z", "-v", "-w", "3", "10.1.0.1", "8080"}));

        Probe python([](const Argv &) { return Answer{0, "open\nelapsed=0.000321", 60ms}; });
        python.image.shell = "";
        python.image.programs = {{"python3", "here"}};
        const auto measured = python.run(planTo({vipStep()}));
        QCOMPARE(measured->tool, std::string("python3"));
        QCOMPARE(measured->elapsed, 321us);
    }

    void aToolThatVanishedIsLookedForAgain()
    {
        Probe probe([](const Argv &argv) {
            return argv.front() == "nc" ? Answer{127, "sh: nc: not found", 1ms}
                                        : Answer{0, "\nhttp=000 connect=0.0002 total=3", 1ms};
        });
        fakes::FakeClock clock;
        Prober prober(probe.image, "", clock);
        QCOMPARE(prober.run(planTo({vipStep()}), {})->outcome, ProbeOutcome::ToolMissing);
        probe.image.programs = {{"timeout", ""}, {"curl", ""}};
        const auto result = prober.run(planTo({vipStep()}), {});
        QCOMPARE(result->outcome, ProbeOutcome::Reached);
        QCOMPARE(result->tool, std::string("curl"));
    }

    void whatKeptItFromAnAnswerIsSaid()
    {
        Probe probe([](const Argv &) { return Answer{}; });
        probe.image.error = Error{ErrorCode::PermissionDenied, "cannot create pods/exec", "Pod shop/client"};
        const auto result = probe.run(planTo({vipStep()}));
        QCOMPARE(result->outcome, ProbeOutcome::Unknown);
        QCOMPARE(result->detail, std::string("Pod shop/client: cannot create pods/exec"));
        QCOMPARE(result->steps[0].note, std::string("not-finished"));
    }

    void cancelIsTheOneError()
    {
        Probe probe([](const Argv &) { return Answer{}; });
        CancelSource cancel;
        cancel.cancel();
        QCOMPARE(probe.run(planTo({vipStep()}), cancel.token()).error().code, ErrorCode::Cancelled);
        QVERIFY(probe.told.empty());
    }

    void aCutStreamLeavesTheRestUnknown()
    {
        Probe probe([](const Argv &) { return Answer{}; });
        probe.image.cutAfter = 1;
        const auto result = probe.run(planTo({nameStep(), vipStep(), endpointStep(1)}));
        QCOMPARE(outcomesOf(*result), std::string("REACHED UNKNOWN UNKNOWN"));
        QVERIFY(result->detail.find("did not end") != std::string::npos);
        probe.image.cutAfter = 0;
        QCOMPARE(probe.run(planTo({vipStep()}))->outcome, ProbeOutcome::Unknown);
    }

    void hostileOutputFakesNothing()
    {
        // A peer that knows the protocol but not the mark, megabytes and bytes that are no text.
        const std::string fake =
            "\nportolan0123456789abcdef0123456789abcdef o 0 \nportolan0123456789abcdef0123456789"
            "abcdef e 0 0 1795623385000000000 1795623385000000001\nConnection to x 80 port "
            "[tcp/*] succeeded!\nopen\nREACHED\n";
        Probe probe([&](const Argv &) {
            return Answer{1, fake + "\x1b]0;owned\x07\xff\xfe nc: Connection refused", 5ms};
        });
        probe.image.beforeOutput = fake;
        const auto result = probe.run(planTo({vipStep()}));
        QCOMPARE(result->outcome, ProbeOutcome::Refused);
        QVERIFY(result->steps[0].output.find('\x1b') == std::string::npos);
        QVERIFY(result->steps[0].output.find('\xff') == std::string::npos);

        Probe flood([](const Argv &) { return Answer{0, std::string(5'000'000, 'x'), 5ms}; });
        const auto flooded = flood.run(planTo({vipStep(), endpointStep(1)}));
        QCOMPARE(outcomesOf(*flooded), std::string("UNKNOWN UNKNOWN"));
        QVERIFY(flooded->detail.find("too much output") != std::string::npos);
    }

    void longOutputIsCut()
    {
        Probe probe([](const Argv &) { return Answer{0, std::string(100'000, 'x'), 5ms}; });
        const auto result = probe.run(planTo({vipStep()}));
        QCOMPARE(result->outcome, ProbeOutcome::Reached);
        QCOMPARE(result->steps[0].output.size(), std::size_t(64) << 10);
    }

    void podsWithoutAClockAreMeasuredFromHere()
    {
        Probe probe([](const Argv &) { return Answer{}; });
        probe.image.withoutClock = true;
        QCOMPARE(probe.run(planTo({vipStep()}))->outcome, ProbeOutcome::Reached);
    }

    void burstsCountEachMeasurement()
    {
        int number = 0;
        Probe probe([&](const Argv &) {
            ++number;
            return number % 10 == 0 ? timedOut() : Answer{0, "", std::chrono::microseconds(number)};
        });
        const auto result = probe.run(burst(planTo({nameStep(), vipStep()}), 50));
        QCOMPARE(result->steps.size(), std::size_t(50));
        QCOMPARE(result->steps[6].elapsed, 7us);
        QCOMPARE(result->outcome, ProbeOutcome::Timeout);
        QCOMPARE(result->detail, std::string("45 of 50 reached"));
        QCOMPARE(probe.image.probeExecs(), std::size_t(1));
        QCOMPARE(probe.told.size(), std::size_t(50));
    }

    void silentUdpIsOpenOrFiltered()
    {
        Probe probe([](const Argv &) { return Answer{142, "silent", 3s}; });
        probe.image.programs = {{"timeout", ""}, {"bash", "Connection refused"}};
        ProbePlan plan = planTo({{ProbeStepKind::Address, "10.0.0.1", 8125, {}}}, ProbeMethod::Udp);
        const auto result = probe.run(plan);
        QCOMPARE(result->outcome, ProbeOutcome::Unknown);
        QCOMPARE(result->steps[0].note, std::string("udp-silent"));
        QCOMPARE(probe.image.probeExecs(), std::size_t(1));
        QVERIFY(names(result->steps[0].command, "portolan\\n"));
        // A DNS server is asked a question that it must answer, twice if need be.
        plan.steps.front().port = plan.request.port = 53;
        const auto dns = probe.run(plan);
        QVERIFY(std::any_of(
            dns->steps[0].command.begin(), dns->steps[0].command.end(),
            [](const std::string &word) { return word.find("version\\004bind") != std::string::npos; }));
        QCOMPARE(probe.image.probeExecs(), std::size_t(3));
    }

    void methodsTakeTheToolsThatCan()
    {
        const auto toolFor = [](std::vector<std::pair<std::string, std::string>> programs,
                                ProbeMethod method) {
            Probe probe([](const Argv &) { return Answer{}; });
            probe.image.programs = std::move(programs);
            return probe.run(planTo({vipStep()}, method))->tool;
        };
        const std::pair<std::string, std::string> timeout{"timeout", ""}, bash{"bash", "Connection refused"},
            python{"python3", ""}, curl{"curl", ""}, wget{"wget", "GNU Wget 1.21"}, getent{"getent", ""},
            nc{"nc", openbsdHelp}, box{"nc", busyboxHelp};
        QCOMPARE(toolFor({nc, timeout, bash, python, curl}, ProbeMethod::Tcp), std::string("nc"));
        QCOMPARE(toolFor({timeout, bash, python, curl}, ProbeMethod::Tcp), std::string("bash"));
        QCOMPARE(toolFor({python, curl}, ProbeMethod::Tcp), std::string("python3"));
        QCOMPARE(toolFor({timeout, {"bash", "bash: /dev/tcp/127.0.0.1/1: No such file or directory"}, wget},
                         ProbeMethod::Tcp),
                 std::string("wget"));
        QCOMPARE(toolFor({nc, curl}, ProbeMethod::Http), std::string("curl"));
        QCOMPARE(toolFor({nc, {"head", ""}}, ProbeMethod::Http), std::string("nc"));
        QCOMPARE(toolFor({nc}, ProbeMethod::Http), std::string()); // nothing bounds what the peer prints
        QCOMPARE(toolFor({nc, python}, ProbeMethod::Udp), std::string("python3"));
        QCOMPARE(toolFor({box}, ProbeMethod::Udp), std::string()); // it knows no -u
        QCOMPARE(toolFor({nc, getent}, ProbeMethod::Dns), std::string("getent"));
        QCOMPARE(toolFor({box}, ProbeMethod::Dns), std::string("nc"));
    }

    void nothingIsUsedThatNothingWouldEnd()
    {
        const auto probeWith = [](std::vector<std::pair<std::string, std::string>> programs) {
            Probe probe([](const Argv &) { return Answer{}; });
            probe.image.programs = std::move(programs);
            return probe.run(planTo({vipStep()}, ProbeMethod::Http));
        };
        // Debian's busybox has a wget without -T, and a timeout that leaves zombies: neither will do.
        const std::pair<std::string, std::string> boxTimeout{"timeout", "BusyBox v1.35.0\nUsage: timeout"};
        QCOMPARE(probeWith({boxTimeout, {"wget", "BusyBox v1.35.0\nUsage: wget [-cqS] [-Y on/off] URL..."}})
                     ->outcome,
                 ProbeOutcome::ToolMissing);
        const auto alpine =
            probeWith({boxTimeout, {"wget", "BusyBox v1.36.1\nUsage: wget [-cqS] [-T SEC] URL..."}});
        QCOMPARE(alpine->steps.front().command.front(), std::string("wget"));
        QVERIFY(names(alpine->steps.front().command, "-T"));
        // bash then bounds itself.
        const auto bash = probeWith({boxTimeout, {"bash", "Connection refused"}});
        QCOMPARE(bash->steps.front().command.front(), std::string("bash"));
        QVERIFY(bash->steps.front().command[2].find("read -t") != std::string::npos);
    }

    void kubectlCommandsSurviveTheShell()
    {
        const Argv words{"plain", "two words", "it's", "\"quoted\"", "$HOME `id` $(id)",
                         "\\",    "*",         "",     "a\nb",       "한글",
                         "-x",    "~",         "#",    ";&|<>",      "!!"};
        std::string line = "printf '%s\\0'";
        for (const std::string &word : words)
            line += " " + shellQuoted(word);
        QProcess shell;
        shell.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), QString::fromStdString(line)});
        QVERIFY(shell.waitForFinished());
        QByteArray expected;
        for (const std::string &word : words)
            expected += QByteArray::fromStdString(word) + '\0';
        QCOMPARE(shell.readAllStandardOutput(), expected);
        QCOMPARE(shellQuoted("a-b.c:80/x"), std::string("a-b.c:80/x"));
    }
};

QTEST_GUILESS_MAIN(TestProber)
#include "test_prober.moc"
