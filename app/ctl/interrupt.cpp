#include "app/ctl/interrupt.h"

#include "app/ctl/exit_code.h"

#include <atomic>
#include <csignal>
#include <string_view>
#include <thread>
#include <unistd.h>

namespace portolan::ctl {

namespace {

std::atomic<int> orderlyEnds{0};

/// Past stdio: the thread that is cut off may hold its locks.
[[noreturn]] void endNow()
{
    constexpr std::string_view line = "portolanctl: interrupted\n";
    [[maybe_unused]] const ssize_t said = ::write(STDERR_FILENO, line.data(), line.size());
    _exit(Interrupted);
}

sigset_t interrupts()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
}

} // namespace

void unblockInterrupts()
{
    const sigset_t signals = interrupts();
    pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
}

CancelToken cancelOnInterrupt()
{
    static CancelSource source;
    const sigset_t signals = interrupts();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    // Waiting for signals in a thread of its own: a handler may not take locks, and cancelling does.
    std::thread([signals] {
        int number = 0;
        sigwait(&signals, &number);
        if (orderlyEnds.load() > 0) {
            source.cancel();
            sigwait(&signals, &number);
        }
        endNow();
    }).detach();
    return source.token();
}

OrderlyEnd::OrderlyEnd()
{
    ++orderlyEnds;
}

OrderlyEnd::~OrderlyEnd()
{
    --orderlyEnds;
}

} // namespace portolan::ctl
