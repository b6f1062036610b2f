#include "app/ctl/interrupt.h"

#include <csignal>
#include <thread>
#include <unistd.h>

namespace portolan::ctl {

CancelToken cancelOnInterrupt()
{
    static CancelSource source;
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
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
