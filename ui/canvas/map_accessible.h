#pragma once

namespace portolan::ui {

/// Makes assistive technology see a MapCanvas as what is on it: cards and lines as children in reading
/// order, each with a name, a place and a press action, the keyboard's focus on one of them. Idempotent;
/// called by MapCanvas. GUI thread.
void installMapAccessibility();

} // namespace portolan::ui
