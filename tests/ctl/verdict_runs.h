#pragma once

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

namespace portolan::ctl_tests {

/// Runs portolanctl on manifests that are written for it, with checks on its input.
class VerdictRuns
{
protected:
    struct Run
    {
        int code = -1;
        QList<QByteArray> lines;
        QByteArray err;

        QJsonObject at(int line) const { return QJsonDocument::fromJson(lines.value(line)).object(); }
        QString verdict(int line) const { return at(line)[u"verdict"].toString(); }
    };

    Run run(const QStringList &arguments, const QByteArray &input = {})
    {
        QProcess process;
        process.start(QStringLiteral(PORTOLAN_BIN_DIR "/portolanctl"), arguments);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(120'000))
            process.kill();
        Run result{process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2,
                   process.readAllStandardOutput().split('\n'), process.readAllStandardError()};
        if (!result.lines.isEmpty() && result.lines.last().isEmpty())
            result.lines.removeLast();
        return result;
    }

    QString written(const char *name, const QByteArray &content)
    {
        const QString path = m_folder.filePath(QString::fromLatin1(name));
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly))
            return {};
        file.write(content);
        return path;
    }

    static QByteArray check(const char *src, const char *dst, int port, const char *proto = "TCP")
    {
        return QStringLiteral("{\"src\":\"%1\",\"dst\":\"%2\",\"proto\":\"%3\",\"port\":%4}\n")
            .arg(QString::fromLatin1(src), QString::fromLatin1(dst), QString::fromLatin1(proto))
            .arg(port)
            .toUtf8();
    }

    static constexpr auto shop = R"(apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 3
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, ports: [{name: http, containerPort: 8080}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: cart, namespace: shop, labels: {app: cart}}
status: {phase: Running, podIP: 10.0.0.9, podIPs: [{ip: 10.0.0.9}]}
---
apiVersion: v1
kind: Pod
metadata: {name: loose}
)";

    QTemporaryDir m_folder;
};

} // namespace portolan::ctl_tests
