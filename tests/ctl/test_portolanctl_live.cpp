#include "model/kube/exec_consent.h"
#include "model/snapshot/snapshot.h"
#include "program_run.h"
#include "small_api.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <csignal>

using namespace portolan;
using namespace portolan::ctl_tests;
using namespace portolan::fakes;

namespace {

const QString program = QStringLiteral(PORTOLAN_BIN_DIR "/portolanctl");

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(u' ', Qt::SkipEmptyParts);
}

bool writeFile(const QString &name, const QByteArray &content, QFile::Permissions more = {})
{
    QFile file(name);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        return false;
    return file.setPermissions(file.permissions() | more);
}

constexpr auto executable = QFile::ExeOwner | QFile::ExeUser;

QJsonObject jsonOf(const QByteArray &text)
{
    return QJsonDocument::fromJson(text).object();
}

} // namespace

/// The real program against an API server of a few objects.
class TestPortolanctlLive : public QObject
{
    Q_OBJECT

    FreshHome m_home;

    /// A kubeconfig for `server` as the current one of the home folder.
    QString kubeconfig(const std::string &server, const QByteArray &user = "{}",
                       const QByteArray &cluster = {})
    {
        const QString name = m_home.file("kubeconfig");
        const QByteArray text = "current-context: c\n"
                                "contexts: [{name: c, context: {cluster: c, user: u}}]\n"
                                "clusters: [{name: c, cluster: {server: '" +
                                QByteArray::fromStdString(server) + "'" + cluster + "}}]\n" +
                                "users: [{name: u, user: " + user + "}]\n";
        return writeFile(name, text) ? name : QString();
    }

    ProgramRun run(const char *verb, const QString &config, const QStringList &more = {}) const
    {
        return m_home.run(program, words(verb) + QStringList{QStringLiteral("--kubeconfig"), config} + more);
    }

private Q_SLOTS:
    void showReadsTheClusterThatTheContextNames()
    {
        const SmallApi api;
        const ProgramRun shown = run("show", kubeconfig(api.url()));
        QVERIFY2(shown.code == 0, shown.err.constData());
        QCOMPARE(shown.err, QByteArray());
        const QJsonObject json = jsonOf(shown.out);
        QCOMPARE(json[u"pods"].toInt(), 2);
        QCOMPARE(json[u"services"].toInt(), 1);
        QCOMPARE(json[u"endpointSlices"].toInt(), 1);
        QCOMPARE(json[u"serverVersion"].toString(), QStringLiteral("v1.34.4"));
        QCOMPARE(json[u"context"].toString(), QStringLiteral("c"));
    }

    void whatMayNotBeReadIsSaidAndCountsAsUnknown()
    {
        SmallApi api;
        api.answer(
            "/api/v1/nodes",
            FakeReply::json(R"({"kind":"Status","code":403,"reason":"Forbidden","message":"no"})", 403));
        const ProgramRun shown = run("show", kubeconfig(api.url()));
        QCOMPARE(shown.code, 0);
        QVERIFY2(shown.err.startsWith("portolanctl: could not be read: nodes: ") &&
                     shown.err.count('\n') == 1,
                 shown.err.constData());
        QVERIFY(jsonOf(shown.out)[u"nodes"].isNull());
        QCOMPARE(jsonOf(shown.out)[u"pods"].toInt(), 2);
        const QJsonArray unread = jsonOf(shown.out)[u"notReadable"].toArray();
        QCOMPARE(unread.size(), 1);
        QCOMPARE(unread[0].toObject()[u"resource"].toString(), QStringLiteral("nodes"));
    }

    /// What hangs is a gap when time is up, and the rest is told.
    void whatDoesNotComeInTimeIsNamed()
    {
        SmallApi api;
        api.answer("/api/v1/pods", FakeReply::broken(FakeReply::Fault::StallBeforeAnswer));
        const ProgramRun shown = run("show --timeout 2", kubeconfig(api.url()));
        QVERIFY2(shown.code == 0, shown.err.constData());
        QVERIFY2(shown.err.contains((api.url() + "/api/v1/pods: was not read in time").c_str()),
                 shown.err.constData());
        QVERIFY(jsonOf(shown.out)[u"pods"].isNull());
        QCOMPARE(jsonOf(shown.out)[u"services"].toInt(), 1);
    }

    /// Other namespaces are not empty ones; a namespace that is not there is said.
    void namespacesThatWereNotAskedForAreUnknown()
    {
        SmallApi api;
        api.answer(
            "/api/v1/namespaces",
            FakeReply::json(R"({"kind":"NamespaceList","apiVersion":"v1","metadata":{"resourceVersion":"9"},)"
                            R"("items":[{"metadata":{"name":"shop"}},{"metadata":{"name":"other"}}]})"));
        const ProgramRun shown = run("show -n shop", kubeconfig(api.url()));
        QVERIFY2(shown.code == 0, shown.err.constData());
        QCOMPARE(shown.err, QByteArray("portolanctl: not asked for: 1 other namespace\n"));
        QCOMPARE(jsonOf(shown.out)[u"namespaces"].toInt(), 1);
        const QByteArray checks = m_home.file("checks.jsonl").toUtf8();
        QVERIFY(writeFile(QString::fromUtf8(checks),
                          R"({"src":"other/x","dst":"shop/web-1","proto":"TCP","port":1}
{"src":"10.1.2.3","dst":"shop/web-1","proto":"TCP","port":1}
{"src":"8.8.8.8","dst":"shop/web-1","proto":"TCP","port":1})"));
        const ProgramRun judged = run("verdict -n shop", kubeconfig(api.url()),
                                      {QStringLiteral("--checks"), QString::fromUtf8(checks)});
        const QList<QByteArray> lines = judged.out.trimmed().split('\n');
        QVERIFY2(lines.size() == 3, judged.err.constData());
        QVERIFY2(lines[0].contains("unknown") && lines[1].contains("may be a pod's") &&
                     lines[2].contains("allow"),
                 judged.out.constData());

        const ProgramRun drawn = run("graph -n shop", kubeconfig(api.url()));
        QCOMPARE(jsonOf(drawn.out)[u"groups"].toArray().size(), 1);
        QCOMPARE(jsonOf(drawn.out)[u"notDrawn"].toObject()[u"unreadResources"].toInt(), 0);
        QCOMPARE(jsonOf(drawn.out)[u"notReadable"].toArray().size(), 1);

        const ProgramRun nowhere = run("show -n nope", kubeconfig(api.url()));
        QVERIFY2(nowhere.err.contains("namespace nope: is not there"), nowhere.err.constData());
        QVERIFY(jsonOf(nowhere.out)[u"pods"].isNull());
    }

    void aSnapshotIsOfItsOwnerAloneAndOpensAgain()
    {
        const SmallApi api;
        const QString file = m_home.file("a.portolan");
        const ProgramRun saved = run("snapshot", kubeconfig(api.url()), {QStringLiteral("-o"), file});
        QVERIFY2(saved.code == 0, saved.err.constData());
        QVERIFY(!(QFile::permissions(file) & (QFile::ReadGroup | QFile::ReadOther)));
        const auto state = loadSnapshot(file.toStdString());
        QVERIFY(state.has_value());
        QCOMPARE((*state)->pods.size(), 2u);
        QCOMPARE((*state)->info.contextName, std::string("c"));

        const ProgramRun nowhere =
            run("snapshot", kubeconfig(api.url()), {QStringLiteral("-o"), m_home.file("no/such/folder")});
        QVERIFY2(nowhere.isOneLineOfError() && nowhere.err.contains("no/such/folder"),
                 nowhere.err.constData());
        QCOMPARE(nowhere.code, 5);
    }

    void theGraphSaysWhereThingsStand()
    {
        const SmallApi api;
        const ProgramRun drawn = run("graph --layout", kubeconfig(api.url()));
        QVERIFY2(drawn.code == 0, drawn.err.constData());
        const QJsonArray nodes = jsonOf(drawn.out)[u"nodes"].toArray();
        QVERIFY(!nodes.isEmpty());
        for (const auto &node : nodes)
            QCOMPARE(node.toObject()[u"rect"].toArray().size(), 4);
        QCOMPARE(jsonOf(drawn.out)[u"bounds"].toArray().size(), 4);
    }

    void aProbeReachesWhatListens()
    {
        const SmallApi api;
        const QString target = QStringLiteral("shop/api:%1").arg(api.server().port());
        const ProgramRun probed =
            run("probe --json", kubeconfig(api.url()), {QStringLiteral("shop/web-1"), target});
        QVERIFY2(probed.code == 0, (probed.err + probed.out).constData());
        const QJsonObject json = jsonOf(probed.out);
        QCOMPARE(json[u"outcome"].toString(), QStringLiteral("REACHED"));
        QCOMPARE(json[u"source"].toString(), QStringLiteral("shop/web-1"));
        QVERIFY(!json[u"steps"].toArray().isEmpty());
        QVERIFY(
            json[u"steps"].toArray()[0].toObject()[u"kubectl"].toString().contains(QLatin1String("exec")));
        // Four objects are enough: nothing is listed but the service's slices.
        for (const FakeRequest &request : api.server().requests())
            QVERIFY2(request.target != "/api/v1/pods" && !request.target.starts_with("/api/v1/pods?"),
                     request.target.c_str());
    }

    void aProbeThatIsRefusedAnswersNo()
    {
        const std::uint16_t port = unusedPort();
        const SmallApi api(std::nullopt, port);
        const ProgramRun probed =
            run("probe", kubeconfig(api.url()),
                {QStringLiteral("shop/web-1"), QStringLiteral("shop/api:%1").arg(port)});
        QVERIFY2(probed.code == 1, probed.err.constData());
        QVERIFY2(probed.out.startsWith("REFUSED"), probed.out.constData());
        QCOMPARE(probed.err, QByteArray());
    }

    /// Who takes "no" for "blocked" is not told so where nothing was tried.
    void aProbeThatCouldNotBeMadeIsNoAnswer()
    {
        SmallApi api;
        api.answer(
            "/api/v1/namespaces/shop/pods/web-1/exec",
            FakeReply::json(R"({"kind":"Status","code":403,"reason":"Forbidden","message":"no"})", 403));
        const QString target = QStringLiteral("shop/api:%1").arg(api.server().port());
        const ProgramRun probed = run("probe", kubeconfig(api.url()), {QStringLiteral("shop/web-1"), target});
        QVERIFY2(probed.code == 4, (probed.out + probed.err).constData());
        QVERIFY2(probed.err.count(QByteArray("\n")) == 1 && probed.err.contains("403"),
                 probed.err.constData());
    }

    void probesOfWhatIsNotThere_data()
    {
        QTest::addColumn<QByteArray>("arguments");
        QTest::addColumn<QByteArray>("part");
        QTest::newRow("source") << QByteArray("shop/nobody shop/api:80") << QByteArray("shop/nobody");
        QTest::newRow("destination") << QByteArray("shop/web-1 shop/nothing:80")
                                     << QByteArray("shop/nothing");
        QTest::newRow("port") << QByteArray("shop/web-1 shop/api:1") << QByteArray("no port 1/TCP");
    }

    void probesOfWhatIsNotThere()
    {
        QFETCH(QByteArray, arguments);
        QFETCH(QByteArray, part);
        const SmallApi api;
        const ProgramRun probed = run("probe", kubeconfig(api.url()), words(arguments.constData()));
        QCOMPARE(probed.code, 3);
        QVERIFY2(probed.isOneLineOfError() && probed.err.contains(part), probed.err.constData());
    }

    void serversThatDoNotServe_data()
    {
        QTest::addColumn<int>("fault");
        QTest::addColumn<int>("status");
        QTest::newRow("401") << int(FakeReply::Fault::None) << 401;
        QTest::newRow("403 on everything") << int(FakeReply::Fault::None) << 403;
        QTest::newRow("garbage") << int(FakeReply::Fault::Garbage) << 200;
        QTest::newRow("closed") << int(FakeReply::Fault::CloseBeforeAnswer) << 200;
        QTest::newRow("reset") << int(FakeReply::Fault::ResetBeforeAnswer) << 200;
    }

    void serversThatDoNotServe()
    {
        QFETCH(int, fault);
        QFETCH(int, status);
        const FakeApiServer server([&](const FakeRequest &) {
            FakeReply reply = FakeReply::json(R"({"kind":"Status","message":"no"})", status);
            reply.fault = FakeReply::Fault(fault);
            if (reply.fault == FakeReply::Fault::Garbage)
                reply.body = "\x01\x02 what?\r\n\r\n";
            return reply;
        });
        const ProgramRun shown = run("show", kubeconfig(server.url()));
        QVERIFY2(shown.code == 4, shown.err.constData());
        QVERIFY2(shown.isOneLineOfError(), shown.err.constData());
    }

    void aServerThatIsSilentCostsTheTimeoutAndNoMore()
    {
        const FakeApiServer server(
            [](const FakeRequest &) { return FakeReply::broken(FakeReply::Fault::StallBeforeAnswer); });
        const ProgramRun shown = run("show --timeout 1", kubeconfig(server.url()));
        QCOMPARE(shown.code, 4);
        QVERIFY2(shown.isOneLineOfError() && shown.err.contains(server.url().c_str()), shown.err.constData());
    }

    void anInterruptEndsItCleanly()
    {
        const FakeApiServer server(
            [](const FakeRequest &) { return FakeReply::broken(FakeReply::Fault::StallBeforeAnswer); });
        QProcess process;
        process.setProcessEnvironment(m_home.environment());
        process.start(program,
                      {QStringLiteral("show"), QStringLiteral("--kubeconfig"), kubeconfig(server.url())});
        QVERIFY(server.waitForRequests(1));
        QCOMPARE(::kill(pid_t(process.processId()), SIGINT), 0);
        const ProgramRun ended = FreshHome::ended(process);
        QCOMPARE(ended.code, 130);
        QVERIFY2(ended.isOneLineOfError(), ended.err.constData());
    }

    void watchTellsEveryChangeOnALine()
    {
        SmallApi api;
        api.addPodsForever("new");
        QProcess process;
        process.setProcessEnvironment(m_home.environment());
        process.start(program, {QStringLiteral("watch"), QStringLiteral("--json"),
                                QStringLiteral("--kubeconfig"), kubeconfig(api.url())});
        QByteArray line;
        while (!line.contains("new-") && process.waitForReadyRead(30'000)) {
            while (process.canReadLine() && !line.contains("new-"))
                line = process.readLine();
        }
        const QJsonObject json = jsonOf(line);
        QCOMPARE(json[u"type"].toString(), QStringLiteral("ADDED"));
        QCOMPARE(json[u"kind"].toString(), QStringLiteral("Pod"));
        QCOMPARE(json[u"namespace"].toString(), QStringLiteral("shop"));
        QCOMPARE(::kill(pid_t(process.processId()), SIGTERM), 0);
        QCOMPARE(FreshHome::ended(process).code, 130);
    }

    /// An exec plugin hands out the token that the server asks for; it runs only with consent.
    void aPluginRunsWithConsentAlone()
    {
        const TestAuthority authority;
        const SmallApi api(FakeServerTls{authority.issueServer({"127.0.0.1"}), {}});
        const QString plugin = m_home.file("plugin");
        const QString ran = m_home.file("ran");
        QVERIFY(writeFile(
            plugin,
            "#!/bin/sh\ntouch '" + ran.toUtf8() +
                "'\necho '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\","
                "\"status\":{\"token\":\"tick-et\"}}'\n",
            executable));
        const QByteArray user =
            "{exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: '" +
            plugin.toUtf8() + "'}}";
        const QByteArray ca = ", certificate-authority-data: " +
                              QByteArray::fromStdString(authority.certificatePem()).toBase64();
        const QString config = kubeconfig(api.url(), user, ca);

        const ProgramRun refused = run("show", config);
        QVERIFY2(refused.code == 4 && refused.isOneLineOfError(), refused.err.constData());
        QVERIFY(refused.err.contains("--allow-exec-plugin") && refused.err.contains(plugin.toUtf8()));
        QVERIFY(!QFile::exists(ran));

        const ProgramRun allowed = run("show --allow-exec-plugin", config);
        QVERIFY2(allowed.code == 0, allowed.err.constData());
        QVERIFY(QFile::remove(ran));
        QCOMPARE(api.server().requests().front().header("authorization"), std::string("Bearer tick-et"));

        kube::ExecPluginSpec spec;
        spec.command = plugin.toStdString();
        const kube::ExecConsent consent(m_home.file("config/portolan/exec-plugins").toStdString());
        QVERIFY(consent.give(spec).has_value());
        const ProgramRun remembered = run("show", config);
        QVERIFY2(remembered.code == 0, remembered.err.constData());
        QVERIFY(QFile::exists(ran));
    }
};

QTEST_GUILESS_MAIN(TestPortolanctlLive)
#include "test_portolanctl_live.moc"
