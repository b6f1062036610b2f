#include "ui/mainwindow/preferences.h"

#include <QSettings>

namespace portolan::ui {

namespace {

constexpr int mostRecent = 8;

QVariant read(const QString &key, const QVariant &fallback = {})
{
    return QSettings().value(key, fallback);
}

void write(const QString &key, const QVariant &value)
{
    QSettings().setValue(key, value);
}

const QString themeKey = QStringLiteral("appearance/theme");
const QString languageKey = QStringLiteral("appearance/language");
const QString imageKey = QStringLiteral("probe/ephemeralImage");
const QString secondsKey = QStringLiteral("probe/repeatSeconds");
const QString kubeconfigKey = QStringLiteral("kubeconfig/file");
const QString recentKey = QStringLiteral("snapshots/recent");
const QString geometryKey = QStringLiteral("window/geometry");

} // namespace

ThemeMode Preferences::themeMode() const
{
    const QString mode = read(themeKey).toString();
    if (mode == QLatin1String("light"))
        return ThemeMode::Light;
    return mode == QLatin1String("dark") ? ThemeMode::Dark : ThemeMode::System;
}

void Preferences::setThemeMode(ThemeMode mode)
{
    write(themeKey, mode == ThemeMode::Light  ? QStringLiteral("light")
                    : mode == ThemeMode::Dark ? QStringLiteral("dark")
                                              : QStringLiteral("system"));
}

QString Preferences::language() const
{
    return read(languageKey).toString();
}

void Preferences::setLanguage(const QString &language)
{
    write(languageKey, language);
}

QString Preferences::ephemeralImage() const
{
    const QString image = read(imageKey).toString().trimmed();
    return image.isEmpty() ? QStringLiteral("busybox:1.36") : image;
}

void Preferences::setEphemeralImage(const QString &image)
{
    write(imageKey, image.trimmed());
}

int Preferences::repeatSeconds() const
{
    return qBound(1, read(secondsKey, 5).toInt(), 3600);
}

void Preferences::setRepeatSeconds(int seconds)
{
    write(secondsKey, qBound(1, seconds, 3600));
}

QStringList Preferences::recentSnapshots() const
{
    return read(recentKey).toStringList().mid(0, mostRecent);
}

void Preferences::addRecentSnapshot(const QString &file)
{
    QStringList files = recentSnapshots();
    files.removeAll(file);
    files.prepend(file);
    write(recentKey, files.mid(0, mostRecent));
}

QString Preferences::kubeconfigFile() const
{
    return read(kubeconfigKey).toString();
}

void Preferences::setKubeconfigFile(const QString &file)
{
    write(kubeconfigKey, file);
}

QByteArray Preferences::windowGeometry() const
{
    return read(geometryKey).toByteArray();
}

void Preferences::setWindowGeometry(const QByteArray &geometry)
{
    write(geometryKey, geometry);
}

QByteArray Preferences::splitterState(const QString &name) const
{
    return read(QStringLiteral("window/splitter-") + name).toByteArray();
}

void Preferences::setSplitterState(const QString &name, const QByteArray &state)
{
    write(QStringLiteral("window/splitter-") + name, state);
}

bool Preferences::isPanelShown(const QString &name) const
{
    return read(QStringLiteral("window/panel-") + name, true).toBool();
}

void Preferences::setPanelShown(const QString &name, bool shown)
{
    write(QStringLiteral("window/panel-") + name, shown);
}

} // namespace portolan::ui
