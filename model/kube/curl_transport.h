#pragma once

#include "model/base/cancel_token.h"
#include "model/kube/credentials.h"
#include "model/kube/http_transport.h"

#include <memory>

namespace portolan::kube {

/// HttpTransport over libcurl: HTTP/2, one connection for all requests (libcurl opens another one where the
/// server's limit of streams is reached, and one per request where the server only speaks HTTP/1.1), TLS by
/// the kubeconfig's CA alone (system CAs are not trusted where one is named), proxy and tls-server-name
/// honoured. Redirects are not followed. The User-Agent is "portolan/VERSION". Answers are asked for with
/// gzip, on loopback without it, or as the request's own accept-encoding says ("identity": none); they
/// arrive decompressed.
///
/// - 401: the credential is invalidated; where that brings a different one, the request is repeated once.
/// - A connection that breaks before the first byte of an answer: a GET is repeated once on another one.
/// - Everything else, 429 and 5xx included, goes to the caller, who knows about backoff (Retry-After is
///   among the headers).
/// - A connection on which every request has been silent past its idleLimit is closed, so that no later
///   request waits on a server that has stopped.
/// - When certificate, key or CA change, endless requests (deadline 0) end with Unavailable, so that they
///   come back over a connection with the new ones.
/// - Bodies other than 2xx are kept to their first 1 MiB. maxBody counts decompressed bytes and does not
///   count an endless request that has an onChunk.
///
/// Deadline and idleLimit start when the request is sent: waiting for a credential (an exec plugin that
/// opens a login page) does not count.
///
/// Owns no loop thread: run() is the loop and blocks the thread it is called on until `cancel` fires; then
/// every open request is dropped without a call to its handlers. Getting a credential may block, so that
/// alone happens on a thread which this class starts and joins before run() returns: an approval callback
/// that waits for a person must give up when the session ends.
class CurlTransport final : public HttpTransport
{
public:
    explicit CurlTransport(std::shared_ptr<CredentialSource> credentials);
    ~CurlTransport() override;

    void run(const CancelToken &cancel);

    RequestId start(HttpRequest request, HttpHandlers handlers) override;
    void cancel(RequestId id) override;
    TimerId after(std::chrono::milliseconds delay, std::function<void()> callback) override;
    void cancelTimer(TimerId id) override;
    void post(std::function<void()> callback) override;
    std::chrono::steady_clock::time_point now() const override;

    /// How many connections are open. On the loop's thread.
    std::size_t connectionCount() const;

    /// One request on the calling thread, for short commands (a PATCH, a SelfSubjectAccessReview) that
    /// workers send outside of the loop.
    static Result<HttpResponse> perform(CredentialSource &credentials, const HttpRequest &request,
                                        const CancelToken &cancel);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace portolan::kube
