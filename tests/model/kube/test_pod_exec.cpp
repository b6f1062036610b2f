#include "model/kube/exec_session.h"
#include "tests/fakes/fake_exec_server.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace portolan;
using namespace portolan::kube;
using namespace std::chrono_literals;
using fakes::FakeApiServer;
using fakes::FakeReply;
using fakes::FakeRequest;
using fakes::FakeWebSocket;

namespace {

ClusterAccess accessTo(const std::string &url)
{
    ClusterAccess access;
    access.cluster.name = "test";
    access.cluster.server = url;
    return access;
}

ExecRequest someRequest()
{
    ExecRequest request;
    request.ns = "shop";
    request.pod = "web-1";
    request.container = "app";
    request.command = {"nc", "-zv", "10.0.0.1", "80"};
    return request;
}

/// The outcome of an exec that the server handles by `talk` after a correct handshake.
Result<ExecOutcome> execAgainst(const std::function<void(FakeWebSocket &)> &talk,
                                const ExecTuning &tuning = {}, const ExecRequest &request = someRequest())
{
    const FakeApiServer server([&](const FakeRequest &asked) { return upgrade(asked, talk); });
    return execOnce(accessTo(server.url()), {}, request, tuning, {});
}

/// Waits for the client to go, so that the server does not close first.
void untilClientLeaves(FakeWebSocket &socket)
{
    while (socket.receive())
        continue;
}

} // namespace

class TestPodExec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pathNamesEverythingEscaped()
    {
        ExecRequest request = someRequest();
        request.command = {"sh", "-c", "echo \"$1\" && a=b?#\n", "", "한"};
        QCOMPARE(execPath(request).value_or(""),
                 std::string("/api/v1/namespaces/shop/pods/web-1/exec?container=app&stdout=true&stderr=true"
                             "&command=sh&command=-c&command=echo%20%22%241%22%20%26%26%20a%3Db%3F%23%0A"
                             "&command=&command=%ED%95%9C"));
        request.pod = "../x";
        QVERIFY(execPath(request)->find("/pods/..%2Fx/exec") != std::string::npos);
        for (auto *part : {&request.ns, &request.pod, &request.container}) {
            const std::string kept = std::exchange(*part, "");
            QCOMPARE(execPath(request).error().code, ErrorCode::InvalidInput);
            *part = kept;
        }
        request.command.clear();
        QVERIFY(!execPath(request));
    }

    void outputAndExitCodeComeBack()
    {
        const FakeApiServer server(
            [](const FakeRequest &request) { return execReply(request, "out", 3, "err"); });
        const auto outcome = execOnce(accessTo(server.url() + "/base/"), {}, someRequest(), {}, {});
        QVERIFY(outcome.has_value());
        QCOMPARE(outcome->exitCode, std::optional<int>(3));
        QCOMPARE(outcome->out, std::string("out"));
        QCOMPARE(outcome->err, std::string("err"));
        QVERIFY(!outcome->truncated);
        QVERIFY(outcome->elapsed > 0us);
        const auto asked = server.requests().front();
        QVERIFY(asked.target.starts_with("/base/api/v1/namespaces/shop/pods/web-1/exec?container=app"));
        QVERIFY(fakes::queryValues(asked.target, "command") == someRequest().command);
        QCOMPARE(asked.header("sec-websocket-protocol"), std::string("v5.channel.k8s.io, v4.channel.k8s.io"));
    }

    void olderServersChooseV4()
    {
        const FakeApiServer server([](const FakeRequest &request) {
            return upgrade(
                request, [](FakeWebSocket &socket) { socket.sendOn(3, fakes::successStatus()); },
                "v4.channel.k8s.io");
        });
        const auto outcome = execOnce(accessTo(server.url()), {}, someRequest(), {}, {});
        QCOMPARE(outcome->exitCode, std::optional<int>(0));
    }

    void badHandshake_data()
    {
        QTest::addColumn<QByteArray>("protocol");
        QTest::addColumn<bool>("wrongKey");
        QTest::newRow("protocol that nobody offered") << QByteArray("v1.channel.k8s.io") << false;
        QTest::newRow("no protocol") << QByteArray() << false;
        QTest::newRow("wrong key") << QByteArray("v5.channel.k8s.io") << true;
    }

    void badHandshake()
    {
        QFETCH(QByteArray, protocol);
        QFETCH(bool, wrongKey);
        const FakeApiServer server([&](const FakeRequest &request) {
            FakeReply reply = upgrade(
                request, [](FakeWebSocket &socket) { socket.sendOn(3, fakes::successStatus()); },
                protocol.toStdString());
            if (wrongKey)
                reply.headers[2].second = "AAAAAAAAAAAAAAAAAAAAAAAAAAA=";
            return reply;
        });
        const auto outcome = execOnce(accessTo(server.url()), {}, someRequest(), {}, {});
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code, ErrorCode::Protocol);
    }

    void refusalKeepsTheBody()
    {
        const FakeApiServer server([](const FakeRequest &) {
            return FakeReply::json(fakes::failureStatus(403, "Forbidden", "cannot create resource pods/exec"),
                                   403);
        });
        const auto outcome = execOnce(accessTo(server.url()), {}, someRequest(), {}, {});
        QCOMPARE(outcome.error().code, ErrorCode::PermissionDenied);
        QVERIFY(outcome.error().detail.find("cannot create resource pods/exec") != std::string::npos);
        QCOMPARE(outcome.error().where, std::string("Pod shop/web-1, container app"));
    }

    void chunkedRefusalKeepsTheBody()
    {
        const FakeApiServer server([](const FakeRequest &) {
            FakeReply reply;
            reply.status = 404;
            reply.headers = {{"transfer-encoding", "chunked"}};
            reply.takeOver = [](fakes::FakeConnection &connection) {
                connection.writeChunk(fakes::failureStatus(404, "NotFound", "pods web-1 not found"));
                connection.writeChunk("");
                connection.readSome();
            };
            return reply;
        });
        const auto outcome = execOnce(accessTo(server.url()), {}, someRequest(), {}, {});
        QCOMPARE(outcome.error().code, ErrorCode::NotFound);
        QCOMPARE(outcome.error().detail, std::string("HTTP 404: pods web-1 not found"));
    }

    void bare403IsNoMissingRight()
    {
        const FakeApiServer server([](const FakeRequest &) { return FakeReply::json("", 403); });
        const auto outcome = execOnce(accessTo(server.url()), {}, someRequest(), {}, {});
        QCOMPARE(outcome.error().code, ErrorCode::Unsupported);
    }

    void serversThatSayNothingOrNonsense()
    {
        using Fault = FakeReply::Fault;
        const auto against = [](Fault fault, const std::string &body = {}) {
            const FakeApiServer server([&](const FakeRequest &) { return FakeReply::broken(fault, body); });
            ExecRequest request = someRequest();
            request.deadline = fault == Fault::StallBeforeAnswer ? 200ms : 10s;
            return execOnce(accessTo(server.url()), {}, request, {}, {}).error().code;
        };
        QCOMPARE(against(Fault::CloseBeforeAnswer), ErrorCode::Unavailable);
        QCOMPARE(against(Fault::ResetBeforeAnswer), ErrorCode::Unavailable);
        QCOMPARE(against(Fault::Garbage, "SSH-2.0-OpenSSH\r\n"), ErrorCode::Protocol);
        QCOMPARE(against(Fault::StallBeforeAnswer), ErrorCode::Timeout);
        const auto nobody = execOnce(accessTo("http://127.0.0.1:" + std::to_string(fakes::unusedPort())), {},
                                     someRequest(), {}, {});
        QCOMPARE(nobody.error().code, ErrorCode::Unavailable);
    }

    void heartbeatTimeout()
    {
        ExecTuning tuning;
        tuning.pingInterval = 10ms;
        tuning.heartbeat = 100ms;
        const auto outcome = execAgainst(untilClientLeaves, tuning);
        QCOMPARE(outcome.error().code, ErrorCode::Timeout);
        QVERIFY(outcome.error().detail.find("pings") != std::string::npos);
    }

    void answeredPingsKeepItAlive()
    {
        ExecTuning tuning;
        tuning.pingInterval = 10ms;
        tuning.heartbeat = 10s;
        int pings = 0;
        bool masked = true;
        const auto outcome = execAgainst(
            [&](FakeWebSocket &socket) {
                while (pings < 20) {
                    const auto frame = socket.receive();
                    if (!frame)
                        return;
                    masked = masked && frame->masked;
                    pings += frame->opcode == 0x9 ? 1 : 0;
                    socket.send({0xa, frame->payload});
                }
                socket.sendOn(3, fakes::successStatus());
                untilClientLeaves(socket);
            },
            tuning);
        QCOMPARE(outcome->exitCode, std::optional<int>(0));
        QCOMPARE(pings, 20);
        QVERIFY(masked);
    }

    void pingsOfTheServerAreAnswered()
    {
        std::optional<fakes::FakeFrame> answer;
        const auto outcome = execAgainst([&](FakeWebSocket &socket) {
            socket.send({0x9, "are you there"});
            answer = socket.receive();
            socket.sendOn(3, fakes::successStatus());
            socket.sendClose();
        });
        QVERIFY(outcome.has_value());
        QVERIFY(answer.has_value());
        QCOMPARE(int(answer->opcode), 0xa);
        QCOMPARE(answer->payload, std::string("are you there"));
    }

    void emptyMessageHandled()
    {
        const auto outcome = execAgainst([](FakeWebSocket &socket) {
            socket.send({0x2, ""});
            socket.sendOn(1, "");
            socket.sendOn(1, "a");
            socket.send({0x2, ""});
            socket.sendOn(3, "");
            socket.send({0x2, std::string("\xff\x01", 2)});
            socket.sendOn(9, "nobody's");
            socket.sendOn(3, fakes::exitStatus(1));
            socket.sendClose();
        });
        QCOMPARE(outcome->exitCode, std::optional<int>(1));
        QCOMPARE(outcome->out, std::string("a"));
    }

    void textMessageIsAnError()
    {
        const auto outcome = execAgainst([](FakeWebSocket &socket) {
            socket.send({0x1, "\x01hello"});
            untilClientLeaves(socket);
        });
        QCOMPARE(outcome.error().code, ErrorCode::Protocol);
    }

    void fragmentsWithPingsBetween()
    {
        const auto outcome = execAgainst([](FakeWebSocket &socket) {
            socket.send({0x2, "\x01he", false});
            socket.send({0x9, "x"});
            socket.send({0x0, "ll", false});
            socket.send({0x0, "o"});
            const std::string status = fakes::exitStatus(42);
            socket.sendOn(3, status.substr(0, 20));
            socket.sendOn(3, status.substr(20));
            socket.sendClose();
        });
        QCOMPARE(outcome->out, std::string("hello"));
        QCOMPARE(outcome->exitCode, std::optional<int>(42));
    }

    void lateStream()
    {
        const auto outcome = execAgainst([](FakeWebSocket &socket) {
            socket.sendOn(3, fakes::exitStatus(5));
            socket.sendOn(1, "late");
            socket.sendOn(3, fakes::successStatus());
            socket.sendClose();
        });
        QCOMPARE(outcome->out, std::string("late"));
        QCOMPARE(outcome->exitCode, std::optional<int>(5));
    }

    void serversThatForgetToCloseAreNotWaitedFor()
    {
        ExecTuning tuning;
        tuning.closeGrace = 20ms;
        const auto outcome = execAgainst(
            [](FakeWebSocket &socket) {
                socket.sendOn(3, fakes::successStatus());
                untilClientLeaves(socket);
            },
            tuning);
        QCOMPARE(outcome->exitCode, std::optional<int>(0));
    }

    void silentEndIsNoSuccess_data()
    {
        QTest::addColumn<int>("how");
        QTest::newRow("end of stream") << 0;
        QTest::newRow("reset") << 1;
        QTest::newRow("close frame") << 2;
        QTest::newRow("internal error") << 3;
        QTest::newRow("cut frame") << 4;
        QTest::newRow("half a status") << 5;
    }

    void silentEndIsNoSuccess()
    {
        QFETCH(int, how);
        const auto outcome = execAgainst([how](FakeWebSocket &socket) {
            socket.sendOn(1, "succeeded!");
            if (how == 1)
                socket.connection().reset();
            else if (how == 2)
                socket.sendClose();
            else if (how == 3)
                socket.sendClose(1011, "kubelet\x1b gone");
            else if (how == 4)
                socket.sendRaw("\x82\x7e");
            else if (how == 5)
                socket.sendOn(3, R"({"status":"Success")");
        });
        QVERIFY(outcome.has_value());
        QVERIFY(!outcome->exitCode);
        QVERIFY(!outcome->statusMessage.empty());
        QVERIFY(outcome->statusMessage.find('\x1b') == std::string::npos);
        if (how != 1) // a reset may overtake the output
            QCOMPARE(outcome->out, std::string("succeeded!"));
    }

    void executorErrors()
    {
        const auto against = [](const std::string &status) {
            return execAgainst([&](FakeWebSocket &socket) {
                socket.sendOn(3, status);
                socket.sendClose();
            });
        };
        const auto missing = against(fakes::failureStatus(
            500, "InternalError", R"(exec: \"nc\": executable file not found in $PATH: unknown)"));
        QVERIFY(missing.has_value());
        QVERIFY(!missing->exitCode);
        QVERIFY(missing->statusMessage.find("executable file not found") != std::string::npos);
        QCOMPARE(against(fakes::failureStatus(404, "NotFound", "pod gone")).error().code,
                 ErrorCode::NotFound);
        QCOMPARE(against(fakes::failureStatus(500, "InternalError", "container not found")).error().code,
                 ErrorCode::NotFound);
        QCOMPARE(against(fakes::failureStatus(403, "Forbidden", "no")).error().code,
                 ErrorCode::PermissionDenied);
    }

    void closeCodesThatMayNotTravelAreErrors()
    {
        const auto outcome = execAgainst([](FakeWebSocket &socket) {
            socket.sendClose(1006);
            untilClientLeaves(socket);
        });
        QCOMPARE(outcome.error().code, ErrorCode::Protocol);
    }

    void oversizedFrameIsRefused()
    {
        const auto outcome = execAgainst([](FakeWebSocket &socket) {
            socket.sendRaw(std::string("\x82\x7f\x00\x00\x00\x01\x00\x00\x00\x00", 10));
            untilClientLeaves(socket);
        });
        QCOMPARE(outcome.error().code, ErrorCode::TooLarge);
    }

    void muchOutputIsCutAndSaid()
    {
        ExecRequest request = someRequest();
        request.maxOutput = 1000;
        std::string streamed;
        request.onStdout = [&](std::string_view piece) { streamed += piece; };
        const auto outcome = execAgainst(
            [](FakeWebSocket &socket) {
                for (int i = 0; i < 100; ++i)
                    socket.sendOn(1, std::string(30'000, char('a' + i % 26)));
                socket.sendOn(3, fakes::exitStatus(9));
                socket.sendClose();
            },
            {}, request);
        QCOMPARE(outcome->exitCode, std::optional<int>(9));
        QVERIFY(outcome->truncated);
        QCOMPARE(outcome->out, std::string(1000, 'a'));
        QCOMPARE(streamed, outcome->out);
    }

    void endlessOutputEnds()
    {
        ExecTuning tuning;
        tuning.maxReceived = 1 << 20;
        const auto outcome = execAgainst(
            [](FakeWebSocket &socket) {
                while (socket.sendOn(2, std::string(30'000, 'x')))
                    continue;
            },
            tuning);
        QVERIFY(outcome.has_value());
        QVERIFY(!outcome->exitCode);
        QVERIFY(outcome->truncated);
    }

    void deadlineEndsIt()
    {
        ExecRequest request = someRequest();
        request.deadline = 100ms;
        const auto outcome = execAgainst(untilClientLeaves, {}, request);
        QCOMPARE(outcome.error().code, ErrorCode::Timeout);
    }

    /// The server waits for the client to leave and the client has no deadline near: only the cancel can
    /// end this before the test's own time limit.
    void cancelWakesAtOnce()
    {
        CancelSource cancel;
        ExecRequest request = someRequest();
        request.deadline = 1h;
        ExecTuning tuning;
        tuning.pingInterval = tuning.heartbeat = 1h;
        request.onStdout = [&](std::string_view) { cancel.cancel(); };
        const FakeApiServer server([](const FakeRequest &asked) {
            return upgrade(asked, [](FakeWebSocket &socket) {
                socket.sendOn(1, "started");
                untilClientLeaves(socket);
            });
        });
        const auto outcome = execOnce(accessTo(server.url()), {}, request, tuning, cancel.token());
        QCOMPARE(outcome.error().code, ErrorCode::Cancelled);
    }

    void cancelFromAnotherThreadWakesAtOnce()
    {
        CancelSource cancel;
        ExecRequest request = someRequest();
        request.deadline = 1h;
        const FakeApiServer server(
            [](const FakeRequest &) { return FakeReply::broken(FakeReply::Fault::StallBeforeAnswer); });
        std::thread canceller([&] {
            server.waitForRequests(1);
            cancel.cancel();
        });
        const auto outcome = execOnce(accessTo(server.url()), {}, request, {}, cancel.token());
        canceller.join();
        QCOMPARE(outcome.error().code, ErrorCode::Cancelled);
        QCOMPARE(execOnce(accessTo(server.url()), {}, request, {}, cancel.token()).error().code,
                 ErrorCode::Cancelled);
    }

    /// Exit code and output of each of 100 execs at once are its own.
    void hundredAtOnce()
    {
        const FakeApiServer server([](const FakeRequest &request) {
            const std::string number = fakes::queryValues(request.target, "command").back();
            return execReply(request, "out " + number, std::stoi(number) % 200);
        });
        std::atomic<int> right = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 100; ++i) {
            threads.emplace_back([&, i] {
                ExecRequest request = someRequest();
                request.command = {"exit", std::to_string(i)};
                request.deadline = 60s;
                ExecTuning tuning;
                tuning.connectLimit = 60s;
                const auto outcome = execOnce(accessTo(server.url()), {}, request, tuning, {});
                if (outcome && outcome->exitCode == i % 200 && outcome->out == "out " + std::to_string(i))
                    ++right;
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(right.load(), 100);
    }

    void tlsWithClientCertificateAndServerName()
    {
        const fakes::TestAuthority authority;
        const fakes::TestAuthority stranger("stranger");
        const fakes::FakeServerTls tls{authority.issueServer({"api.cluster.test"}),
                                       authority.certificatePem()};
        const FakeApiServer server([](const FakeRequest &request) { return execReply(request, "tls"); }, tls);
        ClusterAccess access = accessTo(server.url());
        access.cluster.tlsServerName = "api.cluster.test";
        const auto client = authority.issueClient("someone", fakes::KeyKind::Ed25519);
        Credential credential;
        credential.headers = {{"authorization", "Bearer secret"}};
        credential.caPem = authority.certificatePem();
        credential.clientCertificatePem = client.certificatePem;
        credential.clientKeyPem = client.keyPem;
        const auto outcome = execOnce(access, credential, someRequest(), {}, {});
        QVERIFY2(outcome.has_value(), outcome ? "" : outcome.error().oneLine().c_str());
        QCOMPARE(outcome->out, std::string("tls"));
        const auto asked = server.requests().front();
        QCOMPARE(asked.sni, std::string("api.cluster.test"));
        QCOMPARE(asked.clientName, std::string("someone"));
        QCOMPARE(asked.header("authorization"), std::string("Bearer secret"));
        QCOMPARE(asked.header("host"), "127.0.0.1:" + std::to_string(server.port()));

        credential.caPem = stranger.certificatePem();
        QCOMPARE(execOnce(access, credential, someRequest(), {}, {}).error().code, ErrorCode::Protocol);
    }

    void secretsDoNotTravelInTheClear()
    {
        const FakeApiServer server([](const FakeRequest &request) { return execReply(request, ""); });
        Credential credential;
        credential.headers = {{"authorization", "Bearer secret"}};
        QVERIFY(execOnce(accessTo(server.url()), credential, someRequest(), {}, {}).has_value());
        QCOMPARE(server.requests().front().header("authorization"), std::string());
    }

    /// The fake is the proxy, and after the CONNECT the server behind it as well.
    void proxy()
    {
        const FakeApiServer server([](const FakeRequest &connect) {
            FakeReply reply;
            if (connect.method != "CONNECT")
                return FakeReply::json("", 500);
            reply.takeOver = [](fakes::FakeConnection &connection) {
                std::string head;
                while (head.find("\r\n\r\n") == std::string::npos) {
                    const auto more = connection.readSome();
                    if (!more)
                        return;
                    head += *more;
                }
                const std::string name = "Sec-WebSocket-Key: ";
                const auto at = head.find(name) + name.size();
                FakeRequest inner;
                inner.headers = {{"sec-websocket-key", head.substr(at, head.find("\r\n", at) - at)}};
                const FakeReply answer = execReply(inner, "behind");
                std::string text = "HTTP/1.1 101 Switching\r\n";
                for (const auto &[key, value] : answer.headers)
                    text += key + ": " + value + "\r\n";
                connection.write(text + "\r\n");
                answer.takeOver(connection);
            };
            return reply;
        });
        ClusterAccess access = accessTo("http://api.nowhere.invalid:6443");
        access.cluster.proxyUrl = server.url();
        const auto outcome = execOnce(access, {}, someRequest(), {}, {});
        QVERIFY2(outcome.has_value(), outcome ? "" : outcome.error().oneLine().c_str());
        QCOMPARE(outcome->out, std::string("behind"));
        QCOMPARE(server.requests().front().target, std::string("api.nowhere.invalid:6443"));
    }
};

QTEST_GUILESS_MAIN(TestPodExec)
#include "test_pod_exec.moc"
