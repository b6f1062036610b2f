#pragma once

#include <QByteArray>
#include <QProcess>
#include <QProcessEnvironment>
#include <QStringList>
#include <QTemporaryDir>

namespace portolan::ctl_tests {

struct ProgramRun
{
    int code = -1; ///< -2: it did not end by itself
    QByteArray out;
    QByteArray err;

    bool isOneLineOfError() const
    {
        return out.isEmpty() && err.count('\n') == 1 && err.startsWith("portolanctl: ");
    }
};

/// A home folder of a user who has nothing: no kubeconfig, no settings.
class FreshHome
{
public:
    QString file(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }

    QProcessEnvironment environment() const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("HOME"), m_folder.path());
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"), file("config"));
        environment.remove(QStringLiteral("KUBECONFIG"));
        environment.remove(QStringLiteral("KUBERNETES_SERVICE_HOST"));
        return environment;
    }

    ProgramRun run(const QString &program, const QStringList &arguments) const
    {
        QProcess process;
        process.setProcessEnvironment(environment());
        process.setStandardInputFile(QProcess::nullDevice());
        process.start(program, arguments);
        return ended(process);
    }

    static ProgramRun ended(QProcess &process)
    {
        if (!process.waitForFinished(60'000)) {
            process.kill();
            process.waitForFinished();
            return {-2, process.readAllStandardOutput(), process.readAllStandardError()};
        }
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2,
                process.readAllStandardOutput(), process.readAllStandardError()};
    }

private:
    QTemporaryDir m_folder;
};

} // namespace portolan::ctl_tests
