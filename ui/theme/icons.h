#pragma once

#include <QIcon>

namespace portolan::ui {

struct Theme;

/// The signs of menus, tool bars and lists. Drawn as strokes on a 16 × 16 grid, sharp at every scale.
enum class IconName {
    Search,
    Record,
    Save,
    Open,
    Export,
    Copy,
    Refresh,
    Probe,
    Cancel,
    Close,
    ZoomIn,
    ZoomOut,
    Fit,
    Filter,
    Settings,
    Cluster,
    Namespace,
    Machine,
    Pod,
    Service,
    Ingress,
    Policy,
    World,
    Table,
    Chart,
    Clock,
    Info,
    Warning,
    Problem,
    Check,
    ChevronDown,
    ChevronRight,
    Back,
    Forward,
    Terminal,
    Sun,
    Moon,
};

/// An icon in the theme's text colour (muted where disabled, the accent where selected or on).
QIcon themedIcon(IconName name, const Theme &theme);
/// The same in one colour of the theme: a finding's severity, a verdict.
QIcon themedIcon(IconName name, const Theme &theme, const QColor &color);

} // namespace portolan::ui
