#pragma once

#include "model/layout/text_metrics.h"

#include <QColor>
#include <QFont>
#include <QMetaType>
#include <QPalette>

namespace portolan::ui {

/// Every colour, font and measure that the window and the map use, as one value. Two themes exist; both
/// keep WCAG AA contrast for text, and no two meanings differ by hue alone (shape and word go with them).
/// A value: copy it, hand it to a worker, compare it.
struct Theme
{
    bool dark = false;

    // Surfaces, from the back to the front.
    QColor canvas; ///< behind the map
    QColor panel;  ///< docks, menus, bars
    QColor card;   ///< cards on the map, fields, buttons
    QColor group;  ///< a namespace's box
    QColor line;   ///< hairlines around and between surfaces
    QColor hover;  ///< a row or a button under the pointer
    QColor pressed;
    QColor shadow; ///< below cards; translucent

    QColor ink;      ///< text
    QColor muted;    ///< second text
    QColor disabled; ///< text that cannot be used now
    QColor accent;   ///< selection, focus, the primary button
    QColor onAccent; ///< text on accent and on filled badges

    // Meanings.
    QColor allowed;
    QColor denied;
    QColor warning;
    QColor ok;
    QColor observed;
    QColor service; ///< service -> endpoint lines, pills' outlines
    QColor unknown;

    // Fonts, in pixels of 100 % zoom.
    QFont body;    ///< 13 px
    QFont strong;  ///< 13 px, names
    QFont small;   ///< 11 px, notes on the map
    QFont heading; ///< 16 px
    QFont section; ///< 12 px, capitals above a list
    QFont mono;    ///< 12 px: addresses and commands in panels
    QFont mapMono; ///< 11 px: ports and services on the map

    // Radii and spacing, in device-independent pixels.
    double cardRadius = 8;
    double controlRadius = 6;
    int spacing = 8;
    int margin = 12;

    friend bool operator==(const Theme &, const Theme &) = default;
};

/// The two themes. They ask the font database, hence only once a QGuiApplication is there; GUI thread.
Theme lightTheme();
Theme darkTheme();

/// True where text is lighter than its background: how dark mode is told before Qt 6.5.
bool isDark(const QPalette &palette);

/// The palette for widgets that the style sheet does not reach (and for what plug-ins draw).
QPalette paletteOf(const Theme &theme);

/// Widths of the fonts of the map and its few translated words, taken once so that layout can size cards on
/// any thread.
MapFonts mapFontsFrom(const Theme &theme);

} // namespace portolan::ui

Q_DECLARE_METATYPE(portolan::ui::Theme)
