#pragma once

#include <QObject>
#include <QVariant>

#include <optional>

class QDBusVariant;

namespace portolan::ui {

/// What the desktop portal says of light and dark (org.freedesktop.appearance color-scheme). GNOME tells it
/// nowhere else: Qt before 6.5 gives its palette as light. Waits 60 ms at most, once; then listens.
/// GUI thread.
class DesktopPortal : public QObject
{
    Q_OBJECT

public:
    explicit DesktopPortal(QObject *parent = nullptr);

    /// Nothing where there is no portal, no answer in time, or no preference.
    std::optional<bool> prefersDark() const { return m_prefersDark; }

Q_SIGNALS:
    void preferenceChanged();

private Q_SLOTS:
    void settingChanged(const QString &space, const QString &key, const QDBusVariant &value);

private:
    std::optional<bool> m_prefersDark;
};

/// The answer of the portal, in however many variants it is wrapped: 1 is dark, 2 is light, anything else
/// is no preference.
std::optional<bool> darkFromColorScheme(QVariant answer);

} // namespace portolan::ui
