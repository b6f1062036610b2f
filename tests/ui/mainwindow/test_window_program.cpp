#include "tests/ctl/program_run.h"

#include <QTest>

using portolan::ctl_tests::FreshHome;
using portolan::ctl_tests::ProgramRun;

/// The window's program on a machine without a screen, as on a server: with real arguments, as it was built.
class TestWindowProgram : public QObject
{
    Q_OBJECT

    FreshHome m_home;

    ProgramRun runUnseen(const QStringList &arguments) const
    {
        QProcessEnvironment environment = m_home.environment();
        for (const char *name : {"QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"})
            environment.remove(QString::fromLatin1(name));
        QProcess process;
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(PORTOLAN_BIN_DIR "/portolan"), arguments);
        return FreshHome::ended(process);
    }

private Q_SLOTS:
    void helpNeedsNoScreen()
    {
        const ProgramRun help = runUnseen({QStringLiteral("--help")});
        QCOMPARE(help.code, 0);
        QVERIFY2(help.out.contains("--screenshot"), help.out.constData());
        QCOMPARE(runUnseen({QStringLiteral("--version")}).code, 0);
    }

    void aWindowWithoutAScreenIsOneClearLine()
    {
        const ProgramRun refused = runUnseen({QStringLiteral("--demo")});
        QCOMPARE(refused.code, 1);
        QVERIFY2(refused.err.contains("portolan: no screen") && refused.err.contains("DISPLAY"),
                 refused.err.constData());
    }

    void aPictureNeedsNoScreen()
    {
        const QString file = m_home.file("map.png");
        const ProgramRun drawn = runUnseen({QStringLiteral("--demo"), QStringLiteral("--screenshot"), file});
        QVERIFY2(drawn.code == 0, drawn.err.constData());
        QVERIFY(QFile::exists(file));
    }

    void aPictureOfNothingIsOneLineOfError()
    {
        const ProgramRun refused = runUnseen({QStringLiteral("--snapshot"), m_home.file("none.portolan"),
                                              QStringLiteral("--screenshot"), m_home.file("none.png")});
        QCOMPARE(refused.code, 1);
        QVERIFY2(refused.err.count("none.portolan") == 1, refused.err.constData());
        QVERIFY(!QFile::exists(m_home.file("none.png")));
    }
};

QTEST_GUILESS_MAIN(TestWindowProgram)
#include "test_window_program.moc"
