#include "model/kube/credentials.h"
#include "model/kube/secret_mask.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/test_certificates.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace portolan;
using namespace portolan::kube;
using namespace portolan::fakes;
using namespace std::chrono_literals;

namespace {

std::string shown(const Result<Credential> &result)
{
    if (!result)
        return std::string(errorCodeName(result.error().code)) + " | " + result.error().oneLine();
    std::string text;
    for (const auto &[name, value] : result->headers)
        text += (text.empty() ? "" : "; ") + name + ": " + value;
    return text;
}

} // namespace

class TestCredentials : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    FakeClock m_clock;

    std::string write(const char *name, const std::string &content)
    {
        const QString path = m_dir->filePath(QString::fromLatin1(name));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(QByteArray::fromStdString(content)) < 0)
            qFatal("cannot write %s", name);
        return path.toStdString();
    }

    static ClusterAccess access(UserEntry user, const std::string &server = "https://h")
    {
        ClusterAccess access;
        access.cluster.name = "k";
        access.cluster.origin = "/dir/config";
        access.cluster.server = server;
        access.user = std::move(user);
        access.user.name = "u";
        access.user.origin = "/dir/config";
        return access;
    }

    Result<Credential> currentOf(UserEntry user, const std::string &server = "https://h")
    {
        return CredentialSource(access(std::move(user), server), {}, m_clock).current({});
    }

private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void tokenAndBasic()
    {
        UserEntry token;
        token.token = " abc.def \n";
        QCOMPARE(shown(currentOf(token)), std::string("authorization: Bearer abc.def"));
        UserEntry basic;
        basic.username = "me";
        basic.password = "p:ä";
        QCOMPARE(shown(currentOf(basic)), std::string("authorization: Basic bWU6cDrDpA=="));
        QCOMPARE(shown(currentOf({})), std::string());
    }

    void impersonation()
    {
        UserEntry user;
        user.token = "t";
        user.asUser = "admin";
        user.asUid = "7";
        user.asGroups = {"a", "b"};
        user.asExtra = {{"Scopes/x%", "view"}};
        QCOMPARE(
            shown(currentOf(user)),
            std::string("authorization: Bearer t; impersonate-user: admin; impersonate-uid: 7; "
                        "impersonate-group: a; impersonate-group: b; impersonate-extra-scopes%2Fx%25: view"));
        user.asUser = "a\r\nx: y";
        QVERIFY(shown(currentOf(user)).ends_with("contains control characters"));
    }

    void nothingIsMadeForAServerWithoutTls()
    {
        UserEntry user;
        user.token = "t";
        user.asUser = "admin";
        user.tokenFile = "/missing";
        QCOMPARE(shown(currentOf(user, "http://h")), std::string());
    }

    void tokensWithControlCharactersAreRefused()
    {
        UserEntry user;
        user.token = "a\r\nx: y";
        QCOMPARE(shown(currentOf(user)), std::string("invalid input | /dir/config: user 'u' token: contains "
                                                     "characters that no token has"));
        user.token.clear();
        user.tokenFile = write("token", " \n");
        QCOMPARE(shown(currentOf(user)), "invalid input | /dir/config: user 'u' tokenFile: " +
                                             user.tokenFile.string() + ": is empty, not a token");
    }

    void tokenFilePrecedence()
    {
        UserEntry user;
        user.token = "static";
        user.tokenFile = write("token", "from file\n");
        QVERIFY(shown(currentOf(user)).find("Bearer static") != std::string::npos); // two words are no token
        user.tokenFile = write("token", "fromfile\n");
        QCOMPARE(shown(currentOf(user)), std::string("authorization: Bearer fromfile"));
        user.tokenFile = "/missing/token";
        QCOMPARE(shown(currentOf(user)), std::string("authorization: Bearer static"));
        user.token.clear();
        QCOMPARE(shown(currentOf(user)),
                 std::string("not found | /dir/config: user 'u' tokenFile: /missing/token: no such file"));
    }

    void tokenFileIsReadAgainAMinuteLaterTenSecondsEarly()
    {
        UserEntry user;
        user.tokenFile = write("token", "one");
        CredentialSource source(access(user), {}, m_clock);
        QVERIFY(!source.fresh());
        QCOMPARE(shown(source.current({})), std::string("authorization: Bearer one"));
        write("token", "two");
        m_clock.advance(49s);
        QVERIFY(source.fresh().has_value());
        QCOMPARE(shown(source.current({})), std::string("authorization: Bearer one"));
        m_clock.advance(1s);
        QVERIFY(!source.fresh());
        QCOMPARE(shown(source.current({})), std::string("authorization: Bearer two"));
        QCOMPARE(source.fresh()->tlsGeneration, std::uint64_t(1));
    }

    void tokenFileThatVanishesLeavesTheLastToken()
    {
        UserEntry user;
        user.tokenFile = write("token", "one");
        CredentialSource source(access(user), {}, m_clock);
        QVERIFY(source.current({}).has_value());
        QFile::remove(m_dir->filePath(QStringLiteral("token")));
        m_clock.advance(60s);
        QCOMPARE(shown(source.current({})), std::string("authorization: Bearer one"));
        write("token", "two");
        m_clock.advance(9s);
        QCOMPARE(shown(source.current({})), std::string("authorization: Bearer one"));
        m_clock.advance(1s);
        QCOMPARE(shown(source.current({})), std::string("authorization: Bearer two"));
    }

    void aRefusedTokenIsReadAgainAtOnce()
    {
        UserEntry user;
        user.tokenFile = write("token", "one");
        CredentialSource source(access(user), {}, m_clock);
        const auto first = source.current({});
        write("token", "two");
        source.invalidate(*first);
        QVERIFY(!source.fresh());
        QCOMPARE(shown(source.current({})), std::string("authorization: Bearer two"));
        write("token", "three");
        source.invalidate(*first); // late news about what was replaced long ago
        QCOMPARE(shown(source.current({})), std::string("authorization: Bearer two"));
    }

    void caRotationAndCertificateRotation()
    {
        const TestAuthority first;
        const TestAuthority second;
        const TestCertificate one = first.issueClient("one");
        const TestCertificate two = first.issueClient("two");
        UserEntry user;
        user.clientCertificate.file = write("tls.crt", one.certificatePem);
        user.clientKey.file = write("tls.key", one.keyPem);
        ClusterAccess target = access(user);
        target.cluster.certificateAuthority.file = write("ca.crt", first.certificatePem());
        CredentialSource source(target, {}, m_clock);
        QCOMPARE(source.current({})->tlsGeneration, std::uint64_t(1));

        write("tls.crt", two.certificatePem);
        write("tls.key", two.keyPem);
        m_clock.advance(5min - 1ms);
        QVERIFY(source.current({})->clientCertificatePem == one.certificatePem);
        m_clock.advance(1ms);
        QVERIFY(source.current({})->clientCertificatePem == two.certificatePem);
        QVERIFY(source.current({})->clientKeyPem == two.keyPem);
        QCOMPARE(source.current({})->tlsGeneration, std::uint64_t(2));

        write("ca.crt", second.certificatePem());
        m_clock.advance(5min);
        QVERIFY(source.current({})->caPem == second.certificatePem());
        QCOMPARE(source.current({})->tlsGeneration, std::uint64_t(3));

        write("tls.crt", "half a certifi"); // somebody is just writing it
        m_clock.advance(5min);
        const auto kept = source.current({});
        QVERIFY(kept.has_value() && kept->clientCertificatePem == two.certificatePem);
        QCOMPARE(kept->tlsGeneration, std::uint64_t(3));
    }

    void certificatesThatDoNotParse_data()
    {
        QTest::addColumn<QByteArray>("certificate");
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("message");
        const TestCertificate good = TestAuthority().issueClient("me");
        const QByteArray certificate = QByteArray::fromStdString(good.certificatePem);
        const QByteArray key = QByteArray::fromStdString(good.keyPem);
        QByteArray damaged = certificate;
        damaged.remove(200, 4);
        const auto row = [](const char *name, const QByteArray &c, const QByteArray &k, const QByteArray &m) {
            QTest::newRow(name) << c << k << m;
        };
        row("good", certificate, key, "");
        row("no PEM", "not a certificate", key, "client-certificate-data: contains no PEM certificate");
        row("DER", QByteArray("\x30\x82\x01\x02", 4), key,
            "client-certificate-data: contains no PEM certificate");
        row("exchanged", key, certificate, "client-certificate-data: contains no PEM certificate");
        row("damaged", damaged, key,
            "client-certificate-data: does not parse: the certificate in it is damaged");
        row("cut", certificate.left(300), key,
            "client-certificate-data: does not parse: the certificate in it has no end");
        row("second cut", certificate + certificate.left(300), key,
            "client-certificate-data: does not parse: the certificate in it has no end");
        row("key cut", certificate, key.left(80),
            "client-key-data: does not parse: the private key in it has no end");
        row("passphrase", certificate,
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----\n",
            "client-key-data: is protected by a passphrase, which cannot be asked for here");
    }

    void certificatesThatDoNotParse()
    {
        QFETCH(QByteArray, certificate);
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, message);
        UserEntry user;
        user.clientCertificate.data = certificate.toStdString();
        user.clientKey.data = key.toStdString();
        const std::string expected =
            message.isEmpty() ? "" : "invalid input | /dir/config: user 'u' " + message.toStdString();
        QCOMPARE(shown(currentOf(user)), expected);
    }

    void everyKindOfKeyIsAccepted()
    {
        for (const KeyKind kind : {KeyKind::Ec, KeyKind::Rsa, KeyKind::Ed25519}) {
            const TestCertificate certificate = TestAuthority().issueClient("me", kind);
            UserEntry user;
            user.clientCertificate.data = certificate.certificatePem;
            user.clientKey.data = "\n" + certificate.keyPem + "\n\n";
            QCOMPARE(shown(currentOf(user)), std::string());
        }
    }

    void secretsAreMasked_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("masked");
        const auto row = [](const char *text, const char *masked) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(masked);
        };
        row("Authorization: Bearer abc.DEF-1", "Authorization: Bearer •••");
        row("authorization: BASIC QWxh==, next", "authorization: BASIC •••, next");
        row("{\"token\": \"s3cr3t\"}", "{\"token\": \"•••\"}");
        row("password=hunter2 retry", "password=••• retry");
        row("proxy http://me:pw@proxy:3128/ failed", "proxy http://•••@proxy:3128/ failed");
        row("got eyJhbGciOi.eyJzdWIi.c2ln!", "got •••!");
        row("https://host/path and me@example", "https://host/path and me@example");
        row("no token was found", "no token was found");
        row("Bearer ", "Bearer ");
    }

    void secretsAreMasked()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, masked);
        QCOMPARE(QByteArray::fromStdString(withoutSecrets(text.toStdString())), masked);
    }
};

QTEST_GUILESS_MAIN(TestCredentials)
#include "test_credentials.moc"
