#include "ui/theme/desktop_portal.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QFileInfo>
#include <QGuiApplication>

namespace portolan::ui {

namespace {

constexpr int patienceMs = 60;
const QLatin1String service("org.freedesktop.portal.Desktop");
const QLatin1String path("/org/freedesktop/portal/desktop");
const QLatin1String interface("org.freedesktop.portal.Settings");
const QLatin1String appearance("org.freedesktop.appearance");
const QLatin1String colorScheme("color-scheme");

/// Without one, connecting would start a bus of its own, which takes long.
bool hasSessionBus()
{
    const QString platform = QGuiApplication::platformName();
    if (platform == QLatin1String("offscreen") || platform == QLatin1String("minimal"))
        return false;
    return qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS") ||
           QFileInfo::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + QStringLiteral("/bus"));
}

} // namespace

std::optional<bool> darkFromColorScheme(QVariant answer)
{
    for (int depth = 0; depth < 4 && answer.userType() == qMetaTypeId<QDBusVariant>(); ++depth)
        answer = answer.value<QDBusVariant>().variant();
    bool isNumber = false;
    const uint scheme = answer.toUInt(&isNumber);
    if (!isNumber || scheme < 1 || scheme > 2)
        return {};
    return scheme == 1;
}

DesktopPortal::DesktopPortal(QObject *parent) : QObject(parent)
{
    if (!hasSessionBus())
        return;
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(service, path, interface, QStringLiteral("SettingChanged"), this,
                SLOT(settingChanged(QString, QString, QDBusVariant)));
    QDBusMessage question = QDBusMessage::createMethodCall(service, path, interface, QStringLiteral("Read"));
    question << QString(appearance) << QString(colorScheme);
    const QDBusMessage answer = bus.call(question, QDBus::Block, patienceMs);
    if (answer.type() == QDBusMessage::ReplyMessage && !answer.arguments().isEmpty())
        m_prefersDark = darkFromColorScheme(answer.arguments().constFirst());
}

void DesktopPortal::settingChanged(const QString &space, const QString &key, const QDBusVariant &value)
{
    if (space != appearance || key != colorScheme)
        return;
    m_prefersDark = darkFromColorScheme(QVariant::fromValue(value));
    Q_EMIT preferenceChanged();
}

} // namespace portolan::ui
