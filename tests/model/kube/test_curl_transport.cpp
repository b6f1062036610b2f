#include "model/kube/curl_transport.h"
#include "tests/fakes/access_to.h"
#include "tests/fakes/gzip.h"

#include <QTest>

#include <future>
#include <thread>

using namespace portolan;
using namespace portolan::kube;
using namespace portolan::fakes;
using namespace std::chrono_literals;

namespace {

using Fault = FakeReply::Fault;

HttpRequest get(std::string path)
{
    HttpRequest request;
    request.path = std::move(path);
    return request;
}

HttpRequest withLimits(std::chrono::milliseconds deadline, std::chrono::milliseconds idle)
{
    HttpRequest request = get("/x");
    request.deadline = deadline;
    request.idleLimit = idle;
    return request;
}

Result<HttpResponse> fetch(const FakeApiServer &server, const HttpRequest &request)
{
    return CurlTransport::perform(*credentialsFor(accessTo(server.url())), request, {});
}

std::string shown(const Result<HttpResponse> &result)
{
    if (result)
        return "status " + std::to_string(result->status);
    return std::string(errorCodeName(result.error().code)) + " | " + result.error().oneLine();
}

/// Drives a transport on the test's own thread until the last handler says that it is enough.
struct Loop
{
    CurlTransport transport;
    CancelSource stop;

    explicit Loop(const FakeApiServer &server) : transport(credentialsFor(accessTo(server.url()))) {}

    void run()
    {
        // A test that would hang fails instead.
        transport.after(60s, [this] {
            timedOut = true;
            stop.cancel();
        });
        transport.run(stop.token());
    }
    bool timedOut = false;
};

FakeReply chunkedStream(std::function<void(FakeConnection &)> write)
{
    FakeReply reply;
    reply.headers = {{"transfer-encoding", "chunked"}};
    reply.takeOver = std::move(write);
    return reply;
}

} // namespace

class TestCurlTransport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anAnswerArrives()
    {
        FakeApiServer server([](const FakeRequest &) {
            FakeReply reply = FakeReply::json(R"({"major":"1"})");
            reply.headers.emplace_back("X-Mixed-Case", "  spaced  ");
            return reply;
        });
        HttpRequest request = get("/version?timeout=32s");
        request.headers = {{"accept", "application/json"}};
        const auto response = fetch(server, request);
        QVERIFY2(response.has_value(), shown(response).c_str());
        QCOMPARE(response->status, 200);
        QCOMPARE(response->body, std::string(R"({"major":"1"})"));
        QCOMPARE(response->header("x-mixed-case"), std::string_view("spaced"));
        const FakeRequest seen = server.requests().at(0);
        QCOMPARE(seen.target, std::string("/version?timeout=32s"));
        QCOMPARE(seen.header("user-agent"), std::string("portolan/" PORTOLAN_VERSION));
        QCOMPARE(seen.header("accept"), std::string("application/json"));
        QCOMPARE(seen.header("accept-encoding"), std::string()); // it is on loopback
        QCOMPARE(seen.header("authorization"), std::string());
    }

    void aBasePathOfTheServerIsKept()
    {
        FakeApiServer server([](const FakeRequest &) { return FakeReply::json("{}"); });
        const auto credentials = credentialsFor(accessTo(server.url() + "/k8s/clusters/c-1/"));
        QVERIFY(CurlTransport::perform(*credentials, get("/api/v1"), {}).has_value());
        QCOMPARE(server.requests().at(0).target, std::string("/k8s/clusters/c-1/api/v1"));
    }

    void bodiesAreSent()
    {
        FakeApiServer server([](const FakeRequest &) { return FakeReply::json("{}", 201); });
        HttpRequest request = get("/x");
        request.method = "PATCH";
        request.headers = {{"content-type", "application/strategic-merge-patch+json"}};
        request.body = std::string(3 << 20, 'b');
        QCOMPARE(shown(fetch(server, request)), std::string("status 201"));
        const FakeRequest seen = server.requests().at(0);
        QCOMPARE(seen.method, std::string("PATCH"));
        QCOMPARE(seen.body.size(), request.body.size());
        QCOMPARE(seen.header("content-type"), std::string("application/strategic-merge-patch+json"));
        QCOMPARE(seen.header("expect"), std::string());
    }

    void chunksArriveAsTheyCome()
    {
        std::promise<void> firstSeen;
        FakeApiServer server([&](const FakeRequest &) {
            return chunkedStream([&](FakeConnection &connection) {
                connection.writeChunk("one");
                firstSeen.get_future().wait();
                connection.writeChunk("two");
                connection.writeChunk("");
            });
        });
        Loop loop(server);
        std::vector<std::string> events;
        HttpHandlers handlers;
        handlers.onHeaders = [&](const HttpResponse &response) {
            events.push_back("status " + std::to_string(response.status));
        };
        handlers.onChunk = [&](std::string_view chunk) {
            events.emplace_back(chunk);
            if (chunk == "one")
                firstSeen.set_value();
        };
        handlers.onDone = [&](const Result<HttpResponse> &response) {
            events.push_back(response && response->body.empty() ? "done" : "wrong end");
            loop.stop.cancel();
        };
        loop.transport.start(get("/watch"), handlers);
        loop.run();
        QCOMPARE(events, (std::vector<std::string>{"status 200", "one", "two", "done"}));
    }

    void everyStatusIsAnAnswer()
    {
        FakeApiServer server([](const FakeRequest &) {
            FakeReply reply;
            reply.status = 429;
            reply.headers = {{"Retry-After", "7"}, {"content-type", "text/plain"}};
            reply.body = "Too many requests, please try again later.\n";
            return reply;
        });
        const auto response = fetch(server, get("/x"));
        QCOMPARE(shown(response), std::string("status 429"));
        QCOMPARE(response->header("retry-after"), std::string_view("7"));
        QCOMPARE(response->body, std::string("Too many requests, please try again later.\n"));
        QCOMPARE(server.requests().size(), std::size_t(1));
    }

    void bodiesOfErrorsNeverReachTheChunkHandler()
    {
        FakeApiServer server(
            [](const FakeRequest &) { return FakeReply::json(std::string(5 << 20, 'e'), 500); });
        Loop loop(server);
        Result<HttpResponse> result = Error{};
        std::size_t chunks = 0;
        loop.transport.start(get("/x"), {{},
                                         [&](std::string_view) { ++chunks; },
                                         [&](Result<HttpResponse> done) {
                                             result = std::move(done);
                                             loop.stop.cancel();
                                         }});
        loop.run();
        QCOMPARE(shown(result), std::string("status 500"));
        QCOMPARE(chunks, std::size_t(0));
        QCOMPARE(result->body.size(), std::size_t(1) << 20);
    }

    void redirectsAreNotFollowed()
    {
        FakeApiServer server([](const FakeRequest &) {
            FakeReply reply = FakeReply::json("{}", 302);
            reply.headers.emplace_back("location", "/elsewhere");
            return reply;
        });
        QCOMPARE(shown(fetch(server, get("/x"))), std::string("status 302"));
        QCOMPARE(server.requests().size(), std::size_t(1));
    }

    void refusedConnection()
    {
        const std::string url = "http://127.0.0.1:" + std::to_string(unusedPort());
        const auto result = CurlTransport::perform(*credentialsFor(accessTo(url)), get("/version"), {});
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Unavailable);
        QCOMPARE(result.error().where, url + "/version");
        QVERIFY2(result.error().detail.starts_with("no connection: "), result.error().detail.c_str());
    }

    void serverThatNeverAnswers()
    {
        FakeApiServer server([](const FakeRequest &) { return FakeReply::broken(Fault::StallBeforeAnswer); });
        QCOMPARE(shown(fetch(server, withLimits(30s, 40ms))),
                 "timeout | " + server.url() + "/x: no answer within 40 ms");
    }

    void answerThatStops()
    {
        FakeApiServer server(
            [](const FakeRequest &) { return FakeReply::broken(Fault::StallBody, "0123456789", 4); });
        QCOMPARE(shown(fetch(server, withLimits(0s, 2s))),
                 "timeout | " + server.url() + "/x: the answer stopped for 2 s");
    }

    void answerThatNeverEnds()
    {
        FakeApiServer server([](const FakeRequest &) {
            FakeReply reply = FakeReply::json(std::string(100'000, 'x'));
            reply.slowBytes = 1;
            reply.slowPause = 1ms;
            return reply;
        });
        QCOMPARE(shown(fetch(server, withLimits(100ms, 50s))),
                 "timeout | " + server.url() + "/x: the answer did not end within 100 ms");
    }

    void watchThatTricklesOutlivesItsIdleLimit()
    {
        FakeApiServer server([](const FakeRequest &) {
            FakeReply reply = FakeReply::json(std::string(60, 'x'));
            reply.slowBytes = 1;
            reply.slowPause = 40ms;
            return reply;
        });
        // 60 pauses together last longer than the limit, each of them is far below it.
        QCOMPARE(shown(fetch(server, withLimits(0s, 2s))), std::string("status 200"));
    }

    void streamThatIsCut()
    {
        FakeApiServer server([](const FakeRequest &request) {
            if (request.target == "/length")
                return FakeReply::broken(Fault::CutBody, "0123456789", 4);
            return chunkedStream([](FakeConnection &connection) { connection.writeChunk("half"); });
        });
        for (const char *path : {"/length", "/chunked"}) {
            const auto result = fetch(server, get(path));
            QVERIFY(!result);
            QCOMPARE(result.error().code, ErrorCode::Unavailable);
            QCOMPARE(result.error().where, server.url() + path);
        }
        // Part of an answer had come: repeating it is the caller's business.
        QCOMPARE(server.requests().size(), std::size_t(2));
    }

    void brokenServer_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("no HTTP") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n") << QByteArray("protocol error");
        QTest::newRow("JSON without head")
            << QByteArray("{\"kind\":\"Status\"}") << QByteArray("protocol error");
        QTest::newRow("binary") << QByteArray("\x15\x03\x01\x00\x02\x02\x46", 7)
                                << QByteArray("protocol error");
        QTest::newRow("head that never ends")
            << QByteArray("HTTP/1.1 200 OK\r\nx: y") << QByteArray("unavailable");
        QTest::newRow("bad length") << QByteArray("HTTP/1.1 200 OK\r\ncontent-length: minus\r\n\r\n{}")
                                    << QByteArray("protocol error");
        QTest::newRow("bad chunk") << QByteArray(
                                          "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}")
                                   << QByteArray("unavailable");
        QTest::newRow("bad gzip") << QByteArray(
                                         "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: "
                                         "4\r\n\r\nabcd")
                                  << QByteArray("protocol error");
    }

    void brokenServer()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, code);
        FakeApiServer server(
            [&](const FakeRequest &) { return FakeReply::broken(Fault::Garbage, bytes.toStdString()); });
        HttpRequest request = get("/x");
        request.headers = {{"accept-encoding", "gzip"}};
        const auto result = fetch(server, request);
        QVERIFY2(!result, shown(result).c_str());
        QVERIFY2(errorCodeName(result.error().code) == code.toStdString(), shown(result).c_str());
        QCOMPARE(result.error().where, server.url() + "/x");
    }

    void resetConnectionsAreRetriedOnce_data()
    {
        QTest::addColumn<int>("fault");
        QTest::newRow("reset") << int(Fault::ResetBeforeAnswer);
        QTest::newRow("closed") << int(Fault::CloseBeforeAnswer);
    }

    void resetConnectionsAreRetriedOnce()
    {
        QFETCH(int, fault);
        std::atomic<int> broken = 1;
        FakeApiServer server([&](const FakeRequest &) {
            return broken-- > 0 ? FakeReply::broken(Fault(fault)) : FakeReply::json("{}");
        });
        QCOMPARE(shown(fetch(server, get("/x"))), std::string("status 200"));
        QCOMPARE(server.requests().size(), std::size_t(2));

        broken = 100;
        const auto result = fetch(server, get("/x"));
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Unavailable);
        QCOMPARE(server.requests().size(), std::size_t(4));

        HttpRequest change = get("/x");
        change.method = "POST";
        QVERIFY(!fetch(server, change));
        QCOMPARE(server.requests().size(), std::size_t(5));
    }

    void tooLargeAnswersAreStopped()
    {
        FakeApiServer server([](const FakeRequest &) { return FakeReply::json(std::string(2 << 20, 'x')); });
        HttpRequest request = get("/x");
        request.maxBody = 1 << 20;
        QCOMPARE(shown(fetch(server, request)),
                 "too large | " + server.url() + "/x: the answer is larger than allowed");
        request.maxBody = 2 << 20;
        QCOMPARE(shown(fetch(server, request)), std::string("status 200"));
    }

    void compressionIsUndoneAndBounded()
    {
        const std::string body(4 << 20, 'x');
        FakeApiServer server([&](const FakeRequest &request) {
            if (request.header("accept-encoding") != "gzip")
                return FakeReply::json("plain");
            FakeReply reply = FakeReply::json(gzip(body));
            reply.headers.emplace_back("content-encoding", "gzip");
            return reply;
        });
        HttpRequest request = get("/x");
        request.headers = {{"accept-encoding", "gzip"}};
        const auto response = fetch(server, request);
        QVERIFY2(response.has_value(), shown(response).c_str());
        QVERIFY(response->body == body);
        request.maxBody = 1 << 20; // the compressed form would fit
        QCOMPARE(shown(fetch(server, request)).substr(0, 9), std::string("too large"));
        request.headers = {{"accept-encoding", "identity"}};
        QCOMPARE(fetch(server, request)->body, std::string("plain"));
    }

    void compressionIsAskedForAcrossTheNetwork()
    {
        // A proxy of the kubeconfig sees what would be sent to a server elsewhere.
        FakeApiServer proxy([](const FakeRequest &) { return FakeReply::json("{}"); });
        ClusterAccess access = accessTo("http://api.invalid");
        access.cluster.proxyUrl = proxy.url();
        QCOMPARE(shown(CurlTransport::perform(*credentialsFor(access), get("/x"), {})),
                 std::string("status 200"));
        QCOMPARE(proxy.requests().at(0).target, std::string("http://api.invalid/x"));
        QCOMPARE(proxy.requests().at(0).header("accept-encoding"), std::string("gzip"));
    }

    void endlessHeadersAreStopped()
    {
        FakeApiServer server([](const FakeRequest &) {
            FakeReply reply = FakeReply::json("{}");
            for (int i = 0; i < 40; ++i)
                reply.headers.emplace_back("x-" + std::to_string(i), std::string(60'000, 'h'));
            return reply;
        });
        const auto result = fetch(server, get("/x"));
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::TooLarge);
    }

    void requestsThatWouldSmuggleAreRefused()
    {
        FakeApiServer server([](const FakeRequest &) { return FakeReply::json("{}"); });
        for (const char *path : {"", "x", "/a b", "/a\r\nHost: evil"}) {
            const auto result = fetch(server, get(path));
            QVERIFY(!result);
            QCOMPARE(result.error().code, ErrorCode::InvalidInput);
        }
        HttpRequest request = get("/x");
        request.headers = {{"accept", "a\r\nx: y"}};
        const auto result = fetch(server, request);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::InvalidInput);
        QCOMPARE(server.requests().size(), std::size_t(0));
    }

    void oneConnectionServesOneRequestAfterAnother()
    {
        FakeApiServer server([](const FakeRequest &) { return FakeReply::json("{}"); });
        Loop loop(server);
        int done = 0;
        std::function<void()> next = [&] {
            loop.transport.start(get("/x"), {{}, {}, [&](const Result<HttpResponse> &) {
                                                 if (++done == 5)
                                                     loop.stop.cancel();
                                                 else
                                                     next();
                                             }});
        };
        next();
        loop.run();
        QCOMPARE(done, 5);
        QCOMPARE(server.connectionCount(), std::size_t(1));
    }

    void cancelledRequestsCallNoHandler()
    {
        FakeApiServer server([](const FakeRequest &request) {
            if (request.target == "/stream")
                return FakeReply::json(std::string(4 << 20, 's'));
            return FakeReply::json("{}");
        });
        Loop loop(server);
        int afterCancel = 0;
        RequestId stream;
        bool cancelled = false;
        const auto late = [&](auto &&...) { afterCancel += cancelled ? 1 : 0; };
        stream = loop.transport.start(
            get("/stream"),
            {late,
             [&](std::string_view) {
                 late();
                 loop.transport.cancel(stream);
                 cancelled = true;
                 loop.transport.start(get("/last"), {{}, {}, [&](auto &&) { loop.stop.cancel(); }});
             },
             late});
        const RequestId never =
            loop.transport.start(get("/never"), {{}, {}, [&](auto &&) { afterCancel += 10; }});
        loop.transport.cancel(never);
        loop.run();
        QVERIFY(cancelled && !loop.timedOut);
        QCOMPARE(afterCancel, 0);
        for (const auto &request : server.requests())
            QVERIFY(request.target != "/never");
    }

    void theEndDropsWhatIsOpen()
    {
        FakeApiServer server([](const FakeRequest &) { return FakeReply::broken(Fault::StallBeforeAnswer); });
        int called = 0;
        {
            Loop loop(server);
            loop.transport.start(get("/x"), {{}, {}, [&](auto &&) { ++called; }});
            auto waiter = std::async(std::launch::async, [&] {
                const bool came = server.waitForRequests(1);
                loop.stop.cancel();
                return came;
            });
            loop.run();
            QVERIFY(waiter.get() && !loop.timedOut);
        }
        QCOMPARE(called, 0);
    }

    void timersAndPostsRunOnTheLoop()
    {
        FakeApiServer server([](const FakeRequest &) { return FakeReply::json("{}"); });
        Loop loop(server);
        std::vector<std::string> events;
        TimerId unwanted;
        loop.transport.after(3ms, [&] { events.emplace_back("third"); });
        loop.transport.after(1ms, [&] {
            events.emplace_back("first");
            loop.transport.cancelTimer(unwanted);
        });
        unwanted = loop.transport.after(2ms, [&] { events.emplace_back("cancelled"); });
        const auto loopThread = std::this_thread::get_id();
        std::thread other;
        loop.transport.after(4ms, [&] {
            other = std::thread([&] {
                loop.transport.post([&] {
                    events.emplace_back(std::this_thread::get_id() == loopThread ? "posted" : "wrong thread");
                    loop.stop.cancel();
                });
            });
        });
        loop.run();
        other.join();
        QCOMPARE(events, (std::vector<std::string>{"first", "third", "posted"}));
    }

    void performIsCancelled()
    {
        FakeApiServer server([](const FakeRequest &) { return FakeReply::broken(Fault::StallBeforeAnswer); });
        CancelSource source;
        auto waiter = std::async(std::launch::async, [&] {
            const bool came = server.waitForRequests(1);
            source.cancel();
            return came;
        });
        const auto result =
            CurlTransport::perform(*credentialsFor(accessTo(server.url())), get("/x"), source.token());
        QVERIFY(waiter.get());
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestCurlTransport)
#include "test_curl_transport.moc"
