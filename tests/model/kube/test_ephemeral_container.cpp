#include "model/kube/ephemeral_container.h"
#include "tests/fakes/fake_api_server.h"
#include "tests/fakes/fake_exec_server.h"

#include <QTest>

using namespace portolan;
using namespace portolan::kube;
using namespace std::chrono_literals;
using State = ContainerProgress::State;

namespace {

EphemeralContainerRequest someRequest()
{
    EphemeralContainerRequest request;
    request.ns = "shop";
    request.pod = "web-1";
    request.targetContainer = "app";
    request.name = "portolan-probe";
    request.image = "example/tools:1";
    return request;
}

/// A pod whose ephemeral containers have these states: {name, "\"running\":{}"}.
std::string podWith(const std::vector<std::pair<std::string, std::string>> &containers)
{
    std::string spec;
    std::string status;
    for (const auto &[name, state] : containers) {
        spec += (spec.empty() ? "" : ",") + (R"({"name":")" + name + R"("})");
        if (!state.empty())
            status += (status.empty() ? "" : ",") + (R"({"name":")" + name + R"(","state":{)" + state + "}}");
    }
    return R"({"spec":{"ephemeralContainers":[)" + spec + R"(]},"status":{"ephemeralContainerStatuses":[)" +
           status + "]}}";
}

constexpr const char *running = R"("running":{"startedAt":"2026-11-22T14:32:07Z"})";
constexpr const char *ended = R"("terminated":{"exitCode":0,"reason":"Completed"})";

/// A server that gives these pods one after another (the last one for ever) and takes the patch.
struct Server
{
    std::vector<std::string> pods;
    HttpResponse patchAnswer{200, {}, "{}"};
    std::vector<HttpRequest> sent = {};

    Result<std::string> add(const CancelToken &cancel = {},
                            const EphemeralContainerRequest &request = someRequest())
    {
        std::size_t next = 0;
        return addEphemeralContainer(
            [&](const HttpRequest &asked) -> Result<HttpResponse> {
                sent.push_back(asked);
                if (asked.method == "PATCH")
                    return patchAnswer;
                if (onGet)
                    onGet();
                const std::string &pod = pods[std::min(next++, pods.size() - 1)];
                return HttpResponse{200, {}, pod};
            },
            request, 1ms, cancel);
    }
    std::function<void()> onGet = {};

    std::size_t patches() const
    {
        return std::size_t(
            std::count_if(sent.begin(), sent.end(), [](const auto &r) { return r.method == "PATCH"; }));
    }
};

} // namespace

class TestEphemeralContainer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itIsAddedAndWaitedFor()
    {
        Server server{{podWith({}), podWith({{"portolan-probe", ""}}),
                       podWith({{"portolan-probe", R"("waiting":{"reason":"ContainerCreating"})"}}),
                       podWith({{"portolan-probe", running}})}};
        QCOMPARE(server.add().value_or(""), std::string("portolan-probe"));
        QCOMPARE(server.sent.size(), std::size_t(5));
        QCOMPARE(server.sent[0].path, std::string("/api/v1/namespaces/shop/pods/web-1"));
        QCOMPARE(server.sent[1].path, std::string("/api/v1/namespaces/shop/pods/web-1/ephemeralcontainers"));
        QCOMPARE(server.sent[1].headers.front().second,
                 std::string("application/strategic-merge-patch+json"));
        QCOMPARE(
            QByteArray::fromStdString(server.sent[1].body),
            QByteArray(
                R"({"spec":{"ephemeralContainers":[{"command":["sleep","14400"],"image":"example/tools:1",)"
                R"("name":"portolan-probe","securityContext":{"allowPrivilegeEscalation":false,)"
                R"("capabilities":{"drop":["ALL"]},"runAsNonRoot":true,"runAsUser":65532,)"
                R"("seccompProfile":{"type":"RuntimeDefault"}},"targetContainerName":"app"}]}})"));
    }

    void oneThatRunsIsUsedAgain()
    {
        Server server{{podWith({{"other", running}, {"portolan-probe", running}})}};
        QCOMPARE(server.add().value_or(""), std::string("portolan-probe"));
        QCOMPARE(server.patches(), std::size_t(0));
    }

    void oneThatStartsIsWaitedFor()
    {
        Server server{{podWith({{"portolan-probe", ""}}), podWith({{"portolan-probe", running}})}};
        QCOMPARE(server.add().value_or(""), std::string("portolan-probe"));
        QCOMPARE(server.patches(), std::size_t(0));
    }

    void endedOnesGiveWayToTheNextNumber()
    {
        const std::string stuck = R"("waiting":{"reason":"ImagePullBackOff"})";
        const std::vector<std::pair<std::string, std::string>> used{{"portolan-probe", ended},
                                                                    {"portolan-probe-2", stuck}};
        auto now = used;
        now.emplace_back("portolan-probe-3", running);
        Server server{{podWith(used), podWith(now)}};
        QCOMPARE(server.add().value_or(""), std::string("portolan-probe-3"));
        QVERIFY(server.sent[1].body.find("\"portolan-probe-3\"") != std::string::npos);

        std::vector<std::pair<std::string, std::string>> many{{"portolan-probe", ended}};
        for (int i = 2; i <= 20; ++i)
            many.emplace_back("portolan-probe-" + std::to_string(i), ended);
        Server full{{podWith(many)}};
        QCOMPARE(full.add().error().code, ErrorCode::TooLarge);
    }

    void whatKeepsItFromStartingIsSaid_data()
    {
        QTest::addColumn<QByteArray>("state");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("pull")
            << QByteArray(R"("waiting":{"reason":"ImagePullBackOff","message":"Back-off pulling image"})")
            << QByteArray("ImagePullBackOff: Back-off pulling image");
        QTest::newRow("never pull") << QByteArray(R"("waiting":{"reason":"ErrImageNeverPull"})")
                                    << QByteArray("ErrImageNeverPull");
        QTest::newRow("root")
            << QByteArray(R"("waiting":{"reason":"CreateContainerConfigError","message":"runs\nas root"})")
            << QByteArray("CreateContainerConfigError: runs as root");
        QTest::newRow("no sleep")
            << QByteArray(R"("terminated":{"exitCode":128,"reason":"StartError","message":"no sleep"})")
            << QByteArray("StartError: no sleep");
    }

    void whatKeepsItFromStartingIsSaid()
    {
        QFETCH(QByteArray, state);
        QFETCH(QByteArray, said);
        Server server{{podWith({}), podWith({{"portolan-probe", state.toStdString()}})}};
        const auto added = server.add();
        QCOMPARE(added.error().code, ErrorCode::Unavailable);
        QVERIFY2(added.error().detail.find(said.toStdString()) != std::string::npos,
                 added.error().detail.c_str());
    }

    void refusalsOfThePatch_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<int>("code");
        QTest::newRow("rights") << 403 << QByteArray("User x cannot patch pods/ephemeralcontainers")
                                << int(ErrorCode::PermissionDenied);
        QTest::newRow("PodSecurity") << 403 << QByteArray("violates PodSecurity restricted:latest")
                                     << int(ErrorCode::PermissionDenied);
        QTest::newRow("old server") << 404 << QByteArray("the server could not find the requested resource")
                                    << int(ErrorCode::Unsupported);
        QTest::newRow("pod gone") << 404 << QByteArray("pods web-1 not found") << int(ErrorCode::NotFound);
        QTest::newRow("invalid") << 422 << QByteArray("image: Invalid value") << int(ErrorCode::InvalidInput);
    }

    void refusalsOfThePatch()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, message);
        QFETCH(int, code);
        Server server{{podWith({})}};
        server.patchAnswer = {status, {}, fakes::failureStatus(status, "x", message.toStdString())};
        const auto added = server.add();
        QCOMPARE(int(added.error().code), code);
        QCOMPARE(added.error().where, std::string("Pod shop/web-1"));
        if (code != int(ErrorCode::Unsupported))
            QVERIFY(added.error().detail.find(message.toStdString()) != std::string::npos);
    }

    void deadlineSaysWhatItWaitsFor()
    {
        Server server{
            {podWith({}), podWith({{"portolan-probe", R"("waiting":{"reason":"ContainerCreating"})"}})}};
        EphemeralContainerRequest request = someRequest();
        request.deadline = 20ms;
        const auto added = server.add({}, request);
        QCOMPARE(added.error().code, ErrorCode::Timeout);
        QVERIFY(added.error().detail.find("ContainerCreating") != std::string::npos);
    }

    void cancelEndsTheWait()
    {
        CancelSource cancel;
        Server server{{podWith({}), podWith({{"portolan-probe", ""}})}};
        int gets = 0;
        server.onGet = [&] {
            if (++gets == 5)
                cancel.cancel();
        };
        QCOMPARE(server.add(cancel.token()).error().code, ErrorCode::Cancelled);
        QCOMPARE(gets, 5);
    }

    void garbageIsNoPod()
    {
        for (const char *text : {"", "{", "[]", "{}", "null", "\xff", "<html>"}) {
            Server server{{text}};
            QVERIFY2(server.add().error().code == ErrorCode::Protocol, text);
        }
        QCOMPARE(ephemeralProgress(R"({"spec":{"ephemeralContainers":7},"status":[]})", "a")->state,
                 State::Absent);
        QCOMPARE(ephemeralProgress(R"({"spec":{"ephemeralContainers":[1,{"name":2}]}})", "a")->state,
                 State::Absent);
        QCOMPARE(
            ephemeralProgress(
                R"({"spec":{},"status":{"ephemeralContainerStatuses":[{"name":"a","state":{"running":1}}]}})",
                "a")
                ->state,
            State::Absent);
        Server server{{podWith({})}};
        EphemeralContainerRequest request = someRequest();
        request.image.clear();
        QCOMPARE(server.add({}, request).error().code, ErrorCode::InvalidInput);
    }

    void overTheRealTransport()
    {
        std::size_t gets = 0;
        const fakes::FakeApiServer server([&](const fakes::FakeRequest &request) {
            if (request.method == "PATCH")
                return fakes::FakeReply::json("{}");
            return fakes::FakeReply::json(++gets == 1 ? podWith({}) : podWith({{"portolan-probe", running}}));
        });
        ClusterAccess access;
        access.cluster.server = server.url();
        CredentialSource credentials(access, {});
        const auto added = addEphemeralContainer(credentials, someRequest(), {});
        QVERIFY2(added.has_value(), added ? "" : added.error().oneLine().c_str());
        QCOMPARE(server.requests().at(1).header("content-type"),
                 std::string("application/strategic-merge-patch+json"));
    }

    /// exec as the program does it: a refused token is asked for again, once.
    void execAsksForANewTokenOnce()
    {
        const fakes::TestAuthority authority;
        std::size_t requests = 0;
        const fakes::FakeServerTls tls{authority.issueServer({"127.0.0.1"}), {}};
        const fakes::FakeApiServer server(
            [&](const fakes::FakeRequest &request) {
                return ++requests == 1 ? fakes::FakeReply::json("", 401) : fakes::execReply(request, "out");
            },
            tls);
        ClusterAccess access;
        access.cluster.server = server.url();
        access.cluster.certificateAuthority.data = authority.certificatePem();
        access.user.token = "secret";
        const auto exec = makeWebSocketExec(std::make_shared<CredentialSource>(access, ExecPluginApproval()));
        ExecRequest request;
        request.ns = "shop";
        request.pod = "web-1";
        request.container = "app";
        request.command = {"true"};
        const auto outcome = exec->exec(request, {});
        QVERIFY2(outcome.has_value(), outcome ? "" : outcome.error().oneLine().c_str());
        QCOMPARE(outcome->out, std::string("out"));
        QCOMPARE(server.requests().size(), std::size_t(2));
        QCOMPARE(server.requests().back().header("authorization"), std::string("Bearer secret"));
    }
};

QTEST_GUILESS_MAIN(TestEphemeralContainer)
#include "test_ephemeral_container.moc"
