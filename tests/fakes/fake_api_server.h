#pragma once

#include "model/kube/http_transport.h"
#include "tests/fakes/test_certificates.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portolan::fakes {

struct FakeRequest
{
    std::string method;
    std::string target; ///< path and query as they came
    kube::HttpHeaders headers;
    std::string body;
    std::size_t connection = 0; ///< number of the connection it came on, from 1
    std::string sni;            ///< server name of the TLS handshake
    std::string clientName;     ///< common name of the client's certificate

    /// First header of that lower-case name, or "".
    std::string header(std::string_view name) const;
};

/// One connection, for replies that write it by hand (a watch stream, a WebSocket). Used on the
/// connection's own thread. Calls return at once when the server is being destroyed.
class FakeConnection
{
public:
    virtual ~FakeConnection() = default;
    /// False when the peer is gone.
    virtual bool write(std::string_view bytes) = 0;
    /// As one chunk of a chunked body.
    bool writeChunk(std::string_view bytes);
    /// Blocks for the next bytes; nothing at the end of the stream.
    virtual std::optional<std::string> readSome() = 0;
    /// Blocks until the server is destroyed or `most` has passed; true in the first case.
    virtual bool waitForStop(std::chrono::milliseconds most) = 0;
    /// The connection ends with RST instead of FIN.
    virtual void reset() = 0;
};

struct FakeReply
{
    enum class Fault {
        None,
        CutBody,           ///< `faultAfter` bytes of the body, then the connection closes
        StallBody,         ///< `faultAfter` bytes of the body, then silence
        StallBeforeAnswer, ///< nothing, for ever
        CloseBeforeAnswer,
        ResetBeforeAnswer,
        Garbage, ///< `body` raw, without a status line, then close
    };

    int status = 200;
    kube::HttpHeaders headers; ///< content-length is added where there is no takeOver
    std::string body;
    Fault fault = Fault::None;
    std::size_t faultAfter = 0;
    /// Trickles the body: so many bytes, then this pause. 0: at once.
    std::size_t slowBytes = 0;
    std::chrono::milliseconds slowPause{0};
    /// Takes the connection after status line and headers were sent (no content-length: say
    /// "transfer-encoding: chunked" or status 101). The connection closes when it returns.
    std::function<void(FakeConnection &)> takeOver;

    static FakeReply json(std::string body, int status = 200);
    static FakeReply broken(Fault fault, std::string body = {}, std::size_t after = 0);
};

struct FakeServerTls
{
    TestCertificate certificate;
    std::string clientAuthorityPem; ///< where set, a client certificate of this authority is demanded
};

/// An HTTP/1.1 server on 127.0.0.1, each connection on a thread of its own, that answers as the test
/// says and breaks in the ways that real servers do. The handler runs on the connection's thread.
class FakeApiServer
{
public:
    using Handler = std::function<FakeReply(const FakeRequest &)>;

    explicit FakeApiServer(Handler handler, std::optional<FakeServerTls> tls = std::nullopt);
    /// Ends every connection and joins every thread.
    ~FakeApiServer();
    FakeApiServer(const FakeApiServer &) = delete;
    FakeApiServer &operator=(const FakeApiServer &) = delete;

    std::uint16_t port() const;
    /// "http://127.0.0.1:PORT" or "https://127.0.0.1:PORT".
    std::string url() const;

    /// Requests so far, in the order of their arrival.
    std::vector<FakeRequest> requests() const;
    std::size_t connectionCount() const;
    /// Blocks until so many requests have come; false when 20 s were not enough.
    bool waitForRequests(std::size_t count) const;
    /// New connections are given this certificate (a rotation).
    void useTls(const FakeServerTls &tls);
    /// Closes every open connection.
    void dropConnections();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// A port of 127.0.0.1 on which nothing listens.
std::uint16_t unusedPort();

} // namespace portolan::fakes
