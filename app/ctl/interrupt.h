#pragma once

#include "model/base/cancel_token.h"

namespace portolan::ctl {

/// From now on SIGINT and SIGTERM fire the token instead of ending the program; a second one ends it.
/// Call once, first thing in main: it blocks the signals for all threads that come later.
CancelToken cancelOnInterrupt();

} // namespace portolan::ctl
