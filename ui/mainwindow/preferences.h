#pragma once

#include "ui/theme/theme_controller.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace portolan::ui {

/// What the user chose and what the program remembers for them, kept by QSettings. Cheap to make; GUI
/// thread. (QSettings writes its file at its own time, outside of any call here.)
class Preferences
{
public:
    ThemeMode themeMode() const;
    void setThemeMode(ThemeMode mode);
    QString language() const; ///< "en", "ko", or "" for the system's
    void setLanguage(const QString &language);
    QString ephemeralImage() const;
    void setEphemeralImage(const QString &image);
    int repeatSeconds() const; ///< 1 to 3600
    void setRepeatSeconds(int seconds);

    QStringList recentSnapshots() const; ///< newest first, at most 8
    void addRecentSnapshot(const QString &file);
    QString kubeconfigFile() const; ///< opened by hand; "" for the default rules
    void setKubeconfigFile(const QString &file);

    QByteArray windowGeometry() const;
    void setWindowGeometry(const QByteArray &geometry);
    QByteArray splitterState(const QString &name) const;
    void setSplitterState(const QString &name, const QByteArray &state);
    bool isPanelShown(const QString &name) const; ///< true where never set
    void setPanelShown(const QString &name, bool shown);
};

} // namespace portolan::ui
