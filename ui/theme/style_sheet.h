#pragma once

#include <QString>

namespace portolan::ui {

struct Theme;

/// The application's style sheet in the colours of `theme`.
QString styleSheetOf(const Theme &theme);

} // namespace portolan::ui
