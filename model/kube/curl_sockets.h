#pragma once

#include <curl/curl.h>

#include <cstddef>
#include <set>

namespace portolan::kube {

/// The sockets that one multi handle has open, so that a connection which has gone silent can be cut.
/// libcurl offers no other way: taking a request out of an HTTP/2 connection leaves that connection to the
/// next request. Must outlive the multi handle. On the loop's thread.
class CurlSockets
{
public:
    /// Every handle that is added to the multi must go through this.
    void watch(CURL *easy);
    /// The connection that `easy` uses, as its local port; 0 while there is none.
    static long connectionOf(CURL *easy);
    /// Ends that connection: libcurl finds it closed, whoever uses it.
    void cut(long connection);

    std::size_t count() const { return m_open.size(); }

private:
    static curl_socket_t open(void *self, curlsocktype purpose, curl_sockaddr *address);
    static int close(void *self, curl_socket_t socket);

    std::set<curl_socket_t> m_open;
};

} // namespace portolan::kube
