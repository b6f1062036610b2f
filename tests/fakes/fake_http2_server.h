#pragma once

#include "tests/fakes/fake_api_server.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace portolan::fakes {

/// As much of an HTTP/2 server (RFC 9113, over TLS) as it takes to see how a client treats connections and
/// streams. It does not read the requests' headers: what it does depends on which request it is.
class FakeHttp2Server
{
public:
    enum class Act {
        Answer,          ///< status 200 and a short body
        AnswerAll,       ///< the same for every stream of the connection that still waits
        Silence,         ///< nothing, for ever
        Trickle,         ///< status 200, then a byte every few milliseconds, for ever
        Refuse,          ///< RST_STREAM with REFUSED_STREAM: "not processed, try again"
        AnswerAndGoAway, ///< an answer and GOAWAY: no further stream on this connection
    };

    /// Numbers from 1: of the connection, and of the request over all connections.
    using Script = std::function<Act(std::size_t connection, std::size_t request)>;

    FakeHttp2Server(Script script, const FakeServerTls &tls, std::uint32_t maxConcurrentStreams = 100);
    ~FakeHttp2Server();
    FakeHttp2Server(const FakeHttp2Server &) = delete;
    FakeHttp2Server &operator=(const FakeHttp2Server &) = delete;

    std::string url() const;
    std::size_t connectionCount() const;
    std::size_t requestCount() const;

private:
    class Connection;
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace portolan::fakes
