#include "app/ctl/plugin_consent.h"

#include "model/kube/exec_plugin.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <unistd.h>

namespace portolan::ctl {

namespace {

QString consentFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
           u"/portolan/exec-plugins"_qs;
}

bool isRemembered(const QByteArray &path)
{
    QFile file(consentFile());
    return file.open(QIODevice::ReadOnly) && file.readAll().split('\n').contains(path);
}

void remember(const QByteArray &path)
{
    // A path with a line end in it could stand for another one.
    if (path.contains('\n'))
        return;
    QDir().mkpath(QFileInfo(consentFile()).absolutePath());
    QFile file(consentFile());
    if (file.open(QIODevice::WriteOnly | QIODevice::Append, QFile::ReadOwner | QFile::WriteOwner))
        file.write(path + '\n');
}

bool isAllowedOnTerminal(const std::string &path)
{
    if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO))
        return false;
    std::fprintf(stderr, "The kubeconfig wants to run %s for credentials. Run it? [y/N] ",
                 withoutControlCharacters(path).c_str());
    std::string answer;
    std::getline(std::cin, answer);
    return answer == "y" || answer == "Y" || answer == "yes";
}

} // namespace

Result<void> consentToPlugin(const kube::ExecPluginSpec &plugin)
{
    const char *searched = std::getenv("PATH");
    const Result<std::string> program = kube::findExecPlugin(plugin, searched ? searched : "");
    if (!program)
        return program.error();
    // By the path that would run: another program of the same name has to be asked for again.
    const QByteArray path = QByteArray::fromStdString(*program);
    if (isRemembered(path))
        return {};
    if (!isAllowedOnTerminal(*program))
        return Error{ErrorCode::PermissionDenied, "may not run; --allow-exec-plugin allows it",
                     "exec plugin " + *program};
    remember(path);
    return {};
}

} // namespace portolan::ctl
