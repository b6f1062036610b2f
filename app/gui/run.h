#pragma once

namespace portolan::gui {

/// The whole program; returns its exit code: 0, 1 where a picture or export failed, 2 for wrong arguments.
int run(int argc, char **argv);

} // namespace portolan::gui
