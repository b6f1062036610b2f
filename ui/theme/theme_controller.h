#pragma once

#include "ui/theme/theme.h"

#include <QObject>

#include <functional>

class QApplication;
class QWidget;

namespace portolan::ui {

class DesktopPortal;
class PortolanStyle;

enum class ThemeMode { System, Light, Dark };

/// Dresses the application: style, style sheet, palette and font of one theme, and keeps to the system's
/// light or dark mode while it changes, unless the user chose one. One per program, made after QApplication
/// and destroyed before it; GUI thread.
class ThemeController : public QObject
{
    Q_OBJECT

public:
    /// `systemPalette` answers what the desktop asks for now; left out, the desktop's portal is asked, and
    /// where that has no preference, the platform's palette.
    explicit ThemeController(QApplication &application, std::function<QPalette()> systemPalette = {});
    ~ThemeController() override;

    const Theme &theme() const { return m_theme; }
    ThemeMode mode() const { return m_mode; }
    void setMode(ThemeMode mode);

Q_SIGNALS:
    /// After the application is dressed anew; widgets that paint with Theme take it from here.
    void themeChanged(const portolan::ui::Theme &theme);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool systemIsDark() const;
    void followSystem();
    void apply(const Theme &theme);

    QApplication &m_application;
    std::function<QPalette()> m_systemPalette;
    DesktopPortal *m_portal = nullptr;
    PortolanStyle *m_style = nullptr; ///< owned by the application
    ThemeMode m_mode = ThemeMode::System;
    Theme m_theme;
    bool m_dressing = false;
};

/// Marks a widget for the style sheet. Roles: "section" (capitals above a list), "heading", "strong",
/// "muted", "mono", "mono-muted" for labels; "card", "warning", "problem", "panel", "bar" for frames;
/// "primary", "danger", "flat" for buttons; "chip" for the bordered tool buttons of the tool bar;
/// "segment-first", "segment", "segment-last", "segment-only" for the parts of a segmented button.
void setRole(QWidget *widget, const char *role);

} // namespace portolan::ui
