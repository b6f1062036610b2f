#include "model/kube/curl_sockets.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace portolan::kube {

namespace {

long localPort(curl_socket_t socket)
{
    sockaddr_storage address = {};
    socklen_t length = sizeof address;
    if (::getsockname(socket, reinterpret_cast<sockaddr *>(&address), &length) != 0)
        return 0;
    if (address.ss_family == AF_INET6)
        return ntohs(reinterpret_cast<const sockaddr_in6 &>(address).sin6_port);
    if (address.ss_family == AF_INET)
        return ntohs(reinterpret_cast<const sockaddr_in &>(address).sin_port);
    return 0;
}

} // namespace

void CurlSockets::watch(CURL *easy)
{
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &CurlSockets::open);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, &CurlSockets::close);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, this);
}

curl_socket_t CurlSockets::open(void *self, curlsocktype, curl_sockaddr *address)
{
    const curl_socket_t socket =
        ::socket(address->family, address->socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, address->protocol);
    if (socket >= 0)
        static_cast<CurlSockets *>(self)->m_open.insert(socket);
    return socket;
}

int CurlSockets::close(void *self, curl_socket_t socket)
{
    static_cast<CurlSockets *>(self)->m_open.erase(socket);
    return ::close(socket);
}

long CurlSockets::connectionOf(CURL *easy)
{
    long port = 0;
    curl_easy_getinfo(easy, CURLINFO_LOCAL_PORT, &port);
    return port;
}

void CurlSockets::cut(long connection)
{
    for (const curl_socket_t socket : m_open) {
        if (connection != 0 && localPort(socket) == connection)
            ::shutdown(socket, SHUT_RDWR);
    }
}

} // namespace portolan::kube
