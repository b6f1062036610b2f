#pragma once

#include "model/base/error.h"
#include "model/kube/http_transport.h"

#include <chrono>
#include <functional>

namespace portolan::kube {

/// Notices a server that has stopped without closing its connections (a frozen process, a lost route): where
/// nothing was heard for 15 s, it asks for /version, and 10 s without an answer mean that the connection is
/// dead. Any answer, an error too, is a sign of life. Quiet clusters cost one small request every 15 s.
class Heartbeat
{
public:
    /// `onDead` is called for every request that was not answered.
    Heartbeat(HttpTransport &transport, std::function<void(const Error &)> onDead);
    ~Heartbeat();
    Heartbeat(const Heartbeat &) = delete;
    Heartbeat &operator=(const Heartbeat &) = delete;

    void start();
    void heard() { m_lastHeard = m_transport.now(); }

private:
    void waitForSilence();
    void ask();

    HttpTransport &m_transport;
    std::function<void(const Error &)> m_onDead;
    std::chrono::steady_clock::time_point m_lastHeard;
    TimerId m_timer;
    RequestId m_request;
};

} // namespace portolan::kube
