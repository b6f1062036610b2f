#pragma once

#include "model/base/cancel_token.h"

namespace portolan::ctl {

/// From now on SIGINT and SIGTERM end the program with exit code 130; while an OrderlyEnd lives, the first
/// one fires the token instead, and the second one ends it.
/// Call once, first thing in main: it blocks the signals for all threads that come later.
CancelToken cancelOnInterrupt();

/// Lives as long as work that looks at the token and has something to leave behind in order: a connection,
/// a program that it started, a half-written file. All else, as reading a file, is just cut off.
class OrderlyEnd
{
public:
    OrderlyEnd();
    ~OrderlyEnd();
    OrderlyEnd(const OrderlyEnd &) = delete;
    OrderlyEnd &operator=(const OrderlyEnd &) = delete;
};

/// Lets SIGINT and SIGTERM through again on this thread: for a program that is started in its place or
/// below it, which would inherit that they are blocked. Async-signal-safe.
void unblockInterrupts();

} // namespace portolan::ctl
