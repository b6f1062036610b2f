#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QFontDatabase>
#include <QFontInfo>
#include <QFontMetricsF>

namespace portolan::ui {

namespace {

QString firstInstalled(const QStringList &families, const QString &fallback)
{
    const QStringList installed = QFontDatabase::families();
    for (const QString &family : families) {
        if (installed.contains(family))
            return family;
    }
    return fallback;
}

QFont font(const QStringList &families, int pixels, QFont::Weight weight)
{
    QFont result;
    result.setFamilies(families);
    result.setPixelSize(pixels);
    result.setWeight(weight);
    return result;
}

void setFonts(Theme &theme)
{
    const QString system = QFontDatabase::systemFont(QFontDatabase::GeneralFont).family();
    const QString fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont).family();
    const QString cjk = QStringLiteral("Noto Sans CJK KR");
    const QStringList sans{firstInstalled({QStringLiteral("Inter")}, system), cjk};
    const QStringList mono{
        firstInstalled({QStringLiteral("JetBrains Mono"), QStringLiteral("DejaVu Sans Mono")}, fixed),
        QStringLiteral("Noto Sans Mono CJK KR"), cjk};
    theme.body = font(sans, 13, QFont::Normal);
    theme.strong = font(sans, 13, QFont::DemiBold);
    theme.small = font(sans, 11, QFont::Normal);
    theme.heading = font(sans, 16, QFont::DemiBold);
    theme.section = font(sans, 12, QFont::DemiBold);
    theme.mono = font(mono, 12, QFont::Normal);
    theme.mono.setStyleHint(QFont::Monospace);
    theme.mapMono = font(mono, 11, QFont::Normal);
    theme.mapMono.setStyleHint(QFont::Monospace);
    // Unhinted advances grow linearly with zoom, so that text keeps its place in its card; and layout sizes
    // cards by the sum of advances, which kerning would not be.
    for (QFont *onTheMap : {&theme.strong, &theme.small, &theme.mapMono}) {
        onTheMap->setHintingPreference(QFont::PreferNoHinting);
        onTheMap->setKerning(false);
    }
}

TextMetrics metricsOf(const QFont &font)
{
    const QFontMetricsF metrics(font);
    TextMetrics result;
    for (int c = 0x20; c < 0x7f; ++c)
        result.advance[std::size_t(c)] = metrics.horizontalAdvance(QChar(c));
    // No CJK sign is wider than an em, and asking a font with such signs costs its loading.
    result.otherAdvance = QFontInfo(font).pixelSize();
    result.lineHeight = metrics.height();
    return result;
}

QColor rgb(QRgb value)
{
    return QColor::fromRgb(value);
}

} // namespace

Theme lightTheme()
{
    Theme theme;
    theme.canvas = rgb(0xf6f7f9);
    theme.panel = rgb(0xffffff);
    theme.card = rgb(0xffffff);
    theme.group = rgb(0xeef2f6);
    theme.line = rgb(0xdfe3e8);
    theme.hover = rgb(0xf0f3f7);
    theme.pressed = rgb(0xe4e9f0);
    theme.shadow = QColor(28, 36, 48, 18);
    theme.ink = rgb(0x1c2430);
    theme.muted = rgb(0x5f6b7d);
    theme.disabled = rgb(0xa3acb9);
    theme.accent = rgb(0x1d4ed8);
    theme.onAccent = rgb(0xffffff);
    theme.allowed = rgb(0x0f7b8a);
    theme.denied = rgb(0xc2410c);
    theme.warning = rgb(0xb45309);
    theme.ok = rgb(0x2e7d4f);
    theme.observed = rgb(0x6d5bd0);
    theme.service = rgb(0x667085);
    theme.unknown = rgb(0x667085);
    setFonts(theme);
    return theme;
}

Theme darkTheme()
{
    Theme theme;
    theme.dark = true;
    theme.canvas = rgb(0x12161c);
    theme.panel = rgb(0x191f27);
    theme.card = rgb(0x202833);
    theme.group = rgb(0x161c24);
    theme.line = rgb(0x2b3440);
    theme.hover = rgb(0x242d39);
    theme.pressed = rgb(0x2d3846);
    theme.shadow = QColor(0, 0, 0, 70);
    theme.ink = rgb(0xe6eaf0);
    theme.muted = rgb(0x93a0b0);
    theme.disabled = rgb(0x5c6875);
    theme.accent = rgb(0x7aa2ff);
    theme.onAccent = rgb(0x10151d);
    theme.allowed = rgb(0x4fc3d4);
    theme.denied = rgb(0xfb923c);
    theme.warning = rgb(0xfbbf24);
    theme.ok = rgb(0x5fce8d);
    theme.observed = rgb(0xa99bff);
    theme.service = rgb(0x93a0b0);
    theme.unknown = rgb(0x93a0b0);
    setFonts(theme);
    return theme;
}

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::WindowText).lightnessF() > palette.color(QPalette::Window).lightnessF();
}

QPalette paletteOf(const Theme &theme)
{
    QPalette palette;
    const auto set = [&palette](QPalette::ColorRole role, const QColor &color) {
        palette.setColor(role, color);
    };
    set(QPalette::Window, theme.panel);
    set(QPalette::WindowText, theme.ink);
    set(QPalette::Base, theme.card);
    set(QPalette::AlternateBase, theme.hover);
    set(QPalette::Text, theme.ink);
    set(QPalette::PlaceholderText, theme.muted);
    set(QPalette::Button, theme.card);
    set(QPalette::ButtonText, theme.ink);
    set(QPalette::BrightText, theme.onAccent);
    set(QPalette::Highlight, theme.accent);
    set(QPalette::HighlightedText, theme.onAccent);
    set(QPalette::Link, theme.accent);
    set(QPalette::LinkVisited, theme.accent);
    set(QPalette::ToolTipBase, theme.card);
    set(QPalette::ToolTipText, theme.ink);
    set(QPalette::Light, theme.hover);
    set(QPalette::Midlight, theme.line);
    set(QPalette::Mid, theme.line);
    set(QPalette::Dark, theme.muted);
    set(QPalette::Shadow, theme.shadow);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, theme.disabled);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, theme.line);
    return palette;
}

MapFonts mapFontsFrom(const Theme &theme)
{
    MapFonts fonts{metricsOf(theme.strong), metricsOf(theme.small), metricsOf(theme.mapMono)};
    fonts.noEndpoints = QCoreApplication::translate("MapWords", "no endpoints").toStdString();
    fonts.anyPod = QCoreApplication::translate("MapWords", "any pod").toStdString();
    return fonts;
}

} // namespace portolan::ui
