#include "model/kube/api_access.h"
#include "model/kube/curl_transport.h"
#include "tests/fakes/access_to.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace portolan;
using namespace portolan::kube;
using namespace portolan::fakes;
using namespace std::chrono_literals;

namespace {

HttpRequest get(std::string path)
{
    HttpRequest request;
    request.path = std::move(path);
    request.headers = {{"accept", "application/json"}};
    return request;
}

std::string shown(const Result<HttpResponse> &result)
{
    return result ? "status " + std::to_string(result->status) : result.error().oneLine();
}

} // namespace

/// The transport against the real API server of PORTOLAN_TEST_KUBECONFIG.
class TestCurlCluster : public QObject
{
    Q_OBJECT

private:
    ClusterAccess m_access;

    Result<HttpResponse> version(const ClusterAccess &access)
    {
        return CurlTransport::perform(*credentialsFor(access), get("/version"), {});
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QByteArray file = qgetenv("PORTOLAN_TEST_KUBECONFIG");
        if (file.isEmpty())
            QFAIL("PORTOLAN_TEST_KUBECONFIG names no cluster: see tests/cluster/README.md");
        const auto config = loadKubeconfig(std::filesystem::path(file.toStdString()));
        QVERIFY2(config.has_value(), config ? "" : config.error().oneLine().c_str());
        auto access = resolveContext(*config, {});
        QVERIFY2(access.has_value(), access ? "" : access.error().oneLine().c_str());
        m_access = std::move(*access);
    }

    void theServerAnswers()
    {
        const auto response = version(m_access);
        QCOMPARE(shown(response), std::string("status 200"));
        QVERIFY(response->body.find("\"gitVersion\"") != std::string::npos);
    }

    void aDozenWatchesAndManyListsShareOneConnection()
    {
        CurlTransport transport(credentialsFor(m_access));
        CancelSource stop;
        constexpr std::size_t watches = 12;
        constexpr std::size_t lists = 80; // together below the server's limit of 100 streams
        std::size_t watching = 0;
        std::size_t listed = 0;
        std::size_t connections = 0;
        std::string trouble;
        const auto list = [&](const Result<HttpResponse> &result) {
            if (!result || result->status != 200)
                trouble = shown(result);
            connections = std::max(connections, transport.connectionCount());
            if (++listed == lists || !trouble.empty())
                stop.cancel();
        };
        for (std::size_t i = 0; i < watches; ++i) {
            HttpRequest watch = get("/api/v1/pods?watch=1&timeoutSeconds=300");
            watch.deadline = 0ms;
            HttpHandlers handlers;
            handlers.onHeaders = [&](const HttpResponse &) {
                if (++watching < watches)
                    return;
                for (std::size_t n = 0; n < lists; ++n)
                    transport.start(get("/api/v1/pods?limit=50"), {{}, {}, list});
            };
            handlers.onDone = [&](const Result<HttpResponse> &result) {
                trouble = "watch: " + shown(result);
            };
            transport.start(watch, handlers);
        }
        transport.after(60s, [&] {
            trouble = "hung";
            stop.cancel();
        });
        transport.run(stop.token());
        QCOMPARE(trouble, std::string());
        QCOMPARE(listed, lists);
        QCOMPARE(connections, std::size_t(1));
    }

    void moreThanAHundredWatchesAllBegin()
    {
        CurlTransport transport(credentialsFor(m_access));
        CancelSource stop;
        constexpr std::size_t watches = 130;
        std::size_t watching = 0;
        for (std::size_t i = 0; i < watches; ++i) {
            HttpRequest watch = get("/api/v1/namespaces?watch=1&timeoutSeconds=300");
            watch.deadline = 0ms;
            HttpHandlers handlers;
            handlers.onHeaders = [&](const HttpResponse &response) {
                watching += response.status == 200 ? 1 : 0;
                if (watching == watches)
                    stop.cancel();
            };
            transport.start(watch, handlers);
        }
        transport.after(60s, [&] { stop.cancel(); });
        transport.run(stop.token());
        QCOMPARE(watching, watches);
    }

    void compressedAndPlainAnswersAreTheSame()
    {
        HttpRequest request = get("/openapi/v3/api/v1");
        const auto plain = CurlTransport::perform(*credentialsFor(m_access), request, {});
        request.headers.emplace_back("accept-encoding", "gzip");
        const auto compressed = CurlTransport::perform(*credentialsFor(m_access), request, {});
        QCOMPARE(shown(plain), std::string("status 200"));
        QCOMPARE(shown(compressed), std::string("status 200"));
        QVERIFY(!plain->body.empty() && plain->body == compressed->body);
    }

    void aWrongTokenIsUnauthorized()
    {
        ClusterAccess access = m_access;
        access.user = {};
        access.user.token = "wrong";
        QCOMPARE(shown(version(access)), std::string("status 401"));
    }

    void anotherAuthorityIsNotTrusted()
    {
        ClusterAccess access = m_access;
        access.cluster.certificateAuthority = {TestAuthority().certificatePem(), {}};
        const auto result = version(access);
        QVERIFY(!result);
        QVERIFY2(result.error().detail.starts_with("the server's certificate is not trusted"),
                 shown(result).c_str());
    }

    void aPluginLogsInWithACertificate()
    {
        if (!m_access.user.clientCertificate.isSet())
            QSKIP("the cluster's user has no certificate to hand to a plugin");
        const auto own = credentialsFor(m_access)->current({});
        const auto json = [](const std::string &pem) {
            return QByteArray::fromStdString(pem).replace("\n", "\\n").toStdString();
        };
        QTemporaryDir dir;
        QFile script(dir.filePath(QStringLiteral("plugin")));
        QVERIFY(script.open(QIODevice::WriteOnly));
        script.write(QByteArray::fromStdString(
            "#!/bin/sh\ncat "
            "<<'END'\n{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/"
            "v1\",\"status\":{\"clientCertificateData\":\"" +
            json(own->clientCertificatePem) + "\",\"clientKeyData\":\"" + json(own->clientKeyPem) +
            "\"}}\nEND\n"));
        script.close();
        ::chmod(script.fileName().toStdString().c_str(), 0700);
        ClusterAccess access = m_access;
        access.user = {};
        access.user.exec = ExecPluginSpec{
            "client.authentication.k8s.io/v1", script.fileName().toStdString(), {}, {}, "Never", {}, false};
        QCOMPARE(shown(version(access)), std::string("status 200"));
        const auto exec = reviewExec(*credentialsFor(access), "kube-system", {}, {});
        QVERIFY2(exec.has_value(), exec ? "" : exec.error().oneLine().c_str());
        QVERIFY(exec->get.allowed && exec->create.allowed);
    }
};

QTEST_GUILESS_MAIN(TestCurlCluster)
#include "test_curl_cluster.moc"
