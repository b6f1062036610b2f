#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

using SSL_CTX = struct ssl_ctx_st;
using SSL = struct ssl_st;

namespace portolan::fakes {

struct FakeServerTls;

/// A TCP socket that listens on a free port of 127.0.0.1.
class ListeningSocket
{
public:
    ListeningSocket();
    ~ListeningSocket();
    ListeningSocket(const ListeningSocket &) = delete;
    ListeningSocket &operator=(const ListeningSocket &) = delete;

    std::uint16_t port() const { return m_port; }
    /// The next connection, or -1 after stop().
    int accept();
    /// From any thread.
    void stop();

private:
    int m_socket = -1;
    int m_stopper = -1;
    std::uint16_t m_port = 0;
};

class ServerTlsContext
{
public:
    /// Speaks the one protocol that `alpn` names to clients that offer it: "http/1.1" or "h2".
    explicit ServerTlsContext(const FakeServerTls &tls, std::string_view alpn = "http/1.1");
    ~ServerTlsContext();
    ServerTlsContext(const ServerTlsContext &) = delete;
    ServerTlsContext &operator=(const ServerTlsContext &) = delete;
    SSL_CTX *get() const { return m_context; }

private:
    SSL_CTX *m_context;
    std::string m_protocol; ///< as ALPN has it: a length, then the name
};

/// The server's end of one connection, plain or TLS; owns the socket.
class ServerStream
{
public:
    /// `tls` may be null.
    ServerStream(int socket, ServerTlsContext *tls);
    ~ServerStream();
    ServerStream(const ServerStream &) = delete;
    ServerStream &operator=(const ServerStream &) = delete;

    /// Does it once; later calls tell how it went.
    bool handshake();
    bool write(std::string_view bytes);
    std::optional<std::string> readSome();
    /// Whether readSome() has something (the end included) within that time.
    bool waitReadable(std::chrono::milliseconds most);
    void resetOnClose();
    std::string sni() const;
    std::string clientName() const;

private:
    int m_socket;
    SSL *m_ssl = nullptr;
    bool m_ready = false;
};

} // namespace portolan::fakes
