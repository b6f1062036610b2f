#pragma once

#include "model/base/cancel_token.h"

namespace portolan::ctl {

/// From now on SIGINT and SIGTERM fire the token instead of ending the program; a second one ends it.
/// Call once, first thing in main: it blocks the signals for all threads that come later.
CancelToken cancelOnInterrupt();

/// Lets SIGINT and SIGTERM through again on this thread: for a program that is started in its place or
/// below it, which would inherit that they are blocked. Async-signal-safe.
void unblockInterrupts();

} // namespace portolan::ctl
