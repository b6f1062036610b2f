#pragma once

#include <QByteArray>

namespace portolan::ui {

/// The same picture in about half the bytes: QSvgGenerator writes the whole state of the painter before
/// every shape. Leaves out groups without shapes, attributes that say what holds without them (SVG Tiny 1.2,
/// "Property inheritance"), and the start of a group that equals the one before it. Order, shapes and texts
/// stay. What is not well-formed comes back as it was. Any thread.
QByteArray compactSvg(const QByteArray &svg);

} // namespace portolan::ui
