#include "app/ctl/plugin_consent.h"

#include "model/base/error.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>

#include <cstdio>
#include <iostream>
#include <unistd.h>

namespace portolan::ctl {

namespace {

QString consentFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
           u"/portolan/exec-plugins"_qs;
}

/// The path that would run, so that another program of the same name has to be asked for again.
QString resolved(const std::string &command)
{
    const QString name = QString::fromStdString(command);
    const QString found = name.contains(u'/') ? name : QStandardPaths::findExecutable(name);
    return found.isEmpty() ? name : QFileInfo(found).absoluteFilePath();
}

bool isRemembered(const QString &path)
{
    QFile file(consentFile());
    if (!file.open(QIODevice::ReadOnly | QIODevice::Text))
        return false;
    return file.readAll().split('\n').contains(path.toUtf8());
}

void remember(const QString &path)
{
    QDir().mkpath(QFileInfo(consentFile()).absolutePath());
    QFile file(consentFile());
    if (!file.open(QIODevice::Append | QIODevice::Text))
        return;
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    file.write(path.toUtf8() + '\n');
}

} // namespace

bool consentToPlugin(const std::string &command)
{
    const QString path = resolved(command);
    if (isRemembered(path))
        return true;
    if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO))
        return false;
    std::fprintf(stderr, "The kubeconfig wants to run %s for credentials. Run it? [y/N] ",
                 withoutControlCharacters(path.toStdString()).c_str());
    std::string answer;
    std::getline(std::cin, answer);
    if (answer != "y" && answer != "Y" && answer != "yes")
        return false;
    remember(path);
    return true;
}

} // namespace portolan::ctl
