#include "model/kube/exec_consent.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <nlohmann/json.hpp>

namespace portolan::kube {

namespace {

constexpr qint64 largestFile = 1 << 20;

/// A digest of all that decides what runs.
QByteArray digestOf(const ExecPluginSpec &spec)
{
    const nlohmann::json what{spec.command, spec.args, spec.env};
    const std::string text = what.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return QCryptographicHash::hash(QByteArray::fromStdString(text), QCryptographicHash::Sha256).toHex();
}

} // namespace

ExecConsent::ExecConsent(std::filesystem::path file) : m_file(std::move(file)) {}

bool ExecConsent::isGiven(const ExecPluginSpec &spec) const
{
    QFile file(QString::fromStdString(m_file.string()));
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray wanted = digestOf(spec);
    for (const QByteArray &line : file.read(largestFile).split('\n')) {
        if (line.split(' ').front() == wanted)
            return true;
    }
    return false;
}

Result<void> ExecConsent::give(const ExecPluginSpec &spec) const
{
    const QString name = QString::fromStdString(m_file.string());
    QDir().mkpath(QFileInfo(name).absolutePath());
    QFile file(name);
    const QByteArray line =
        digestOf(spec) + ' ' + QByteArray::fromStdString(withoutControlCharacters(spec.command)) + '\n';
    if (!file.open(QIODevice::WriteOnly | QIODevice::Append, QFile::ReadOwner | QFile::WriteOwner) ||
        file.write(line) != line.size() || !file.flush())
        return Error{ErrorCode::Io, file.errorString().toStdString(), m_file.string()};
    return {};
}

std::filesystem::path ExecConsent::usualFile()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    return (folder + QStringLiteral("/portolan/exec-plugins")).toStdString();
}

std::string commandLine(const ExecPluginSpec &spec)
{
    std::string line;
    for (const auto &[name, value] : spec.env)
        line += name + "=" + value + " ";
    line += spec.command;
    for (const std::string &argument : spec.args)
        line += " " + argument;
    return withoutControlCharacters(line);
}

} // namespace portolan::kube
