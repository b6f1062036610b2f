#pragma once

#include <cstdint>
#include <thread>

namespace portolan::fakes {

/// Answers every datagram on a free port of 127.0.0.1.
class UdpEcho
{
public:
    UdpEcho();
    ~UdpEcho();
    UdpEcho(const UdpEcho &) = delete;
    UdpEcho &operator=(const UdpEcho &) = delete;

    std::uint16_t port() const { return m_port; }

private:
    std::uint16_t m_port = 0;
    int m_socket;
    int m_stopper;
    std::thread m_thread;
};

/// A UDP port of 127.0.0.1 that nobody has.
std::uint16_t unusedUdpPort();

} // namespace portolan::fakes
