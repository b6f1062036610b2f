#pragma once

#include "model/base/cancel_token.h"
#include "model/kube/curl_handle.h"

#include <chrono>
#include <memory>
#include <optional>
#include <span>

namespace portolan::kube {

/// A descriptor that polls wake by. Signalled once, it stays so.
class WakeEvent
{
public:
    WakeEvent();
    ~WakeEvent();
    WakeEvent(const WakeEvent &) = delete;
    WakeEvent &operator=(const WakeEvent &) = delete;

    void signal() const;
    int descriptor() const { return m_descriptor; }

private:
    int m_descriptor;
};

/// A connection to an API server with nothing but bytes on it: proxy, TLS and client certificate are
/// libcurl's (CONNECT_ONLY), as for every other request. HTTP/1.1 is all that it agrees to. Used by one
/// thread; a cancel wakes it at once.
class CurlStream
{
public:
    using Deadline = std::chrono::steady_clock::time_point;

    /// Connects. Errors: Cancelled, Timeout at `deadline`, and those of CurlHandle::error().
    static Result<std::unique_ptr<CurlStream>> open(const ClusterAccess &access, const Credential &credential,
                                                    Deadline deadline, const CancelToken &cancel);
    ~CurlStream();
    CurlStream(const CurlStream &) = delete;
    CurlStream &operator=(const CurlStream &) = delete;

    const ServerAddress &server() const { return m_handle.server(); }

    /// Bytes that are there: how many, 0 at the end of the stream, nothing where none are there yet.
    Result<std::optional<std::size_t>> read(std::span<char> into);
    /// Queues bytes and sends what the socket takes; wait() sends the rest.
    Result<void> write(std::string_view bytes);
    /// Blocks until there may be something to read, queued bytes could be sent, or `until`.
    /// Error Cancelled.
    Result<void> wait(Deadline until);

private:
    explicit CurlStream(const CancelToken &cancel);

    Result<void> connect(const ClusterAccess &access, const Credential &credential, Deadline deadline);
    Result<CURLcode> runConnect(Deadline deadline);
    Result<void> flush();
    Error cancelled() const;

    CancelToken m_cancel;
    WakeEvent m_wake;
    CancelToken::Registration m_onCancel;
    CurlHandle m_handle;
    CURLM *m_multi;
    curl_socket_t m_socket = CURL_SOCKET_BAD;
    std::string m_unsent;
};

} // namespace portolan::kube
