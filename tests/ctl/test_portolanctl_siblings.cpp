#include "model/snapshot/snapshot.h"
#include "program_run.h"
#include "tests/fakes/shop_cluster.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace portolan;
using namespace portolan::ctl_tests;

/// How portolanctl gets on with the other programs: here it stands alone in a folder, with stand-ins for
/// them as scripts.
class TestPortolanctlSiblings : public QObject
{
    Q_OBJECT

    FreshHome m_home;
    QString m_ctl;
    QString m_plugin;
    QString m_snapshot;

    /// A script as the window's program: it writes down how it was called, and a picture where it should.
    void installWindow(const QByteArray &ending = "exit 0\n")
    {
        QFile file(m_home.file("bin/portolan"));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write("#!/bin/sh\n"
                   "for word in \"$@\"; do echo \"$word\"; last=$word; done > '" +
                   m_home.file("called").toUtf8() + "'\ngrep SigBlk /proc/self/status >> '" +
                   m_home.file("called").toUtf8() +
                   "'\ncase \" $* \" in *' --export '*) echo picture > \"$last\" ;; esac\n" + ending);
        QVERIFY(file.setPermissions(file.permissions() | QFile::ExeOwner | QFile::ExeUser));
    }

    QList<QByteArray> called() const
    {
        QFile file(m_home.file("called"));
        return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().split('\n') : QList<QByteArray>();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(QDir().mkpath(m_home.file("bin")));
        m_ctl = m_home.file("bin/portolanctl");
        m_plugin = m_home.file("bin/kubectl-portolan");
        // A copy, not a link: programs look beside the file that they are.
        QVERIFY(QFile::copy(QStringLiteral(PORTOLAN_BIN_DIR "/portolanctl"), m_ctl));
        QVERIFY(QFile::link(QStringLiteral("portolanctl"), m_plugin));
        m_snapshot = m_home.file("shop.portolan");
        QVERIFY(saveSnapshot(*fakes::shopCluster().state(), m_snapshot.toStdString()).has_value());
    }

    void init()
    {
        QFile::remove(m_home.file("bin/portolan"));
        QFile::remove(m_home.file("called"));
        QFile::remove(m_home.file("map.svg"));
    }

    void picturesNeedTheWindowsProgram()
    {
        qputenv("PATH", m_home.file("bin").toUtf8());
        const ProgramRun drawn = m_home.run(
            m_ctl, {QStringLiteral("graph"), m_snapshot, QStringLiteral("--format"), QStringLiteral("svg")});
        const ProgramRun opened = m_home.run(m_plugin, {});
        qputenv("PATH", "/usr/bin:/bin");
        QVERIFY2(drawn.code == 5 && drawn.isOneLineOfError(), drawn.err.constData());
        QVERIFY2(opened.code == 5 && opened.isOneLineOfError(), opened.err.constData());
    }

    void picturesAreDrawnByTheWindowsProgram_data()
    {
        QTest::addColumn<QStringList>("more");
        QTest::addColumn<bool>("toStdout");
        const QString out = QStringLiteral("-o");
        QTest::newRow("to a file") << QStringList{out, m_home.file("map.svg")} << false;
        QTest::newRow("to a file of another ending") << QStringList{out, m_home.file("map")} << false;
        QTest::newRow("to stdout") << QStringList() << true;
    }

    void picturesAreDrawnByTheWindowsProgram()
    {
        QFETCH(QStringList, more);
        QFETCH(bool, toStdout);
        installWindow();
        const ProgramRun drawn = m_home.run(
            m_ctl, QStringList{QStringLiteral("graph"), m_snapshot, QStringLiteral("--format"),
                               QStringLiteral("svg"), QStringLiteral("--view"), QStringLiteral("nodes")} +
                       more);
        QVERIFY2(drawn.code == 0, drawn.err.constData());
        const QList<QByteArray> words = called();
        QCOMPARE(words.at(0), QByteArray("--snapshot"));
        QCOMPARE(words.at(2), QByteArray("--view"));
        QCOMPARE(words.at(3), QByteArray("nodes"));
        QCOMPARE(words.at(4), QByteArray("--export"));
        QVERIFY(words.at(5).endsWith(".svg"));
        // The temporary recording is gone again.
        QVERIFY(!QFile::exists(QString::fromUtf8(words.at(1))));
        QCOMPARE(drawn.out, QByteArray(toStdout ? "picture\n" : ""));
        if (!toStdout) {
            QFile picture(more.last());
            QVERIFY(picture.open(QIODevice::ReadOnly));
            QCOMPARE(picture.readAll(), QByteArray("picture\n"));
        }
    }

    void aFailureOfTheWindowsProgramIsPassedOn()
    {
        installWindow("echo noise >&2\necho 'portolan: the font is missing' >&2\nexit 1\n");
        const ProgramRun drawn =
            m_home.run(m_ctl, {QStringLiteral("graph"), m_snapshot, QStringLiteral("--format"),
                               QStringLiteral("png"), QStringLiteral("-o"), m_home.file("x.png")});
        QCOMPARE(drawn.code, 5);
        QVERIFY2(drawn.isOneLineOfError() && drawn.err.contains("the font is missing"),
                 drawn.err.constData());
    }

    void kubectlOpensTheWindow_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("alone") << QStringList();
        QTest::newRow("with options") << QStringList{QStringLiteral("--context"), QStringLiteral("prod")};
    }

    void kubectlOpensTheWindow()
    {
        QFETCH(QStringList, arguments);
        installWindow("exit 7\n");
        const ProgramRun opened = m_home.run(m_plugin, arguments);
        QCOMPARE(opened.code, 7);
        QList<QByteArray> words = called();
        // It must end on Ctrl-C: nothing is blocked.
        QCOMPARE(words.takeLast().simplified(), QByteArray("SigBlk: 0000000000000000"));
        QCOMPARE(words.join(' '), arguments.join(u' ').toUtf8());
    }

    void kubectlWithAVerbIsPortolanctl()
    {
        installWindow("exit 7\n");
        const ProgramRun shown = m_home.run(m_plugin, {QStringLiteral("show"), m_snapshot});
        QVERIFY2(shown.code == 0, shown.err.constData());
        QVERIFY(shown.out.contains("\"pods\""));
        QVERIFY(called().isEmpty());
        QCOMPARE(m_home.run(m_plugin, {QStringLiteral("fly")}).code, 2);
        QCOMPARE(m_home.run(m_plugin, {QStringLiteral("--version")}).code, 0);
    }
};

QTEST_GUILESS_MAIN(TestPortolanctlSiblings)
#include "test_portolanctl_siblings.moc"
