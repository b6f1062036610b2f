#include "model/kube/curl_transport.h"
#include "tests/fakes/access_to.h"
#include "tests/fakes/fake_http2_server.h"

#include <QTest>

using namespace portolan;
using namespace portolan::kube;
using namespace portolan::fakes;
using namespace std::chrono_literals;

namespace {

using Act = FakeHttp2Server::Act;

HttpRequest endless(std::chrono::milliseconds idle = 60s)
{
    HttpRequest request;
    request.path = "/watch";
    request.deadline = 0ms;
    request.idleLimit = idle;
    return request;
}

std::string shown(const Result<HttpResponse> &result)
{
    return result ? std::to_string(result->status) + " " + result->body
                  : std::string(errorCodeName(result.error().code));
}

} // namespace

class TestCurlHttp2 : public QObject
{
    Q_OBJECT

private:
    TestAuthority m_authority;
    std::unique_ptr<FakeHttp2Server> m_server;
    std::unique_ptr<CurlTransport> m_transport;
    CancelSource m_stop;
    std::vector<std::string> m_events;

    void serve(FakeHttp2Server::Script script, std::uint32_t maxStreams = 100)
    {
        m_stop = {};
        m_events.clear();
        m_transport.reset();
        m_server = std::make_unique<FakeHttp2Server>(
            std::move(script), FakeServerTls{m_authority.issueServer({"127.0.0.1"}), {}}, maxStreams);
        m_transport = std::make_unique<CurlTransport>(
            credentialsFor(accessTo(m_server->url(), m_authority.certificatePem())));
    }

    RequestId start(const std::string &name, HttpRequest request, const std::function<void()> &then = {})
    {
        return m_transport->start(std::move(request),
                                  {{}, {}, [this, name, then](const Result<HttpResponse> &result) {
                                       m_events.push_back(name + ": " + shown(result));
                                       if (then)
                                           then();
                                   }});
    }

    void run()
    {
        m_transport->after(60s, [this] {
            m_events.emplace_back("hung");
            m_stop.cancel();
        });
        m_transport->run(m_stop.token());
    }

private Q_SLOTS:
    void manyRequestsShareOneConnection()
    {
        constexpr std::size_t many = 80;
        // Nobody is answered before all have come, so they are under way at the same time.
        serve(
            [](std::size_t, std::size_t request) { return request < many ? Act::Silence : Act::AnswerAll; });
        std::size_t left = many;
        for (std::size_t i = 0; i < many; ++i)
            start("r", endless(), [&] {
                if (--left == 0)
                    m_stop.cancel();
            });
        run();
        QCOMPARE(m_events, std::vector<std::string>(many, "r: 200 answer"));
        QCOMPARE(m_server->connectionCount(), std::size_t(1));
    }

    void pastTheLimitOfStreamsAnotherConnectionIsOpened()
    {
        constexpr std::size_t many = 10;
        serve(
            [this](std::size_t, std::size_t request) {
                if (request == 1 + many)
                    m_transport->post([this] { m_stop.cancel(); });
                return request == 1 ? Act::Answer : Act::Silence;
            },
            4);
        // After the first answer the server's limit is known.
        start("first", endless(), [&] {
            for (std::size_t i = 0; i < many; ++i)
                start("r", endless());
        });
        run();
        QCOMPARE(m_events, std::vector<std::string>{"first: 200 answer"});
        QCOMPARE(m_server->requestCount(), 1 + many);
        QVERIFY(m_server->connectionCount() > 1);
    }

    void aConnectionThatWentSilentIsNotUsedAgain()
    {
        serve(
            [](std::size_t connection, std::size_t) { return connection == 1 ? Act::Silence : Act::Answer; });
        int answers = 0;
        const auto answered = [&] {
            if (++answers == 2)
                m_stop.cancel();
        };
        start("watch", endless(60s), answered); // hangs on the same connection, and is rescued with it
        start("list", endless(300ms), [&] { start("next", endless(), answered); });
        run();
        QCOMPARE(m_events.size(), std::size_t(3));
        QCOMPARE(m_events[0], std::string("list: timeout"));
        QVERIFY(std::find(m_events.begin(), m_events.end(), "watch: 200 answer") != m_events.end());
        QVERIFY(std::find(m_events.begin(), m_events.end(), "next: 200 answer") != m_events.end());
        QCOMPARE(m_server->connectionCount(), std::size_t(2));
    }

    void aConnectionWithALiveStreamIsKept()
    {
        serve([](std::size_t, std::size_t request) {
            return request == 1 ? Act::Trickle : request == 2 ? Act::Silence : Act::Answer;
        });
        HttpHandlers watch;
        bool second = false;
        watch.onChunk = [&](std::string_view) {
            if (std::exchange(second, true))
                return;
            start("silent", endless(3s), [&] { start("next", endless(), [&] { m_stop.cancel(); }); });
        };
        watch.onDone = [&](const Result<HttpResponse> &) { m_events.emplace_back("watch ended"); };
        m_transport->start(endless(), watch);
        run();
        QCOMPARE(m_events, (std::vector<std::string>{"silent: timeout", "next: 200 answer"}));
        QCOMPARE(m_server->connectionCount(), std::size_t(1));
    }

    void afterGoAwayANewConnectionIsTaken()
    {
        serve([](std::size_t connection, std::size_t) {
            return connection == 1 ? Act::AnswerAndGoAway : Act::Answer;
        });
        start("first", endless(), [&] { start("second", endless(), [&] { m_stop.cancel(); }); });
        run();
        QCOMPARE(m_events, (std::vector<std::string>{"first: 200 answer", "second: 200 answer"}));
        QCOMPARE(m_server->connectionCount(), std::size_t(2));
    }

    void aRefusedStreamIsTriedAgain()
    {
        serve([](std::size_t, std::size_t request) { return request == 1 ? Act::Refuse : Act::Answer; });
        start("r", endless(), [&] { m_stop.cancel(); });
        run();
        QCOMPARE(m_events, std::vector<std::string>{"r: 200 answer"});
        QCOMPARE(m_server->requestCount(), std::size_t(2));
    }

    void aCancelledStreamLeavesTheOthersAlone()
    {
        serve([](std::size_t, std::size_t request) { return request == 1 ? Act::Trickle : Act::Answer; });
        HttpHandlers watch;
        RequestId id;
        watch.onChunk = [&](std::string_view) {
            m_transport->cancel(id);
            start("next", endless(), [&] { m_stop.cancel(); });
        };
        id = m_transport->start(endless(), watch);
        run();
        QCOMPARE(m_events, std::vector<std::string>{"next: 200 answer"});
        QCOMPARE(m_server->connectionCount(), std::size_t(1));
    }
};

QTEST_GUILESS_MAIN(TestCurlHttp2)
#include "test_curl_http2.moc"
