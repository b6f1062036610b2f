#pragma once

#include "model/kube/curl_handle.h"
#include "model/kube/http_transport.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace portolan::kube {

/// One request on its way: the libcurl handle of its present attempt, what has come of the answer, and the
/// handlers. Internal to CurlTransport; on its loop thread.
class CurlExchange
{
public:
    using Instant = std::chrono::steady_clock::time_point;

    CurlExchange(HttpRequest request, HttpHandlers handlers);
    ~CurlExchange();

    /// A new attempt with this credential; what an earlier one received is forgotten.
    Result<void> prepare(const ClusterAccess &access, const Credential &credential, Instant now);

    /// Between two attempts: easy() is null.
    void release() { m_handle.reset(); }

    /// Null until prepare().
    CURL *easy() const { return m_handle ? m_handle->get() : nullptr; }
    const Credential &credential() const { return m_credential; }
    const HttpHandlers &handlers() const { return m_handlers; }
    bool isEndless() const { return m_request.deadline.count() == 0; }

    /// No handler is called any more, not even from within one of them.
    void abandon() { m_abandoned = true; }
    bool isAbandoned() const { return m_abandoned; }

    /// What came of an attempt that libcurl ended with `code`.
    Result<HttpResponse> outcome(CURLcode code);
    /// The attempt ended with `code` before a byte of an answer, and repeating it does no harm.
    bool mayRepeat(CURLcode code) const;

    Instant lastByte() const { return m_lastByte; }
    std::chrono::milliseconds idleLimit() const { return m_request.idleLimit; }
    /// When the next of our own limits is reached, and the error that this would be.
    Instant limit() const;
    Error limitError() const;
    Error error(ErrorCode code, std::string detail) const;

    bool repeatedAfterBreak = false;
    bool repeatedAfter401 = false;
    /// The 401 that waits for a newer credential.
    std::optional<HttpResponse> refusal;

private:
    static std::size_t headerCallback(char *bytes, std::size_t, std::size_t count, void *self);
    static std::size_t writeCallback(char *bytes, std::size_t, std::size_t count, void *self);

    void setMethod();
    bool takeHeaderLine(std::string_view line);
    bool takeBody(std::string_view bytes);
    bool tooLarge(const std::string &what);
    bool isFinal() const;

    HttpRequest m_request;
    HttpHandlers m_handlers;
    Credential m_credential;
    std::unique_ptr<CurlHandle> m_handle;
    HttpResponse m_response;
    std::optional<Error> m_problem; ///< why a callback stopped libcurl
    std::size_t m_received = 0;
    std::size_t m_headerBytes = 0;
    bool m_headersDone = false;
    bool m_abandoned = false;
    Instant m_started;
    Instant m_lastByte;
};

} // namespace portolan::kube
