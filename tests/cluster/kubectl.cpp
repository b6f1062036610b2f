#include "tests/cluster/kubectl.h"

#include <QtCore/QFileInfo>
#include <QtCore/QProcess>

namespace portolan::testing {

namespace {

constexpr int patience = 180'000;

Kubectl::Finished execute(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments, QIODevice::ReadOnly);
    Kubectl::Finished finished;
    if (process.waitForFinished(patience) && process.exitStatus() == QProcess::NormalExit)
        finished.exitCode = process.exitCode();
    finished.out = process.readAllStandardOutput().toStdString();
    finished.err = process.readAllStandardError().toStdString();
    if (!finished.isOk())
        qWarning("%s %s: %s %s", qPrintable(program), qPrintable(arguments.join(QLatin1Char(' ')).left(200)),
                 qPrintable(process.errorString()), finished.err.c_str());
    process.kill();
    process.waitForFinished();
    return finished;
}

} // namespace

QString Kubectl::program() const
{
    const QString beside =
        QFileInfo(QString::fromStdString(kubeconfig())).absolutePath() + QStringLiteral("/bin/kubectl");
    return QFileInfo::exists(beside) ? beside : QStringLiteral("kubectl");
}

Kubectl::Finished Kubectl::run(const QStringList &arguments) const
{
    return execute(program(),
                   QStringList{QStringLiteral("--kubeconfig"), QString::fromStdString(kubeconfig())} +
                       arguments);
}

Kubectl::Finished Kubectl::fault(const QStringList &arguments) const
{
    const QString other = qEnvironmentVariable("PORTOLAN_TEST_CLUSTER_TOOLS");
    return execute((other.isEmpty() ? QStringLiteral(PORTOLAN_CLUSTER_DIR) : other) +
                       QStringLiteral("/fault"),
                   arguments);
}

std::set<std::string> Kubectl::names(const char *resource, const char *fieldSelector) const
{
    QStringList arguments{
        QStringLiteral("get"), QLatin1String(resource), QStringLiteral("-A"), QStringLiteral("-o"),
        QStringLiteral("jsonpath={range .items[*]}{.metadata.namespace}/{.metadata.name}{\"\\n\"}{end}")};
    if (*fieldSelector)
        arguments << QStringLiteral("--field-selector") << QLatin1String(fieldSelector);
    std::set<std::string> names;
    const QString out = QString::fromStdString(run(arguments).out);
    for (const QString &line : out.split(QLatin1Char('\n'), Qt::SkipEmptyParts))
        names.insert((line.startsWith(QLatin1Char('/')) ? line.mid(1) : line).toStdString());
    return names;
}

} // namespace portolan::testing
