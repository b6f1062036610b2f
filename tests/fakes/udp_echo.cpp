#include "tests/fakes/udp_echo.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

namespace portolan::fakes {

namespace {

int boundSocket(std::uint16_t &port)
{
    const int udp = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    if (::bind(udp, reinterpret_cast<sockaddr *>(&address), length) != 0 ||
        ::getsockname(udp, reinterpret_cast<sockaddr *>(&address), &length) != 0)
        std::abort(); // no test can do without
    port = ntohs(address.sin_port);
    return udp;
}

void answerAll(int udp, int stopper)
{
    std::array<pollfd, 2> sources{pollfd{udp, POLLIN, 0}, pollfd{stopper, POLLIN, 0}};
    while (::poll(sources.data(), sources.size(), -1) >= 0 && sources[1].revents == 0) {
        std::array<char, 2000> buffer{};
        sockaddr_in from{};
        socklen_t length = sizeof from;
        auto *address = reinterpret_cast<sockaddr *>(&from);
        const auto got = ::recvfrom(udp, buffer.data(), buffer.size(), 0, address, &length);
        if (got >= 0)
            ::sendto(udp, buffer.data(), std::size_t(got), 0, address, length);
    }
}

} // namespace

UdpEcho::UdpEcho() : m_socket(boundSocket(m_port)), m_stopper(::eventfd(0, EFD_CLOEXEC))
{
    m_thread = std::thread(answerAll, m_socket, m_stopper);
}

UdpEcho::~UdpEcho()
{
    ::eventfd_write(m_stopper, 1);
    m_thread.join();
    ::close(m_socket);
    ::close(m_stopper);
}

std::uint16_t unusedUdpPort()
{
    std::uint16_t port = 0;
    ::close(boundSocket(port));
    return port;
}

} // namespace portolan::fakes
