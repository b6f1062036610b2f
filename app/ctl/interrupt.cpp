#include "app/ctl/interrupt.h"

#include <csignal>
#include <thread>
#include <unistd.h>

namespace portolan::ctl {

namespace {

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
        source.cancel();
        sigwait(&signals, &number);
        _exit(128 + number);
    }).detach();
    return source.token();
}

} // namespace portolan::ctl
