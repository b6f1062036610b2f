#include "model/kube/credentials.h"
#include "model/kube/exec_consent.h"
#include "model/kube/exec_plugin.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/test_certificates.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

#include <csignal>
#include <future>

using namespace portolan;
using namespace portolan::kube;
using namespace portolan::fakes;
using namespace std::chrono_literals;

namespace {

const std::string v1 = "client.authentication.k8s.io/v1";
const std::string v1beta1 = "client.authentication.k8s.io/v1beta1";

/// What a plugin that works prints.
std::string answer(const std::string &status, const std::string &version = v1)
{
    return "{\"kind\":\"ExecCredential\",\"apiVersion\":\"" + version + "\",\"status\":{" + status + "}}";
}

std::string shown(const Result<Credential> &result)
{
    if (!result)
        return std::string(errorCodeName(result.error().code)) + " | " + result.error().oneLine();
    return result->headers.empty() ? "" : result->headers.at(0).second;
}

std::string quotedForJson(const std::string &pem)
{
    return QByteArray::fromStdString(pem).replace("\n", "\\n").toStdString();
}

} // namespace

class TestExecPlugin : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    FakeClock m_clock;

    std::string path(const char *name) const
    {
        return m_dir->filePath(QString::fromLatin1(name)).toStdString();
    }

    QByteArray content(const char *name) const
    {
        QFile file(m_dir->filePath(QString::fromLatin1(name)));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    void writeFile(const char *name, const std::string &text) const
    {
        QFile file(m_dir->filePath(QString::fromLatin1(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(QByteArray::fromStdString(text)) < 0)
            qFatal("cannot write %s", name);
    }

    /// A plugin whose every run leaves a line in the file "runs". `script` runs in the test's directory.
    ExecPluginSpec plugin(const std::string &script, const std::string &version = v1) const
    {
        writeFile("plugin",
                  "#!/bin/sh\ncd '" + m_dir->path().toStdString() + "'\necho run >> runs\n" + script + "\n");
        ::chmod(path("plugin").c_str(), 0700);
        ExecPluginSpec spec;
        spec.apiVersion = version;
        spec.command = path("plugin");
        spec.interactiveMode = "IfAvailable";
        return spec;
    }

    ExecPluginSpec printing(const std::string &text, const std::string &version = v1) const
    {
        writeFile("answer", text);
        return plugin("cat answer", version);
    }

    qsizetype runs() const { return content("runs").count('\n'); }

    static ClusterAccess access(const ExecPluginSpec &spec)
    {
        ClusterAccess access;
        access.cluster.name = "k";
        access.cluster.server = "https://h:6443";
        access.user.name = "u";
        access.user.origin = "/dir/config";
        access.user.exec = spec;
        return access;
    }

    std::unique_ptr<CredentialSource> source(const ExecPluginSpec &spec,
                                             std::chrono::milliseconds timeout = 60s)
    {
        return std::make_unique<CredentialSource>(
            access(spec), [](const ExecPluginSpec &) { return true; }, m_clock, timeout);
    }

    std::string messageOf(const ExecPluginSpec &spec, const std::string &tail) const
    {
        return " | exec plugin " + spec.command + ": " + tail;
    }

private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void aTokenIsCachedUntilItExpires()
    {
        const std::string soon = formatRfc3339(m_clock.wallNow() + 10min);
        const auto credentials =
            source(printing(answer("\"token\":\"one\",\"expirationTimestamp\":\"" + soon + "\"")));
        QCOMPARE(shown(credentials->current({})), std::string("Bearer one"));
        m_clock.advance(10min - 1s);
        QVERIFY(credentials->fresh().has_value());
        QCOMPARE(shown(credentials->current({})), std::string("Bearer one"));
        QCOMPARE(runs(), 1);
        writeFile("answer", answer("\"token\":\"two\""));
        m_clock.advance(1s);
        QVERIFY(!credentials->fresh());
        QCOMPARE(shown(credentials->current({})), std::string("Bearer two"));
        QCOMPARE(runs(), 2);
        m_clock.advance(24h * 365); // without an expirationTimestamp it lasts
        QCOMPARE(shown(credentials->current({})), std::string("Bearer two"));
        QCOMPARE(runs(), 2);
    }

    void anAnswerThatHasExpiredIsUsedOnceAndAskedAgain()
    {
        const auto credentials =
            source(printing(answer("\"token\":\"old\",\"expirationTimestamp\":\"2001-01-01T00:00:00Z\"")));
        QCOMPARE(shown(credentials->current({})), std::string("Bearer old"));
        QVERIFY(!credentials->fresh());
        QCOMPARE(shown(credentials->current({})), std::string("Bearer old"));
        QCOMPARE(runs(), 2);
    }

    void a401RunsItOnceMore()
    {
        const auto credentials = source(printing(answer("\"token\":\"one\"")));
        const auto first = credentials->current({});
        writeFile("answer", answer("\"token\":\"two\""));
        credentials->invalidate(*first);
        credentials->invalidate(*first);
        QCOMPARE(shown(credentials->current({})), std::string("Bearer two"));
        credentials->invalidate(*first); // a request that was sent with the old token fails late
        QCOMPARE(shown(credentials->current({})), std::string("Bearer two"));
        QCOMPARE(runs(), 2);
    }

    void manyAskAtOnceAndItRunsOnce()
    {
        QCOMPARE(::mkfifo(path("gate").c_str(), 0600), 0);
        writeFile("answer", answer("\"token\":\"one\""));
        const auto credentials = source(plugin("cat gate > /dev/null; cat answer"));
        std::vector<std::future<std::string>> callers;
        for (int i = 0; i < 8; ++i)
            callers.push_back(
                std::async(std::launch::async, [&] { return shown(credentials->current({})); }));
        writeFile("gate", "open"); // opens when the plugin has begun to read
        for (auto &caller : callers)
            QCOMPARE(caller.get(), std::string("Bearer one"));
        QCOMPARE(runs(), 1);
    }

    void certificatesOfAPluginChangeTheTlsGeneration()
    {
        const TestAuthority authority;
        const auto status = [](const TestCertificate &c) {
            return answer("\"clientCertificateData\":\"" + quotedForJson(c.certificatePem) +
                          "\",\"clientKeyData\":\"" + quotedForJson(c.keyPem) + "\"");
        };
        const TestCertificate one = authority.issueClient("one");
        const TestCertificate two = authority.issueClient("two");
        const auto credentials = source(printing(status(one)));
        const auto first = credentials->current({});
        QVERIFY2(first.has_value(), shown(first).c_str());
        QVERIFY(first->clientCertificatePem == one.certificatePem && first->clientKeyPem == one.keyPem);
        writeFile("answer", status(two));
        credentials->invalidate(*first);
        const auto second = credentials->current({});
        QVERIFY(second->clientCertificatePem == two.certificatePem);
        QCOMPARE(second->tlsGeneration, first->tlsGeneration + 1);
    }

    void argumentsAndEnvironmentArriveUnharmed()
    {
        writeFile("answer", answer("\"token\":\"t\""));
        ExecPluginSpec spec = plugin("printf '%s\\n' \"$@\" > args; printf '%s' \"$EXTRA|$HOME\" > env; "
                                     "printf '%s' \"$KUBERNETES_EXEC_INFO\" > info; cat > stdin; "
                                     "(: < /dev/tty) 2> tty; cat answer");
        spec.args = {"a b", "$(touch hacked)", "'\";", ""};
        spec.env = {{"EXTRA", "x y"}, {"HOME", "/replaced"}};
        QCOMPARE(shown(source(spec)->current({})), std::string("Bearer t"));
        QCOMPARE(content("args"), QByteArray("a b\n$(touch hacked)\n'\";\n\n"));
        QCOMPARE(content("env"), QByteArray("x y|/replaced"));
        QCOMPARE(content("info"), QByteArray("{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":"
                                             "\"ExecCredential\",\"spec\":{\"interactive\":false}}"));
        QCOMPARE(content("stdin"), QByteArray());
        QVERIFY(!content("tty").isEmpty()); // there is no terminal to open
        QVERIFY(!QFile::exists(m_dir->filePath(QStringLiteral("hacked"))));
    }

    void clusterInfoIsGivenOnlyWhereItIsWanted()
    {
        ExecPluginSpec spec;
        spec.apiVersion = v1;
        ClusterEntry cluster;
        cluster.server = "https://h";
        cluster.tlsServerName = "name";
        cluster.proxyUrl = "http://proxy";
        cluster.execExtensionJson = "{\"audience\":\"x\"}";
        const auto info = [&] {
            const auto text = QByteArray::fromStdString(execInfo(spec, cluster, "PEM"));
            return QJsonDocument::fromJson(text).object()[QStringLiteral("spec")].toObject();
        };
        QVERIFY(!info().contains(QStringLiteral("cluster")));
        spec.provideClusterInfo = true;
        const QJsonObject expected{
            {QStringLiteral("server"), QStringLiteral("https://h")},
            {QStringLiteral("tls-server-name"), QStringLiteral("name")},
            {QStringLiteral("certificate-authority-data"), QStringLiteral("UEVN")},
            {QStringLiteral("proxy-url"), QStringLiteral("http://proxy")},
            {QStringLiteral("config"), QJsonObject{{QStringLiteral("audience"), QStringLiteral("x")}}}};
        QCOMPARE(info()[QStringLiteral("cluster")].toObject(), expected);
    }

    void v1beta1IsSpokenToo()
    {
        ExecPluginSpec spec = printing(answer("\"token\":\"beta\"", v1beta1), v1beta1);
        spec.interactiveMode.clear();
        QCOMPARE(shown(source(spec)->current({})), std::string("Bearer beta"));
    }

    void pluginIsSkippedWhereSomethingElseIsSet()
    {
        ClusterAccess target = access(printing(answer("\"token\":\"plugin\"")));
        target.user.token = "static";
        CredentialSource credentials(target, {}, m_clock);
        QCOMPARE(shown(credentials.current({})), std::string("Bearer static"));
        QCOMPARE(runs(), 0);
    }

    void pluginRunsOnlyWhenAllowed()
    {
        const ExecPluginSpec spec = printing(answer("\"token\":\"t\""));
        std::string asked;
        CredentialSource refusing(
            access(spec),
            [&](const ExecPluginSpec &resolved) {
                asked = resolved.command;
                return false;
            },
            m_clock);
        QCOMPARE(shown(refusing.current({})),
                 "permission denied" + messageOf(spec, "was not allowed to run"));
        QCOMPARE(asked, spec.command);
        CredentialSource unasked(access(spec), {}, m_clock);
        QCOMPARE(shown(unasked.current({})), "permission denied" + messageOf(spec, "was not allowed to run"));
        QCOMPARE(runs(), 0);
    }

    void pluginIsFoundInAbsoluteDirectoriesAlone()
    {
        ExecPluginSpec spec = plugin("true");
        spec.command = "plugin";
        const std::string dir = m_dir->path().toStdString();
        QCOMPARE(findExecPlugin(spec, "/nowhere:" + dir).value_or(""), dir + "/plugin");
        const QString before = QDir::currentPath();
        QVERIFY(QDir::setCurrent(m_dir->path()));
        const bool relative = findExecPlugin(spec, ".::").has_value();
        QVERIFY(QDir::setCurrent(before));
        QVERIFY(!relative);
        ::chmod(path("plugin").c_str(), 0600);
        QVERIFY(!findExecPlugin(spec, dir));
    }

    void execPluginMissing()
    {
        ExecPluginSpec spec;
        spec.apiVersion = v1;
        spec.command = "portolan-no-such-plugin";
        spec.installHint = "Install it from example.org";
        QCOMPARE(shown(source(spec)->current({})),
                 "not found" +
                     messageOf(spec, "is not installed (not found in PATH). Install it from example.org"));
        spec.command = "/missing/plugin";
        QCOMPARE(shown(source(spec)->current({})),
                 "not found" + messageOf(spec, "is no executable file. Install it from example.org"));
        spec = plugin("true");
        writeFile("plugin", "#!/missing/interpreter\n");
        QVERIFY(shown(source(spec)->current({})).starts_with("not found | exec plugin " + spec.command));
    }

    void execPluginHangs()
    {
        // The child holds the pipes and must end with its parent.
        const ExecPluginSpec spec =
            plugin("sleep 1000 & echo $! > child; trap '' TERM; wait; wait; sleep 1000");
        const auto credentials = source(spec, 2s);
        QCOMPARE(shown(credentials->current({})),
                 "timeout" + messageOf(spec, "did not end within 2.000 s and was stopped"));
        const int child = content("child").trimmed().toInt();
        QVERIFY(child > 0);
        QFile status(QStringLiteral("/proc/%1/stat").arg(child));
        // Gone, or dead and waiting for an init that never collects.
        QVERIFY(!status.open(QIODevice::ReadOnly) || status.readAll().contains(" Z "));
    }

    void whoWaitsForAPluginCanStopWaiting()
    {
        QCOMPARE(::mkfifo(path("gate").c_str(), 0600), 0);
        const auto credentials = source(plugin("cat gate > /dev/null; exit 3"));
        auto first = std::async(std::launch::async, [&] { return shown(credentials->current({})); });
        QFile gate(m_dir->filePath(QStringLiteral("gate")));
        QVERIFY(gate.open(QIODevice::WriteOnly)); // the plugin runs
        CancelSource stop;
        auto cancelled =
            std::async(std::launch::async, [&] { return shown(credentials->current(stop.token())); });
        stop.cancel();
        QVERIFY(cancelled.get().starts_with("cancelled | "));
        gate.close();
        QVERIFY(first.get().find("failed with exit code 3") != std::string::npos);
        QCOMPARE(runs(), 1);
    }

    void execPluginIsCancelled()
    {
        QCOMPARE(::mkfifo(path("started").c_str(), 0600), 0);
        const ExecPluginSpec spec = plugin("echo go > started; exec sleep 1000");
        const auto credentials = source(spec);
        CancelSource stop;
        auto canceller = std::async(std::launch::async, [&] {
            const QByteArray word = content("started");
            stop.cancel();
            return word;
        });
        QCOMPARE(shown(credentials->current(stop.token())), "cancelled" + messageOf(spec, "was stopped"));
        QCOMPARE(canceller.get(), QByteArray("go\n"));
    }

    void childrenThatStayBehindDoNotHoldItUp()
    {
        writeFile("answer", answer("\"token\":\"t\""));
        const auto credentials = source(plugin("sleep 1000 & echo $! > child; cat answer"), 60s);
        QCOMPARE(shown(credentials->current({})), std::string("Bearer t"));
        const int child = content("child").trimmed().toInt();
        QVERIFY(child > 0);
        QCOMPARE(::kill(child, SIGKILL), 0); // it was left alone
    }

    void badAnswers_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("message");
        const auto row = [](const char *name, const std::string &text, const char *message) {
            QTest::newRow(name) << QByteArray::fromStdString(text) << QByteArray(message);
        };
        row("nothing", "", "did not answer with a JSON object");
        row("garbage", "Please log in at https://example.org\n", "did not answer with a JSON object");
        row("cut", answer("\"token\":\"t\"").substr(0, 40), "did not answer with a JSON object");
        row("deep", std::string(100'000, '['), "did not answer with a JSON object");
        row("another kind", "{\"kind\":\"Status\"}", "answered something else than an ExecCredential");
        row("wrong version", answer("\"token\":\"t\"", v1beta1),
            "answered in version 'client.authentication.k8s.io/v1beta1', the kubeconfig demands "
            "'client.authentication.k8s.io/v1'");
        row("no status", "{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\"}",
            "answered without a status");
        row("empty status", answer(""), "answered neither a token nor a client certificate");
        row("number", answer("\"token\":7"), "answered a status with fields that are no text");
        row("certificate alone", answer("\"clientCertificateData\":\"x\""),
            "answered a client certificate without its key, or a key alone");
        row("certificate that is none", answer("\"clientCertificateData\":\"x\",\"clientKeyData\":\"y\""),
            "answered a clientCertificateData that contains no PEM certificate");
        row("bad time", answer("\"token\":\"t\",\"expirationTimestamp\":\"tomorrow\""),
            "answered an expirationTimestamp that is no RFC 3339 time");
        row("token with a line break", answer("\"token\":\"a\\r\\nx: y\""),
            "answered a token that contains characters that no token has");
    }

    void badAnswers()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, message);
        const ExecPluginSpec spec = printing(text.toStdString());
        QCOMPARE(shown(source(spec)->current({})), "invalid input" + messageOf(spec, message.toStdString()));
    }

    void badEnds_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QByteArray>("message");
        const auto row = [](const char *name, const char *script, const char *message) {
            QTest::newRow(name) << QByteArray(script) << QByteArray(message);
        };
        row("exit code", "exit 4", "failed with exit code 4");
        row("with a reason", "echo 'not logged in' >&2; exit 1", "failed with exit code 1: not logged in");
        row("with a secret", "printf 'sent token=abc\\nBearer s3cr3t \\033[31m' >&2; exit 1",
            "failed with exit code 1: sent token=••• Bearer •••  [31m");
        row("killed", "kill -KILL $$", "was ended by signal 9");
        row("endless complaint", "head -c 10000000 /dev/zero | tr '\\0' x >&2; exit 2", nullptr);
    }

    void badEnds()
    {
        QFETCH(QByteArray, script);
        QFETCH(QByteArray, message);
        const ExecPluginSpec spec = plugin(script.toStdString());
        const std::string text = shown(source(spec)->current({}));
        QVERIFY(text.size() < 2000);
        if (!message.isNull())
            QCOMPARE(text, "unauthorized" + messageOf(spec, message.toStdString()));
        else
            QVERIFY(text.starts_with("unauthorized" + messageOf(spec, "failed with exit code 2: …")));
    }

    void endlessAnswerIsStopped()
    {
        const ExecPluginSpec spec = plugin("exec cat /dev/zero");
        QCOMPARE(shown(source(spec)->current({})),
                 "too large" + messageOf(spec, "wrote more than 1048576 bytes and was stopped"));
    }

    void consentIsForAProgramWithWhatItIsGiven()
    {
        const std::filesystem::path file = m_dir->filePath(QStringLiteral("c/consents")).toStdString();
        const ExecConsent consent(file);
        ExecPluginSpec spec = plugin("true");
        QVERIFY(!consent.isGiven(spec));
        QVERIFY(consent.give(spec).has_value());
        QVERIFY(ExecConsent(file).isGiven(spec));
        struct stat status = {};
        QCOMPARE(::stat(file.c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777, mode_t(0600));

        ExecPluginSpec other = spec;
        other.args.push_back("-c");
        QVERIFY(!consent.isGiven(other));
        other = spec;
        other.env.emplace_back("LD_PRELOAD", "/tmp/x.so");
        QVERIFY(!consent.isGiven(other));
        QCOMPARE(commandLine(other), "LD_PRELOAD=/tmp/x.so " + commandLine(spec));
        other = spec;
        other.command += "\n";
        QVERIFY(!consent.isGiven(other));
        QVERIFY(consent.give(other).has_value());
        QVERIFY(consent.isGiven(other) && consent.isGiven(spec));
        QVERIFY(!ExecConsent("/proc/nowhere").give(spec));
    }

    void otherCredentialsGoBeforeAPlugin()
    {
        ClusterAccess access;
        access.cluster.server = "https://127.0.0.1";
        QVERIFY(!runsExecPlugin(access));
        access.user.exec = plugin("true");
        QVERIFY(runsExecPlugin(access));
        access.user.token = "t";
        QVERIFY(!runsExecPlugin(access));
        access.user.token.clear();
        access.user.clientCertificate.file = "/c";
        QVERIFY(!runsExecPlugin(access));
        access.user.clientCertificate = {};
        access.cluster.server = "http://127.0.0.1";
        QVERIFY(!runsExecPlugin(access));
    }

    void aTerminalIsNotToBeHad()
    {
        ExecPluginSpec spec = printing(answer("\"token\":\"t\""));
        spec.interactiveMode = "Always";
        QCOMPARE(shown(source(spec)->current({})),
                 "unsupported" +
                     messageOf(spec, "demands a terminal (interactiveMode Always), and there is none"));
        QCOMPARE(runs(), 0);
    }
};

QTEST_GUILESS_MAIN(TestExecPlugin)
#include "test_exec_plugin.moc"
