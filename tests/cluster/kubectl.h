#pragma once

#include <QProcess>
#include <QString>
#include <QStringList>

#include <set>
#include <string>

namespace portolan::testing {

/// The cluster's own view of itself, for tests: tests/cluster/kubectl and tests/cluster/fault on the cluster
/// of PORTOLAN_TEST_KUBECONFIG.
class Kubectl
{
public:
    bool isConfigured() const { return !kubeconfig().empty(); }
    std::string kubeconfig() const { return qEnvironmentVariable("PORTOLAN_TEST_KUBECONFIG").toStdString(); }

    /// "namespace/name", or the name alone of what has no namespace.
    std::set<std::string> names(const char *resource, const char *fieldSelector = "") const
    {
        QByteArray out;
        QStringList arguments{
            QStringLiteral("get"), QLatin1String(resource), QStringLiteral("-A"), QStringLiteral("-o"),
            QStringLiteral("jsonpath={range .items[*]}{.metadata.namespace}/{.metadata.name}{\"\\n\"}{end}")};
        if (*fieldSelector)
            arguments << QStringLiteral("--field-selector") << QLatin1String(fieldSelector);
        std::set<std::string> names;
        if (!execute(QStringLiteral("kubectl"), arguments, &out))
            return names;
        for (const QByteArray &line : out.split('\n')) {
            if (!line.isEmpty())
                names.insert((line.startsWith('/') ? line.mid(1) : line).toStdString());
        }
        return names;
    }

    bool run(const QStringList &arguments) const
    {
        return execute(QStringLiteral("kubectl"), arguments, nullptr);
    }
    bool fault(const QStringList &arguments) const
    {
        return execute(QStringLiteral("fault"), arguments, nullptr);
    }

private:
    static bool execute(const QString &program, const QStringList &arguments, QByteArray *out)
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(QStringLiteral(PORTOLAN_CLUSTER_DIR "/") + program, arguments);
        constexpr int deadline = 120'000;
        if (!process.waitForFinished(deadline)) {
            process.kill();
            process.waitForFinished();
            return false;
        }
        if (out)
            *out = process.readAllStandardOutput();
        return process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    }
};

} // namespace portolan::testing
