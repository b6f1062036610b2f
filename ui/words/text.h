#pragma once

#include <QString>

#include <string>
#include <string_view>

/// Text from a cluster on its way to the screen. Names, labels and output of programs are untrusted: they
/// are shown as they are written, never interpreted. Safe from any thread.
namespace portolan::ui {

/// One line: control characters and the signs that turn the direction of text become spaces.
QString plainText(std::string_view utf8);

/// Several lines, for a plain text field: as plainText(), but line feeds and tabs stay.
QString plainLines(std::string_view utf8);

std::string utf8(const QString &text);

/// For setToolTip() and Qt::ToolTipRole, which would take text that looks like HTML for HTML.
QString toolTipText(const QString &plain);

/// For the text of an action or a button, where a single '&' marks a shortcut.
QString actionText(const QString &plain);

/// At most `most` characters, with "…" for what is cut out of the middle.
QString shortened(const QString &plain, int most);

} // namespace portolan::ui
