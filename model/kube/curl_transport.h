#pragma once

#include "model/base/cancel_token.h"
#include "model/kube/credentials.h"
#include "model/kube/http_transport.h"

#include <memory>

namespace portolan::kube {

/// HttpTransport over libcurl: HTTP/2, one connection for all requests, TLS by the kubeconfig's CA alone
/// (system CAs are not trusted where one is named), proxy and tls-server-name honoured. 401 invalidates
/// the credential and repeats the request once. Redirects are not followed. The User-Agent is
/// "portolan/VERSION".
///
/// Owns no thread: run() is the loop and blocks the thread it is called on until `cancel` fires; then
/// every open request is dropped without a call to its handlers.
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

    /// One request on the calling thread, for short commands (a PATCH, a SelfSubjectAccessReview) that
    /// workers send outside of the loop.
    static Result<HttpResponse> perform(CredentialSource &credentials, const HttpRequest &request,
                                        const CancelToken &cancel);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace portolan::kube
