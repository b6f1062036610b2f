#include "app/ctl/command_line.h"
#include "app/ctl/probe_target.h"
#include "model/snapshot/snapshot.h"
#include "tests/fakes/shop_cluster.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <new>
#include <stdexcept>
#include <sys/stat.h>
#include <unistd.h>

using namespace portolan;

/// The real program, run as a shell runs it.
class TestPortolanctl : public QObject
{
    Q_OBJECT

    struct Run
    {
        int code = -1;
        QByteArray out;
        QByteArray err;
    };

    QTemporaryDir m_folder;
    const ClusterStatePtr m_shop = fakes::shopCluster().state();

    Run run(const QStringList &arguments, const QProcessEnvironment &extra = {},
            const QString &program = QStringLiteral("portolanctl"))
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("HOME"), m_folder.path());
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"), m_folder.path());
        environment.remove(QStringLiteral("KUBECONFIG"));
        environment.remove(QStringLiteral("KUBERNETES_SERVICE_HOST"));
        environment.insert(extra);
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(PORTOLAN_BIN_DIR "/") + program, arguments);
        if (!process.waitForFinished(60'000))
            process.kill();
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2,
                process.readAllStandardOutput(), process.readAllStandardError()};
    }

    QString file(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }

    QString written(const char *name, const QByteArray &content)
    {
        QFile target(file(name));
        if (!target.open(QIODevice::WriteOnly))
            return {};
        target.write(content);
        return target.fileName();
    }

    static void verifyOneLine(const Run &run, int code, const char *part)
    {
        QVERIFY2(run.code == code, run.err.constData());
        QVERIFY(run.out.isEmpty());
        QCOMPARE(run.err.count('\n'), 1);
        QVERIFY2(run.err.startsWith("portolanctl: ") && run.err.contains(part), run.err.constData());
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        QVERIFY(saveSnapshot(*m_shop, file("shop.portolan").toStdString()).has_value());
    }

    void showCountsASnapshot()
    {
        const Run shown = run({QStringLiteral("show"), file("shop.portolan")});
        QCOMPARE(shown.code, 0);
        const QJsonObject json = QJsonDocument::fromJson(shown.out).object();
        QCOMPARE(json[u"pods"].toInt(), int(m_shop->pods.size()));
        QCOMPARE(json[u"services"].toInt(), int(m_shop->services.size()));
    }

    void graphIsJsonThatNamesItsParts()
    {
        const Run drawn = run({QStringLiteral("graph"), file("shop.portolan")});
        QCOMPARE(drawn.code, 0);
        const QJsonObject json = QJsonDocument::fromJson(drawn.out).object();
        QVERIFY(!json[u"nodes"].toArray().isEmpty());
        QVERIFY(json[u"notDrawn"].isObject());
    }

    void theGraphGoesThroughALinkAndAPipe()
    {
        QFile target(written("real.json", "old"));
        QVERIFY(QFile::link(target.fileName(), file("link.json")));
        const QStringList graph{QStringLiteral("graph"), file("shop.portolan"), QStringLiteral("-o")};
        QCOMPARE(run(graph + QStringList{file("link.json")}).code, 0);
        QVERIFY(QFileInfo(file("link.json")).isSymLink());
        QVERIFY(target.open(QIODevice::ReadOnly));
        const QByteArray content = target.readAll();
        QVERIFY(content.contains("\"nodes\""));

        const QString pipe = file("pipe");
        QCOMPARE(::mkfifo(qPrintable(pipe), 0600), 0);
        QProcess reader;
        reader.start(QStringLiteral("cat"), {pipe});
        QCOMPARE(run(graph + QStringList{pipe}).code, 0);
        struct stat status
        {
        };
        QVERIFY(::lstat(qPrintable(pipe), &status) == 0 && S_ISFIFO(status.st_mode));
        QVERIFY(reader.waitForFinished(30'000));
        QCOMPARE(reader.readAllStandardOutput(), content);
    }

    /// With a limit of 0 for files, each write fails as it does on a full disk.
    void whatCannotBeWrittenIsAFailure_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("help") << QStringList{QStringLiteral("--help")};
        QTest::newRow("help of a verb") << QStringList{QStringLiteral("show"), QStringLiteral("--help")};
        QTest::newRow("version") << QStringList{QStringLiteral("--version")};
        QTest::newRow("a verb") << QStringList{QStringLiteral("show"), file("shop.portolan")};
        QTest::newRow("-o") << QStringList{QStringLiteral("graph"), file("shop.portolan"),
                                           QStringLiteral("-o"), file("full.json")};
    }

    void whatCannotBeWrittenIsAFailure()
    {
        QFETCH(QStringList, arguments);
        QProcess shell;
        shell.start(
            QStringLiteral("sh"),
            QStringList{
                QStringLiteral("-c"),
                QStringLiteral("trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\" > '%1'").arg(file("out")),
                QStringLiteral(PORTOLAN_BIN_DIR "/portolanctl")} +
                arguments);
        QVERIFY(shell.waitForFinished(60'000));
        QCOMPARE(shell.exitCode(), 5);
        const QByteArray error = shell.readAllStandardError();
        QVERIFY2(error.startsWith("portolanctl: ") && error.count('\n') == 1, error.constData());
        QVERIFY(!QFile::exists(file("full.json")));
    }

    /// What reads a pipe that nobody writes to has nothing to leave in order.
    void theFirstInterruptEndsWhatReadsFiles_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("signal");
        QCOMPARE(::mkfifo(qPrintable(file("silent.portolan")), 0600), 0);
        const QString silent = file("silent.portolan");
        const QString cluster = QStringLiteral("--cluster");
        QTest::newRow("show") << QStringList{QStringLiteral("show"), silent} << SIGINT;
        QTest::newRow("show, SIGTERM") << QStringList{QStringLiteral("show"), silent} << SIGTERM;
        QTest::newRow("graph") << QStringList{QStringLiteral("graph"), silent} << SIGINT;
        QTest::newRow("verdict") << QStringList{QStringLiteral("verdict"), cluster, silent} << SIGINT;
        QTest::newRow("connectivity")
            << QStringList{QStringLiteral("connectivity"), cluster, silent} << SIGINT;
        QTest::newRow("diff") << QStringList{QStringLiteral("diff"), silent, silent} << SIGINT;
        QTest::newRow("checks") << QStringList{QStringLiteral("verdict"), cluster, file("shop.portolan"),
                                               QStringLiteral("--checks"), silent}
                                << SIGINT;
    }

    void theFirstInterruptEndsWhatReadsFiles()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, signal);
        QProcess process;
        process.start(QStringLiteral(PORTOLAN_BIN_DIR "/portolanctl"), arguments);
        // Opens once the other side reads: then it is past main's first line.
        int writer = -1;
        QTRY_VERIFY_WITH_TIMEOUT(
            (writer = ::open(qPrintable(file("silent.portolan")), O_WRONLY | O_NONBLOCK | O_CLOEXEC)) >= 0,
            30'000);
        QCOMPARE(::kill(pid_t(process.processId()), signal), 0);
        const bool ended = process.waitForFinished(30'000);
        ::close(writer);
        process.waitForFinished(30'000);
        QVERIFY(ended);
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 130);
        QCOMPARE(process.readAllStandardError(), QByteArray("portolanctl: interrupted\n"));
    }

    void whatMakesNoSenseIsUsage_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("part");
        const auto row = [](const char *arguments, const char *part) {
            QTest::newRow(arguments) << QString::fromLatin1(arguments).split(u' ', Qt::SkipEmptyParts)
                                     << QByteArray(part);
        };
        row("", "verb is missing");
        row("fly", "unknown verb 'fly'");
        row("show --frobnicate", "frobnicate");
        row("show a b", "too many arguments");
        row("snapshot", "needs -o");
        row("graph --format gif x", "--format is");
        row("show --timeout 0", "--timeout");
        row("show --timeout -3", "--timeout");
        row("watch --timeout abc", "--timeout");
        row("probe --timeout 1e99 shop/web shop/cart:80", "--timeout");
        row("verdict --enforcer foo", "--enforcer");
        row("diff --enforcer foo a b", "--enforcer");
        row("diff --cluster c a b", "cluster");
        row("snapshot -o f --probe shop/web", "--probe");
        row("snapshot -o f --probe web=shop/cart:80", "web");
        row("probe /x a/y:80", "/x");
        row("probe web-1 a/y:80", "web-1");
        row("probe shop/web", "argument is missing");
        row("probe shop/web shop/cart", "shop/cart");
        row("probe shop/web shop/cart:0", "shop/cart:0");
        row("probe shop/web shop/cart:80/icmp", "icmp");
    }

    void whatMakesNoSenseIsUsage()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, part);
        verifyOneLine(run(arguments), 2, part.constData());
    }

    /// As a shell passes on a variable that is not set.
    void whatIsEmptyIsUsage_data()
    {
        QTest::addColumn<QStringList>("arguments");
        const auto row = [](const char *arguments) {
            QTest::newRow(arguments) << (QString::fromLatin1(arguments).split(u' ') << QString());
        };
        row("show");
        row("graph");
        row("diff a");
        row("verdict --cluster");
        row("connectivity --cluster");
        row("verdict --checks");
        row("show --kubeconfig");
        row("graph -o");
        row("graph --output");
    }

    void whatIsEmptyIsUsage()
    {
        QFETCH(QStringList, arguments);
        verifyOneLine(run(arguments), 2, "empty");
    }

    void unreadableInputIsNamed()
    {
        verifyOneLine(run({QStringLiteral("show"), file("none")}), 3, "none");
        verifyOneLine(run({QStringLiteral("show"), written("text", "not a snapshot")}), 3, "text");
        verifyOneLine(run({QStringLiteral("show"), QStringLiteral("--kubeconfig"), file("nowhere")}), 3,
                      "nowhere");
        const QString bad = written("bad.yaml", "contexts: {");
        verifyOneLine(run({QStringLiteral("show"), QStringLiteral("--kubeconfig"), bad}), 3, "bad.yaml");
    }

    void aCutSnapshotIsRefused()
    {
        QFile whole(file("shop.portolan"));
        QVERIFY(whole.open(QIODevice::ReadOnly));
        const QByteArray bytes = whole.readAll();
        verifyOneLine(run({QStringLiteral("show"), written("cut", bytes.left(bytes.size() / 2))}), 3, "cut");
    }

    void aServerThatRefusesIsUnreachable()
    {
        // Port 1 of loopback: nobody listens there.
        const QString config =
            written("refused.yaml", "current-context: c\n"
                                    "contexts: [{name: c, context: {cluster: c, user: u}}]\n"
                                    "clusters: [{name: c, cluster: {server: 'https://127.0.0.1:1'}}]\n"
                                    "users: [{name: u, user: {}}]\n");
        ;
        verifyOneLine(run({QStringLiteral("show"), QStringLiteral("--kubeconfig"), config}), 4,
                      "127.0.0.1:1");
    }

    void everyOptionIsInManAndCompletion()
    {
        const Run help = run({QStringLiteral("--help")});
        QCOMPARE(help.code, 0);
        QFile man(QStringLiteral(PORTOLAN_SOURCE_DIR "/packaging/man/portolanctl.1"));
        QFile completion(QStringLiteral(PORTOLAN_SOURCE_DIR "/packaging/completions/portolanctl"));
        QVERIFY(man.open(QIODevice::ReadOnly) && completion.open(QIODevice::ReadOnly));
        const QByteArray manual = man.readAll().replace("\\-", "-");
        const QByteArray words = completion.readAll();
        const QRegularExpression option(QStringLiteral("--[a-z-]+"));
        int seen = 0;
        for (const char *verb :
             {"snapshot", "show", "graph", "probe", "watch", "verdict", "connectivity", "diff"}) {
            QVERIFY2(help.out.contains(verb) && words.contains(verb), verb);
            const Run verbHelp = run({QString::fromLatin1(verb), QStringLiteral("--help")});
            QCOMPARE(verbHelp.code, 0);
            auto matches = option.globalMatch(QString::fromUtf8(verbHelp.out));
            while (matches.hasNext()) {
                const QByteArray name = matches.next().captured().toUtf8();
                QVERIFY2(manual.contains(name), name.constData());
                QVERIFY2(words.contains(name), name.constData());
                ++seen;
            }
        }
        QVERIFY(seen > 20);
    }

    void whatIsThrownIsAFailure()
    {
        QCOMPARE(ctl::withoutExceptions([] { return 3; }), 3);
        QCOMPARE(ctl::withoutExceptions([]() -> int { throw std::bad_alloc(); }), 5);
        QCOMPARE(ctl::withoutExceptions([]() -> int { throw std::runtime_error("other"); }), 5);
    }

    void targetsAreReadAsTyped_data()
    {
        using ctl::TypedTarget;
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("ns");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<int>("port");
        QTest::addColumn<int>("method");
        QTest::newRow("service") << QByteArray("shop/cart:6379") << QByteArray("shop") << QByteArray("cart")
                                 << 6379 << int(ProbeMethod::Tcp);
        QTest::newRow("udp") << QByteArray("m/statsd:8125/udp") << QByteArray("m") << QByteArray("statsd")
                             << 8125 << int(ProbeMethod::Udp);
        QTest::newRow("http") << QByteArray("shop/web:80/http") << QByteArray("shop") << QByteArray("web")
                              << 80 << int(ProbeMethod::Http);
        QTest::newRow("outside") << QByteArray("example.org:443") << QByteArray() << QByteArray("example.org")
                                 << 443 << int(ProbeMethod::Tcp);
        QTest::newRow("ipv6") << QByteArray("[2001:db8::1]:53/dns") << QByteArray()
                              << QByteArray("2001:db8::1") << 53 << int(ProbeMethod::Dns);
    }

    void targetsAreReadAsTyped()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, ns);
        QFETCH(QByteArray, name);
        QFETCH(int, port);
        QFETCH(int, method);
        const auto target = ctl::parseTarget(text.toStdString());
        QVERIFY(target.has_value());
        QCOMPARE(target->ns, ns.toStdString());
        QCOMPARE(target->name, name.toStdString());
        QCOMPARE(int(target->port), port);
        QCOMPARE(int(target->method), method);
    }
};

QTEST_GUILESS_MAIN(TestPortolanctl)
#include "test_portolanctl.moc"
