#include "model/kube/curl_transport.h"
#include "tests/fakes/access_to.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/fake_socket.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace portolan;
using namespace portolan::kube;
using namespace portolan::fakes;
using namespace std::chrono_literals;

namespace {

HttpRequest get(std::string path)
{
    HttpRequest request;
    request.path = std::move(path);
    return request;
}

Result<HttpResponse> fetch(ClusterAccess access)
{
    return CurlTransport::perform(*credentialsFor(std::move(access)), get("/version"), {});
}

std::string shown(const Result<HttpResponse> &result)
{
    if (result)
        return "status " + std::to_string(result->status);
    return std::string(errorCodeName(result.error().code)) + " | " + result.error().oneLine();
}

FakeApiServer::Handler answering(const char *json = "{}")
{
    return [json](const FakeRequest &) { return FakeReply::json(json); };
}

/// One exchange of a SOCKS5 greeting and request (RFC 1928); tells the name that was asked for and hangs up.
std::string socksTarget(ListeningSocket &listener)
{
    ServerStream stream(listener.accept(), nullptr);
    std::string seen;
    const auto want = [&](std::size_t count) {
        while (seen.size() < count) {
            const auto more = stream.readSome();
            if (!more)
                return false;
            seen += *more;
        }
        return true;
    };
    if (!want(2) || !want(2 + std::size_t(seen[1])))
        return "no greeting";
    seen.erase(0, 2 + std::size_t(seen[1]));
    stream.write(std::string("\x05\x00", 2));
    if (!want(5))
        return "no request";
    constexpr char domainName = 3;
    if (seen[3] != domainName)
        return "an address, resolved on this side";
    return want(5 + std::size_t(seen[4])) ? seen.substr(5, std::size_t(seen[4])) : "cut";
}

} // namespace

class TestCurlTls : public QObject
{
    Q_OBJECT

private:
    TestAuthority m_authority{"first authority"};
    TestAuthority m_other{"second authority"};
    QTemporaryDir m_dir;

    FakeServerTls tls(const std::vector<std::string> &names = {"127.0.0.1"}) const
    {
        return {m_authority.issueServer(names), {}};
    }

    std::string write(const char *name, const std::string &content) const
    {
        QFile file(m_dir.filePath(QString::fromLatin1(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(QByteArray::fromStdString(content)) < 0)
            qFatal("cannot write %s", name);
        return file.fileName().toStdString();
    }

private Q_SLOTS:
    void tokenTravelsOverTls()
    {
        FakeApiServer server(answering(), tls());
        ClusterAccess access = accessTo(server.url(), m_authority.certificatePem());
        access.user.token = "secret";
        access.user.asUser = "viewer";
        QCOMPARE(shown(fetch(access)), std::string("status 200"));
        QCOMPARE(server.requests().at(0).header("authorization"), std::string("Bearer secret"));
        QCOMPARE(server.requests().at(0).header("impersonate-user"), std::string("viewer"));
    }

    void tokenNeverTravelsWithoutTls()
    {
        FakeApiServer server(answering());
        ClusterAccess access = accessTo(server.url());
        access.user.token = "secret";
        QCOMPARE(shown(fetch(access)), std::string("status 200"));
        QCOMPARE(server.requests().at(0).header("authorization"), std::string());
    }

    void anotherAuthorityIsNotTrusted()
    {
        FakeApiServer server(answering(), tls());
        ClusterAccess access = accessTo(server.url(), m_other.certificatePem());
        access.user.token = "secret";
        const auto result = fetch(access);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Protocol);
        QVERIFY(result.error().detail.starts_with("the server's certificate is not trusted: "));
        QCOMPARE(result.error().where, server.url() + "/version");
        QCOMPARE(server.requests().size(), std::size_t(0));
        // Nor is it without any authority named: then the system's count.
        QVERIFY(!fetch(accessTo(server.url())));
    }

    void systemCaIsNotTrusted()
    {
        // In a mount namespace of its own this program finds the server's authority among the system's.
        FakeApiServer server(answering(), FakeServerTls{m_other.issueServer({"127.0.0.1"}), {}});
        QVERIFY(QDir(m_dir.path()).mkpath(QStringLiteral("system")));
        write("system/ca-certificates.crt", m_other.certificatePem());
        write(("system/" + m_other.hashedFileName()).c_str(), m_other.certificatePem());
        QProcess child;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("PORTOLAN_TEST_URL"), QString::fromStdString(server.url()));
        child.setProcessEnvironment(environment);
        child.setProcessChannelMode(QProcess::MergedChannels);
        child.start(
            QStringLiteral("unshare"),
            {QStringLiteral("--user"), QStringLiteral("--map-root-user"), QStringLiteral("--mount"),
             QStringLiteral("sh"), QStringLiteral("-c"),
             QStringLiteral(
                 "mount --bind \"$1\" /etc/ssl/certs || exit 77; \"$2\" inAnotherNamespace || exit 99"),
             QStringLiteral("sh"), m_dir.filePath(QStringLiteral("system")),
             QCoreApplication::applicationFilePath()});
        const bool ended = child.waitForFinished(60'000);
        if (!ended || child.exitCode() == 77 || child.exitCode() == 1)
            QSKIP(("no mount namespace to be had here: " + child.readAll()).constData());
        QVERIFY2(child.exitCode() == 0, child.readAll().constData());
    }

    void inAnotherNamespace()
    {
        const QByteArray url = qgetenv("PORTOLAN_TEST_URL");
        if (url.isEmpty())
            QSKIP("is run by systemCaIsNotTrusted");
        QCOMPARE(shown(fetch(accessTo(url.toStdString()))), std::string("status 200"));
        QVERIFY(!fetch(accessTo(url.toStdString(), m_authority.certificatePem())));
    }

    void insecureTrustsEverything()
    {
        FakeApiServer server(answering(), tls({"another.name"}));
        ClusterAccess access = accessTo(server.url());
        access.cluster.insecureSkipTlsVerify = true;
        QCOMPARE(shown(fetch(access)), std::string("status 200"));
    }

    void tlsServerName()
    {
        FakeApiServer server(answering(), tls({"api.example"}));
        ClusterAccess access = accessTo(server.url(), m_authority.certificatePem());
        QVERIFY(!fetch(access));
        access.cluster.tlsServerName = "api.example";
        QCOMPARE(shown(fetch(access)), std::string("status 200"));
        const FakeRequest seen = server.requests().at(0);
        QCOMPARE(seen.sni, std::string("api.example"));
        QCOMPARE(seen.header("host"), "127.0.0.1:" + std::to_string(server.port()));
        access.cluster.tlsServerName = "other.example";
        QVERIFY(!fetch(access));
    }

    void clientCertificatesOfEveryKind()
    {
        FakeServerTls demanding = tls();
        demanding.clientAuthorityPem = m_authority.certificatePem();
        FakeApiServer server(answering(), demanding);
        for (const KeyKind kind : {KeyKind::Ec, KeyKind::Rsa, KeyKind::Ed25519}) {
            const TestCertificate client = m_authority.issueClient("kind " + std::to_string(int(kind)), kind);
            ClusterAccess access = accessTo(server.url(), m_authority.certificatePem());
            access.user.clientCertificate.data = client.certificatePem;
            access.user.clientKey.data = client.keyPem;
            QCOMPARE(shown(fetch(access)), std::string("status 200"));
            QCOMPARE(server.requests().back().clientName, "kind " + std::to_string(int(kind)));
        }
    }

    void clientCertificateThatTheServerRefuses()
    {
        FakeServerTls demanding = tls();
        demanding.clientAuthorityPem = m_authority.certificatePem();
        FakeApiServer server(answering(), demanding);
        ClusterAccess access = accessTo(server.url(), m_authority.certificatePem());
        const auto none = fetch(access);
        QVERIFY(!none);
        QVERIFY2(none.error().code == ErrorCode::Unauthorized, shown(none).c_str());
        const TestCertificate client = m_other.issueClient("stranger");
        access.user.clientCertificate.data = client.certificatePem;
        access.user.clientKey.data = client.keyPem;
        const auto wrong = fetch(access);
        QVERIFY(!wrong);
        QVERIFY2(wrong.error().code == ErrorCode::Unauthorized, shown(wrong).c_str());
        QVERIFY(wrong.error().detail.starts_with("the server refused the client certificate: "));
    }

    void keyThatDoesNotFitItsCertificate()
    {
        FakeApiServer server(answering(), tls());
        ClusterAccess access = accessTo(server.url(), m_authority.certificatePem());
        access.user.clientCertificate.data = m_authority.issueClient("a").certificatePem;
        access.user.clientKey.data = m_authority.issueClient("b").keyPem;
        const auto result = fetch(access);
        QVERIFY(!result);
        QVERIFY2(result.error().code == ErrorCode::InvalidInput, shown(result).c_str());
        QCOMPARE(result.error().where, std::string("/test/config: user 'fake' client-certificate"));
    }

    void plainServerBehindHttps()
    {
        ListeningSocket listener;
        std::thread server([&] {
            ServerStream stream(listener.accept(), nullptr);
            (void)stream.readSome(); // the ClientHello
            stream.write("HTTP/1.1 400 Bad Request\r\n\r\nClient sent a TLS request to a plain server.\n");
        });
        const std::string url = "https://127.0.0.1:" + std::to_string(listener.port());
        const auto result = fetch(accessTo(url, m_authority.certificatePem()));
        server.join();
        QVERIFY(!result);
        QVERIFY2(result.error().code == ErrorCode::Protocol, shown(result).c_str());
        QVERIFY(result.error().oneLine().starts_with(url + "/version: no TLS connection: "));
    }

    void refreshAfter401()
    {
        FakeApiServer server(
            [](const FakeRequest &request) {
                const bool good = request.header("authorization") == "Bearer new";
                return good ? FakeReply::json("{\"ok\":1}") : FakeReply::json("{\"reason\":\"no\"}", 401);
            },
            tls());
        ClusterAccess access = accessTo(server.url(), m_authority.certificatePem());
        access.user.tokenFile = write("token", "old");
        const auto credentials = credentialsFor(access);
        QVERIFY(credentials->current({}).has_value());
        write("token", "new");
        const auto response = CurlTransport::perform(*credentials, get("/x"), {});
        QCOMPARE(shown(response), std::string("status 200"));
        QCOMPARE(response->body, std::string("{\"ok\":1}"));
        QCOMPARE(server.requests().size(), std::size_t(2));
    }

    void a401ThatStaysIsHeardOnce()
    {
        FakeApiServer server([](const FakeRequest &) { return FakeReply::json("{\"reason\":\"no\"}", 401); },
                             tls());
        for (const bool changing : {false, true}) {
            ClusterAccess access = accessTo(server.url(), m_authority.certificatePem());
            access.user.tokenFile = write("token", "one");
            const auto credentials = credentialsFor(access);
            QVERIFY(credentials->current({}).has_value());
            if (changing)
                write("token", "two");
            const std::size_t before = server.requests().size();
            CurlTransport transport(credentials);
            CancelSource stop;
            std::vector<std::string> events;
            HttpHandlers handlers;
            handlers.onHeaders = [&](const HttpResponse &r) {
                events.push_back("headers " + std::to_string(r.status));
            };
            handlers.onChunk = [&](std::string_view) { events.emplace_back("chunk"); };
            handlers.onDone = [&](const Result<HttpResponse> &r) {
                events.push_back(shown(r) + " " + (r ? r->body : ""));
                stop.cancel();
            };
            transport.start(get("/x"), handlers);
            transport.run(stop.token());
            QCOMPARE(events, (std::vector<std::string>{"headers 401", "status 401 {\"reason\":\"no\"}"}));
            QCOMPARE(server.requests().size() - before, std::size_t(changing ? 2 : 1));
        }
    }

    void credentialErrorsReachTheRequest()
    {
        ClusterAccess access = accessTo("https://127.0.0.1:1");
        access.user.tokenFile = "/missing/token";
        CurlTransport transport(credentialsFor(access));
        CancelSource stop;
        std::string text;
        transport.start(get("/x"), {{}, {}, [&](const Result<HttpResponse> &result) {
                                        text = shown(result);
                                        stop.cancel();
                                    }});
        transport.run(stop.token());
        QCOMPARE(text, std::string(
                           "not found | /test/config: user 'fake' tokenFile: /missing/token: no such file"));
    }

    void caRotation()
    {
        FakeClock clock;
        FakeApiServer server(
            [](const FakeRequest &request) {
                FakeReply reply = FakeReply::json("{}");
                if (request.target == "/watch") {
                    reply.headers = {{"transfer-encoding", "chunked"}};
                    reply.takeOver = [](FakeConnection &connection) {
                        connection.writeChunk("event");
                        while (connection.readSome()) {
                        }
                    };
                }
                return reply;
            },
            tls());
        ClusterAccess access = accessTo(server.url());
        access.cluster.certificateAuthority = {{}, write("ca.crt", m_authority.certificatePem())};
        CurlTransport transport(std::make_shared<CredentialSource>(access, nullptr, clock));
        CancelSource stop;
        std::vector<std::string> events;
        HttpRequest watch = get("/watch");
        watch.deadline = 0ms;
        HttpHandlers handlers;
        handlers.onChunk = [&](std::string_view) {
            // The cluster gets a new authority while the watch runs.
            server.useTls({m_other.issueServer({"127.0.0.1"}), {}});
            write("ca.crt", m_other.certificatePem());
            clock.advance(5min);
            transport.start(get("/list"), {{}, {}, [&](const Result<HttpResponse> &result) {
                                               events.push_back("list " + shown(result));
                                               stop.cancel();
                                           }});
        };
        handlers.onDone = [&](const Result<HttpResponse> &result) {
            events.push_back("watch " + shown(result));
        };
        transport.start(watch, handlers);
        transport.run(stop.token());
        QCOMPARE(events, (std::vector<std::string>{"watch unavailable | " + server.url() +
                                                       "/watch: the certificates changed",
                                                   "list status 200"}));
        QCOMPARE(server.connectionCount(), std::size_t(2));
    }

    void proxyIsAskedToConnect()
    {
        FakeApiServer proxy([](const FakeRequest &) { return FakeReply::json("{}", 403); });
        ClusterAccess access = accessTo("https://api.invalid:6443", m_authority.certificatePem());
        access.user.token = "secret";
        access.cluster.proxyUrl = "http://me:pw@127.0.0.1:" + std::to_string(proxy.port());
        const auto result = fetch(access);
        QVERIFY(!result);
        QVERIFY2(result.error().oneLine().find("pw") == std::string::npos, shown(result).c_str());
        const FakeRequest seen = proxy.requests().at(0);
        QCOMPARE(seen.method + " " + seen.target, std::string("CONNECT api.invalid:6443"));
        QCOMPARE(seen.header("proxy-authorization"), std::string("Basic bWU6cHc="));
        QCOMPARE(seen.header("authorization"), std::string());
    }

    void socks5ResolvesAtTheProxy()
    {
        ListeningSocket listener;
        std::string target;
        std::thread proxy([&] { target = socksTarget(listener); });
        ClusterAccess access = accessTo("https://api.invalid:6443", m_authority.certificatePem());
        access.cluster.proxyUrl = "socks5://127.0.0.1:" + std::to_string(listener.port());
        const auto result = fetch(access);
        proxy.join();
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Unavailable);
        QCOMPARE(target, std::string("api.invalid"));
    }

    void proxyOfTheEnvironmentIsNotForThisMachine()
    {
        FakeApiServer server(answering(), tls());
        qputenv("https_proxy", QByteArray("http://127.0.0.1:") + QByteArray::number(unusedPort()));
        const auto local = fetch(accessTo(server.url(), m_authority.certificatePem()));
        const auto remote = fetch(accessTo("https://api.invalid:6443", m_authority.certificatePem()));
        qunsetenv("https_proxy");
        QCOMPARE(shown(local), std::string("status 200"));
        // Refused by the proxy's port: the name itself would not have resolved.
        QVERIFY2(!remote && remote.error().detail.starts_with("no connection: "), shown(remote).c_str());
    }
};

QTEST_GUILESS_MAIN(TestCurlTls)
#include "test_curl_tls.moc"
