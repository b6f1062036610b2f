#include "ui/theme/style_sheet.h"

#include "ui/theme/theme.h"

#include <QPair>

namespace portolan::ui {

namespace {

// $name stands for a colour of the theme. What needs a drawn sign (check marks, arrows, combo boxes) is
// PortolanStyle's.
constexpr char containers[] = R"(
QMainWindow, QDialog, QWizard, QMessageBox { background: $panel; }
QMainWindow::separator { background: $line; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: $accent; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: $accent; }
QDockWidget { background: $panel; border: none; }
QDockWidget::title { background: $panel; padding: 8px 12px; }
QStatusBar { background: $panel; border-top: 1px solid $line; color: $muted; min-height: 25px; }
QStatusBar::item { border: none; }
QSizeGrip { image: none; width: 0; height: 0; }
QStatusBar QLabel { color: $muted; font-size: 12px; padding: 0 6px; }
QToolTip { background: $card; color: $ink; border: 1px solid $line; border-radius: 6px; padding: 5px 8px; }
QScrollArea, QAbstractScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget { background: transparent; }
QGroupBox { border: 1px solid $line; border-radius: 8px; margin-top: 20px; padding: 10px; }
QGroupBox::title { subcontrol-origin: margin; left: 2px; color: $muted; font-weight: 600; }
QFrame[role="card"] { background: $card; border: 1px solid $line; border-radius: 8px; }
QFrame[role="warning"] { background: $card; border: 1px solid $warning; border-left: 4px solid $warning; border-radius: 6px; }
QFrame[role="problem"] { background: $card; border: 1px solid $denied; border-left: 4px solid $denied; border-radius: 6px; }
QFrame[role="panel"] { background: $panel; border: none; }
QFrame[role="bar"] { background: $panel; border: none; border-bottom: 1px solid $line; }
QFrame[frameShape="4"], QFrame[frameShape="5"] { color: $line; }
)";

constexpr char menus[] = R"(
QMenuBar { background: $panel; border-bottom: 1px solid $line; padding: 2px 4px; }
QMenuBar::item { background: transparent; padding: 4px 9px; border-radius: 5px; }
QMenuBar::item:selected { background: $hover; }
QMenuBar::item:pressed { background: $pressed; }
QMenu { background: $card; border: 1px solid $line; padding: 5px; }
QMenu::item { padding: 5px 24px 5px 26px; border-radius: 5px; }
QMenu::item:selected { background: $accent; color: $onAccent; }
QMenu::item:disabled { color: $disabled; background: transparent; }
QMenu::separator { height: 1px; background: $line; margin: 5px 6px; }
QMenu::icon { left: 7px; }
QMenu::indicator { width: 14px; height: 14px; left: 7px; }
QToolBar { background: $panel; border: none; border-bottom: 1px solid $line; padding: 6px 10px; spacing: 8px; }
QToolBar::separator { background: $line; width: 1px; margin: 4px 2px; }
)";

constexpr char buttons[] = R"(
QPushButton { background: $card; border: 1px solid $line; border-radius: 6px; padding: 5px 12px; min-height: 16px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed, QPushButton:open { background: $pressed; }
QPushButton:focus { border-color: $accent; }
QPushButton:disabled { color: $disabled; }
QPushButton:default, QPushButton[role="primary"] { background: $accent; border-color: $accent; color: $onAccent; font-weight: 600; }
QPushButton:default:hover, QPushButton[role="primary"]:hover { background: $accentHover; }
QPushButton:default:pressed, QPushButton[role="primary"]:pressed { background: $accentPressed; }
QPushButton[role="primary"]:focus, QPushButton:default:focus { border-color: $ink; }
QPushButton:default:disabled, QPushButton[role="primary"]:disabled { background: $line; border-color: $line; color: $disabled; }
QPushButton[role="danger"] { color: $denied; border-color: $denied; }
QPushButton[role="flat"] { background: transparent; border-color: transparent; color: $accent; padding: 4px 6px; }
QPushButton[role="flat"]:hover { background: $hover; }
QPushButton[role="flat"]:focus { border-color: $accent; }
QPushButton::menu-indicator { width: 0; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 4px 6px; min-height: 16px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:open { background: $pressed; }
QToolButton:checked { background: $pressed; }
QToolButton:focus { border-color: $accent; }
QToolButton:disabled { color: $disabled; }
QToolButton::menu-indicator { width: 0; }
QToolButton[role="chip"] { background: $card; border: 1px solid $line; padding: 4px 10px; }
QToolButton[role="chip"]:hover { background: $hover; }
QToolButton[role="chip"]:checked { border-color: $accent; color: $accent; }
QToolButton[role="chip"]:focus { border-color: $accent; }
QToolButton[role^="segment"] { background: $card; border: 1px solid $line; border-radius: 0; border-right-width: 0; padding: 4px 12px; }
QToolButton[role^="segment"]:hover { background: $hover; }
QToolButton[role="segment-first"] { border-top-left-radius: 6px; border-bottom-left-radius: 6px; }
QToolButton[role="segment-last"] { border-top-right-radius: 6px; border-bottom-right-radius: 6px; border-right-width: 1px; }
QToolButton[role="segment-only"] { border-radius: 6px; border-right-width: 1px; }
QToolButton[role^="segment"]:checked { background: $accent; border-color: $accent; color: $onAccent; }
QToolButton[role^="segment"]:focus { border: 1px solid $accent; }
QToolButton[role^="segment"]:checked:focus { border: 1px solid $ink; }
QCheckBox, QRadioButton { spacing: 7px; padding: 2px 0; background: transparent; }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }
)";

constexpr char fields[] = R"(
QLabel { background: transparent; }
QLabel[role="section"] { color: $muted; font-size: 12px; font-weight: 600; }
QLabel[role="heading"] { font-size: 16px; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="caption"] { color: $muted; font-size: 11px; font-weight: 600; }
QLabel[role="mono"] { font-family: $monoFamily; font-size: 12px; }
QLabel[role="mono-muted"] { font-family: $monoFamily; font-size: 12px; color: $muted; }
QLineEdit, QPlainTextEdit, QTextEdit {
  background: $card; border: 1px solid $line; border-radius: 6px; padding: 4px 8px; color: $ink;
  selection-background-color: $accent; selection-color: $onAccent; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus { border-color: $accent; }
QLineEdit:disabled, QPlainTextEdit:disabled { color: $disabled; background: $panel; }
QLineEdit > QToolButton { border: none; padding: 0 3px; background: transparent; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit { background: transparent; border: none; padding: 0 4px; }
QPlainTextEdit[role="mono"], QTextEdit[role="mono"] { font-family: $monoFamily; font-size: 12px; }
QProgressBar { background: $line; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
)";

constexpr char views[] = R"(
QAbstractItemView { background: transparent; border: none; outline: none; color: $ink;
  selection-background-color: $selection; selection-color: $ink; alternate-background-color: $hover; }
QListView::item, QTreeView::item { padding: 3px 4px; min-height: 18px; border: none; }
QListView::item { border-radius: 5px; }
QTableView::item { padding: 2px 8px; border: none; }
QAbstractItemView::item:hover { background: $hover; }
QAbstractItemView::item:selected { background: $selection; color: $ink; }
QAbstractItemView::item:selected:active { background: $selection; }
QTreeView { show-decoration-selected: 1; }
QTableView { gridline-color: $line; }
QHeaderView { background: $panel; border: none; }
QHeaderView::section { background: $panel; color: $muted; border: none; border-bottom: 1px solid $line; padding: 5px 8px; font-size: 12px; font-weight: 600; text-align: left; }
QHeaderView::section:hover { background: $hover; }
QTableCornerButton::section { background: $panel; border: none; border-bottom: 1px solid $line; }
QComboBox QAbstractItemView { background: $card; border: 1px solid $line; padding: 4px; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: $muted; border: none; border-bottom: 2px solid transparent; padding: 7px 12px; font-weight: 600; }
QTabBar::tab:hover { color: $ink; }
QTabBar::tab:selected { color: $ink; border-bottom-color: $accent; }
QTabBar::tab:focus { color: $accent; }
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 10px; margin: 0; }
QScrollBar:horizontal { height: 10px; margin: 0; }
QScrollBar::handle { background: $thumb; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; background: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: none; }
QSlider::groove:horizontal { background: $line; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal { background: $card; border: 1px solid $muted; width: 12px; height: 12px; margin: -5px 0; border-radius: 7px; }
)";

QColor mixed(const QColor &a, const QColor &b, double share)
{
    return QColor::fromRgbF(float(a.redF() + (b.redF() - a.redF()) * share),
                            float(a.greenF() + (b.greenF() - a.greenF()) * share),
                            float(a.blueF() + (b.blueF() - a.blueF()) * share));
}

} // namespace

QString styleSheetOf(const Theme &theme)
{
    // Longer names first where one begins like another.
    const QPair<const char *, QColor> colors[] = {
        {"$accentHover", mixed(theme.accent, theme.ink, 0.15)},
        {"$accentPressed", mixed(theme.accent, theme.ink, 0.3)},
        {"$accent", theme.accent},
        {"$onAccent", theme.onAccent},
        {"$selection", mixed(theme.panel, theme.accent, theme.dark ? 0.24 : 0.13)},
        {"$thumb", mixed(theme.panel, theme.muted, 0.4)},
        {"$panel", theme.panel},
        {"$pressed", theme.pressed},
        {"$card", theme.card},
        {"$line", theme.line},
        {"$hover", theme.hover},
        {"$ink", theme.ink},
        {"$muted", theme.muted},
        {"$disabled", theme.disabled},
        {"$denied", theme.denied},
        {"$warning", theme.warning},
    };
    QString sheet;
    for (const char *part : {containers, menus, buttons, fields, views})
        sheet += QLatin1String(part);
    for (const auto &[name, color] : colors)
        sheet.replace(QLatin1String(name), color.name());
    sheet.replace(QLatin1String("$monoFamily"),
                  QLatin1Char('"') + theme.mono.families().constFirst() + QLatin1Char('"'));
    return sheet;
}

} // namespace portolan::ui
