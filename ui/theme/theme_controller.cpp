#include "ui/theme/theme_controller.h"

#include "ui/theme/desktop_portal.h"
#include "ui/theme/portolan_style.h"
#include "ui/theme/style_sheet.h"

#include <QApplication>
#include <QEvent>
#include <QScopedValueRollback>
#include <QStyle>
#include <QTimer>
#include <QWidget>

namespace portolan::ui {

namespace {

QPalette paletteOfPlatform()
{
    // With our palette taken back, Qt answers with the platform's: the only public way before Qt 6.5.
    const QPalette ours = QGuiApplication::palette();
    QGuiApplication::setPalette(QPalette());
    const QPalette platform = QGuiApplication::palette();
    QGuiApplication::setPalette(ours);
    return platform;
}

} // namespace

ThemeController::ThemeController(QApplication &application, std::function<QPalette()> systemPalette)
    : m_application(application),
      m_systemPalette(std::move(systemPalette))
{
    if (!m_systemPalette) {
        m_systemPalette = paletteOfPlatform;
        m_portal = new DesktopPortal(this);
        connect(m_portal, &DesktopPortal::preferenceChanged, this, &ThemeController::followSystem);
    }
    const Theme theme = systemIsDark() ? darkTheme() : lightTheme();
    m_style = new PortolanStyle(theme);
    QApplication::setStyle(m_style);
    apply(theme);
    application.installEventFilter(this);
}

ThemeController::~ThemeController() = default;

void ThemeController::setMode(ThemeMode mode)
{
    if (m_mode == mode)
        return;
    m_mode = mode;
    followSystem();
}

bool ThemeController::eventFilter(QObject *watched, QEvent *event)
{
    const bool systemChanged = event->type() == QEvent::ThemeChange ||
                               (event->type() == QEvent::ApplicationPaletteChange && watched == qApp);
    if (systemChanged && !m_dressing && m_mode == ThemeMode::System)
        QTimer::singleShot(0, this, &ThemeController::followSystem);
    return QObject::eventFilter(watched, event);
}

bool ThemeController::systemIsDark() const
{
    if (m_portal && m_portal->prefersDark())
        return *m_portal->prefersDark();
    return isDark(m_systemPalette());
}

void ThemeController::followSystem()
{
    const QScopedValueRollback guard(m_dressing, true);
    bool dark = m_mode == ThemeMode::Dark;
    if (m_mode == ThemeMode::System)
        dark = systemIsDark();
    if (dark != m_theme.dark)
        apply(dark ? darkTheme() : lightTheme());
}

void ThemeController::apply(const Theme &theme)
{
    const QScopedValueRollback guard(m_dressing, true);
    m_theme = theme;
    m_style->setTheme(theme);
    QApplication::setPalette(paletteOf(theme));
    QApplication::setFont(theme.body);
    m_application.setStyleSheet(styleSheetOf(theme));
    Q_EMIT themeChanged(m_theme);
}

void setRole(QWidget *widget, const char *role)
{
    widget->setProperty("role", QLatin1String(role));
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

} // namespace portolan::ui
